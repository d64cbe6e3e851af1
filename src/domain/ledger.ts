/**
 * What the events say about money: double-entry postings and the record of each purchase. Both are pure functions of the
 * events in order, so a projection kept up to date event by event equals one rebuilt from the first event.
 */
import type { PurchaseId } from './brands.ts'
import type { EventType, LogEvent, WireMoney } from './events.ts'
import { assertPossible, commandOfEvent, moved, type PurchaseState, type RecordedState } from './life-cycle.ts'
import { add, fromWire, type Money } from './money.ts'

/** One purchase as the log knows it. `at` is when it was approved, `settledAt` when its outcome was recorded. */
export interface PurchaseRecord {
  readonly purchaseId: PurchaseId
  readonly state: RecordedState
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly price: Money
  readonly fundingSourceId: string
  /** Who bought it; null while there were no members. */
  readonly memberId: string | null
  readonly at: string
  /** What it counts as against the limits, and when. */
  readonly counted: Money
  readonly countedAt: string
  /** The number of the event that the record began with; purchases are in this order. */
  readonly approvedSeq: number
  readonly settledAt: string | null
  readonly reason: string | null
  readonly receiptNumber: string | null
  /** What came back by refunds, in minor units of the price's currency. Never above the price with `chargedBack`. */
  readonly refunded: bigint
  /** What is taken back by the chargeback that stands, in minor units. */
  readonly chargedBack: bigint
  /** The chargeback that stands; at most one at a time. */
  readonly chargebackId: string | null
  /** The gateway numbers what it does to a purchase: its receipt is 1. This is the newest that is in the record; 0 is none. */
  readonly sequence: number
}

/** One side of an entry. Amounts of one event sum to zero per currency; a positive amount is a debit. */
export interface Posting {
  readonly seq: number
  readonly line: number
  readonly account: string
  readonly amount: Money
}

type PurchaseEvent = Extract<LogEvent, { type: keyof typeof commandOfEvent }>
type EventOf<T extends EventType> = Extract<LogEvent, { type: T }>

/** The purchase that the event is about, or null for the events about the log itself. */
export function purchaseOf(event: Pick<LogEvent, 'type' | 'payload'>): PurchaseId | null {
  return 'purchaseId' in event.payload ? event.payload.purchaseId : null
}

/** The message of the gateway that the event came of, or null. Each counts once. */
export function messageOf(event: Pick<LogEvent, 'type' | 'payload'>): string | null {
  return 'messageId' in event.payload ? event.payload.messageId : null
}

/**
 * The record of the event's purchase after the event, given the record before it. Returns null for an event that makes no
 * record. Throws IllegalTransitionError where life-cycle.ts does not allow it, and RangeError where an amount does not.
 */
export function nextRecord(before: PurchaseRecord | null, event: LogEvent): PurchaseRecord | null {
  return isPurchaseEvent(event) ? recordAfter(before, event) : null
}

function isPurchaseEvent(event: LogEvent): event is PurchaseEvent {
  return event.type in commandOfEvent
}

function recordAfter(before: PurchaseRecord | null, event: PurchaseEvent): PurchaseRecord | null {
  assertPossible(stateBefore(before, event), commandOfEvent[event.type])
  if (event.type === 'purchase.cancelled') return null
  if (event.type === 'purchase.approved') return approvedRecord(event)
  if (event.type === 'purchase.recovered') return recoveredRecord(event)
  if (!before) throw new TypeError('only an answer or a recovery begins a record')
  switch (event.type) {
    case 'purchase.unknown':
      return { ...before, state: 'unknown', reason: event.payload.reason }
    case 'purchase.succeeded': {
      const { receiptNumber } = event.payload
      return { ...before, state: 'succeeded', settledAt: event.at, reason: null, receiptNumber, sequence: 1 }
    }
    case 'purchase.declined':
      return { ...before, state: 'declined', settledAt: event.at, reason: event.payload.reason }
    case 'purchase.voided':
      return { ...before, state: 'voided', settledAt: event.at, reason: event.payload.reason }
    case 'purchase.refunded':
      return withMoneyBack(before, event, { refunded: before.refunded + amountBack(before, event.payload.amount) })
    case 'purchase.chargedBack': {
      const { amount, chargebackId } = event.payload
      return withMoneyBack(before, event, { chargedBack: amountBack(before, amount), chargebackId })
    }
    case 'purchase.chargebackReversed':
      if (event.payload.chargebackId !== before.chargebackId) throw new RangeError('another chargeback stands')
      return withMoneyBack(before, event, { chargedBack: 0n, chargebackId: null })
  }
}

/** An attempt without a record has been shown to the person; only a recovery is about one that was forgotten. */
function stateBefore(before: PurchaseRecord | null, event: PurchaseEvent): PurchaseState {
  if (before) return before.state
  return event.type === 'purchase.recovered' ? 'lost' : 'challenged'
}

