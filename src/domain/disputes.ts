/**
 * Disputes: a person tells the gateway that something is wrong with a charge, and it decides. A dispute moves no money and locks nothing; what
 * comes back is a refund of its own. How the disputes of a purchase stand is a pure function of its events, in whatever order they came.
 */
import type { EventPayloads, LogEvent } from './events.ts'
import type { PurchaseRecord } from './ledger.ts'

export interface Dispute {
  readonly disputeId: string
  /** What the person said; null where this log has forgotten that, and knows only what the gateway decided. */
  readonly opened: Pick<EventPayloads['dispute.opened'], 'reason' | 'note' | 'openedAt'> | null
  /** Null while the gateway has not decided. */
  readonly closed: Pick<EventPayloads['dispute.closed'], 'outcome' | 'closedAt'> | null
}

/** The disputes that the events are about, by their numbers. Of two that say the same thing of one the first counts. */
export function disputesOf(events: readonly LogEvent[]): Dispute[] {
  const disputes = new Map<string, Dispute>()
  for (const { type, payload } of events) {
    if (type !== 'dispute.opened' && type !== 'dispute.closed') continue
    const before = disputes.get(payload.disputeId) ?? { disputeId: payload.disputeId, opened: null, closed: null }
    const said = type === 'dispute.opened' ? { opened: before.opened ?? payload } : { closed: before.closed ?? payload }
    disputes.set(payload.disputeId, { ...before, ...said })
  }
  return [...disputes.values()].sort((one, other) => (one.disputeId < other.disputeId ? -1 : 1))
}

/** The dispute that the gateway has not decided yet, or null. */
export function openDisputeOf(events: readonly LogEvent[]): Dispute | null {
  return disputesOf(events).find(({ closed }) => closed === null) ?? null
}

/** More than anybody opens about one charge. */
export const mostDisputes = 99

/**
 * The id of the dispute after those that are known. It follows from the purchase and their number, so that asking again after an answer that
 * got lost asks for the same dispute and not for a second one.
 */
export function disputeIdAfter(purchaseId: string, known: number): string {
  return `${purchaseId}.d${String(known + 1).padStart(2, '0')}`
}

/** Whether there is something to give back: `notCharged` before a receipt, `nothingLeft` where all of it came back. */
export function disputable({ receiptNumber, price, refunded, chargedBack }: PurchaseRecord): 'yes' | 'notCharged' | 'nothingLeft' {
  if (receiptNumber === null) return 'notCharged'
  return price.amount - refunded - chargedBack > 0n ? 'yes' : 'nothingLeft'
}
