/** What the launcher page sees of limits and exclusion, and what can come of asking for a change. */
import * as v from 'valibot'
import { ChangeSchema, ExclusionLengthSchema, HouseholdSchema, KeptHoursSchema, LimitSchema } from '../controls.ts'
import { NameSchema } from '../household.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'

const AmountSchema = MoneySchema.entries.amount

/** A limit and how it stands now, in minor units of the household's currency. Times are null for a limit on each purchase. */
export const StandingSchema = v.strictObject({
  ...LimitSchema.entries,
  spent: AmountSchema,
  /** Approved, and not known to be charged yet. */
  reserved: AmountSchema,
  /** Below zero where a limit was tightened after spending. */
  left: AmountSchema,
  startsAt: v.nullable(InstantSchema),
  resetsAt: v.nullable(InstantSchema),
})
export type Standing = v.InferOutput<typeof StandingSchema>

/** A looser control that waits for its second yes. */
export const PendingChangeSchema = v.strictObject({
  changeId: IdSchema,
  change: ChangeSchema,
  askedAt: InstantSchema,
  /** From then on it can be confirmed, and up to `lapsesAt`. */
  readyAt: InstantSchema,
  lapsesAt: InstantSchema,
  state: v.picklist(['waiting', 'ready', 'lapsed']),
})
export type PendingChange = v.InferOutput<typeof PendingChangeSchema>

export const ExclusionStateSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('none') }),
  v.strictObject({ kind: v.picklist(['running', 'ended', 'coolingOff']), until: InstantSchema }),
])
export type ExclusionState = v.InferOutput<typeof ExclusionStateSchema>

/** One decision about the controls, as the log has it; newest first in the list. */
export const ControlEventSchema = v.strictObject({
  at: InstantSchema,
  /** Who decided it, and about whom, by their names; null where there were no members, or it is about the household. */
  by: v.nullable(NameSchema),
  about: v.nullable(NameSchema),
  what: v.variant('kind', [
    v.strictObject({ kind: v.literal('begun'), ...HouseholdSchema.entries }),
    v.strictObject({ kind: v.picklist(['tightened', 'looseningAsked', 'loosened']), change: ChangeSchema }),
    v.strictObject({ kind: v.picklist(['withdrawn', 'lapsed']), change: ChangeSchema }),
    v.strictObject({ kind: v.literal('excluded'), until: InstantSchema }),
    v.strictObject({ kind: v.literal('returnAsked') }),
    /** From then on there are members. */
    v.strictObject({ kind: v.literal('householdBegun'), members: v.array(NameSchema) }),
    /** After somebody said that a purchase was not theirs, and the end of that. */
    v.strictObject({ kind: v.picklist(['frozen', 'thawed']) }),
    /** A new PIN, or a new second factor with new recovery codes. */
    v.strictObject({ kind: v.picklist(['pinSet', 'secondFactorSet']) }),
    v.strictObject({ kind: v.literal('renamed'), name: NameSchema }),
    v.strictObject({ kind: v.literal('reminderSet'), after: v.nullable(v.number()) }),
    /** The gateway kept stricter controls, which were taken over. */
    v.strictObject({ kind: v.literal('adopted') }),
    v.strictObject({ kind: v.literal('warned'), ...LimitSchema.entries, percent: v.picklist([80, 100]) }),
  ]),
})
export type ControlEvent = v.InferOutput<typeof ControlEventSchema>

/** `unavailable`: the ledger cannot be read, so nothing is known of the controls, and nothing can be bought either. */
export const ControlsViewSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    /** Null before the first control. */
    household: v.nullable(HouseholdSchema),
    /** The computer's own zone, offered for the household's. */
    systemZone: v.string(),
    /** Whose view it is; null while there are no members. */
    of: v.nullable(IdSchema),
    /** Whoever is signed in has another account than the one that these are shared with: they hold all the same, and are not theirs to change. */
    isOtherAccounts: v.boolean(),
    /** Of the household and of whoever they may decide for: what they may do about the controls there. `memberId` null is the household. */
    rights: v.array(v.strictObject({ memberId: v.nullable(IdSchema), may: v.picklist(['all', 'tighten', 'look']), mayExclude: v.boolean(), mayReturn: v.boolean() })),
    standings: v.array(StandingSchema),
    quietHours: v.array(KeptHoursSchema),
    remindAfter: v.nullable(v.pipe(v.number(), v.integer())),
    pending: v.array(PendingChangeSchema),
    /** The one that they are held to, their own or the household's. */
    exclusion: ExclusionStateSchema,
    /** Of minors that they may decide for; those that are excluded alone. */
    exclusions: v.array(v.strictObject({ memberId: IdSchema, state: ExclusionStateSchema })),
    /** For each length, shortest first, when an exclusion would end that began now. */
    exclusionEnds: v.array(v.strictObject({ length: ExclusionLengthSchema, endsAt: InstantSchema })),
    events: v.array(ControlEventSchema),
  }),
  v.strictObject({ kind: v.literal('unavailable') }),
])
export type ControlsView = v.InferOutput<typeof ControlsViewSchema>

