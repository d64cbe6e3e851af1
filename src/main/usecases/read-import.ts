/** What was read of a file, told apart: what would go in, what is there already, and what cannot go in. Nothing is written. */
import { rowProblem } from '../../domain/import-rules.ts'
import type { ImportedRow, ImportSource } from '../../domain/imports.ts'
import type { HistoryIndex, HistoryQuestion } from '../ports/history-index.ts'
import type { BadRow, ReadImport } from '../ports/import-reader.ts'

export interface SortedRows {
  readonly source: ImportSource
  /** Those that can go in, by their number in the file. */
  readonly rows: readonly ImportedRow[]
  /** The numbers of those among them that are there already. */
  readonly known: ReadonlySet<number>
  readonly bad: readonly BadRow[]
  readonly table: Extract<ReadImport, { kind: 'read' }>['table']
}

export interface SlowWork {
  /** Lets other work of the process have its turn. */
  readonly nextTurn: () => Promise<void>
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number) => void
}

const rowsPerTurn = 1000
const keysAtOnce = 10_000

/** Null where it was given up. `nowMs` is when they would go in. Rejects with LogStorageError. */
export async function sortRows(
  read: Extract<ReadImport, { kind: 'read' }>,
  { index, seen, nowMs }: KnownBy & { readonly nowMs: number },
  { nextTurn, signal, onProgress }: SlowWork,
): Promise<SortedRows | null> {
  const rows: ImportedRow[] = []
  const bad = [...read.bad]
  const taken = new Set<number>()
  for (const [at, row] of read.rows.entries()) {
    if (at % rowsPerTurn === 0) {
      onProgress(at, read.rows.length)
      await nextTurn()
      if (signal.aborted) return null
    }
    const problem = taken.has(row.n) ? 'badText' : rowProblem(row, nowMs)
    taken.add(row.n)
    if (problem) bad.push({ n: row.n, reason: problem, text: `${row.item} ${row.payee}`.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 200) })
    else rows.push(row)
  }
  rows.sort((one, other) => one.n - other.n)
  const known = await knownAmong(rows, read.source, { index, seen }, signal)
  return known && { source: read.source, rows, known, bad: bad.sort((one, other) => one.n - other.n), table: read.table }
}

/** P10: whoever imports is not told by it what somebody else bought, whom they may not see. */
export interface KnownBy {
  readonly index: Pick<HistoryIndex, 'knownKeys'>
  /** Of `seenBy`. */
  readonly seen: HistoryQuestion['seen']
}

/** The numbers of the rows that are in an import already. Null where it was given up. */
export async function knownAmong(
  rows: readonly ImportedRow[],
  source: ImportSource,
  { index, seen }: KnownBy,
  signal: AbortSignal,
): Promise<ReadonlySet<number> | null> {
  const numbers = new Set<number>()
  for (let from = 0; from < rows.length; from += keysAtOnce) {
    const some = rows.slice(from, from + keysAtOnce)
    const known = new Set(await index.knownKeys(source, some.map(({ key }) => key), seen))
    if (signal.aborted) return null
    for (const { key, n } of some) if (known.has(key)) numbers.add(n)
  }
  return numbers
}
