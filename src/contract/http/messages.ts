import * as v from 'valibot'
import { ChangeSchema, SharedControlsSchema } from '../controls.ts'
import { MoneySchema } from '../money.ts'
import { Bytes32Schema, IdSchema, InstantSchema, JwsSchema } from '../text.ts'
import { DisputeNoteSchema, DisputeOutcomeSchema, DisputeReasonSchema } from '../dispute.ts'
import { LogPlaceSchema } from './claims.ts'

/** The gateway's reasons for not charging, in the terms that card processors use. */
export const DeclineReasonSchema = v.picklist(['insufficientFunds', 'fundingSourceRefused', 'sellerUnavailable', 'risk'])
export type DeclineReason = v.InferOutput<typeof DeclineReasonSchema>

/** A device is known by the RFC 7638 thumbprint of its Ed25519 key, which the DPoP proof carries. */
export const EnrolmentSchema = v.strictObject({ deviceId: Bytes32Schema })

/** `countIn` is the currency that the person's limits are in. */
export const QuoteRequestSchema = v.strictObject({
  offerId: IdSchema,
  countIn: v.exactOptional(MoneySchema.entries.currency),
})
export const QuoteResponseSchema = v.strictObject({ quote: JwsSchema })

/** `quote` is the gateway's own signed quote, `authorisation` the device's signature over it (AuthorisationClaims). */
export const PurchaseRequestSchema = v.strictObject({
  quote: JwsSchema,
  authorisation: JwsSchema,
  /** There where the quote wants it: the second factor for exactly this challenge (StepUpClaims). */
  stepUp: v.exactOptional(JwsSchema),
})
export type PurchaseRequest = v.InferOutput<typeof PurchaseRequestSchema>

/** Where a purchase stands. `pending` means accepted and not decided: ask again by key, never send again. */
export const PurchaseResponseSchema = v.variant('status', [
  v.strictObject({ status: v.literal('succeeded'), receipt: JwsSchema }),
  v.strictObject({ status: v.literal('declined'), reason: DeclineReasonSchema }),
  v.strictObject({ status: v.literal('pending') }),
])
export type PurchaseResponse = v.InferOutput<typeof PurchaseResponseSchema>

/**
 * What the gateway tells of its own accord, in the shape of Standard Webhooks: `timestamp` in seconds since the epoch,
 * `signature` is `v1a,` and base64 of Ed25519 over `id.timestamp.body`. It is fetched, perhaps months later: there is no
 * window of time in which it is good, and each `id` counts once.
 */
export const SignedMessageSchema = v.strictObject({
  id: IdSchema,
  timestamp: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  body: v.pipe(v.string(), v.maxLength(30_000)),
  signature: v.pipe(v.string(), v.regex(/^v1a,[A-Za-z0-9+/]{86}==$/, 'not an Ed25519 signature')),
})

/** `sequence` counts what the gateway did to the purchase: 1 is its receipt. They are applied in that order. */
const about = { idempotencyKey: IdSchema, sequence: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }

/** What the body of a message says. */
export const MessageBodySchema = v.variant('type', [
  v.strictObject({ type: v.literal('purchase.succeeded'), ...about, receipt: JwsSchema }),
  v.strictObject({
    type: v.literal('purchase.refunded'),
    ...about,
    refundId: IdSchema,
    amount: MoneySchema,
    refundedAt: InstantSchema,
  }),
  v.strictObject({
    type: v.literal('purchase.chargedBack'),
    ...about,
    chargebackId: IdSchema,
    amount: MoneySchema,
    chargedBackAt: InstantSchema,
  }),
  v.strictObject({
    type: v.literal('purchase.chargebackReversed'),
    ...about,
    chargebackId: IdSchema,
    reversedAt: InstantSchema,
  }),
  /** Not counted: it moves no money. Where money comes back there is a message of its own besides. */
  v.strictObject({
    type: v.literal('dispute.closed'),
    idempotencyKey: IdSchema,
    disputeId: IdSchema,
    outcome: DisputeOutcomeSchema,
    closedAt: InstantSchema,
  }),
])
export type MessageBody = v.InferOutput<typeof MessageBodySchema>

/** The oldest messages that were not acknowledged; `hasMore` says that there are others behind them. */
export const MessagesResponseSchema = v.strictObject({ messages: v.array(SignedMessageSchema), hasMore: v.boolean() })

export const AcknowledgementSchema = v.strictObject({
  ids: v.pipe(v.array(IdSchema), v.minLength(1), v.maxLength(100)),
})

export const ChargesResponseSchema = v.strictObject({ page: JwsSchema })

