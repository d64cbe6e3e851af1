/** A thread that reads one file and ends. A million rows would keep the main process from answering its windows. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ImportedRow } from '../../../domain/imports.ts'
import type { BadRow, ReadImport } from '../../ports/import-reader.ts'
import { type ImportOrder, type ImportWatch, runImport } from './run-import.ts'

export interface ImportWork {
  readonly order: ImportOrder
  /** Its first number is set to 1 to cancel; its second counts the parts that were taken. A thread that is at work hears no messages. */
  readonly shared: SharedArrayBuffer
}

export type ImportNews =
  | { readonly kind: 'progress'; readonly progress: { readonly done: number; readonly total: number } }
  | { readonly kind: 'rows'; readonly rows: readonly ImportedRow[] }
  | { readonly kind: 'bad'; readonly bad: readonly BadRow[] }
  /** Without the rows, which came before. */
  | { readonly kind: 'end'; readonly end: ReadImport }

/** More often nobody sees it. */
const progressEveryMs = 100

/** So many rows are handed over at a time, and the next when these were taken: the main process answers its windows in between. */
const rowsAtATime = 500

const { order, shared } = workerData as ImportWork
const flags = new Int32Array(shared)
const tell = (news: ImportNews) => parentPort?.postMessage(news)

let parts = 0
function hand(news: ImportNews): boolean {
  tell(news)
  parts += 1
  while (Atomics.load(flags, 1) < parts) {
    if (Atomics.load(flags, 0) === 1) return false
    Atomics.wait(flags, 1, parts - 1, 100)
  }
  return true
}

function handOver(end: ReadImport): ReadImport {
  if (end.kind !== 'read') return end
  for (let from = 0; from < end.rows.length; from += rowsAtATime) {
    if (!hand({ kind: 'rows', rows: end.rows.slice(from, from + rowsAtATime) })) return { kind: 'cancelled' }
  }
  for (let from = 0; from < end.bad.length; from += rowsAtATime) {
    if (!hand({ kind: 'bad', bad: end.bad.slice(from, from + rowsAtATime) })) return { kind: 'cancelled' }
  }
  return { ...end, rows: [], bad: [] }
}

let toldAt = -Infinity
async function read(): Promise<void> {
  const end = await runImport(order, watch)
  tell({ kind: 'end', end: handOver(end) })
}

const watch: ImportWatch = {
  isCancelled: () => Atomics.load(flags, 0) === 1,
  onProgress(progress) {
    const now = performance.now()
    if (now - toldAt < progressEveryMs) return
    toldAt = now
    tell({ kind: 'progress', progress })
  },
}
// What it throws is a bug, and ends the thread with an error.
void read()
