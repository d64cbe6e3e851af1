import type { LogEvent } from '../../../domain/events.ts'
import type { MarkedType } from '../../../domain/marks.ts'
import type { EventLog, PurchaseRecord } from '../../ports/event-log.ts'
import { toHead, toLogEvent, type Rows } from './rows.ts'
import { withStorageErrors } from './storage-error.ts'

/** How many events are read at a time. A statement that is left open would keep the connection from writing. */
const pageLength = 256

export type History = Pick<
  EventLog,
  | 'head'
  | 'newestAtMs'
  | 'events'
  | 'event'
  | 'eventsOfTypes'
  | 'purchase'
  | 'purchases'
  | 'newestPurchases'
  | 'purchasesSince'
  | 'unsettled'
  | 'postings'
  | 'approval'
  | 'hasMessage'
  | 'controls'
  | 'family'
  | 'riskProfile'
  | 'usageSince'
  | 'newestOf'
>

/** The reading half of the port, over any connection. */
export function historyOf(rows: Rows): History {
  const { events, ...lookups } = readsOf(rows)
  return { ...withTypedErrors(lookups), events }
}

/** A disk that fails while something is looked up says so as it does everywhere else. */
function withTypedErrors<T extends Record<keyof T, (...args: never[]) => unknown>>(reads: T): T {
  const typed = Object.entries(reads).map(([name, read]) => [
    name,
    (...args: unknown[]) => withStorageErrors(() => (read as (...all: unknown[]) => unknown)(...args)),
  ])
  return Object.fromEntries(typed) as T
}

function readsOf(rows: Rows): History {
  return {
    head() {
      const row = rows.headRow()
      return row && toHead(row)
    },
    newestAtMs: () => Date.parse(rows.newest()?.at ?? '') || 0,
    events: (fromSeq = 1) => eventsFrom(rows, fromSeq),
    event(seq) {
      const stored = rows.event(seq)
      return stored && toLogEvent(stored)
    },
    eventsOfTypes: (types, fromSeq, beforeSeq) => rows.ofTypes(types, fromSeq, beforeSeq).map(toLogEvent),
    purchase: rows.purchase,
    purchases: rows.purchases,
    newestPurchases: rows.newestPurchases,
    purchasesSince: (at) => purchasesSince(rows, at),
    unsettled: rows.unsettled,
    controls: rows.controls,
    family: rows.family,
    riskProfile: rows.riskProfile,
    usageSince: rows.usageSince,
    hasMessage: (id) => rows.seqOfMessage(id) !== null,
    newestOf<T extends MarkedType>(type: T) {
      const seq = rows.seqOfMark(type)
      const stored = seq === null ? null : rows.event(seq)
      return stored && (toLogEvent(stored) as Extract<LogEvent, { type: T }>)
    },
    postings: rows.postings,
    approval(id) {
      const record = rows.purchase(id)
      const stored = record && rows.event(record.approvedSeq)
      const event = stored && toLogEvent(stored)
      return event?.type === 'purchase.approved' ? event : null
    },
  }
}

/** Time never runs backwards in the log, so the newest are all at its end. */
function purchasesSince(rows: Rows, at: string): PurchaseRecord[] {
  const found: PurchaseRecord[] = []
  for (const record of rows.eachPurchase()) {
    if (record.at < at) break
    found.push(record)
  }
  return found
}

function* eventsFrom(rows: Rows, fromSeq: number): Generator<LogEvent, undefined> {
  let next = fromSeq
  for (;;) {
    const from = next
    const page = withStorageErrors(() => rows.page(from, pageLength))
    for (const stored of page) {
      yield toLogEvent(stored)
      next = stored.seq + 1
    }
    if (page.length < pageLength) return undefined
  }
}
