/**
 * What a line of an export is: one thing that happened to one purchase. A charge, each refund, each chargeback and its reversal
 * are lines of their own, never netted, and carry the receipt number of their purchase, so that each leads to all the others.
 * What is open or came to nothing is a line that moves no money.
 */
import type { ChallengeContent, EventPayloads, EventType } from '../events.ts'
import type { PurchaseRecord } from '../ledger.ts'
import type { RecordedState } from '../life-cycle.ts'
import { fromWire, type Money } from '../money.ts'

/**
 * `pending`: approved, and not known yet whether it was charged. `notCharged`: declined or voided. Only the other four move money.
 */
export type LineKind = 'charge' | 'refund' | 'chargeback' | 'chargebackReversal' | 'pending' | 'notCharged'

export interface ExportLine {
  /** Unique and the same in every export: the purchase's id and the gateway's count of what it did to it; 0 before its receipt. */
  readonly id: string
  readonly kind: LineKind
  /** RFC 3339 in UTC: when the money moved, as the gateway dated it; otherwise when the purchase was approved. */
  readonly at: string
  readonly approvedAt: string
  readonly purchaseId: string
  /** The same on all lines of a purchase that was charged. */
  readonly receiptNumber: string | null
  /** The gateway's number of the refund or chargeback. */
  readonly reference: string | null
  /** How the purchase stands at the time of the export. */
  readonly state: RecordedState
  readonly reason: string | null
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  /** Empty where a restored ledger has only the receipt. */
  readonly game: string
  /** What kind of offer it was, and likewise null where only the receipt is left. */
  readonly offerKind: ChallengeContent['kind'] | null
  readonly bundle: { readonly count: number; readonly unit: string } | null
  readonly passDays: number | null
  /** What the purchase costs or would have cost. */
  readonly price: Money
  /** What the line adds to expenses, in minor units of the price's currency: above nothing is a debit, below a credit. */
  readonly moved: bigint
  /** The tax within the price. */
  readonly tax: { readonly amount: bigint; readonly rateBasisPoints: number } | null
  readonly fundingSource: { readonly id: string; readonly label: string | null }
  readonly memberId: string | null
  /** What the member is called; null without members. */
  readonly who: string | null
}

/** What an export needs to know of a purchase, whichever of its events a line is about. */
export type ExportedPurchase = Omit<ExportLine, 'id' | 'kind' | 'at' | 'reference' | 'moved' | 'who'>

/** As much of an event as a line is made of. */
export type ExportedEvent = { [T in EventType]: { readonly type: T; readonly at: string; readonly payload: EventPayloads[T] } }[EventType]

/** The part that differs from event to event. */
type Happened = Pick<ExportLine, 'kind' | 'at' | 'reference' | 'moved'> & { readonly sequence: number }

/**
 * The line that an event makes, or null where it makes none: an approval that was charged has the charge as its line.
 * `moved` is what the postings of the event add to expenses, so that an export and the ledger cannot differ.
 */
export function lineOf(event: ExportedEvent, purchase: ExportedPurchase, moved: bigint, who: string | null): ExportLine | null {
  const happened = happenedIn(event, purchase.state, moved)
  if (!happened) return null
  const { sequence, kind, at, reference } = happened
  return { ...purchase, id: `${purchase.purchaseId}-${sequence}`, kind, at, reference, moved: happened.moved, who }
}

/** The purchase that begins with the event: all but how it stands now is in there. */
export function purchaseOfFirst(
  event: Extract<ExportedEvent, { type: 'purchase.approved' | 'purchase.recovered' }>,
  { state, reason, receiptNumber }: Pick<PurchaseRecord, 'state' | 'reason' | 'receiptNumber'>,
): ExportedPurchase {
  const standing = { state, reason, receiptNumber, approvedAt: event.at }
  if (event.type === 'purchase.recovered') {
    const { purchaseId, sellerId, payee, item, price, fundingSourceId, memberId = null } = event.payload
    const lost = { game: '', offerKind: null, bundle: null, passDays: null, tax: null }
    const fundingSource = { id: fundingSourceId, label: null }
    return { ...standing, ...lost, purchaseId, sellerId, payee, item, price: fromWire(price), fundingSource, memberId }
  }
  const { purchaseId, challenge } = event.payload
  const { sellerId, payee, item, game, kind, bundle = null, passDays = null, fundingSource, memberId = null } = challenge
  const about = { sellerId, payee, item, game, offerKind: kind, bundle, passDays, fundingSource, memberId }
  const tax = { amount: BigInt(challenge.tax.amount), rateBasisPoints: challenge.tax.rateBasisPoints }
  return { ...standing, ...about, purchaseId, price: fromWire(challenge.price), tax }
}

function happenedIn(event: ExportedEvent, state: RecordedState, moved: bigint): Happened | null {
  const nothing = { at: event.at, reference: null, moved: 0n, sequence: 0 }
  switch (event.type) {
    case 'purchase.approved':
      if (state === 'approved' || state === 'unknown') return { kind: 'pending', ...nothing }
      return state === 'declined' || state === 'voided' ? { kind: 'notCharged', ...nothing } : null
    case 'purchase.succeeded':
    case 'purchase.recovered':
      return { kind: 'charge', at: event.payload.chargedAt, reference: null, moved, sequence: 1 }
    case 'purchase.refunded': {
      const { refundedAt: at, refundId: reference, sequence } = event.payload
      return { kind: 'refund', at, reference, moved, sequence }
    }
    case 'purchase.chargedBack': {
      const { chargedBackAt: at, chargebackId: reference, sequence } = event.payload
      return { kind: 'chargeback', at, reference, moved, sequence }
    }
    case 'purchase.chargebackReversed': {
      const { reversedAt: at, chargebackId: reference, sequence } = event.payload
      return { kind: 'chargebackReversal', at, reference, moved, sequence }
    }
    default:
      return null
  }
}

/** The events that can make a line. */
export const exportedTypes = [
  'purchase.approved',
  'purchase.succeeded',
  'purchase.recovered',
  'purchase.refunded',
  'purchase.chargedBack',
  'purchase.chargebackReversed',
] as const satisfies readonly EventType[]

/** Which lines are wanted. A purchase is either wanted with all that became of it in the time, or not. */
export interface ExportFilter {
  /** From this moment on, and before that one; RFC 3339 in UTC. */
  readonly from: string | null
  readonly before: string | null
  /** Null for all. */
  readonly purchaseIds: ReadonlySet<string> | null
  /** Whose purchases the one who exports may see. */
  readonly maySee: (memberId: string | null) => boolean
}

export function isWanted({ at, purchaseId, memberId }: ExportLine, { from, before, purchaseIds, maySee }: ExportFilter): boolean {
  if (from !== null && at < from) return false
  if (before !== null && at >= before) return false
  return (purchaseIds?.has(purchaseId) ?? true) && maySee(memberId)
}

/** What is said about the export as a whole. */
export interface ExportHead {
  /** The IANA time zone in which times are written. */
  readonly zone: string
  /** RFC 3339 in UTC. */
  readonly madeAt: string
  readonly from: string | null
  readonly before: string | null
  /** All that there can be among the lines. */
  readonly currencies: readonly string[]
}

/** Writes the lines as text, piece by piece. `lines` can be gone through more than once, which OFX needs. */
export type ExportFormat = (lines: Iterable<ExportLine>, head: ExportHead) => Iterable<string>
