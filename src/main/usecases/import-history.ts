import type { ImportedView, ImportListView, ImportProgressData, ImportReadView, ImportRowsView, ImportUndoneView } from '../../contract/ipc/imports.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { oneLine } from '../../domain/export/export-text.ts'
import { mayImport, mayUndo } from '../../domain/import-rules.ts'
import type { ImportSource } from '../../domain/imports.ts'
import { maySee, seenBy } from '../../domain/roles.ts'
import type { AskOpenFile } from '../ports/ask-file.ts'
import type { Clock } from '../ports/clock.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { HistoryIndex } from '../ports/history-index.ts'
import type { Ids } from '../ports/ids.ts'
import type { CsvMapping, ImportReader } from '../ports/import-reader.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { writableLog } from './controls-results.ts'
import { countedByUndone } from './counted-imports.ts'
import { openQuestion } from './import-words.ts'
import { momentOf } from './judge-purchase.ts'
import { nameFor } from './person-names.ts'
import { previewOf } from './preview-import.ts'
import { knownAmong, type SlowWork, type SortedRows, sortRows } from './read-import.ts'
import type { TrustedNow } from './trusted-now.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'
import { problemOf, writeImport } from './write-import.ts'

export interface ImportHistoryDeps {
  /** Whose profile is open. */
  readonly actor: Actor
  readonly askFile: AskOpenFile
  readonly clock: Pick<Clock, 'now'>
  readonly gateway: Pick<Gateway, 'now'>
  readonly ids: Pick<Ids, 'importId'>
  readonly index: Pick<HistoryIndex, 'imports' | 'knownKeys'>
  readonly language: () => Language
  readonly ledger: LedgerAccess
  readonly nextTurn: () => Promise<void>
  /** Something is in the history, or out of it. */
  readonly onHistoryChanged: () => void
  readonly onProgress: (progress: ImportProgressData) => void
  readonly quoteNow: TrustedNow
  readonly reader: ImportReader
  readonly systemZone: () => string
}

/** The file that is looked at, and by whom. Nothing of it is anywhere but in memory. */
interface Session {
  readonly memberId: string | null
  readonly file: string
  readonly fileName: string
  /** Null until some reading of it has led to rows. */
  readonly sorted: SortedRows | null
}

type Wish = { readonly source: ImportSource | null; readonly mapping: CsvMapping | null }

/**
 * Brings in what was bought elsewhere: a file is chosen in a box of the system and read, what would come of it is shown, and only then is it
 * written. One file at a time.
 */
