/** The controls of spending as they cross a border: to the gateway, which keeps them too, and to the pages. */
import * as v from 'valibot'
import { MoneySchema } from './money.ts'
import { IdSchema, InstantSchema } from './text.ts'

export const LimitPeriodSchema = v.picklist(['purchase', 'day', 'week', 'month'])

const LimitKeySchema = v.strictObject({ period: LimitPeriodSchema, sellerId: v.nullable(IdSchema) })
export type LimitKey = v.InferOutput<typeof LimitKeySchema>

/** Minor units of the household's currency: nothing or more, at most 15 digits. */
export const CapSchema = v.pipe(v.string(), v.regex(/^(0|[1-9]\d{0,14})$/, 'not a cap'))

export const LimitSchema = v.strictObject({ ...LimitKeySchema.entries, amount: CapSchema })
export type Limit = v.InferOutput<typeof LimitSchema>

const MinuteSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439))

/** From one minute of a weekday (1 is Monday) up to another; past midnight where the second is not the later one. */
export const QuietHoursSchema = v.strictObject({
  weekday: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)),
  fromMinute: MinuteSchema,
  toMinute: MinuteSchema,
})
export type QuietHours = v.InferOutput<typeof QuietHoursSchema>

/** The name of a time zone in the IANA database; whether there is one of that name is decided later. */
export const ZoneSchema = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/, 'not a time zone'))

export const HouseholdSchema = v.strictObject({ zone: ZoneSchema, currency: MoneySchema.entries.currency })

/** `amount` null takes the limit away. */
export const ChangeSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('limit'), ...LimitKeySchema.entries, amount: v.nullable(CapSchema) }),
  v.strictObject({ kind: v.literal('quietHours'), hours: v.pipe(v.array(QuietHoursSchema), v.maxLength(28)) }),
  v.strictObject({ kind: v.literal('zone'), zone: ZoneSchema }),
])
export type Change = v.InferOutput<typeof ChangeSchema>

export const ExclusionLengthSchema = v.picklist(['24hours', '7days', '30days', '6months', '1year', '5years'])
export type ExclusionLength = v.InferOutput<typeof ExclusionLengthSchema>

export const ExclusionSchema = v.strictObject({
  begunAt: InstantSchema,
  until: InstantSchema,
  returnAskedAt: v.nullable(InstantSchema),
})

/** What client and gateway both keep. Merged quiet hours may be more than one change may set. */
export const SharedControlsSchema = v.strictObject({
  household: v.nullable(HouseholdSchema),
  limits: v.pipe(v.array(LimitSchema), v.maxLength(400)),
  quietHours: v.pipe(v.array(QuietHoursSchema), v.maxLength(400)),
  exclusion: v.nullable(ExclusionSchema),
})
