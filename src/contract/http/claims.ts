/**
 * What the signed messages say. Each is the payload of a compact JWS (RFC 7515) with `alg: EdDSA` and Ed25519
 * (RFC 8037); the protected header's `typ` names the kind, so that one can never pass for another.
 */
import * as v from 'valibot'
import { BundleSchema, OfferKindSchema } from '../catalogue.ts'
import { ChangeSchema, SharedControlsSchema } from '../controls.ts'
import { StepUpReasonSchema } from '../account.ts'
import { MoneySchema } from '../money.ts'
import { DisputeNoteSchema, DisputeReasonSchema } from '../dispute.ts'
import { Bytes32Schema, IdSchema, InstantSchema, LineSchema } from '../text.ts'

/** The `typ` header of each signed message. */
export const jwsTypes = {
  quote: 'tuppence-quote+jws',
  receipt: 'tuppence-receipt+jws',
  time: 'tuppence-time+jws',
  authorisation: 'tuppence-authorisation+jws',
  chargeList: 'tuppence-charges+jws',
  logHead: 'tuppence-log-head+jws',
  controls: 'tuppence-controls+jws',
  dispute: 'tuppence-dispute+jws',
  posture: 'tuppence-posture+jws',
  stepUp: 'tuppence-step-up+jws',
  proof: 'dpop+jwt',
} as const
export type JwsType = (typeof jwsTypes)[keyof typeof jwsTypes]

/** Where the money comes from, in words a person knows. The client never learns card data. */
export const FundingSourceSchema = v.strictObject({ id: IdSchema, label: v.pipe(LineSchema, v.maxLength(60)) })

/** Tax that is already contained in a price. `rateBasisPoints` 1900 means 19 %. */
export const TaxSchema = v.strictObject({
  amount: MoneySchema.entries.amount,
  rateBasisPoints: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
})

/** Signed by the gateway: this device may buy this offer at this price until `expiresAt`. */
export const QuoteClaimsSchema = v.strictObject({
  quoteId: IdSchema,
  deviceId: Bytes32Schema,
  offerId: IdSchema,
  sellerId: IdSchema,
  payee: v.pipe(LineSchema, v.maxLength(80)),
  item: LineSchema,
  game: v.pipe(LineSchema, v.maxLength(80)),
  kind: OfferKindSchema,
  bundle: v.exactOptional(BundleSchema),
  passDays: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  price: MoneySchema,
  tax: TaxSchema,
  fundingSource: FundingSourceSchema,
  /** What the price counts as in the currency that was asked for, rounded up; `rate` of that for one of the price's. */
  counted: v.exactOptional(
    v.strictObject({ ...MoneySchema.entries, rate: v.pipe(v.string(), v.regex(/^\d{1,9}(\.\d{1,12})?$/, 'not a rate')) }),
  ),
  /** Why the purchase wants the second factor; there where it does. */
  stepUp: v.exactOptional(v.pipe(v.array(StepUpReasonSchema), v.minLength(1), v.maxLength(4))),
  issuedAt: InstantSchema,
  expiresAt: InstantSchema,
})
export type QuoteClaims = v.InferOutput<typeof QuoteClaimsSchema>

/** Which quote it is and when it ends; reads also quotes that other versions of this schema would not take. */
export const StoredQuoteSchema = v.object({
  quoteId: QuoteClaimsSchema.entries.quoteId,
  expiresAt: QuoteClaimsSchema.entries.expiresAt,
})

/** Signed by the device key after the person approved: pay exactly this, for exactly this quote, once. */
export const AuthorisationClaimsSchema = v.strictObject({
  deviceId: Bytes32Schema,
  idempotencyKey: IdSchema,
  quoteId: IdSchema,
  sellerId: IdSchema,
  payee: QuoteClaimsSchema.entries.payee,
  amount: MoneySchema.entries.amount,
  currency: MoneySchema.entries.currency,
  nonce: Bytes32Schema,
  challengeDigest: Bytes32Schema,
  /** Who buys, and the guardian who said yes to what a minor asked for; there once the household has members. */
  memberId: v.exactOptional(IdSchema),
  approvedBy: v.exactOptional(IdSchema),
  approvedAt: InstantSchema,
})
export type AuthorisationClaims = v.InferOutput<typeof AuthorisationClaimsSchema>

