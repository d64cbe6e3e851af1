/** The thread that keeps the history index: it reads the ledger over its own connection, and answers one question after the other. */
import { parentPort, workerData } from 'node:worker_threads'
import { LogStorageError } from '../../../ports/event-log.ts'
import { createLocalHistoryIndex } from './local-history-index.ts'
import { packGroups } from './pack-groups.ts'
import type { HistoryAnswer, HistoryCall, HistoryPlace } from './thread-history-index.ts'

/** More often nobody sees it. */
const progressEveryMs = 100

/** The ledger is looked through in small pieces with pauses, so that a question waits for a few milliseconds at most. */
const lookOverEveryMs = 25

const tell = (answer: HistoryAnswer) => parentPort?.postMessage(answer)

let toldAt = -Infinity
const local = createLocalHistoryIndex({
  ...(workerData as HistoryPlace),
  onProgress(progress) {
    const now = performance.now()
    if (progress && now - toldAt < progressEveryMs) return
    toldAt = now
    tell({ kind: 'progress', progress })
  },
})

const index = { ...local, groups: async (...asked: Parameters<typeof local.groups>) => packGroups(await local.groups(...asked), asked[1]) }

let looking: NodeJS.Timeout | null = null
/** A damaged log is told to whoever asks for the history, and after that it is looked over from the beginning. */
const lookOver = () =>
  void index.lookOver().then(
    (isMore) => (looking = isMore ? setTimeout(lookOver, lookOverEveryMs) : null),
    () => (looking = null),
  )

async function answer({ id, name, args }: HistoryCall): Promise<void> {
  try {
    const call = index[name] as (...all: readonly unknown[]) => Promise<unknown>
    tell({ kind: 'answer', id, value: await call(...args) })
    if (name !== 'close') looking ??= setTimeout(lookOver, lookOverEveryMs)
  } catch (error) {
    if (error instanceof LogStorageError) tell({ kind: 'refusal', id, problem: error.problem })
    else tell({ kind: 'failure', id, error })
  }
  if (name === 'close') {
    if (looking) clearTimeout(looking)
    parentPort?.close()
  }
}

parentPort?.on('message', (call: HistoryCall) => void answer(call))
