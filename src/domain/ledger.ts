/**
 * What the events say about money: double-entry postings and the record of each purchase. Both are pure functions of the
 * events in order, so a projection kept up to date event by event equals one rebuilt from the first event.
 */
import { assertNever } from './assert-never.ts'
import type { PurchaseId } from './brands.ts'
import type { EventType, LogEvent } from './events.ts'
import { add, fromWire, type Money } from './money.ts'

/** The state of a purchase once it is in the log; see docs/ARCHITECTURE.md for the life cycle. */
export type RecordedState = 'approved' | 'unknown' | 'succeeded' | 'declined' | 'voided'

/** One purchase as the log knows it. `at` is when it was approved, `settledAt` when its outcome was recorded. */
export interface PurchaseRecord {
  readonly purchaseId: PurchaseId
  readonly state: RecordedState
  readonly key: string
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly price: Money
  readonly fundingSourceId: string
  readonly at: string
  /** The number of the approval event; purchases are in this order. */
  readonly approvedSeq: number
  readonly settledAt: string | null
  readonly reason: string | null
  readonly receiptNumber: string | null
}

/** One side of an entry. Amounts of one event sum to zero per currency; a positive amount is a debit. */
export interface Posting {
  readonly seq: number
  readonly line: number
  readonly account: string
  readonly amount: Money
}

/** Thrown when an event does not fit the life cycle of its purchase: a bug in the caller, never a matter for a person. */
export class IllegalTransitionError extends Error {
  constructor(from: RecordedState | 'nothing', type: EventType) {
    super(`${type} cannot follow ${from}`)
    this.name = 'IllegalTransitionError'
  }
}

/** The purchase that an event is about, or null for `log.opened` and other events that make no record. */
export function purchaseOf(event: Pick<LogEvent, 'type' | 'payload'>): PurchaseId | null {
  return 'purchaseId' in event.payload ? event.payload.purchaseId : null
}

/**
 * The record of the event's purchase after the event, given the record before it: approved → unknown, succeeded,
 * declined or voided; unknown → succeeded, declined or voided; nothing else. Returns null for an event that makes no
 * record. Throws IllegalTransitionError.
 */
export function nextRecord(before: PurchaseRecord | null, event: LogEvent): PurchaseRecord | null {
  switch (event.type) {
    case 'log.opened':
      return null
    case 'purchase.cancelled':
      if (before) throw new IllegalTransitionError(before.state, event.type)
      return null
    case 'purchase.approved':
      return approvedRecord(before, event)
    case 'purchase.unknown':
      if (before?.state !== 'approved') throw new IllegalTransitionError(before?.state ?? 'nothing', event.type)
      return { ...before, state: 'unknown', reason: event.payload.reason }
    case 'purchase.succeeded':
      return {
        ...open(before, event.type),
        state: 'succeeded',
        settledAt: event.at,
        reason: null,
        receiptNumber: event.payload.receiptNumber,
      }
    case 'purchase.declined':
      return { ...open(before, event.type), state: 'declined', settledAt: event.at, reason: event.payload.reason }
    case 'purchase.voided':
      return { ...open(before, event.type), state: 'voided', settledAt: event.at, reason: event.payload.reason }
    default:
      return assertNever(event)
  }
}

/** Whether the outcome is still to be asked for. */
export function isUnsettled(record: PurchaseRecord): boolean {
  return record.settledAt === null
}

/**
 * The two sides of an entry, made by `purchase.succeeded` and nothing else; `record` is that of its purchase. The price
 * comes from the approval, which is what the person agreed to. Debits are positive, as in plain-text accounting.
 */
export function postingsOf(event: LogEvent, record: PurchaseRecord | null): readonly Posting[] {
  if (event.type !== 'purchase.succeeded') return []
  if (!record) throw new IllegalTransitionError('nothing', event.type)
  const { amount, currency } = record.price
  const postings = [
    { seq: event.seq, line: 1, account: `Expenses:${record.sellerId}`, amount: { amount, currency } },
    { seq: event.seq, line: 2, account: `Assets:${record.fundingSourceId}`, amount: { amount: -amount, currency } },
  ]
  assertBalanced(postings)
  return postings
}

/** Throws RangeError unless the amounts sum to zero in every currency. */
export function assertBalanced(postings: Iterable<Posting>): void {
  const totals = new Map<string, Money>()
  for (const { amount } of postings) {
    const total = totals.get(amount.currency)
    totals.set(amount.currency, total ? add(total, amount) : amount)
  }
  for (const { amount, currency } of totals.values()) {
    if (amount !== 0n) throw new RangeError(`postings are out of balance by ${amount} ${currency}`)
  }
}

function approvedRecord(
  before: PurchaseRecord | null,
  event: Extract<LogEvent, { type: 'purchase.approved' }>,
): PurchaseRecord {
  if (before) throw new IllegalTransitionError(before.state, event.type)
  const { purchaseId, key, challenge } = event.payload
  if (challenge.purchaseId !== purchaseId) throw new RangeError('the approval is for the challenge of another purchase')
  const price = fromWire(challenge.price)
  if (price.amount < 0n) throw new RangeError('a price is never negative')
  return {
    purchaseId,
    state: 'approved',
    key,
    offerId: challenge.offerId,
    sellerId: challenge.sellerId,
    payee: challenge.payee,
    item: challenge.item,
    game: challenge.game,
    price,
    fundingSourceId: challenge.fundingSource.id,
    at: event.at,
    approvedSeq: event.seq,
    settledAt: null,
    reason: null,
    receiptNumber: null,
  }
}

function open(before: PurchaseRecord | null, type: EventType): PurchaseRecord {
  if (!before || !isUnsettled(before)) throw new IllegalTransitionError(before?.state ?? 'nothing', type)
  return before
}
