import { rmSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Clock } from '../../ports/clock.ts'
import type { ExportEnd, Exports } from '../../ports/exports.ts'
import { partOf } from '../files/whole-file.ts'
import type { ExportNews, ExportWork } from './export-worker.ts'

/** What a page of lines needs is soon rubbish; V8 would otherwise let tens of megabytes of it pile up before it looks. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

/** Makes each export in a thread of its own. `workerFile` is export-worker.ts, or what the build made of it. */
export function createThreadExports(options: {
  readonly ledgerFile: string
  readonly workerFile: string
  readonly clock: Pick<Clock, 'now'>
  /** Names a history index that is as far as the ledger and can be believed; null, as without, where the ledger has to be read. */
  readonly trustedIndex?: () => Promise<string | null>
}): Exports {
  return {
    async write(wish, file, { signal, onProgress }) {
      const cancel = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
      // Whatever keeps an index from being there: the ledger can be read without.
      const indexFile = (await options.trustedIndex?.().catch(() => null)) ?? null
      const order = { ledgerFile: options.ledgerFile, indexFile, file, wish, nowMs: options.clock.now() }
      const worker = new Worker(options.workerFile, { workerData: { order, cancel } satisfies ExportWork, resourceLimits })
      const stop = () => void Atomics.store(new Int32Array(cancel), 0, 1)
      signal.addEventListener('abort', stop)
      if (signal.aborted) stop()
      return new Promise<ExportEnd>((resolve, reject) => {
        let end: ExportEnd | null = null
        worker.on('message', (news: ExportNews) => {
          if (news.kind === 'end') end = news.end
          else onProgress(news.progress)
        })
        worker.on('error', reject)
        // The file is closed and has its name only when the thread has ended.
        worker.on('exit', () => (end ? resolve(end) : reject(new Error('the export ended without a word'))))
      })
        .catch((error: unknown) => {
          rmSync(partOf(file), { force: true })
          throw error
        })
        .finally(() => signal.removeEventListener('abort', stop))
    },
  }
}
