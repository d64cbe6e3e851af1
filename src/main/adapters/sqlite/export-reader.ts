/**
 * Reads what is to be exported over a connection of its own, at one moment and a page at a time, so that a long ledger needs no
 * more memory than a short one, and the app may go on writing.
 */
import type Database from 'better-sqlite3'
import type { ExportHead, ExportLine } from '../../../domain/export/export-line.ts'
import { matches } from '../../../domain/history/filter.ts'
import type { ExportWish } from '../../ports/exports.ts'
import { logLinesOf } from './log-lines.ts'
import { openToday } from './open-today.ts'
import { rowsOf } from './rows.ts'
import { withStorageErrors } from './storage-error.ts'

const pageLength = 64

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
  const lines: ExportSource['lines'] = (onPage) => ({ [Symbol.iterator]: () => linesOf(db, { entries, question: wish.question, onPage }) })
  return {
    head: {
      ...{ zone, madeAt: new Date(nowMs).toISOString(), from: filter.from, before: filter.before },
      // Looked for when somebody asks, since everything has to be read for it, and most formats do not.
      get currencies() {
        const found = new Set<string>()
        for (const { price } of lines(() => {})) found.add(price.currency)
        return [...found].sort()
      },
    },
    entries,
    lines,
    close: () => db.close(),
  }
}

interface Pass {
  readonly entries: number
  readonly question: ExportWish['question']
  readonly onPage: (entries: number) => void
}

function* linesOf(db: Database.Database, { entries, question: { filter, names, seen }, onPage }: Pass): Generator<ExportLine, undefined> {
  const log = logLinesOf(db)
  for (let first = 1; first <= entries; first += pageLength) {
    const last = Math.min(first + pageLength - 1, entries)
    for (const { lines } of log.between(first, last, 'lined')) {
      for (const line of lines) {
        const isSeen = seen === null || seen.includes(line.memberId)
        if (isSeen && matches(line, filter, names)) yield { ...line, who: line.memberId === null ? null : (names[line.memberId] ?? null) }
      }
    }
    onPage(last - first + 1)
  }
}