/** `afterRestore`: the log is known to have been put back from a backup, so that it may be behind what was signed. */
export const LogHeadRequestSchema = v.strictObject({
  logId: IdSchema,
  ...LogPlaceSchema.entries,
  afterRestore: v.boolean(),
})
export const LogHeadResponseSchema = v.strictObject({ countersignature: JwsSchema })

/** Every answer about the controls is the gateway's signed statement of them (ControlsClaims). */
export const ControlsResponseSchema = v.strictObject({ controls: JwsSchema })

/** At least as strict as these: the gateway keeps the stricter of both in each control. */
export const TightenRequestSchema = v.strictObject({ nonce: Bytes32Schema, controls: SharedControlsSchema })

/** Asks for a looser control. The same id again changes nothing. */
export const LoosenRequestSchema = v.strictObject({
  nonce: Bytes32Schema,
  changeId: IdSchema,
  change: ChangeSchema,
  /** There where the device is signed in: the second factor for exactly this change (StepUpClaims). */
  stepUp: v.exactOptional(JwsSchema),
})

export const NonceRequestSchema = v.strictObject({ nonce: Bytes32Schema })

/** Of the household, or of one member. */
export const ReturnRequestSchema = v.strictObject({ nonce: Bytes32Schema, memberId: v.exactOptional(IdSchema) })

/** Something is wrong with the charge under this key. The same id again gives the same answer and opens no second dispute. */
export const DisputeRequestSchema = v.strictObject({
  disputeId: IdSchema,
  idempotencyKey: IdSchema,
  reason: DisputeReasonSchema,
  note: v.exactOptional(DisputeNoteSchema),
})
export type DisputeRequest = v.InferOutput<typeof DisputeRequestSchema>
export const DisputeResponseSchema = v.strictObject({ acknowledgement: JwsSchema })

export const TimeResponseSchema = v.strictObject({ time: JwsSchema })

/** What a problem document's `code` can be; a client decides by it, never by the words. */
export const ProblemCodeSchema = v.picklist([
  'badRequest',
  'proofInvalid',
  'proofReplayed',
  'clockSkew',
  'deviceUnknown',
  'offerUnavailable',
  'quoteInvalid',
  'quoteExpired',
  'quoteUsed',
  'priceChanged',
  'authorisationInvalid',
  'idempotencyConflict',
  'purchaseNotFound',
  'logRolledBack',
  /** A limit, an exclusion or quiet hours that the gateway keeps stand in the way; nothing was charged. */
  'limitReached',
  'excluded',
  'quietHours',
  /** The household has members, and who buys, or who agreed to it, is none who may. */
  'memberInvalid',
  /** A looser control or a return that is not possible now: its time has not come, or there is nothing to loosen. */
  'controlTooEarly',
  'controlUnknown',
  'controlNotLooser',
  /** Nobody comes into a household, or grows older in it, while a grown-up is excluded. */
  'controlExcluded',
  'refundTooLarge',
  'chargebackStands',
  /** Another dispute about this charge waits for its decision; this one has had its; there is none to decide. */
  'disputeOpen',
  'disputeClosed',
  'disputeUnknown',
  /** No access token where one is needed; not good any more, or not for this key; without the scope. */
  'accountNeeded',
  'tokenInvalid',
  'scopeMissing',
  /** The second factor has to come with it, and did not, or was for something else, too old or used before. */
  'stepUpNeeded',
  'notFound',
  'tooManyRequests',
  'internal',
])
export type ProblemCode = v.InferOutput<typeof ProblemCodeSchema>

/** A problem document (RFC 9457, `application/problem+json`). */
export const ProblemSchema = v.strictObject({
  type: v.string(),
  title: v.string(),
  status: v.pipe(v.number(), v.integer()),
  code: ProblemCodeSchema,
})
export type Problem = v.InferOutput<typeof ProblemSchema>

/** Faults that a tester can set in sandbox mode; each acts on the next `times` requests that it fits. */
export const FaultSchema = v.strictObject({
  kind: v.picklist([
    'decline',
    'error500',
    'timeoutBeforeCharge',
    'timeoutAfterCharge',
    'duplicateDelivery',
    'slow',
    'priceChangeAfterQuote',
    'quoteExpired',
    'quoteWrongSignature',
    'receiptWrongSignature',
    'messagesLost',
    'messagesRepeated',
    'messagesReversed',
    'messagesWrongSignature',
  ]),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 1),
  delayMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60_000)), 1500),
})
export type Fault = v.InferInput<typeof FaultSchema>

/** What the sandbox tells a tester about each charge it made. */
export const ChargeSchema = v.strictObject({
  idempotencyKey: IdSchema,
  offerId: IdSchema,
  sellerId: IdSchema,
  amount: v.string(),
  currency: v.string(),
  receiptNumber: IdSchema,
})
export type Charge = v.InferOutput<typeof ChargeSchema>
