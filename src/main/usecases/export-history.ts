import type { ExportFormatChoice, ExportResult } from '../../contract/ipc/export.ts'
import type { HistoryQuestionView } from '../../contract/ipc/history.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { localTimeIn } from '../../domain/export/export-text.ts'
import { exportFormats } from '../../domain/export/formats.ts'
import type { AskFile, FileQuestion } from '../ports/ask-file.ts'
import type { Clock } from '../ports/clock.ts'
import { type EventLog, LogStorageError } from '../ports/event-log.ts'
import type { ExportProgress, Exports } from '../ports/exports.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { asked, historyViewer, type HistoryViewer } from './history-question.ts'
import { nameIn } from './name-in.ts'
import type { Actor } from './who-decides.ts'

interface ExportInput {
  readonly format: ExportFormatChoice
  readonly question: HistoryQuestionView | null
}

const titles: Record<Language, string> = { en: 'Export the history', de: 'Verlauf exportieren' }

const kinds: Record<ExportFormatChoice, string> = { csv: 'CSV', jsonl: 'JSON Lines', hledger: 'hledger', beancount: 'beancount', ofx: 'OFX' }

export interface ExportHistory {
  /** Writes what whose profile is open may see, and of that the purchases that were asked for. */
  start(input: ExportInput): Promise<ExportResult>
  cancel(): Record<string, never>
  /** Cancels what is being written, and resolves when nothing is left of it. */
  stop(): Promise<void>
}

export function createExportHistory(deps: {
  /** Whose profile is open. */
  readonly actor: Actor
  readonly ledger: LedgerAccess
  readonly clock: Pick<Clock, 'now'>
  readonly systemZone: () => string
  readonly exports: Exports
  readonly askFile: AskFile
  readonly language: () => Language
  readonly onProgress: (progress: ExportProgress) => void
}): ExportHistory {
  let running: { readonly cancel: AbortController; readonly end: Promise<ExportResult> } | null = null
  return {
    async start(input) {
      if (running) return { kind: 'busy' }
      const cancel = new AbortController()
      running = { cancel, end: unlessUnreadable(() => exportTo(deps, input, cancel.signal)) }
      try {
        return await running.end
      } finally {
        running = null
      }
    },
    cancel() {
      running?.cancel.abort()
      return {}
    },
    async stop() {
      running?.cancel.abort()
      await running?.end.catch(() => null)
    },
  }
}

type Deps = Parameters<typeof createExportHistory>[0]

async function exportTo(deps: Deps, { format, question }: ExportInput, signal: AbortSignal): Promise<ExportResult> {
  const before = viewerOf(deps)
  if ('kind' in before) return before
  const file = await deps.askFile(questionFor(deps, format, before.log))
  if (file === null || signal.aborted) return { kind: 'cancelled' }
  // The box was open for as long as the person liked.
  const now = viewerOf(deps)
  if ('kind' in now) return now
  if (now.decider.memberId !== before.decider.memberId) return { kind: 'locked' }
  const wish = { format, question: question ? asked(now, question).question : now.everything }
  const end = await deps.exports.write(wish, file, { signal, onProgress: deps.onProgress })
  return end.kind === 'written' ? { ...end, name: nameIn(file), unverified: deps.ledger.state() !== 'ready' } : end
}

function viewerOf(deps: Deps): HistoryViewer | Extract<ExportResult, { kind: 'failed' | 'locked' }> {
  const viewer = historyViewer(deps)
  if (!('kind' in viewer)) return viewer
  return viewer.kind === 'locked' ? { kind: 'locked' } : { kind: 'failed', problem: 'ledgerUnreadable' }
}

function questionFor({ clock, language, systemZone }: Deps, format: ExportFormatChoice, log: EventLog): FileQuestion {
  const { extension } = exportFormats[format]
  const { date } = localTimeIn(log.controls().household?.zone ?? systemZone())(new Date(clock.now()).toISOString())
  return { title: titles[language()], name: `tuppence-${date}.${extension}`, kind: kinds[format], extension }
}

async function unlessUnreadable(work: () => Promise<ExportResult>): Promise<ExportResult> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof LogStorageError) return { kind: 'failed', problem: 'ledgerUnreadable' }
    throw error
  }
}
