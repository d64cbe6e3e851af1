import type { PurchaseId } from '../../domain/brands.ts'
import type { LogEvent } from '../../domain/events.ts'
import { nextRecord, purchaseOf, type PurchaseRecord } from '../../domain/ledger.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { HistoryIndex } from '../ports/history-index.ts'

export interface PurchaseWithEvents {
  readonly record: PurchaseRecord
  /** All that are about it, in the order of the log. */
  readonly events: readonly LogEvent[]
}

/** An append may come between asking the index and reading the ledger. */
const mostTries = 3

/**
 * A purchase with its whole life, from the ledger: the index only tells where to look, and each event is looked at. Null where there is no such
 * purchase. Throws where the index does not lead to what the ledger knows, and LogStorageError.
 */
export async function readPurchase(log: EventLog, index: Pick<HistoryIndex, 'eventsOf'>, purchaseId: string): Promise<PurchaseWithEvents | null> {
  const id = purchaseId as PurchaseId
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (!log.purchase(id)) return null
    const numbers = await index.eventsOf(purchaseId)
    const events = numbers.flatMap((seq) => log.event(seq) ?? []).filter((event) => purchaseOf(event) === purchaseId)
    const record = log.purchase(id)
    if (record && isWhole(record, events)) return { record, events }
  }
  throw new Error('the index of the history leaves out some of a purchase')
}

/** Whether the events come to what the ledger knows of the purchase. */
function isWhole(record: PurchaseRecord, events: readonly LogEvent[]): boolean {
  if (events[0]?.seq !== record.approvedSeq) return false
  const made = events.reduce<PurchaseRecord | null>((before, event) => nextRecord(before, event) ?? before, null)
  return made !== null && made.state === record.state && made.sequence === record.sequence && made.receiptNumber === record.receiptNumber
}
