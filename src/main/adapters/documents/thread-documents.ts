import { rmSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { DocumentEnd, Documents } from '../../ports/documents.ts'
import { partOf } from '../files/whole-file.ts'
import type { DocumentNews, DocumentTask } from './document-worker.ts'

/** Writes each document in a thread of its own. `workerFile` is document-worker.ts, or what the build made of it. */
export function createThreadDocuments({ workerFile, fontsDir }: { readonly workerFile: string; readonly fontsDir: string }): Documents {
  return {
    write(order, file, { signal, onProgress }) {
      const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
      const worker = new Worker(workerFile, { workerData: { work: { order, file, fontsDir }, cancel } satisfies DocumentTask })
      const stop = () => void Atomics.store(new Int32Array(cancel), 0, 1)
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
      return new Promise<DocumentEnd>((resolve, reject) => {
        let end: DocumentEnd | null = null
        worker.on('message', (news: DocumentNews) => {
          if (news.kind === 'end') end = news.end
          else onProgress(news.progress)
        })
        worker.on('error', reject)
        // The file is closed and has its name only when the thread has ended.
        worker.on('exit', () => (end ? resolve(end) : reject(new Error('the document ended without a word'))))
      })
        .catch((error: unknown) => {
          rmSync(partOf(file), { force: true })
          throw error
        })
        .finally(() => signal.removeEventListener('abort', stop))
    },
  }
}
