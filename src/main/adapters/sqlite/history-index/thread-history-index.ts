/** The history index as the main process has it: questions go to a thread of its own, which is started by the first. */
import { Worker } from 'node:worker_threads'
import { LogStorageError, type LogStorageProblem } from '../../../ports/event-log.ts'
import type { HistoryIndex } from '../../../ports/history-index.ts'
import type { KeptHistoryIndex } from './local-history-index.ts'
import { type PackedGroups, unpackGroups } from './pack-groups.ts'

export interface HistoryPlace {
  readonly ledgerFile: string
  readonly indexFile: string
}

type Progress = ReturnType<HistoryIndex['progress']>

export interface HistoryCall {
  readonly id: number
  readonly name: Exclude<keyof KeptHistoryIndex, 'progress'>
  readonly args: readonly unknown[]
}

export type HistoryAnswer =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly problem: LogStorageProblem }
  | { readonly kind: 'failure'; readonly id: number; readonly error: unknown }

interface Thread {
  readonly worker: Worker
  readonly waiting: Map<number, PromiseWithResolvers<unknown>>
  readonly ended: Promise<void>
}

/** Pages of lines are soon rubbish; V8 would otherwise let tens of megabytes of it pile up before it looks. */
const resourceLimits = { maxYoungGenerationSizeMb: 16 }

/** `workerFile` is history-worker.ts, or what the build made of it. A question after `close` starts another thread. */
export function createThreadHistoryIndex({ workerFile, ...place }: HistoryPlace & { readonly workerFile: string }): KeptHistoryIndex {
  let thread: Thread | null = null
  let progress: Progress = null
  let lastId = 0

  function start(): Thread {
    const worker = new Worker(workerFile, { workerData: place satisfies HistoryPlace, resourceLimits })
    const waiting: Thread['waiting'] = new Map()
    const ended = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        if (thread?.worker === worker) thread = null
        progress = null
        // One that ends by itself was out of memory, or closed while a question was on its way.
        for (const { reject } of waiting.values()) reject(new LogStorageError({ kind: 'unreadable', code: 'CLOSED' }))
        resolve()
      })
    })
    worker.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    })
    worker.on('message', (answer: HistoryAnswer) => hear(answer, waiting))
    return { worker, waiting, ended }
  }

  function hear(answer: HistoryAnswer, waiting: Thread['waiting']): void {
    if (answer.kind === 'progress') {
      progress = answer.progress
      return
    }
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.kind === 'answer') asked?.resolve(answer.value)
    else asked?.reject(answer.kind === 'refusal' ? new LogStorageError(answer.problem) : answer.error)
  }

  function send<T>({ worker, waiting }: Thread, name: HistoryCall['name'], args: readonly unknown[]): Promise<T> {
    const id = (lastId += 1)
    const asked = Promise.withResolvers<unknown>()
    waiting.set(id, asked)
    worker.postMessage({ id, name, args } satisfies HistoryCall)
    return asked.promise as Promise<T>
  }

  const ask = <T>(name: HistoryCall['name'], ...args: readonly unknown[]): Promise<T> => send<T>((thread ??= start()), name, args)

  return {
    progress: () => progress,
    page: (question, window) => ask('page', question, window),
    summary: (question) => ask('summary', question),
    groups: async (question, by) => unpackGroups(await ask<PackedGroups>('groups', question, by)),
    facets: (seen) => ask('facets', seen),
    eventsOf: (purchaseId) => ask('eventsOf', purchaseId),
    imports: () => ask('imports'),
    knownKeys: (source, keys, seen) => ask('knownKeys', source, keys, seen),
    // While it is made nobody waits for it who has another way.
    trustedFile: async () => (progress ? null : ask<string | null>('trustedFile')),
    async close() {
      const closing = thread
      thread = null
      if (!closing) return
      await send(closing, 'close', []).catch(() => {})
      await closing.ended
    },
  }
}
