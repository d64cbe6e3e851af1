/** The controls of spending as they cross a border: to the gateway, which keeps them too, and to the pages. */
import * as v from 'valibot'
import { MoneySchema } from './money.ts'
import { IdSchema, InstantSchema } from './text.ts'

export const LimitPeriodSchema = v.picklist(['purchase', 'day', 'week', 'month'])

/** Of the household, or of the member that `memberId` names. */
const whose = { memberId: v.exactOptional(IdSchema) }

const LimitKeySchema = v.strictObject({ period: LimitPeriodSchema, sellerId: v.nullable(IdSchema), ...whose })
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

export const KeptHoursSchema = v.strictObject({ ...QuietHoursSchema.entries, ...whose })

export const RoleSchema = v.picklist(['child', 'teen', 'adult', 'guardian'])
export type Role = v.InferOutput<typeof RoleSchema>

/** Who was removed stays known. */
export const MemberSchema = v.strictObject({ memberId: IdSchema, role: v.picklist(['removed', ...RoleSchema.options]) })

/** The name of a time zone in the IANA database; whether there is one of that name is decided later. */
export const ZoneSchema = v.pipe(v.string(), v.regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/, 'not a time zone'))

/** How watchful Tuppence is of what looks wrong; `off` says nothing. */
export const MonitoringLevelSchema = v.picklist(['off', 'rarely', 'usual', 'often'])
export type MonitoringLevel = v.InferOutput<typeof MonitoringLevelSchema>

/** For each harm: that somebody else is spending, and that the person is in a way that they may regret. */
const WatchSchema = v.strictObject({ takeover: MonitoringLevelSchema, burst: MonitoringLevelSchema, ...whose })

export const HouseholdSchema = v.strictObject({ zone: ZoneSchema, currency: MoneySchema.entries.currency })

/** `amount` null takes the limit away. */
export const ChangeSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('limit'), ...LimitKeySchema.entries, amount: v.nullable(CapSchema) }),
  v.strictObject({ kind: v.literal('quietHours'), hours: v.pipe(v.array(QuietHoursSchema), v.maxLength(28)), ...whose }),
  v.strictObject({ kind: v.literal('zone'), zone: ZoneSchema }),
  /** Adds a member, or gives one another role. */
  v.strictObject({ kind: v.literal('member'), ...MemberSchema.entries }),
  v.strictObject({ kind: v.literal('monitoring'), ...WatchSchema.entries }),
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
  quietHours: v.pipe(v.array(KeptHoursSchema), v.maxLength(400)),
  exclusion: v.nullable(ExclusionSchema),
  exclusions: v.exactOptional(v.pipe(v.array(v.strictObject({ ...ExclusionSchema.entries, memberId: IdSchema })), v.maxLength(50))),
  members: v.exactOptional(v.pipe(v.array(MemberSchema), v.maxLength(50))),
  /** Of whoever is not there, both are `usual`. */
  monitoring: v.exactOptional(v.pipe(v.array(WatchSchema), v.maxLength(51))),
})
