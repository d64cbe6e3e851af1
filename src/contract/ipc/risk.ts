/** How likely it is that something is wrong with a purchase, and why, as it crosses to the pages. */
import * as v from 'valibot'
import { MonitoringLevelSchema } from '../controls.ts'

const CountSchema = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Minor units; what is usual may lie between two. */
const SumSchema = v.pipe(v.number(), v.minValue(0))
const CurrencySchema = v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))
const PercentSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(100))

/** What spoke for it, with the numbers that people are told. What each is: `Sign` in src/domain/risk/signs.ts. */
export const RiskSignSchema = v.variant('code', [
  v.strictObject({ code: v.picklist(['amountHigh', 'amountLow']), amount: SumSchema, usual: SumSchema, currency: CurrencySchema }),
  v.strictObject({ code: v.literal('unitPriceHigh'), unitAmount: SumSchema, usual: SumSchema, currency: CurrencySchema }),
  v.strictObject({ code: v.literal('amountsGrown'), lately: SumSchema, longAgo: SumSchema, currency: CurrencySchema }),
  v.strictObject({ code: v.literal('hourUnusual'), hour: CountSchema, percent: PercentSchema }),
  v.strictObject({ code: v.literal('weekdayUnusual'), weekday: CountSchema, percent: PercentSchema }),
  v.strictObject({ code: v.picklist(['sellerNew', 'kindNew']), known: CountSchema, percent: PercentSchema }),
  v.strictObject({ code: v.literal('currencyNew'), paidIn: CurrencySchema }),
  v.strictObject({ code: v.literal('longPause'), days: SumSchema, usualDays: SumSchema }),
  v.strictObject({ code: v.literal('soonAgain'), minutes: SumSchema, usualMinutes: SumSchema }),
  v.strictObject({ code: v.picklist(['manyInMinutes', 'manyInDay', 'manyInWeek']), count: CountSchema, minutes: CountSchema, usual: SumSchema }),
  v.strictObject({ code: v.literal('longSitting'), count: CountSchema, minutes: CountSchema, usual: SumSchema }),
  v.strictObject({ code: v.literal('aheadOfPace'), count: CountSchema, minutes: CountSchema, perDay: SumSchema }),
  v.strictObject({ code: v.literal('manyDays'), days: CountSchema, usual: SumSchema }),
  v.strictObject({ code: v.picklist(['spentInDay', 'spentInWeek']), sum: SumSchema, usual: SumSchema, currency: CurrencySchema }),
  v.strictObject({ code: v.literal('sameAgain'), count: CountSchema, usual: SumSchema }),
  v.strictObject({ code: v.literal('smallCharges'), count: CountSchema, sum: SumSchema, usual: SumSchema, currency: CurrencySchema }),
  v.strictObject({ code: v.picklist(['afterDeclines', 'wrongPins', 'wrongCodes', 'latelyUnlike']), count: CountSchema }),
  v.strictObject({ code: v.picklist(['oftenUnlike', 'hoursUnlike', 'sellersUnlike']), count: CountSchema, of: CountSchema }),
  v.strictObject({ code: v.picklist(['newDevice', 'saidNotMe']), days: CountSchema }),
  v.strictObject({ code: v.picklist(['afterWarning', 'afterCap']), minutes: CountSchema }),
  v.strictObject({ code: v.literal('rareTogether'), percent: PercentSchema }),
])
export type RiskSign = v.InferOutput<typeof RiskSignSchema>

/** `takeover`: somebody else is spending. `burst`: the person is, in a way that they may regret. */
export const HarmSchema = v.picklist(['takeover', 'burst'])
export type Harm = v.InferOutput<typeof HarmSchema>

/** What follows: nothing; a note in the confirm window; a pause before the yes counts; and the guardians are told too. */
export const BandSchema = v.picklist(['nothing', 'note', 'pause', 'alert'])
export type Band = v.InferOutput<typeof BandSchema>

export const RiskReasonSchema = v.strictObject({
  harm: HarmSchema,
  sign: RiskSignSchema,
  /** By so much the probability of that harm would be lower without it, 0 to 1. */
  effect: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
})

const ProbabilitySchema = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** What a purchase was judged to be before anybody was asked. A harm whose level is `off` has the band `nothing`. */
export const RiskSchema = v.strictObject({
  takeover: ProbabilitySchema,
  burst: ProbabilitySchema,
  /** Of each harm by the levels of then, and the higher of both. */
  bands: v.strictObject({ takeover: BandSchema, burst: BandSchema }),
  band: BandSchema,
  levels: v.strictObject({ takeover: MonitoringLevelSchema, burst: MonitoringLevelSchema }),
  /** At most three, the greatest effect first. */
  reasons: v.pipe(v.array(RiskReasonSchema), v.maxLength(3)),
})
export type Risk = v.InferOutput<typeof RiskSchema>
