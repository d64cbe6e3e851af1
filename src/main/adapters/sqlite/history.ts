import type { LogEvent } from '../../../domain/events.ts'
import type { EventLog } from '../../ports/event-log.ts'
import { toHead, toLogEvent, type Rows } from './rows.ts'

/** How many events are read at a time. A statement that is left open would keep the connection from writing. */
const pageLength = 256

export type History = Pick<
  EventLog,
  'head' | 'newestAtMs' | 'events' | 'purchase' | 'purchases' | 'unsettled' | 'postings' | 'approval'
>

/** The reading half of the port, over any connection. */
export function historyOf(rows: Rows): History {
  return {
    head() {
      const row = rows.headRow()
      return row && toHead(row)
    },
    newestAtMs: () => Date.parse(rows.newest()?.at ?? '') || 0,
    events: (fromSeq = 1) => eventsFrom(rows, fromSeq),
    purchase: rows.purchase,
    purchases: rows.purchases,
    unsettled: rows.unsettled,
    postings: rows.postings,
    approval(id) {
      const record = rows.purchase(id)
      const stored = record && rows.event(record.approvedSeq)
      const event = stored && toLogEvent(stored)
      return event?.type === 'purchase.approved' ? event : null
    },
  }
}

function* eventsFrom(rows: Rows, fromSeq: number): Generator<LogEvent, undefined> {
  let next = fromSeq
  for (;;) {
    const page = rows.page(next, pageLength)
    for (const stored of page) {
      yield toLogEvent(stored)
      next = stored.seq + 1
    }
    if (page.length < pageLength) return undefined
  }
}