function withMoneyBack(
  before: PurchaseRecord,
  event: EventOf<'purchase.refunded' | 'purchase.chargedBack' | 'purchase.chargebackReversed'>,
  change: Partial<Pick<PurchaseRecord, 'refunded' | 'chargedBack' | 'chargebackId'>>,
): PurchaseRecord {
  const { sequence } = event.payload
  if (sequence !== before.sequence + 1) throw new RangeError('something that the gateway did before is missing')
  const after = { ...before, ...change, sequence }
  if (after.refunded + after.chargedBack > after.price.amount) throw new RangeError('more came back than was charged')
  return { ...after, state: moved(before.state, commandOfEvent[event.type], stateOfMoney(after)) }
}

function stateOfMoney({ chargedBack, refunded, price }: PurchaseRecord): RecordedState {
  if (chargedBack > 0n) return 'chargedBack'
  if (refunded === 0n) return 'succeeded'
  return refunded === price.amount ? 'refunded' : 'partlyRefunded'
}

function amountBack({ price }: PurchaseRecord, wire: WireMoney): bigint {
  const { amount, currency } = fromWire(wire)
  if (currency !== price.currency) throw new RangeError('money came back in another currency')
  if (amount <= 0n) throw new RangeError('what comes back is more than nothing')
  return amount
}

/** Whether the outcome is still to be asked for. */
export function isUnsettled(record: PurchaseRecord): boolean {
  return record.settledAt === null
}

/** Whether the purchase counts as spending: a refund does not undo that it was spent, an answer that is out may still come. */
export function isSpending({ state }: Pick<PurchaseRecord, 'state'>): boolean {
  return state !== 'declined' && state !== 'voided'
}

/**
 * The two sides of an entry, made by an event that moves money and by nothing else; `before` and `after` are the records
 * of its purchase around it. What was paid is the price of the approval, which is what the person agreed to. Debits are
 * positive, as in plain-text accounting.
 */
export function postingsOf(
  event: LogEvent,
  before: PurchaseRecord | null,
  after: PurchaseRecord | null,
): readonly Posting[] {
  if (!after) return []
  const amount = net(after) - (before ? net(before) : 0n)
  if (amount === 0n) return []
  const { currency } = after.price
  const postings = [
    { seq: event.seq, line: 1, account: `Expenses:${after.sellerId}`, amount: { amount, currency } },
    { seq: event.seq, line: 2, account: `Assets:${after.fundingSourceId}`, amount: { amount: -amount, currency } },
  ]
  assertBalanced(postings)
  return postings
}

/** What the purchase has cost so far, in minor units. Nothing before its receipt. */
export function net({ receiptNumber, price, refunded, chargedBack }: PurchaseRecord): bigint {
  return receiptNumber === null ? 0n : price.amount - refunded - chargedBack
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

const untouched = { reason: null, refunded: 0n, chargedBack: 0n, chargebackId: null, sequence: 0 } as const

function approvedRecord(event: EventOf<'purchase.approved'>): PurchaseRecord {
  const { purchaseId, key, challenge, countedAt = event.at } = event.payload
  if (challenge.purchaseId !== purchaseId) throw new RangeError('the approval is for the challenge of another purchase')
  if ((key as string) !== purchaseId) throw new RangeError('the key is not that of the purchase')
  return {
    ...untouched,
    purchaseId,
    state: 'approved',
    offerId: challenge.offerId,
    sellerId: challenge.sellerId,
    payee: challenge.payee,
    item: challenge.item,
    game: challenge.game,
    price: priceOf(challenge.price),
    fundingSourceId: challenge.fundingSource.id,
    memberId: challenge.memberId ?? null,
    at: event.at,
    counted: priceOf(challenge.counted ?? challenge.price),
    countedAt,
    approvedSeq: event.seq,
    settledAt: null,
    receiptNumber: null,
  }
}

/** The game is not on a receipt, so it stays lost. */
function recoveredRecord({ payload, seq, at }: EventOf<'purchase.recovered'>): PurchaseRecord {
  const { purchaseId, offerId, sellerId, payee, item, price, fundingSourceId, receiptNumber, counted = price, chargedAt } = payload
  return {
    ...untouched,
    ...{ purchaseId, offerId, sellerId, payee, item, fundingSourceId, receiptNumber },
    state: 'succeeded',
    sequence: 1,
    game: '',
    memberId: payload.memberId ?? null,
    price: priceOf(price),
    counted: priceOf(counted),
    countedAt: chargedAt,
    at,
    approvedSeq: seq,
    settledAt: at,
  }
}

function priceOf(wire: WireMoney): Money {
  const price = fromWire(wire)
  if (price.amount < 0n) throw new RangeError('a price is never negative')
  return price
}