export function createImportHistory(deps: ImportHistoryDeps) {
  let session: Session | null = null
  let running: { readonly cancel: AbortController; readonly end: Promise<unknown> } | null = null

  /** One thing at a time; `busy` for everything that is asked meanwhile. */
  async function alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | { readonly kind: 'busy' }> {
    if (running) return { kind: 'busy' }
    const cancel = new AbortController()
    const end = work(cancel.signal)
    running = { cancel, end }
    try {
      return await end
    } finally {
      running = null
    }
  }

  const decider = (log: EventLog): Decider | null => whoDecides(log.controls(), deps.actor)

  const knownTo = (log: EventLog, memberId: string | null) => ({ index: deps.index, seen: seenBy(log.controls(), memberId) })

  /** The session of whoever is there; what somebody else has looked at is forgotten. */
  function current(log: EventLog): Session | null {
    const who = decider(log)
    if (session && (!who || who.memberId !== session.memberId)) session = null
    return session
  }

  async function choose(source: ImportSource | null, signal: AbortSignal): Promise<ImportReadView> {
    const log = deps.ledger.log()
    if (!log) return failed('ledgerUnavailable')
    const before = decider(log)
    if (!before) return { kind: 'locked' }
    const file = await deps.askFile(openQuestion(deps.language(), source))
    if (file === null || signal.aborted) return { kind: 'cancelled' }
    // The box was open for as long as the person liked.
    if (decider(log)?.memberId !== before.memberId) return { kind: 'locked' }
    const chosen = { memberId: before.memberId, file, fileName: nameIn(file), sorted: null }
    return readInto(chosen, { source, mapping: null }, signal)
  }

  async function readAgain(wish: Wish, signal: AbortSignal): Promise<ImportReadView> {
    const log = deps.ledger.log()
    if (!log) return failed('ledgerUnavailable')
    const before = current(log)
    return before ? readInto(before, wish, signal) : { kind: 'gone' }
  }

  /** Where it leads to nothing, what was read before stays. */
  async function readInto(wanted: Session, wish: Wish, signal: AbortSignal): Promise<ImportReadView> {
    const log = deps.ledger.log()
    if (!log) return failed('ledgerUnavailable')
    const { household } = log.controls()
    const zone = household?.zone ?? deps.systemZone()
    const read = await deps.reader.read(wanted.file, {
      ...wish,
      zone,
      homeCurrency: household?.currency ?? null,
      nowMs: deps.clock.now(),
      signal,
      onProgress: (progress) => deps.onProgress({ step: 'reading', ...progress }),
    })
    if (read.kind === 'cancelled' || signal.aborted) return { kind: 'cancelled' }
    if (decider(log)?.memberId !== wanted.memberId) return { kind: 'locked' }
    if (read.kind === 'failed') {
      // So that the person can say where it is from.
      if (session?.file !== wanted.file) session = wanted
      return { kind: 'failed', problem: read.problem, fileName: wanted.fileName }
    }
    const sorted = await sortRows(read, { ...knownTo(log, wanted.memberId), nowMs: deps.clock.now() }, slowly(signal, 'looking'))
    if (!sorted) return { kind: 'cancelled' }
    const counted = await countedByUndone(log, sorted.source, deps.nextTurn)
    if (decider(log)?.memberId !== wanted.memberId) return { kind: 'locked' }
    session = { ...wanted, sorted }
    const { memberId, fileName } = wanted
    return { kind: 'preview', preview: previewOf(sorted, { log, fileName, memberId, counted, zone, nowMs: momentOf(deps, log).ms }) }
  }

  const slowly = (signal: AbortSignal, step: ImportProgressData['step']): SlowWork => ({
    nextTurn: deps.nextTurn,
    signal,
    onProgress: (done, total) => deps.onProgress({ step, done, total }),
  })

  async function commit({ memberId, counts }: { readonly memberId: string | null; readonly counts: boolean }, signal: AbortSignal): Promise<ImportedView> {
    const log = writableLog(deps.ledger)
    const who = decider(log)
    if (!who) return { kind: 'locked', there: null }
    const before = current(log)
    if (!before?.sorted) return { kind: 'gone' }
    if (!mayImport(log.controls(), who.memberId, memberId)) return { kind: 'notAllowed' }
    const { source, rows } = before.sorted
    // What was there when it was shown may have been undone since.
    const known = await knownAmong(rows, source, knownTo(log, who.memberId), signal)
    if (!known) return { kind: 'cancelled', there: null }
    const fresh = rows.filter(({ n }) => !known.has(n))
    if (fresh.length === 0) return { kind: 'nothingNew' }
    const counted = counts ? await countedByUndone(log, source, deps.nextTurn) : new Set<string>()
    const wanted = { importId: deps.ids.importId(), source, fileName: before.fileName, by: who.memberId, memberId, counts, rows: fresh, counted }
    const work = slowly(signal, 'writing')
    const end = await writeImport(wanted, { ...work, actor: deps.actor, log: () => writableLog(deps.ledger) })
    if (end.kind === 'written') session = null
    if (end.kind === 'written' || end.there) deps.onHistoryChanged()
    return end.kind === 'written' ? { ...end, source } : end
  }

  async function undo(importId: string): Promise<ImportUndoneView> {
    const log = writableLog(deps.ledger)
    let why: 'gone' | 'locked' | 'notAllowed' = 'gone'
    const event = await log.append(() => {
      const who = decider(log)
      const found = log.family().imports?.find((one) => one.importId === importId && !one.isUndone)
      why = who ? 'gone' : 'locked'
      if (!who || !found) return null
      why = 'notAllowed'
      return mayUndo(log.controls(), who.memberId, found.memberId) ? { type: 'import.undone', actor: who.actor, payload: { importId } } : null
    })
    if (!event) return { kind: why }
    deps.onHistoryChanged()
    return { kind: 'done' }
  }

  async function list(): Promise<ImportListView> {
    const log = deps.ledger.log()
    if (!log) return deps.ledger.state() === 'vaultUnavailable' ? { kind: 'ok', imports: [] } : { kind: 'unavailable' }
    const who = decider(log)
    if (!who) return { kind: 'locked' }
    const all = await deps.index.imports()
    // P10: whoever asked may have gone meanwhile.
    if (decider(log)?.memberId !== who.memberId) return { kind: 'locked' }
    const seen = all.filter(({ memberId }) => maySee(log.controls(), who.memberId, memberId))
    return {
      kind: 'ok',
      imports: seen.map(({ importId, source, fileName, at, memberId, counts, rows, partsThere, parts, undoneAt }) => ({
        ...{ importId, source, fileName, at, counts, rows, partsThere, parts, undoneAt },
        who: memberId === null ? null : nameFor(log, memberId),
      })),
    }
  }

  function rows({ offset, limit }: { readonly offset: number; readonly limit: number }): ImportRowsView {
    const log = deps.ledger.log()
    const sorted = log && current(log)?.sorted
    if (!sorted) return { kind: 'gone' }
    const some = sorted.rows.slice(offset, offset + limit)
    return {
      kind: 'ok',
      total: sorted.rows.length,
      rows: some.map(({ n, kind, at, item, payee, amount }) => ({ n, kind, at, item, payee, amount, isKnown: sorted.known.has(n) })),
    }
  }

  return {
    choose: ({ source }: { readonly source: ImportSource | null }) => alone((signal) => unlessUnreadable(() => choose(source, signal))),
    reread: ({ source }: { readonly source: ImportSource }) => alone((signal) => unlessUnreadable(() => readAgain({ source, mapping: null }, signal))),
    remap: ({ mapping }: { readonly mapping: CsvMapping }) => alone((signal) => unlessUnreadable(() => readAgain({ source: 'csv', mapping }, signal))),
    rows,
    commit: (wish: Parameters<typeof commit>[0]) => alone((signal) => orFailed<ImportedView>(() => commit(wish, signal), (problem) => ({ kind: 'failed', problem, there: null }))),
    undo: ({ importId }: { readonly importId: string }) => alone(() => orFailed<ImportUndoneView>(() => undo(importId), (problem) => ({ kind: 'failed', problem }))),
    async list(): Promise<ImportListView> {
      try {
        return await list()
      } catch (error) {
        if (error instanceof LogStorageError) return { kind: 'unavailable' }
        throw error
      }
    },
    /** Gives up what is going on; where nothing is, forgets the file. */
    cancel(): Record<string, never> {
      if (running) running.cancel.abort()
      else session = null
      return {}
    },
    /** P10: what a member looked at is not kept for whoever comes next. */
    forgetUnlessTheirs(): void {
      const log = deps.ledger.log()
      if (log) current(log)
    },
    /** Gives up, and resolves when nothing is going on any more. */
    async stop(): Promise<void> {
      running?.cancel.abort()
      await running?.end.catch(() => null)
    },
  }
}

const failed = (problem: 'ledgerUnavailable'): ImportReadView => ({ kind: 'failed', problem, fileName: null })

/** Without its folders, by the separators of any system, as one line. */
function nameIn(file: string): string {
  const name = oneLine(file.split(/[\\/]/).at(-1) ?? '').slice(0, 200).toWellFormed()
  return name === '' ? 'file' : name
}

async function unlessUnreadable(work: () => Promise<ImportReadView>): Promise<ImportReadView> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LogStorageError) return failed('ledgerUnavailable')
    throw error
  }
}

async function orFailed<T>(work: () => Promise<T>, failure: (problem: ReturnType<typeof problemOf>) => T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    return failure(problemOf(error))
  }
}
