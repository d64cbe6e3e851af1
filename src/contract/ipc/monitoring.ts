/** What the Monitoring screen sees: how purchases were judged, what people said about them, and what is frozen. */
import * as v from 'valibot'
import { MonitoringLevelSchema } from '../controls.ts'
import { NameSchema, PersonSchema } from '../household.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'
import { PurchaseStateSchema } from './history.ts'
import { RiskSchema } from './risk.ts'

const nothing = v.undefined()

/** `me`: it was the person themselves. `notMe`: it was somebody else. */
export const RiskAnswerSchema = v.picklist(['me', 'notMe'])
export type RiskAnswer = v.InferOutput<typeof RiskAnswerSchema>

/** A purchase that somebody was asked about, and how it was judged. `state` is `cancelled` where the answer was no, or none came. */
export const ScoredSchema = v.strictObject({
  purchaseId: IdSchema,
  at: InstantSchema,
  /** Whose it is; null while there are no members. */
  memberId: v.nullable(IdSchema),
  item: RecordedLineSchema,
  payee: RecordedLineSchema,
  price: MoneySchema,
  state: v.picklist([...PurchaseStateSchema.options, 'cancelled']),
  ...RiskSchema.entries,
  answer: v.nullable(v.strictObject({ answer: RiskAnswerSchema, at: InstantSchema, by: v.nullable(NameSchema) })),
  /** Which answers can be given now by whoever looks. After `notMe` there is none, after `me` only that. */
  mayAnswer: v.array(RiskAnswerSchema),
})
export type Scored = v.InferOutput<typeof ScoredSchema>

/** The same of one purchase, where it is looked at by itself. */
export const JudgedSchema = v.pick(ScoredSchema, ['takeover', 'burst', 'bands', 'band', 'levels', 'reasons', 'answer', 'mayAnswer'])
export type Judged = v.InferOutput<typeof JudgedSchema>

/** How many per cent a probability has to reach; null where nothing follows from that harm. */
const ThresholdsSchema = v.nullable(v.strictObject({ note: v.number(), pause: v.number(), alert: v.number() }))

/** Buying that was frozen after a `notMe`, and what there is to look at. */
export const FrozenSchema = v.strictObject({
  /** Whose buying; null while there are no members. */
  memberId: v.nullable(IdSchema),
  at: InstantSchema,
  by: v.nullable(NameSchema),
  /** The purchase that was said to be somebody else's. */
  because: IdSchema,
  /**
   * How it is ended: with the PIN and code of a guardian, with the account's second factor, or with a yes in a box of the system after
   * `pauseMs`. `nobody`: whoever looks may not.
   */
  thaw: v.variant('kind', [
    v.strictObject({ kind: v.picklist(['guardian', 'account', 'nobody']) }),
    v.strictObject({ kind: v.literal('box'), pauseMs: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  ]),
  /** What was bought since then, that purchase included, oldest first: what there may be to dispute. */
  since: v.array(
    v.strictObject({
      purchaseId: IdSchema,
      at: InstantSchema,
      item: RecordedLineSchema,
      payee: RecordedLineSchema,
      price: MoneySchema,
      state: PurchaseStateSchema,
      /** `possible`: through `disputes.open`, which asks about each. */
      dispute: v.picklist(['possible', 'open', 'none']),
    }),
  ),
})
export type Frozen = v.InferOutput<typeof FrozenSchema>

/** How watchful somebody is, or has a guardian be. A change goes through `controls.preview` and `controls.change`. */
export const WatchSchema = v.strictObject({
  /** Null while there are no members. */
  memberId: v.nullable(IdSchema),
  takeover: MonitoringLevelSchema,
  burst: MonitoringLevelSchema,
  may: v.picklist(['all', 'tighten', 'look']),
})
export type Watch = v.InferOutput<typeof WatchSchema>

export const MonitoringViewSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    /** Whose view it is; null while there are no members. */
    of: v.nullable(IdSchema),
    /** Whose purchases can be seen; empty while there are no members. Removed members have purchases too, and are not in it. */
    people: v.array(PersonSchema),
    /** Newest first, a thousand at most. */
    scored: v.array(ScoredSchema),
    watch: v.array(WatchSchema),
    /** The numbers of each level, the most watchful first. */
    levels: v.array(v.strictObject({ level: MonitoringLevelSchema, takeover: ThresholdsSchema, burst: ThresholdsSchema })),
    frozen: v.array(FrozenSchema),
  }),
  /** No profile is open, so that nobody's purchases are shown. */
  v.strictObject({ kind: v.literal('locked') }),
  v.strictObject({ kind: v.literal('unavailable') }),
])
export type MonitoringView = v.InferOutput<typeof MonitoringViewSchema>

export const MonitoringRefusalSchema = v.picklist([
  /** There is no such purchase, it was answered already, or nothing is frozen. */
  'gone',
  /** Only whose purchase it is, or a guardian, may do that. */
  'notAllowed',
  /** No profile is open. */
  'locked',
  /** Something else is being asked. */
  'busy',
  /** The second factor of the account needs the gateway. */
  'gatewayUnreachable',
  'keychainUnavailable',
  'ledgerUnavailable',
])
export type MonitoringRefusal = v.InferOutput<typeof MonitoringRefusalSchema>

const DeclinedSchema = v.strictObject({ kind: v.literal('declined') })
const RefusedSchema = v.strictObject({ kind: v.literal('refused'), reason: MonitoringRefusalSchema })

export const AnsweredPurchaseSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('thanked') }),
  /** Buying is frozen. `signedOut`: the account's devices; `notSignedIn` where there is no account here, `failed` where it did not come about. */
  v.strictObject({ kind: v.literal('secured'), signedOut: v.picklist(['done', 'notSignedIn', 'failed']) }),
  /** The person said no when they were asked outside of the page. */
  DeclinedSchema,
  RefusedSchema,
])
export type AnsweredPurchase = v.InferOutput<typeof AnsweredPurchaseSchema>

export const ThawedSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('thawed') }),
  /** The pause for reflection has begun, or is not over: ask again after it. */
  v.strictObject({ kind: v.literal('wait'), pauseMs: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
  DeclinedSchema,
  RefusedSchema,
])
export type Thawed = v.InferOutput<typeof ThawedSchema>

export const monitoringCalls = {
  'monitoring.get': { input: nothing, output: MonitoringViewSchema },
  /** `notMe` asks once more outside of the page, and then secures the account. */
  'monitoring.answer': { input: v.strictObject({ purchaseId: IdSchema, answer: RiskAnswerSchema }), output: AnsweredPurchaseSchema },
  /** Ends the freeze of one member, or of the one adult. */
  'monitoring.thaw': { input: v.strictObject({ memberId: v.exactOptional(IdSchema) }), output: ThawedSchema },
} as const

/** Something was judged, answered, frozen or thawed: fetch it again. */
export const monitoringEvents = { 'monitoring.changed': v.strictObject({}) } as const
