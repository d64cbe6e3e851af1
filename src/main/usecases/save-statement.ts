import type { ExportResult } from '../../contract/ipc/export.ts'
import type { StatementData, StatementFormat, StatementInput } from '../../contract/ipc/statements.ts'
import type { Appearance, Language } from '../../contract/ipc/status.ts'
import { hasMembers } from '../../domain/roles.ts'
import type { AskFile } from '../ports/ask-file.ts'
import type { DocumentOrder, DocumentProgress, Documents } from '../ports/documents.ts'
import { LogStorageError } from '../ports/event-log.ts'
import { type Gathered, gatherStatement, StatementChangedError } from './gather-statement.ts'
import type { NextTurn } from './control-record.ts'
import { type HistoryViewer, notTheirsAnyMore } from './history-question.ts'
import { paperFormat } from './paper-format.ts'
import { lineView } from './search-history.ts'
import { lineRows, statementPaper } from './statement-paper.ts'
import { statementView } from './statement-view.ts'
import { statementWords } from './statement-words.ts'
import type { StatementStyle } from './statement-writing.ts'
import { type StatementDeps, statementViewer } from './statements.ts'

interface SaveInput extends StatementInput {
  readonly format: StatementFormat
}

interface SaveDeps extends StatementDeps {
  readonly appearance: () => Pick<Appearance, 'language' | 'locale'>
  readonly askFile: AskFile
  readonly documents: Documents
  readonly nextTurn: NextTurn
  readonly sandbox: boolean
  readonly onProgress: (progress: DocumentProgress) => void
}

export interface SaveStatement {
  /** Asks where to, and writes the statement with all of its lines. */
  start(input: SaveInput): Promise<ExportResult>
  cancel(): Record<string, never>
  /** Cancels what is being written, and resolves when nothing is left of it. */
  stop(): Promise<void>
}

const kinds: Readonly<Record<StatementFormat, Readonly<Record<Language, string>>>> = {
  pdf: { en: 'PDF', de: 'PDF' },
  html: { en: 'Web page', de: 'Webseite' },
}

/** One file at a time. */
export function createSaveStatement(deps: SaveDeps): SaveStatement {
  let running: { readonly cancel: AbortController; readonly end: Promise<ExportResult> } | null = null
  return {
    async start(input) {
      if (running) return { kind: 'busy' }
      const cancel = new AbortController()
      running = { cancel, end: unlessNotWritten(() => save(deps, input, cancel.signal), cancel.signal) }
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

async function save(deps: SaveDeps, input: SaveInput, signal: AbortSignal): Promise<ExportResult> {
  const before = viewerOf(deps, input)
  if ('kind' in before) return before
  const { language, locale } = deps.appearance()
  const words = statementWords[language]
  const extension = input.format
  const name = `tuppence-${words.fileName}-${input.month}.${extension}`
  const file = await deps.askFile({ title: words.boxTitle, name, kind: kinds[input.format][language], extension })
  if (file === null || signal.aborted) return { kind: 'cancelled' }
  // The box was open for as long as the person liked.
  const viewer = viewerOf(deps, input)
  if ('kind' in viewer) return viewer
  if (viewer.decider.memberId !== before.decider.memberId) return { kind: 'locked' }
  const gathered = await gatherStatement(deps, viewer, input, {
    mostLines: null,
    signal,
    onLines: (done, total) => deps.onProgress(partOf(0, done, total)),
  })
  // P10: gathering takes its time as well.
  if (notTheirsAnyMore(deps, viewer)) return { kind: 'locked' }
  const statement = statementView(gathered, viewer)
  const style = await styleOf(deps, viewer, { language, locale })
  const paper = statementPaper(statement, await allRows(deps, gathered, statement, style, signal), style)
  const order: DocumentOrder = { kind: input.format, paper }
  const end = await deps.documents.write(order, file, { signal, onProgress: ({ done, total }) => deps.onProgress(partOf(1, done, total)) })
  if (end.kind !== 'written') return end
  return { kind: 'written', name: nameIn(file), lines: statement.lineCount, unverified: statement.checked === 'failed' }
}

/** Gathering is the first half, writing the second. */
function partOf(half: 0 | 1, done: number, total: number): DocumentProgress {
  return { done: half * total + done, total: 2 * total }
}

function viewerOf(deps: SaveDeps, { memberId }: SaveInput): HistoryViewer | Extract<ExportResult, { kind: 'failed' | 'locked' }> {
  const viewer = statementViewer(deps, memberId)
  if (!('kind' in viewer)) return viewer
  return viewer.kind === 'locked' ? { kind: 'locked' } : { kind: 'failed', problem: 'ledgerUnreadable' }
}

async function styleOf(deps: SaveDeps, { log, everything }: HistoryViewer, { language, locale }: Pick<Appearance, 'language' | 'locale'>): Promise<StatementStyle> {
  const { sellers } = await deps.index.facets(everything.seen)
  return {
    language,
    format: paperFormat(locale, everything.zone),
    names: everything.names,
    sellerNames: Object.fromEntries(sellers.map(({ sellerId, payee }) => [sellerId, payee])),
    hasMembers: hasMembers(log.controls()),
    isSandbox: deps.sandbox,
  }
}

const rowsAtOnce = 500

/** A few at a time, between which the windows are answered. */
async function allRows({ nextTurn }: SaveDeps, { lines }: Gathered, statement: StatementData, style: StatementStyle, signal: AbortSignal): Promise<string[][]> {
  const rows: string[][] = []
  for (let from = 0; from < lines.length; from += rowsAtOnce) {
    signal.throwIfAborted()
    const views = lines.slice(from, from + rowsAtOnce).map((line) => lineView(line, style.names))
    rows.push(...lineRows(views, statement, style))
    await nextTurn()
  }
  return rows
}

/** Without its folders, by the separators of any system. */
const nameIn = (file: string): string => file.split(/[\\/]/).at(-1) ?? file

async function unlessNotWritten(work: () => Promise<ExportResult>, signal: AbortSignal): Promise<ExportResult> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted && error === signal.reason) return { kind: 'cancelled' }
    if (error instanceof LogStorageError || error instanceof StatementChangedError) return { kind: 'failed', problem: 'ledgerUnreadable' }
    throw error
  }
}
