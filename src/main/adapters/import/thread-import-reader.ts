import { Worker } from 'node:worker_threads'
import type { ImportedRow } from '../../../domain/imports.ts'
import type { BadRow, ImportReader, ReadImport } from '../../ports/import-reader.ts'
import type { ImportNews, ImportWork } from './import-worker.ts'

/** A file of 200 MB as one text, and a million rows of it. A hostile one that needs more ends its thread and nothing else. */
const resourceLimits = { maxOldGenerationSizeMb: 3072 }

/** A thread looks often whether it was given up. One that is busy with some hostile text for longer is ended: quitting waits for it. */
const patience = 3000

interface Options {
  /** import-worker.ts, or what the build made of it. */
  readonly workerFile: string | URL
  readonly patienceMs?: number
}

/** Reads each file in a thread of its own. */
export function createThreadImportReader({ workerFile, patienceMs = patience }: Options): ImportReader {
  return {
    read(file, { signal, onProgress, ...options }) {
      const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
      const flags = new Int32Array(shared)
      const worker = new Worker(workerFile, { workerData: { order: { file, ...options }, shared } satisfies ImportWork, resourceLimits })
      let last: NodeJS.Timeout | undefined
      const stop = () => {
        Atomics.store(flags, 0, 1)
        Atomics.notify(flags, 1)
        last = setTimeout(() => void worker.terminate(), patienceMs)
      }
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
      const taken = () => {
        Atomics.add(flags, 1, 1)
        Atomics.notify(flags, 1)
      }
      return outcomeOf(worker, { onProgress, taken, signal }).finally(() => {
        clearTimeout(last)
        signal.removeEventListener('abort', stop)
      })
    },
  }
}

interface Watch extends Pick<Parameters<ImportReader['read']>[1], 'onProgress' | 'signal'> {
  /** Lets the thread send the next part, once whatever else waits has had its turn. */
  readonly taken: () => void
}

function outcomeOf(worker: Worker, { onProgress, taken, signal }: Watch): Promise<ReadImport> {
  return new Promise<ReadImport>((resolve, reject) => {
    const rows: ImportedRow[] = []
    const bad: BadRow[] = []
    let end: ReadImport | null = null
    worker.on('message', (news: ImportNews) => {
      if (news.kind === 'progress') return onProgress(news.progress)
      if (news.kind === 'end') {
        end = news.end.kind === 'read' ? { ...news.end, rows, bad } : news.end
        return
      }
      if (news.kind === 'rows') rows.push(...news.rows)
      else bad.push(...news.bad)
      setImmediate(taken)
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ kind: 'failed', problem: 'tooLarge' })
      else reject(error)
    })
    worker.on('exit', () => {
      if (end) resolve(end)
      else if (signal.aborted) resolve({ kind: 'cancelled' })
      else reject(new Error('the import ended without a word'))
    })
  })
}
