import { exportFormats } from '../../../domain/export/formats.ts'
import { LogStorageError } from '../../ports/event-log.ts'
import type { ExportEnd, ExportProgress, ExportWish } from '../../ports/exports.ts'
import { WholeFileError, writeWhole } from '../files/whole-file.ts'
import { openExportSource } from '../sqlite/export-reader.ts'
import { openIndexSource } from '../sqlite/history-index/export-from-index.ts'

export interface ExportOrder {
  readonly ledgerFile: string
  /** A history index that is believed, which is quicker to read; null for the ledger. */
  readonly indexFile: string | null
  readonly file: string
  readonly wish: ExportWish
  /** Milliseconds since the epoch. */
  readonly nowMs: number
}

class Cancelled extends Error {}

/** Does it all before it returns, so it belongs in a thread or a process of its own. */
export function runExport(
  { ledgerFile, indexFile, file, wish, nowMs }: ExportOrder,
  { isCancelled, onProgress }: { readonly isCancelled: () => boolean; readonly onProgress: (progress: ExportProgress) => void },
): ExportEnd {
  let lines = 0
  try {
    const quick = indexFile === null ? null : openIndexSource({ ledgerFile, indexFile }, wish, nowMs)
    const source = quick ?? openExportSource(ledgerFile, wish, nowMs)
    try {
      // OFX has a statement for each currency, and goes through everything for each.
      const passes = wish.format === 'ofx' ? Math.max(source.head.currencies.length, 1) : 1
      const total = source.entries * passes
      let done = 0
      const onPage = (entries: number) => {
        if (isCancelled()) throw new Cancelled()
        done = Math.min(done + entries, total)
        onProgress({ done, total, lines })
      }
      const counted = counting(source.lines(onPage), (count) => (lines = count))
      writeWhole(file, exportFormats[wish.format].write(counted, source.head))
      return { kind: 'written', lines }
    } finally {
      source.close()
    }
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' }
    if (error instanceof WholeFileError) return { kind: 'failed', problem: error.problem }
    if (error instanceof LogStorageError) return { kind: 'failed', problem: 'ledgerUnreadable' }
    throw error
  }
}

/** Each time that they are gone through anew. */
function counting<T>(lines: Iterable<T>, onCount: (count: number) => void): Iterable<T> {
  return {
    *[Symbol.iterator]() {
      let count = 0
      for (const line of lines) {
        onCount((count += 1))
        yield line
      }
    },
  }
}
