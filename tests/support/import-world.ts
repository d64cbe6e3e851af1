/** Importing on fakes: a reader that gives what a test says, and an index that goes through the whole log for each question. */
import * as v from 'valibot'
import { importCalls, type ImportProgressData } from '../../src/contract/ipc/imports.ts'
import type { ImportedRow } from '../../src/domain/imports.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import type { OpenQuestion } from '../../src/main/ports/ask-file.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import type { HistoryIndex, KnownImport } from '../../src/main/ports/history-index.ts'
import type { CsvMapping, ImportReader, ReadImport, ReadOptions } from '../../src/main/ports/import-reader.ts'
import { createImportHistory } from '../../src/main/usecases/import-history.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeEventLog } from './fake-event-log.ts'
import { createFakeIds } from './fake-ids.ts'
import { createFakeLedgerAccess } from './fake-ledger-access.ts'

export const someMapping: CsvMapping = {
  ...{ delimiter: ',', date: 0, dateOrder: 'iso', item: 1, payee: null, decimal: '.', order: null },
  ...{ amount: { kind: 'signed', column: 2, spendingIs: 'positive' }, currency: { code: 'EUR' } },
}

export const readOf = (rows: readonly ImportedRow[], more: Partial<Extract<ReadImport, { kind: 'read' }>> = {}): ReadImport => ({ kind: 'read', source: 'steam', rows, bad: [], table: null, ...more })

/** What the index knows of imports, from every event of the log. */
export function importIndex(log: () => Pick<EventLog, 'events'> | null): Pick<HistoryIndex, 'imports' | 'knownKeys'> {
  const undoneAt = () => new Map([...(log()?.events() ?? [])].flatMap((event) => (event.type === 'import.undone' ? [[event.payload.importId, event.at]] : [])))
  const parts = () => [...(log()?.events() ?? [])].filter((event) => event.type === 'import.made')
  return {
    async imports() {
      const all = Map.groupBy(parts(), ({ payload }) => payload.importId)
      return [...all].reverse().map(([importId, [first, ...others]]): KnownImport => {
        const { source, fileName, memberId = null, counts, parts: count } = first!.payload
        const rows = [first!, ...others].reduce((sum, { payload }) => sum + payload.rows.length, 0)
        return { importId, source, fileName, at: first!.at, memberId, counts, rows, partsThere: 1 + others.length, parts: count, undoneAt: undoneAt().get(importId) ?? null }
      })
    },
    async knownKeys(source, keys, seen) {
      const there = parts().filter(({ payload }) => payload.source === source && !undoneAt().has(payload.importId) && (seen === null || seen.includes(payload.memberId ?? null)))
      const known = new Set(there.flatMap(({ payload }) => payload.rows.map(({ key }) => key)))
      return keys.filter((key) => known.has(key))
    },
  }
}

export async function importWorld({ events = [], actor: whose = null }: { readonly events?: readonly NewEvent[]; readonly actor?: string | null } = {}) {
  const clock = createFakeClock()
  const log = createFakeEventLog({ clock })
  for (const event of events) await log.append(() => event)
  const ledger = createFakeLedgerAccess(log)
  const questions: OpenQuestion[] = []
  const asked: { readonly file: string; readonly options: ReadOptions }[] = []
  const progress: ImportProgressData[] = []
  const is = {
    actor: whose,
    /** Null where the person gives up in the box. */
    file: '/home/ada/Documents/history.html' as string | null,
    read: readOf([]) as ReadImport,
    /** What happens while the box is open, while it is read, and between the parts. */
    whileAsked: () => {},
    whileRead: () => {},
    atTurn: () => {},
  }
  let changed = 0
  const reader: ImportReader = {
    async read(file, options) {
      asked.push({ file, options })
      options.onProgress({ done: 1, total: 2 })
      is.whileRead()
      return options.signal.aborted ? { kind: 'cancelled' } : is.read
    },
  }
  const imports = createImportHistory({
    actor: () => is.actor,
    async askFile(question) {
      questions.push(question)
      is.whileAsked()
      return is.file
    },
    clock,
    gateway: { now: () => clock.now() },
    ids: createFakeIds(),
    index: importIndex(ledger.log),
    language: () => 'en',
    ledger,
    nextTurn: async () => is.atTurn(),
    onHistoryChanged: () => void (changed += 1),
    onProgress: (one) => progress.push(one),
    quoteNow: () => clock.now(),
    reader,
    systemZone: () => 'UTC',
  })
  return {
    ...{ asked, clock, imports, is, ledger, log, progress, questions },
    changed: () => changed,
    /** As the contract lets them through. */
    choose: async (source: Parameters<typeof imports.choose>[0]['source'] = null) => v.parse(importCalls['imports.choose'].output, await imports.choose({ source })),
    commit: async (memberId: string | null = null, counts = true) => v.parse(importCalls['imports.commit'].output, await imports.commit({ memberId, counts })),
    undo: async (importId: string) => v.parse(importCalls['imports.undo'].output, await imports.undo({ importId })),
    list: async () => v.parse(importCalls['imports.list'].output, await imports.list()),
    rows: (offset = 0, limit = 100) => v.parse(importCalls['imports.rows'].output, imports.rows({ offset, limit })),
  }
}
