/**
 * The events of the log: all that this client will ever remember about money and consent. Payloads hold JSON values
 * only (amounts as decimal text of minor units) because their canonical form is what the chain protects.
 */
import type { Digest, EventId, IdempotencyKey, PurchaseId } from './brands.ts'

export interface WireMoney {
  readonly amount: string
  readonly currency: string
}

/** What the confirm window showed and the person answered; its canonical form is what the digest covers. */
export interface ChallengeContent {
  readonly challengeId: string
  readonly purchaseId: PurchaseId
  readonly nonce: string
  readonly quoteId: string
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly kind: 'item' | 'pass' | 'bundle'
  readonly bundle?: { readonly count: number; readonly unit: string }
  readonly passDays?: number
  readonly price: WireMoney
  readonly tax: { readonly amount: string; readonly rateBasisPoints: number }
  readonly fundingSource: { readonly id: string; readonly label: string }
  readonly shownAt: string
  readonly expiresAt: string
}

export interface EventPayloads {
  /** The first event of every log. `logId` ties all later ones to this log and no other. */
  'log.opened': { readonly logId: string; readonly format: 1 }
  /** The person said no, or let the challenge lapse. No money is touched. */
  'purchase.cancelled': {
    readonly purchaseId: PurchaseId
    readonly offerId: string
    readonly reason: 'person' | 'expired' | 'windowClosed'
  }
  /**
   * The person said yes. Reserves the money; `key` and the exact request body are durable before the first byte leaves.
   */
  'purchase.approved': {
    readonly purchaseId: PurchaseId
    readonly key: IdempotencyKey
    readonly challenge: ChallengeContent
    readonly challengeDigest: Digest
    readonly quote: string
    readonly authorisation: string
  }
  /** The gateway charged; `receipt` is its signed proof, verified before this event was written. */
  'purchase.succeeded': {
    readonly purchaseId: PurchaseId
    readonly receipt: string
    readonly receiptNumber: string
    readonly chargedAt: string
  }
  /** The gateway decided not to charge, or refused the request for good. Releases the reservation. */
  'purchase.declined': { readonly purchaseId: PurchaseId; readonly reason: string }
  /** No answer that can be trusted came back. The reservation stays until the gateway was asked by key. */
  'purchase.unknown': { readonly purchaseId: PurchaseId; readonly reason: string }
  /** The gateway says that it never received the request and the quote can no longer be used: nothing was charged. */
  'purchase.voided': { readonly purchaseId: PurchaseId; readonly reason: string }
}
export type EventType = keyof EventPayloads

/** An event to be appended: the log gives it its number, id, time and mac. */
export type NewEvent = {
  [T in EventType]: { readonly type: T; readonly actor: string; readonly payload: EventPayloads[T] }
}[EventType]

/** An event of the log. `seq` counts from 1 without gaps; `at` is RFC 3339 in UTC; `mac` is base64url of 32 bytes. */
export type LogEvent = NewEvent & {
  readonly seq: number
  readonly id: EventId
  readonly at: string
  readonly mac: string
}
