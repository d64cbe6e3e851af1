/**
 * Reads events together with the lines of the history that they make, as the purchases stand at the moment of the connection. A page at a
 * time, so that a long ledger needs no more memory than a short one.
 */
import type Database from 'better-sqlite3'
import {
  type HistoryLine,
  type LinedEvent,
  type LinedPurchase,
  linedTypes,
  lineOf,
  linesOfImport,
  purchaseOfFirst,
} from '../../../domain/history/line.ts'
import type { RecordedState } from '../../../domain/life-cycle.ts'
import { LogStorageError } from '../../ports/event-log.ts'
import { withStorageErrors } from './storage-error.ts'

/** How many purchases are remembered: most are charged right after their approval, and need no second look then. */
const remembered = 256

export interface EventWithLines {
  readonly event: LinedEvent
  readonly lines: readonly HistoryLine[]
}

export interface LogLines {
  /** The events of these numbers, both included; `lined` leaves out those that can make no line. Imports that were undone have none. */
  between(first: number, last: number, which: 'all' | 'lined'): EventWithLines[]
}

type Row = [seq: bigint, type: string, at: string, payload: string, moved: bigint | null, ...standing: Standing | [null, null, null]]

/** How a purchase stands; all else is in the event that its record began with. */
type Standing = [state: string, reason: string | null, receiptNumber: string | null]

const standing = 'u.state, u.reason, u.receipt_number'

/** What was signed is half of an event and no part of a line; SQLite leaves it out sooner than JSON.parse reads it. */
const unsigned = "json_remove(e.payload, '$.quote', '$.authorisation', '$.stepUp', '$.receipt', '$.message')"

/** The connection has to be in a transaction, or to a file that nobody writes to. */
export function logLinesOf(db: Database.Database): LogLines {
  const columns = `SELECT e.seq, e.type, e.at, ${unsigned}, p.amount, ${standing} FROM events e
      LEFT JOIN postings p ON p.seq = e.seq AND p.line = 1 LEFT JOIN purchases u ON u.approved_seq = e.seq WHERE e.seq BETWEEN ? AND ?`
  const types = [...linedTypes, 'import.made'].map((type) => `'${type}'`).join(', ')
  const pages = {
    all: db.prepare<[number, number], Row>(`${columns} ORDER BY e.seq`).raw(),
    lined: db.prepare<[number, number], Row>(`${columns} AND e.type IN (${types}) ORDER BY e.seq`).raw(),
  }
  const purchaseOf = purchasesIn(db)
  const undone = undoneImports(db)
  const linesOf = (event: LinedEvent, moved: bigint | null, found: Standing | [null, null, null]): readonly HistoryLine[] => {
    if (event.type === 'import.made') return undone().has(event.payload.importId) ? [] : linesOfImport(event)
    if (!isLined(event)) return []
    const line = lineOf(event, purchaseOf(event, found), moved ?? 0n)
    return line ? [line] : []
  }
  return {
    between: (first, last, which) =>
      withStorageErrors(() => pages[which].all(first, last)).map(([seq, type, at, payload, moved, ...found]) => {
        const event = { seq: Number(seq), type, at, payload: parse(payload) } as LinedEvent
        return { event, lines: linesOf(event, moved, found) }
      }),
  }
}

function isLined({ type }: LinedEvent): boolean {
  return (linedTypes as readonly string[]).includes(type)
}

/** Most logs have none, which the mark of the newest tells without going through all events. */
function undoneImports(db: Database.Database): () => ReadonlySet<string> {
  let known: ReadonlySet<string> | null = null
  return () => (known ??= withStorageErrors(() => {
    const newest = db.prepare("SELECT seq FROM newest_of_type WHERE type = 'import.undone'").get()
    if (!newest) return new Set()
    return new Set(db.prepare<[], string>("SELECT payload ->> '$.importId' FROM events WHERE type = 'import.undone'").pluck().all())
  }))
}

function purchasesIn(db: Database.Database) {
  const lookUp = db
    .prepare<[string], [seq: bigint, type: string, at: string, payload: string, ...Standing]>(
      `SELECT e.seq, e.type, e.at, ${unsigned}, ${standing} FROM purchases u JOIN events e ON e.seq = u.approved_seq WHERE u.purchase_id = ?`,
    )
    .raw()
  const recent = new Map<string, LinedPurchase>()
  const remember = (purchase: LinedPurchase): LinedPurchase => {
    recent.set(purchase.purchaseId, purchase)
    const [oldest] = recent.keys()
    if (recent.size > remembered && oldest !== undefined) recent.delete(oldest)
    return purchase
  }
  /** `found` is filled where the event is the one that the record began with. */
  return (event: LinedEvent, found: Standing | [null, null, null]): LinedPurchase => {
    if (found[0] !== null) return remember(purchaseFrom(event, found))
    const id = 'purchaseId' in event.payload ? event.payload.purchaseId : ''
    const known = recent.get(id)
    if (known) return known
    const [seq, type, at, payload, ...rest] = withStorageErrors(() => lookUp.get(id)) ?? damaged()
    return remember(purchaseFrom({ seq: Number(seq), type, at, payload: parse(payload) } as LinedEvent, rest))
  }
}

function purchaseFrom(event: LinedEvent, [state, reason, receiptNumber]: Standing): LinedPurchase {
  if (event.type !== 'purchase.approved' && event.type !== 'purchase.recovered') return damaged()
  return purchaseOfFirst(event, { state: state as RecordedState, reason, receiptNumber })
}

/** What a broken page gives is not the JSON that was written. */
function parse(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch (error) {
    throw new LogStorageError({ kind: 'damaged' }, { cause: error })
  }
}

function damaged(): never {
  throw new LogStorageError({ kind: 'damaged' })
}
