/**
 * Reads what is to be exported over a connection of its own, at one moment and a page at a time, so that a long ledger needs no
 * more memory than a short one, and the app may go on writing.
 */
import type Database from 'better-sqlite3'
import {
  type ExportedEvent,
  type ExportedPurchase,
  exportedTypes,
  type ExportFilter,
  type ExportHead,
  type ExportLine,
  isWanted,
  lineOf,
  purchaseOfFirst,
} from '../../../domain/export/export-line.ts'
import { startOfDay } from '../../../domain/export/export-text.ts'
import type { RecordedState } from '../../../domain/life-cycle.ts'
import { maySee } from '../../../domain/roles.ts'
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

/** Throws LogStorageError, and RangeError for a day that there is not. */
export function openExportSource(file: string, wish: ExportWish, fallbackZone: string, nowMs: number): ExportSource {
  const db = withStorageErrors(() => openToday(file))
  try {
    return withStorageErrors(() => sourceOf(db, wish, fallbackZone, nowMs))
  } catch (error) {
    db.close()
    throw error
  }
}

function sourceOf(db: Database.Database, wish: ExportWish, fallbackZone: string, nowMs: number): ExportSource {
  // The read transaction begins with its first read.
  if (!db.inTransaction) db.exec('BEGIN')
  const rows = rowsOf(db)
  const entries = rows.headRow()?.seq ?? 0
  const controls = rows.controls()
  const zone = controls.household?.zone ?? fallbackZone
  const from = wish.fromDay === null ? null : startOfDay(wish.fromDay, zone)
  const before = wish.toDay === null ? null : startOfDay(wish.toDay, zone, 1)
  const filter: ExportFilter = {
    from,
    before,
    purchaseIds: wish.purchaseIds && new Set(wish.purchaseIds),
    maySee: (memberId) => wish.viewer === 'owner' || maySee(controls, wish.viewer.memberId, memberId),
  }
  return {
    head: {
      ...{ zone, madeAt: new Date(nowMs).toISOString(), from, before },
      // Looked for when somebody asks, since every purchase has to be read for it, and most formats do not.
      get currencies() {
        return withStorageErrors(() => currenciesIn(db))
      },
    },
    entries,
    lines: (onPage) => ({ [Symbol.iterator]: () => linesOf(db, { entries, filter, names: wish.names, onPage }) }),
    close: () => db.close(),
  }
}

function currenciesIn(db: Database.Database): string[] {
  return db.prepare<[], string>('SELECT DISTINCT currency FROM purchases ORDER BY currency').pluck().all()
}

type Row = [type: string, at: string, payload: string, moved: bigint | null, ...standing: Standing | [null, null, null]]

/** How a purchase stands; all else is in the event that its record began with. */
type Standing = [state: string, reason: string | null, receiptNumber: string | null]

const standing = 'u.state, u.reason, u.receipt_number'

/** What was signed is half of an event and no part of an export; SQLite leaves it out sooner than JSON.parse reads it. */
const unsigned = "json_remove(e.payload, '$.quote', '$.authorisation', '$.receipt', '$.message')"

interface Pass {
  readonly entries: number
  readonly filter: ExportFilter
  readonly names: ExportWish['names']
  readonly onPage: (entries: number) => void
}

function* linesOf(db: Database.Database, { entries, filter, names, onPage }: Pass): Generator<ExportLine, undefined> {
  const types = exportedTypes.map((type) => `'${type}'`).join(', ')
  const page = db
    .prepare<[number, number], Row>(
      `SELECT e.type, e.at, ${unsigned}, p.amount, ${standing} FROM events e
      LEFT JOIN postings p ON p.seq = e.seq AND p.line = 1 LEFT JOIN purchases u ON u.approved_seq = e.seq
      WHERE e.seq BETWEEN ? AND ? AND e.type IN (${types}) ORDER BY e.seq`,
    )
    .raw()
  const purchaseOf = purchasesIn(db)
  for (let first = 1; first <= entries; first += pageLength) {
    const last = Math.min(first + pageLength - 1, entries)
    for (const [type, at, payload, moved, ...found] of withStorageErrors(() => page.all(first, last))) {
      const event = { type, at, payload: parse(payload) } as ExportedEvent
      const purchase = purchaseOf(event, found)
      const line = lineOf(event, purchase, moved ?? 0n, purchase.memberId === null ? null : (names[purchase.memberId] ?? null))
      if (line && isWanted(line, filter)) yield line
    }
    onPage(last - first + 1)
  }
}

function purchasesIn(db: Database.Database) {
  const lookUp = db
    .prepare<[string], [type: string, at: string, payload: string, ...Standing]>(
      `SELECT e.type, e.at, ${unsigned}, ${standing} FROM purchases u JOIN events e ON e.seq = u.approved_seq WHERE u.purchase_id = ?`,
    )
    .raw()
  const recent = new Map<string, ExportedPurchase>()
  const remember = (purchase: ExportedPurchase): ExportedPurchase => {
    recent.set(purchase.purchaseId, purchase)
    const [oldest] = recent.keys()
    if (recent.size > remembered && oldest !== undefined) recent.delete(oldest)
    return purchase
  }
  /** `found` is filled where the event is the one that the record began with. */
  return (event: ExportedEvent, found: Standing | [null, null, null]): ExportedPurchase => {
    if (found[0] !== null) return remember(purchaseFrom(event, found))
    const id = 'purchaseId' in event.payload ? event.payload.purchaseId : ''
    const known = recent.get(id)
    if (known) return known
    const [type, at, payload, ...rest] = withStorageErrors(() => lookUp.get(id)) ?? damaged()
    return remember(purchaseFrom({ type, at, payload: parse(payload) } as ExportedEvent, rest))
  }
}

function purchaseFrom(event: ExportedEvent, [state, reason, receiptNumber]: Standing): ExportedPurchase {
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
