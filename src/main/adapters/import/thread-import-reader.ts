import { Worker } from 'node:worker_threads'
import type { ImportedRow } from '../../../domain/imports.ts'
import type { BadRow, ImportReader, ReadImport } from '../../ports/import-reader.ts'
import type { ImportNews, ImportWork } from './import-worker.ts'

/** A file of 200 MB as one text, and a million rows of it. A hostile one that needs more ends its thread and nothing else. */
const resourceLimits = { maxOldGenerationSizeMb: 3072 }

/** Reads each file in a thread of its own. `workerFile` is import-worker.ts, or what the build made of it. */
export function createThreadImportReader({ workerFile }: { readonly workerFile: string }): ImportReader {
  return {
    read(file, { signal, onProgress, ...options }) {
      const shared = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)
      const flags = new Int32Array(shared)
      const worker = new Worker(workerFile, { workerData: { order: { file, ...options }, shared } satisfies ImportWork, resourceLimits })
      const stop = () => {
        Atomics.store(flags, 0, 1)
        Atomics.notify(flags, 1)
      }
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
      return outcomeOf(worker, onProgress, () => {
        Atomics.add(flags, 1, 1)
        Atomics.notify(flags, 1)
      }).finally(() => signal.removeEventListener('abort', stop))
    },
  }
}

/** `taken` lets the thread send the next part, once whatever else waits has had its turn. */
function outcomeOf(worker: Worker, onProgress: (progress: { done: number; total: number }) => void, taken: () => void): Promise<ReadImport> {
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
    worker.on('exit', () => (end ? resolve(end) : reject(new Error('the import ended without a word'))))
  })
}
