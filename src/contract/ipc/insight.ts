/** What crosses the border about insight: what a week, month or year of purchases comes to, in one currency. */
import * as v from 'valibot'
import { NameSchema } from '../household.ts'
import { MoneySchema, UnitPriceSchema } from '../money.ts'
import { IdSchema, RecordedLineSchema } from '../text.ts'
import { FileProblemSchema } from './export.ts'
import { CurrencySchema, DaySchema, LineSchema, LineSourceSchema, notThere, OfferKindSchema } from './history.ts'

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const InsightInputSchema = v.strictObject({
  unit: v.picklist(['week', 'month', 'year']),
  /** Any day of the period; null for today. There is a period before it and one after it with years of four digits. */
  day: v.nullable(v.pipe(DaySchema, v.minValue('0002-01-01'), v.maxValue('9997-12-31'))),
  /** Whose purchases: of everybody who may be seen, of one member, or null for those of nobody's profile. */
  whose: v.variant('kind', [
    v.strictObject({ kind: v.literal('everybody') }),
    v.strictObject({ kind: v.literal('member'), memberId: v.nullable(IdSchema) }),
  ]),
  /** Null for the household's, or the one of most purchases. */
  currency: v.nullable(CurrencySchema),
})
export type InsightInput = v.InferOutput<typeof InsightInputSchema>

const DaysSchema = v.strictObject({ from: DaySchema, to: DaySchema })

/** What was charged, what came back, and what is not known yet to have been charged. Never netted. */
const sums = { debit: MoneySchema, credit: MoneySchema, pending: MoneySchema, lines: countSchema }
/** `before` is what was charged in the period before. */
const share = { ...sums, before: MoneySchema }

const BucketSchema = v.strictObject({
  /** A day, or in a year a month: `2026-10`. */
  key: v.string(),
  debit: MoneySchema,
  credit: MoneySchema,
})

export const InsightSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    unit: v.picklist(['week', 'month', 'year']),
    period: DaysSchema,
    before: DaysSchema,
    /** As much of the period before as has passed of this one. */
    beforeSoFar: DaysSchema,
    today: DaySchema,
    /** Whether there is anything before, and after, this period. */
    hasEarlier: v.boolean(),
    hasLater: v.boolean(),
    currency: v.nullable(CurrencySchema),
    /** In which something was bought, in this period or the one before. */
    currencies: v.array(CurrencySchema),
    totals: v.strictObject(sums),
    totalsBefore: v.strictObject(sums),
    totalsBeforeSoFar: v.strictObject(sums),
    buckets: v.array(BucketSchema),
    bucketsBefore: v.array(BucketSchema),
    sellers: v.array(v.strictObject({ sellerId: IdSchema, payee: RecordedLineSchema, ...share })),
    kinds: v.array(v.strictObject({ offerKind: v.nullable(OfferKindSchema), ...share })),
    members: v.array(v.strictObject({ memberId: v.nullable(IdSchema), name: v.nullable(NameSchema), ...share })),
    sources: v.array(v.strictObject({ source: LineSourceSchema, ...share })),
    /** Virtual currencies in real money: how many units were bought, what for, and what one came to. */
    units: v.array(
      v.strictObject({ unit: RecordedLineSchema, payee: RecordedLineSchema, units: countSchema, unitPrice: v.nullable(UnitPriceSchema), ...share }),
    ),
    /** Passes, which run out and are bought again. */
    passes: v.array(v.strictObject({ item: RecordedLineSchema, payee: RecordedLineSchema, ...share })),
    /** The charges of the most money, and the items that were bought most often. */
    biggest: v.array(LineSchema),
    mostFrequent: v.array(v.strictObject({ item: RecordedLineSchema, payee: RecordedLineSchema, ...share })),
    unverified: v.boolean(),
  }),
  ...notThere,
])
export type InsightView = v.InferOutput<typeof InsightSchema>

const pixelSchema = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(10_000))
/** Which part of the page, as it is on the screen, in CSS pixels. */
export const PictureAreaSchema = v.strictObject({ x: pixelSchema, y: pixelSchema, width: pixelSchema, height: pixelSchema })
export type PictureArea = v.InferOutput<typeof PictureAreaSchema>

export const PictureResultSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('written'), name: v.string() }),
  v.strictObject({ kind: v.picklist(['cancelled', 'busy', 'locked', 'noPicture']) }),
  v.strictObject({ kind: v.literal('failed'), problem: FileProblemSchema }),
])
export type PictureResult = v.InferOutput<typeof PictureResultSchema>