/** What a change would do. `looser` can be asked for only after `pauseMs` more. */
export const PreviewSchema = v.strictObject({
  effect: v.picklist(['none', 'tighter', 'looser']),
  pauseMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** When a looser one can act at the earliest; null for every other. */
  actsAt: v.nullable(InstantSchema),
})
export type Preview = v.InferOutput<typeof PreviewSchema>

export const ControlsRefusalSchema = v.picklist([
  /** It is like that already. */
  'noChange',
  /** No such limit, zone or currency. */
  'impossible',
  /** The pause for reflection is not over. */
  'tooSoon',
  /** The cooling-off time is not over. */
  'tooEarly',
  /** Nothing of that name waits any more: it was withdrawn, has lapsed or is in force. */
  'gone',
  /** Only a guardian may do that, or only the person themselves. */
  'notAllowed',
  /** No profile is open. */
  'locked',
  /** Whoever is excluded loosens nothing, and while a grown-up is nobody comes into the household. */
  'excluded',
  /** An exclusion is never shortened. */
  'notLonger',
  /** No exclusion has ended that a person could return from. */
  'notEnded',
  /** The controls here are shared with an account that is not signed in. */
  'otherAccount',
  /** It needs the gateway's clock, and the gateway cannot be reached or not be trusted. */
  'gatewayUnreachable',
  'keychainUnavailable',
  'ledgerUnavailable',
])
export type ControlsRefusal = v.InferOutput<typeof ControlsRefusalSchema>

export const ControlsResultSchema = v.variant('kind', [
  /** It acts now. */
  v.strictObject({ kind: v.literal('done') }),
  /** It waits for a second yes from `readyAt` on. */
  v.strictObject({ kind: v.literal('asked'), readyAt: InstantSchema, lapsesAt: InstantSchema }),
  /** The person said no in the box of the system. */
  v.strictObject({ kind: v.literal('declined') }),
  v.strictObject({ kind: v.literal('refused'), reason: ControlsRefusalSchema }),
])
export type ControlsResult = v.InferOutput<typeof ControlsResultSchema>

/** Something that was bought in the span of a limit. */
export const BoughtSchema = v.strictObject({ item: RecordedLineSchema, price: MoneySchema, at: InstantSchema })

/** The rule that stands in the way of a purchase, with all that explains it. */
export const BlockSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('limit'),
    ...StandingSchema.entries,
    currency: MoneySchema.entries.currency,
    /** What the purchase would count as. */
    wanted: AmountSchema,
    /** What was bought in the span, newest first, a few at most. */
    bought: v.array(BoughtSchema),
  }),
  v.strictObject({ kind: v.literal('excluded'), state: v.picklist(['running', 'ended', 'coolingOff']), until: InstantSchema }),
  v.strictObject({ kind: v.literal('quietHours'), until: InstantSchema, memberId: v.exactOptional(IdSchema) }),
  /** Somebody said that a purchase was not theirs, and nothing is bought since. `by` is their name; null while there are no members. `thaw`: who ends it. */
  v.strictObject({ kind: v.literal('frozen'), since: InstantSchema, by: v.nullable(NameSchema), thaw: v.picklist(['guardian', 'person']) }),
  /** The gateway keeps stricter controls than this computer knew of. They have been taken over meanwhile. */
  v.strictObject({ kind: v.literal('atGateway'), rule: v.picklist(['limit', 'excluded', 'quietHours']) }),
])
export type Block = v.InferOutput<typeof BlockSchema>
