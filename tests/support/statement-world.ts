/** Statements over a log in memory: who is at the computer, what is in the log, and what is written. */
import * as v from 'valibot'
import { launcherContract } from '../../src/contract/ipc/launcher.ts'
import type { Appearance } from '../../src/contract/ipc/status.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import { createNaiveHistory } from './naive-history.ts'
import { createStatements } from '../../src/main/create-statements.ts'
import type { FileQuestion } from '../../src/main/ports/ask-file.ts'
import type { DocumentEnd, DocumentOrder, DocumentProgress } from '../../src/main/ports/documents.ts'
import type { HistoryIndex } from '../../src/main/ports/history-index.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeEventLog } from './fake-event-log.ts'
import { createFakeLedgerAccess } from './fake-ledger-access.ts'

interface Options {
  /** Each with the moment at which it is written. */
  readonly events?: readonly (readonly [at: string, event: NewEvent])[]
  readonly file?: string | null
  readonly end?: DocumentEnd
  readonly sandbox?: boolean
  readonly zone?: string
  readonly appearance?: Pick<Appearance, 'language' | 'locale'>
  /** What happens while the box is open. */
  readonly meanwhile?: () => void
  /** Something between the statements and what finds the lines. */
  readonly through?: (index: HistoryIndex) => HistoryIndex
}

const { calls } = launcherContract

export async function createStatementWorld(options: Options = {}) {
  const { events = [], file = '/home/ada/out', end = { kind: 'written' }, zone = 'Europe/Berlin' } = options
  let nowMs = Date.parse('2026-08-01T00:00:00.000Z')
  const log = createFakeEventLog({ clock: { now: () => nowMs } })
  for (const [at, event] of events) {
    nowMs = Date.parse(at)
    await log.append(() => event)
  }
  const ledger = createFakeLedgerAccess(log)
  const questions: FileQuestion[] = []
  const written: { readonly order: DocumentOrder; readonly file: string }[] = []
  const progress: DocumentProgress[] = []
  const profile: { open: string | null } = { open: null }
  const index = createNaiveHistory({ log: ledger.log })
  const { telling, saving } = createStatements({
    actor: () => profile.open,
    appearance: () => options.appearance ?? { language: 'en', locale: 'en-IE' },
    clock: createFakeClock(Date.parse('2026-11-20T12:00:00.000Z')),
    documents: {
      async write(order, path, { signal, onProgress }) {
        written.push({ order, file: path })
        onProgress({ done: 1, total: 2 })
        await new Promise((done) => setImmediate(done))
        return signal.aborted ? { kind: 'cancelled' } : end
      },
    },
    askFile(question) {
      questions.push(question)
      options.meanwhile?.()
      return Promise.resolve(file)
    },
    index: options.through?.(index) ?? index,
    ledger,
    onProgress: (one) => progress.push(one),
    sandbox: options.sandbox ?? false,
    systemZone: () => zone,
  })
  return {
    ...{ index, ledger, log, profile, progress, questions, written },
    // What crosses to the page has to fit the contract.
    months: async (memberId: string | null = null) => v.parse(calls['statements.months'].output, await telling.months({ memberId })),
    get: async (month: string, memberId: string | null = null) => v.parse(calls['statements.get'].output, await telling.get({ month, memberId })),
    save: async (month: string, format: 'pdf' | 'html' = 'html', memberId: string | null = null) =>
      v.parse(calls['statements.save'].output, await saving.start({ month, memberId, format })),
    cancel: saving.cancel,
    stop: saving.stop,
  }
}
