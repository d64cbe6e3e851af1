/** What the launcher page sees of the household, and what can come of asking for something about it. */
import * as v from 'valibot'
import { CapSchema, LimitPeriodSchema, RoleSchema } from '../controls.ts'
import { DenialReasonSchema, NameSchema, NewNameSchema, PersonSchema } from '../household.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'
import { ControlEventSchema } from './controls.ts'
import { OutcomeSchema } from './outcome.ts'

const DurationMsSchema = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A profile that can be picked on the start screen. */
export const ProfileSchema = v.strictObject({
  ...PersonSchema.entries,
  /** Whether this computer's keychain holds a PIN for it; without one it cannot be opened here. Null while the keychain does not tell. */
  hasPin: v.nullable(v.boolean()),
  /** For how much longer no PIN is taken, in milliseconds; 0 for now. */
  waitMs: DurationMsSchema,
})
export type Profile = v.InferOutput<typeof ProfileSchema>

export const HouseholdViewSchema = v.variant('kind', [
  /** Nobody has said yet who uses this: the first start. */
  v.strictObject({ kind: v.literal('unset'), systemZone: v.string() }),
  /** One adult, who needs no profile. */
  v.strictObject({ kind: v.literal('alone'), systemZone: v.string() }),
  /** `open` is whose profile is open; null where somebody has to pick theirs. */
  v.strictObject({ kind: v.literal('members'), profiles: v.array(ProfileSchema), open: v.nullable(PersonSchema) }),
  /** The ledger cannot be read, so nobody knows, and nothing can be bought either. */
  v.strictObject({ kind: v.literal('unavailable') }),
])
export type HouseholdView = v.InferOutput<typeof HouseholdViewSchema>

/** A member as they are proposed. `weeklyCap` null is none for a grown-up, and nothing to spend for a minor. */
export const NewMemberSchema = v.strictObject({ name: NewNameSchema, role: RoleSchema, weeklyCap: v.nullable(CapSchema) })
export type NewMember = v.InferOutput<typeof NewMemberSchema>

export const HouseholdRefusalSchema = v.picklist([
  /** The profile is locked, or there is none open. */
  'locked',
  /** Only a guardian may do that, and nobody for themselves where that would free them. */
  'notAllowed',
  /** Names alike, or with characters that hide something, no guardian, more members than there can be, or the last guardian would go. */
  'impossible',
  /** There is a household already, here or at the gateway. */
  'exists',
  /** A grown-up is excluded: until that is over nobody comes in or grows older. */
  'excluded',
  /** Another question is open. */
  'busy',
  /** It was answered, withdrawn or has lapsed meanwhile. */
  'gone',
  /** Too many requests wait already. */
  'tooMany',
  /** The pause for reflection is not over. */
  'tooSoon',
  /** It can be bought without asking. */
  'notNeeded',
  /** What is in the way is the household's limit or quiet hours, or an exclusion: no guardian can lift that for once. */
  'notLiftable',
  /** This computer's keychain holds no PIN, or no second factor, for them. */
  'noCredentials',
  'offerUnavailable',
  /** The controls here are shared with an account that is not signed in. */
  'otherAccount',
  'gatewayUnreachable',
  'keychainUnavailable',
  'ledgerUnavailable',
])
export type HouseholdRefusal = v.InferOutput<typeof HouseholdRefusalSchema>

export const HouseholdResultSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('done') }),
  /** It waits for a second yes from `readyAt` on. */
  v.strictObject({ kind: v.literal('asked'), readyAt: InstantSchema, lapsesAt: InstantSchema }),
  /** The person said no, or closed the window. */
  v.strictObject({ kind: v.literal('declined') }),
  v.strictObject({ kind: v.literal('refused'), reason: HouseholdRefusalSchema }),
])
export type HouseholdResult = v.InferOutput<typeof HouseholdResultSchema>

/** Why it could not be bought without asking; amounts in the currency of `counted`. */
export const RequestCauseSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('limit'),
    period: LimitPeriodSchema,
    sellerId: v.nullable(IdSchema),
    memberId: v.exactOptional(IdSchema),
    cap: CapSchema,
    left: MoneySchema.entries.amount,
  }),
  v.strictObject({ kind: v.literal('quietHours'), until: InstantSchema }),
])

export const RequestSchema = v.strictObject({
  requestId: IdSchema,
  who: PersonSchema,
  offerId: IdSchema,
  item: RecordedLineSchema,
  game: RecordedLineSchema,
  payee: RecordedLineSchema,
  price: MoneySchema,
  counted: MoneySchema,
  cause: RequestCauseSchema,
  askedAt: InstantSchema,
  lapsesAt: InstantSchema,
  /** Null while it waits. `by` is the name of who said so; null where nobody did. */
  ended: v.nullable(
    v.strictObject({
      end: v.picklist(['granted', 'denied', 'withdrawn', 'lapsed', 'changed']),
      at: InstantSchema,
      by: v.nullable(NameSchema),
      reason: v.exactOptional(DenialReasonSchema),
      note: v.exactOptional(RecordedLineSchema),
    }),
  ),
})
export type Request = v.InferOutput<typeof RequestSchema>

/** Something that a guardian should know of. Newest first in the list. */
export const AlertSchema = v.strictObject({
  at: InstantSchema,
  who: v.nullable(NameSchema),
  what: v.picklist([
    /** 80 or 100 % of a limit of theirs, or of the household's, are used. */
    'nearLimit',
    'atLimit',
    /** So many wrong PINs in a row that they have to wait. */
    'wrongPins',
    /** A looser control, or somebody older, was asked for and waits. */
    'looserAsked',
    /** A purchase of theirs, made or not, looked so wrong that a guardian is told. */
    'looksWrong',
  ]),
})
export type Alert = v.InferOutput<typeof AlertSchema>

/** What a guardian sees is about everybody, what others see is about themselves. */
export const FamilyViewSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    /** Newest first: those that wait before those that have ended. */
    requests: v.array(RequestSchema),
    alerts: v.array(AlertSchema),
    /** Every change of a control, newest first, with who made it. Empty for everybody but guardians. */
    changes: v.array(ControlEventSchema),
    /** Of a guardian: how many of their recovery codes are left. */
    recoveryCodesLeft: v.nullable(v.pipe(v.number(), v.integer())),
  }),
  v.strictObject({ kind: v.literal('locked') }),
  v.strictObject({ kind: v.literal('unavailable') }),
])
export type FamilyView = v.InferOutput<typeof FamilyViewSchema>

/** `already`: the very same waits, and was not asked for twice. The price is the one that a yes would pay. */
export const AskedResultSchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['asked', 'already']), requestId: IdSchema, price: MoneySchema, lapsesAt: InstantSchema }),
  v.strictObject({ kind: v.literal('refused'), reason: HouseholdRefusalSchema }),
])
export type AskedResult = v.InferOutput<typeof AskedResultSchema>

/** What came of a guardian's answer: that of the purchase, or `denied`, or `changed` where it was for another price or offer. */
export const AnsweredResultSchema = v.variant('kind', [
  ...OutcomeSchema.options,
  v.strictObject({ kind: v.picklist(['denied', 'changed']) }),
  v.strictObject({ kind: v.literal('notAnswered'), reason: HouseholdRefusalSchema }),
])
export type AnsweredResult = v.InferOutput<typeof AnsweredResultSchema>
