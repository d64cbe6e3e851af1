/**
 * What a line of the history is: one thing that happened to one purchase. A charge, each refund, each chargeback and its reversal
 * are lines of their own, never netted, and carry the receipt number of their purchase, so that each leads to all the others.
 * What is open or came to nothing is a line that moves no money.
 */
import type { ChallengeContent, EventPayloads, EventType, LogEvent } from '../events.ts'
import { elsewhereId, type ImportSource } from '../imports.ts'
import { nextRecord, postingsOf, purchaseOf, type PurchaseRecord } from '../ledger.ts'
import type { RecordedState } from '../life-cycle.ts'
import { fromWire, type Money } from '../money.ts'

/**
 * `pending`: approved, and not known yet whether it was charged. `notCharged`: declined or voided. Only the other four move money.
 */
export type LineKind = 'charge' | 'refund' | 'chargeback' | 'chargebackReversal' | 'pending' | 'notCharged'

/** Bought with this client, or elsewhere and imported from there. */
export type LineSource = 'tuppence' | ImportSource

export interface HistoryLine {
  /**
   * Unique and always the same: the purchase's id and the gateway's count of what it did to it, 0 before its receipt; of what was
   * imported, the import's id and the number of the row.
   */
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
  /** How the purchase stands now. */
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
  readonly source: LineSource
  /** The number of the event that made the line. Lines of one event are told apart by their ids. */
  readonly seq: number
}

/** What a line tells of its purchase, whichever of its events a line is about. */
export type LinedPurchase = Omit<HistoryLine, 'id' | 'kind' | 'at' | 'reference' | 'moved' | 'seq'>

/** As much of an event as a line is made of. */
export type LinedEvent = { [T in EventType]: { readonly type: T; readonly seq: number; readonly at: string; readonly payload: EventPayloads[T] } }[EventType]

/** The part that differs from event to event. */
type Happened = Pick<HistoryLine, 'kind' | 'at' | 'reference' | 'moved'> & { readonly sequence: number }

/**
 * The line that an event makes, or null where it makes none: an approval that was charged has the charge as its line.
 * `moved` is what the postings of the event add to expenses, so that history and ledger cannot differ.
 */
export function lineOf(event: LinedEvent, purchase: LinedPurchase, moved: bigint): HistoryLine | null {
  const happened = happenedIn(event, purchase.state, moved)
  if (!happened) return null
  const { sequence, kind, at, reference } = happened
  return { ...purchase, id: `${purchase.purchaseId}-${sequence}`, kind, at, reference, moved: happened.moved, seq: event.seq }
}

/** The lines of what was imported by the event. Money went elsewhere, so that there are no postings for them. */
export function linesOfImport({ seq, at, payload }: Extract<LinedEvent, { type: 'import.made' }>): HistoryLine[] {
  const { importId, source, memberId = null } = payload
  return payload.rows.map((row) => {
    const price = fromWire(row.amount)
    return {
      id: `${importId}-${row.n}`,
      kind: row.kind,
      at: row.at,
      approvedAt: at,
      purchaseId: `${importId}-${row.of ?? row.n}`,
      receiptNumber: row.order ?? null,
      reference: row.reference ?? null,
      state: row.state,
      reason: null,
      sellerId: elsewhereId(source, row.payee),
      payee: row.payee,
      item: row.item,
      game: row.game ?? '',
      offerKind: null,
      bundle: null,
      passDays: null,
      price,
      moved: row.kind === 'charge' ? price.amount : -price.amount,
      tax: null,
      fundingSource: { id: elsewhereId(source, row.paidWith ?? ''), label: row.paidWith ?? null },
      memberId,
      source,
      seq,
    }
  })
}

/** The purchase that begins with the event: all but how it stands now is in there. */
export function purchaseOfFirst(
  event: Extract<LinedEvent, { type: 'purchase.approved' | 'purchase.recovered' }>,
  { state, reason, receiptNumber }: Pick<PurchaseRecord, 'state' | 'reason' | 'receiptNumber'>,
): LinedPurchase {
  const standing = { state, reason, receiptNumber, approvedAt: event.at, source: 'tuppence' } as const
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

function happenedIn(event: LinedEvent, state: RecordedState, moved: bigint): Happened | null {
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

/** The events that can make a line of a purchase of this client's. */
export const linedTypes = [
  'purchase.approved',
  'purchase.succeeded',
  'purchase.recovered',
  'purchase.refunded',
  'purchase.chargedBack',
  'purchase.chargebackReversed',
] as const satisfies readonly EventType[]

/** All lines that the events of a whole log come to, in the order of the log; of imports, those that were not undone. */
export function linesOf(events: Iterable<LogEvent>): HistoryLine[] {
  const records = new Map<string, PurchaseRecord>()
  const moved = new Map<number, bigint>()
  const firsts = new Map<string, Parameters<typeof purchaseOfFirst>[0]>()
  const undone = new Set<string>()
  const all = [...events]
  for (const event of all) {
    if (event.type === 'import.undone') undone.add(event.payload.importId)
    const id = purchaseOf(event)
    if (id === null) continue
    const before = records.get(id) ?? null
    const after = nextRecord(before, event)
    if (after) records.set(id, after)
    if (event.type === 'purchase.approved' || event.type === 'purchase.recovered') firsts.set(id, event)
    moved.set(event.seq, postingsOf(event, before, after)[0]?.amount.amount ?? 0n)
  }
  return all.flatMap((event) => {
    if (event.type === 'import.made') return undone.has(event.payload.importId) ? [] : linesOfImport(event)
    const id = purchaseOf(event) ?? ''
    const [first, record] = [firsts.get(id), records.get(id)]
    return first && record ? (lineOf(event, purchaseOfFirst(first, record), moved.get(event.seq) ?? 0n) ?? []) : []
  })
}
