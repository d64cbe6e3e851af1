/** A thread that writes one document and ends. Laying out a long one takes seconds, in which the main process has to answer its windows. */
import { parentPort, workerData } from 'node:worker_threads'
import type { DocumentEnd, DocumentProgress } from '../../ports/documents.ts'
import { type DocumentWork, runDocument } from './run-document.ts'

export interface DocumentTask {
  readonly work: DocumentWork
  /** Its first number is set to 1 to cancel: a thread that is at work hears no messages. */
  readonly cancel: SharedArrayBuffer
}

export type DocumentNews = { readonly kind: 'progress'; readonly progress: DocumentProgress } | { readonly kind: 'end'; readonly end: DocumentEnd }

/** More often nobody sees it. */
const progressEveryMs = 100

const { work, cancel } = workerData as DocumentTask
const cancelled = new Int32Array(cancel)
const tell = (news: DocumentNews) => parentPort?.postMessage(news)

let toldAt = performance.now()
const end = runDocument(work, {
  isCancelled: () => Atomics.load(cancelled, 0) === 1,
  onProgress(progress) {
    const now = performance.now()
    if (now - toldAt < progressEveryMs) return
    toldAt = now
    tell({ kind: 'progress', progress })
  },
})
tell({ kind: 'end', end })
