import * as v from 'valibot'
import { Bytes32Schema, IdSchema, JwsSchema } from '../text.ts'

/** The gateway's reasons for not charging, in the terms that card processors use. */
export const DeclineReasonSchema = v.picklist(['insufficientFunds', 'fundingSourceRefused', 'sellerUnavailable', 'risk'])
export type DeclineReason = v.InferOutput<typeof DeclineReasonSchema>

/** A device is known by the RFC 7638 thumbprint of its Ed25519 key, which the DPoP proof carries. */
export const EnrolmentSchema = v.strictObject({ deviceId: Bytes32Schema })

export const QuoteRequestSchema = v.strictObject({ offerId: IdSchema })
export const QuoteResponseSchema = v.strictObject({ quote: JwsSchema })

/** `quote` is the gateway's own signed quote, `authorisation` the device's signature over it (AuthorisationClaims). */
export const PurchaseRequestSchema = v.strictObject({ quote: JwsSchema, authorisation: JwsSchema })
export type PurchaseRequest = v.InferOutput<typeof PurchaseRequestSchema>

/** Where a purchase stands. `pending` means accepted and not decided: ask again by key, never send again. */
export const PurchaseResponseSchema = v.variant('status', [
  v.strictObject({ status: v.literal('succeeded'), receipt: JwsSchema }),
  v.strictObject({ status: v.literal('declined'), reason: DeclineReasonSchema }),
  v.strictObject({ status: v.literal('pending') }),
])
export type PurchaseResponse = v.InferOutput<typeof PurchaseResponseSchema>

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
