/** The history index in the thread that it is called in. What it does at length it does in pieces, so that it can be stopped. */
import { LogStorageError } from '../../../ports/event-log.ts'
import type { HistoryIndex } from '../../../ports/history-index.ts'
import { asStorageError } from '../storage-error.ts'
import { answersOf } from './answers.ts'
import { compareIndex, type Comparison } from './compare-index.ts'
import { catchUp, makeIndex, type OpenIndex, readIndex } from './fill-index.ts'
import { indexedUpTo, openIndexFile } from './index-file.ts'
import { openLedger, type OpenLedger } from './open-ledger.ts'

/** A history index that is in a file. */
export interface KeptHistoryIndex extends HistoryIndex {
  /** The file with all that the log holds now, where it can be believed: it was made by this process or compared with the log. Null otherwise. */
  trustedFile(): Promise<string | null>
}

export interface LocalIndexOptions {
  readonly ledgerFile: string
  readonly indexFile: string
  readonly onProgress?: (progress: ReturnType<HistoryIndex['progress']>) => void
}

export interface LocalIndex extends KeptHistoryIndex {
  /**
   * Compares a piece of an index that was there before with the log, and makes it anew where it says something else. Resolves with whether
   * there is more to look over.
   */
  lookOver(): Promise<boolean>
}

type Kept = OpenIndex & {
  readonly answers: ReturnType<typeof answersOf>
  /** Null for one that was made by this process, or that was compared. */
  readonly comparison: Comparison | null
}

export function createLocalHistoryIndex({ ledgerFile, indexFile, onProgress }: LocalIndexOptions): LocalIndex {
  let kept: Kept | null = null
  let progress: ReturnType<HistoryIndex['progress']> = null
  let turn: Promise<unknown> = Promise.resolve()
  /** Goes up with each close; what was asked for before is of no interest any more. */
  let generation = 0
  let askedIn = 0

  function tell(next: typeof progress): void {
    progress = next
    onProgress?.(next)
  }

  /** One question after the other: an index that changes meanwhile would answer half and half. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const own = generation
    const begin = () => {
      askedIn = own
      return work()
    }
    const result = turn.then(begin).catch((error: unknown) => {
      letGo()
      throw asStorageError(error)
    })
    turn = result.catch(() => {})
    return result
  }

  function letGo(): void {
    kept?.db.close()
    kept = null
  }

  /** The index with all that the ledger holds now; null where there is no ledger. */
  async function upToDate(): Promise<Kept | null> {
    const ledger = openLedger(ledgerFile)
    if (!ledger) {
      letGo()
      return null
    }
    try {
      return (await broughtUpToDate(ledger)) ?? (await madeAnew(ledger))
    } finally {
      ledger.close()
    }
  }

  async function broughtUpToDate(ledger: OpenLedger): Promise<Kept | null> {
    try {
      kept ??= opened()
      const known = kept && indexedUpTo(kept.db)
      if (!kept || !known || !catchUp(kept, known, ledger)) return null
      if (known.seq !== ledger.head.seq) kept = { ...kept, answers: answersOf(kept) }
      return kept
    } catch {
      // Whatever is wrong, with the file or with what is in it: the log has it all. What is wrong with the log comes up again then.
      return null
    }
  }

  function opened(): Kept | null {
    const db = openIndexFile(indexFile)
    if (!db) return null
    try {
      const index = readIndex(db)
      return { ...index, answers: answersOf(index), comparison: compareIndex(index) }
    } catch (error) {
      db.close()
      throw error
    }
  }

  async function madeAnew(ledger: OpenLedger): Promise<Kept> {
    letGo()
    const pause = async (done: number, total: number) => {
      tell({ done, total })
      await new Promise(setImmediate)
      if (askedIn !== generation) throw new LogStorageError({ kind: 'unreadable', code: 'CLOSED' })
    }
    try {
      const index = await makeIndex(indexFile, ledger, pause).catch((error: unknown) => {
        // What is wrong with the log is typed. All else is the index's own disk being full or broken; what is passing may have another place.
        if (error instanceof LogStorageError) throw error
        return makeIndex('', ledger, pause)
      })
      return (kept = { ...index, answers: answersOf(index), comparison: null })
    } finally {
      tell(null)
    }
  }

  async function lookOver(): Promise<boolean> {
    const ledger = kept?.comparison ? openLedger(ledgerFile) : null
    if (!ledger) return false
    try {
      const index = await broughtUpToDate(ledger)
      const found = index?.comparison?.next(ledger) ?? 'different'
      if (found === 'same so far') return true
      if (found === 'same') kept = index && { ...index, comparison: null }
      else await madeAnew(ledger)
      return false
    } finally {
      ledger.close()
    }
  }

  const ask = <T>(work: (answers: Kept['answers']) => T, without: T): Promise<T> =>
    inTurn(async () => {
      const index = await upToDate()
      return index ? work(index.answers) : without
    })

  return {
    progress: () => progress,
    page: (question, window) => ask((answers) => answers.page(question, window), []),
    summary: (question) => ask((answers) => answers.summary(question), { lines: 0, totals: [], months: [] }),
    groups: (question, by) => ask((answers) => answers.groups(question, by), []),
    facets: (seen) => ask((answers) => answers.facets(seen), { sellers: [], memberIds: [], currencies: [], sources: [], first: null, last: null }),
    eventsOf: (purchaseId) => ask((answers) => answers.eventsOf(purchaseId), []),
    imports: () => ask((answers) => answers.imports(), []),
    knownKeys: (source, keys, seen) => ask((answers) => answers.knownKeys(source, keys, seen), []),
    trustedFile: () =>
      inTurn(async () => {
        const index = await upToDate()
        return index && !index.comparison && index.db.name !== '' ? indexFile : null
      }),
    lookOver: () => inTurn(lookOver),
    async close() {
      generation += 1
      await inTurn(async () => letGo())
    },
  }
}
