/** A thread that makes one export and ends. Writing a million lines would keep the main process from answering its windows. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ExportEnd, ExportProgress } from '../../ports/exports.ts'
import { runExport, type ExportOrder } from './run-export.ts'

export interface ExportWork {
  readonly order: ExportOrder
  /** Its first number is set to 1 to cancel: a thread that is at work hears no messages. */
  readonly cancel: SharedArrayBuffer
}

export type ExportNews = { readonly kind: 'progress'; readonly progress: ExportProgress } | { readonly kind: 'end'; readonly end: ExportEnd }

/** More often nobody sees it. */
const progressEveryMs = 100

const { order, cancel } = workerData as ExportWork
const cancelled = new Int32Array(cancel)
const tell = (news: ExportNews) => parentPort?.postMessage(news)

let toldAt = -Infinity
const end = runExport(order, {
  isCancelled: () => Atomics.load(cancelled, 0) === 1,
  onProgress(progress) {
    const now = performance.now()
    if (now - toldAt < progressEveryMs) return
    toldAt = now
    tell({ kind: 'progress', progress })
  },
})
tell({ kind: 'end', end })