/** Signed by the gateway: this was charged. `bundle` and `passDays` are there exactly where the quote had them. */
export const ReceiptClaimsSchema = v.strictObject({
  receiptNumber: IdSchema,
  idempotencyKey: IdSchema,
  quoteId: IdSchema,
  deviceId: Bytes32Schema,
  offerId: IdSchema,
  sellerId: IdSchema,
  payee: QuoteClaimsSchema.entries.payee,
  item: LineSchema,
  bundle: QuoteClaimsSchema.entries.bundle,
  passDays: QuoteClaimsSchema.entries.passDays,
  price: MoneySchema,
  tax: TaxSchema,
  fundingSource: FundingSourceSchema,
  counted: v.exactOptional(MoneySchema),
  /** As in the authorisation. */
  memberId: v.exactOptional(IdSchema),
  challengeDigest: Bytes32Schema,
  chargedAt: InstantSchema,
})
export type ReceiptClaims = v.InferOutput<typeof ReceiptClaimsSchema>

/** Signed by the gateway: its clock now, with the caller's nonce so that an old answer cannot be played back. */
export const TimeClaimsSchema = v.strictObject({ now: InstantSchema, nonce: Bytes32Schema })
export type TimeClaims = v.InferOutput<typeof TimeClaimsSchema>

/** One charge with what came back of it, as the gateway lists it; `refunded` and `chargedBack` in minor units. */
export const ChargeLineSchema = v.strictObject({
  idempotencyKey: IdSchema,
  receiptNumber: IdSchema,
  price: MoneySchema,
  refunded: MoneySchema.entries.amount,
  chargedBack: MoneySchema.entries.amount,
  chargedAt: InstantSchema,
})

const PlaceSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/**
 * Signed by the gateway: a page of everything that it has charged this device, in the order of its charges, as it stands
 * `asOf`. `after` is what was asked for, `next` what to ask for next; null on the last page. With the caller's nonce, so
 * that an old list cannot be played back.
 */
export const ChargeListClaimsSchema = v.strictObject({
  deviceId: Bytes32Schema,
  nonce: Bytes32Schema,
  after: PlaceSchema,
  asOf: InstantSchema,
  charges: v.array(ChargeLineSchema),
  next: v.nullable(PlaceSchema),
})
export type ChargeListClaims = v.InferOutput<typeof ChargeListClaimsSchema>

/** A place in a device's log: the number of an event and its mac. The gateway learns nothing of what the events say. */
export const LogPlaceSchema = v.strictObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  mac: Bytes32Schema,
})

/** Signed by the gateway: this was the head of that log then. `previous` is what it had signed of the same log before. */
export const LogHeadClaimsSchema = v.strictObject({
  deviceId: Bytes32Schema,
  logId: IdSchema,
  ...LogPlaceSchema.entries,
  at: InstantSchema,
  previous: v.nullable(LogPlaceSchema),
})
export type LogHeadClaims = v.InferOutput<typeof LogHeadClaimsSchema>

/**
 * Signed by the gateway: the controls that it keeps for the funding source of this device, at its time `asOf`, with the
 * caller's nonce. `pending` waits for its second yes.
 */
export const ControlsClaimsSchema = v.strictObject({
  deviceId: Bytes32Schema,
  nonce: Bytes32Schema,
  asOf: InstantSchema,
  /**
   * The account whose controls they are; not there where they are nobody's: of the wallet that all share who are signed in to none, of the
   * device alone, or as told before there were accounts.
   */
  accountId: v.exactOptional(IdSchema),
  controls: SharedControlsSchema,
  pending: v.array(v.strictObject({ changeId: IdSchema, change: ChangeSchema, askedAt: InstantSchema })),
})
export type ControlsClaims = v.InferOutput<typeof ControlsClaimsSchema>

/** Signed by the gateway: it has taken in that something is wrong with this charge, in these words of the person. */
export const DisputeClaimsSchema = v.strictObject({
  deviceId: Bytes32Schema,
  disputeId: IdSchema,
  idempotencyKey: IdSchema,
  reason: DisputeReasonSchema,
  note: v.exactOptional(DisputeNoteSchema),
  openedAt: InstantSchema,
})
export type DisputeClaims = v.InferOutput<typeof DisputeClaimsSchema>

/** Proof of possession of the device key for one request (RFC 9449 §4.2). `iat` is in seconds since the epoch. */
export const ProofClaimsSchema = v.strictObject({
  jti: IdSchema,
  htm: v.picklist(['GET', 'POST']),
  htu: v.pipe(v.string(), v.url()),
  iat: v.pipe(v.number(), v.integer()),
  /** SHA-256 of the access token that comes with the request; there where one does (§4.2). */
  ath: v.exactOptional(Bytes32Schema),
})
export type ProofClaims = v.InferOutput<typeof ProofClaimsSchema>
