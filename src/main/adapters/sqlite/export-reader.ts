/**
 * Reads what is to be exported over a connection of its own, at one moment and a page at a time, so that a long ledger needs no
 * more memory than a short one, and the app may go on writing.
 */
import type Database from 'better-sqlite3'
import type { ExportHead, ExportLine } from '../../../domain/export/export-line.ts'
import { matches } from '../../../domain/history/filter.ts'
import { type LinedEvent, type LinedPurchase, linedTypes, lineOf, purchaseOfFirst } from '../../../domain/history/line.ts'
import type { RecordedState } from '../../../domain/life-cycle.ts'
import { LogStorageError } from '../../ports/event-log.ts'
import type { ExportWish } from '../../ports/exports.ts'
import { openToday } from './open-today.ts'
import { rowsOf } from './rows.ts'
import { withStorageErrors } from './storage-error.ts'

const pageLength = 64

/** How many purchases are remembered: most are charged right after their approval, and need no second look then. */
const remembered = 256

export interface ExportSource {
  readonly head: ExportHead
  /** How many entries of the ledger each going through the lines passes. */
  readonly entries: number
  /** Can be gone through more than once. Throws LogStorageError. `onPage` gets how many entries were passed since the last time. */
  lines(onPage: (entries: number) => void): Iterable<ExportLine>
  close(): void
}

/** Throws LogStorageError. */
export function openExportSource(file: string, wish: ExportWish, nowMs: number): ExportSource {
  const db = withStorageErrors(() => openToday(file))
  try {
    return withStorageErrors(() => sourceOf(db, wish, nowMs))
  } catch (error) {
    db.close()
    throw error
  }
}

function sourceOf(db: Database.Database, wish: ExportWish, nowMs: number): ExportSource {
  // The read transaction begins with its first read.
  if (!db.inTransaction) db.exec('BEGIN')
  const rows = rowsOf(db)
  const entries = rows.headRow()?.seq ?? 0
  const { filter, zone } = wish.question
  return {
    head: {
      ...{ zone, madeAt: new Date(nowMs).toISOString(), from: filter.from, before: filter.before },
      // Looked for when somebody asks, since every purchase has to be read for it, and most formats do not.
      get currencies() {
        return withStorageErrors(() => currenciesIn(db))
      },
    },
    entries,
    lines: (onPage) => ({ [Symbol.iterator]: () => linesOf(db, { entries, question: wish.question, onPage }) }),
    close: () => db.close(),
  }
}

function currenciesIn(db: Database.Database): string[] {
  return db.prepare<[], string>('SELECT DISTINCT currency FROM purchases ORDER BY currency').pluck().all()
}

type Row = [seq: bigint, type: string, at: string, payload: string, moved: bigint | null, ...standing: Standing | [null, null, null]]

/** How a purchase stands; all else is in the event that its record began with. */
type Standing = [state: string, reason: string | null, receiptNumber: string | null]

const standing = 'u.state, u.reason, u.receipt_number'

/** What was signed is half of an event and no part of an export; SQLite leaves it out sooner than JSON.parse reads it. */
const unsigned = "json_remove(e.payload, '$.quote', '$.authorisation', '$.receipt', '$.message')"

interface Pass {
  readonly entries: number
  readonly question: ExportWish['question']
  readonly onPage: (entries: number) => void
}

function* linesOf(db: Database.Database, { entries, question: { filter, names, seen }, onPage }: Pass): Generator<ExportLine, undefined> {
  const types = linedTypes.map((type) => `'${type}'`).join(', ')
  const page = db
    .prepare<[number, number], Row>(
      `SELECT e.seq, e.type, e.at, ${unsigned}, p.amount, ${standing} FROM events e
      LEFT JOIN postings p ON p.seq = e.seq AND p.line = 1 LEFT JOIN purchases u ON u.approved_seq = e.seq
      WHERE e.seq BETWEEN ? AND ? AND e.type IN (${types}) ORDER BY e.seq`,
    )
    .raw()
  const purchaseOf = purchasesIn(db)
  for (let first = 1; first <= entries; first += pageLength) {
    const last = Math.min(first + pageLength - 1, entries)
    for (const [seq, type, at, payload, moved, ...found] of withStorageErrors(() => page.all(first, last))) {
      const event = { seq: Number(seq), type, at, payload: parse(payload) } as LinedEvent
      const line = lineOf(event, purchaseOf(event, found), moved ?? 0n)
      const isSeen = line && (seen === null || seen.includes(line.memberId))
      if (isSeen && matches(line, filter, names)) yield { ...line, who: line.memberId === null ? null : (names[line.memberId] ?? null) }
    }
    onPage(last - first + 1)
  }
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
