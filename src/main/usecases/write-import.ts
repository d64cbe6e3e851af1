/** Writes an import into the log, part after part, each durable before the next. */
import { countedKey, mayImport } from '../../domain/import-rules.ts'
import { type ImportedRow, type ImportPart, type ImportSource, rowsInPart } from '../../domain/imports.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import { reasonOfFailure } from './or-refused.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface ImportToWrite {
  readonly importId: string
  readonly source: ImportSource
  readonly fileName: string
  /** Who looked at it and said yes: nobody else goes on with it. Null while there are no members. */
  readonly by: string | null
  /** For whom; null while there are no members. */
  readonly memberId: string | null
  readonly counts: boolean
  /** At least one, by their numbers. */
  readonly rows: readonly ImportedRow[]
  /** Of `countedByUndone`. */
  readonly counted: ReadonlySet<string>
}

export type WriteProblem = 'keychainUnavailable' | 'ledgerUnavailable' | 'diskFull'

export interface WrittenPart {
  readonly importId: string
  readonly rows: number
  readonly partsThere: number
  readonly parts: number
}

export type WriteEnd =
  | ({ readonly kind: 'written' } & WrittenPart)
  /** What is in stays in. Null where nothing is. */
  | { readonly kind: 'cancelled' | 'locked'; readonly there: WrittenPart | null }
  | { readonly kind: 'failed'; readonly problem: WriteProblem; readonly there: WrittenPart | null }

interface Deps {
  readonly actor: Actor
  /** Throws what `reasonOfFailure` knows. */
  readonly log: () => EventLog
  readonly nextTurn: () => Promise<void>
  readonly signal: AbortSignal
  /** Rows that are in, of all. */
  readonly onProgress: (done: number, total: number) => void
}

/** Who may is looked at in the transaction of each part: a profile that locks ends it there. */
export async function writeImport(wanted: ImportToWrite, deps: Deps): Promise<WriteEnd> {
  const parts = Math.ceil(wanted.rows.length / rowsInPart)
  const so: { there: WrittenPart | null } = { there: null }
  try {
    for (let part = 1; part <= parts; part++) {
      deps.onProgress(so.there?.rows ?? 0, wanted.rows.length)
      if (deps.signal.aborted) return { kind: 'cancelled', ...so }
      const rows = wanted.rows.slice((part - 1) * rowsInPart, part * rowsInPart)
      if (!(await writePart(wanted, { part, parts, rows }, deps))) return { kind: 'locked', ...so }
      so.there = { importId: wanted.importId, rows: (so.there?.rows ?? 0) + rows.length, partsThere: part, parts }
      await deps.nextTurn()
    }
  } catch (error) {
    return { kind: 'failed', problem: problemOf(error), ...so }
  }
  if (!so.there) throw new RangeError('an import has rows')
  deps.onProgress(so.there.rows, wanted.rows.length)
  return { kind: 'written', ...so.there }
}

/** False where they may not, or not any more. */
async function writePart(wanted: ImportToWrite, { part, parts, rows }: Pick<ImportPart, 'part' | 'parts' | 'rows'>, deps: Deps): Promise<boolean> {
  const { importId, source, fileName, by, memberId, counts } = wanted
  const before = counts ? countedIn(rows, wanted) : []
  const whose = { ...(memberId !== null && { memberId }), counts, ...(before.length > 0 && { countedBefore: before }) }
  const log = deps.log()
  const event = await log.append(() => {
    const decider = whoDecides(log.controls(), deps.actor)
    if (decider?.memberId !== by || !mayImport(log.controls(), by, memberId)) return null
    return { type: 'import.made', actor: decider.actor, payload: { importId, part, parts, source, fileName, ...whose, rows } }
  })
  return event !== null
}

function countedIn(rows: readonly ImportedRow[], { source, memberId, counted }: ImportToWrite): number[] {
  if (counted.size === 0) return []
  return rows.filter((row) => row.kind === 'charge' && counted.has(countedKey(source, row, memberId))).map(({ n }) => n)
}

/** What an expected failure of keychain or disk is to the person; everything else is a bug and thrown on. */
export function problemOf(error: unknown): WriteProblem {
  if (error instanceof LogStorageError && error.problem.kind === 'outOfSpace') return 'diskFull'
  return reasonOfFailure(error)
}
