/** Everything that a statement is made of, as of one moment of the log. */
import type { StatementData, StatementInput } from '../../contract/ipc/statements.ts'
import { IllegalControlError } from '../../domain/controls.ts'
import type { HistoryFilter } from '../../domain/history/filter.ts'
import type { HistoryLine } from '../../domain/history/line.ts'
import { maySee } from '../../domain/roles.ts'
import { controlsIn, type MonthControls } from '../../domain/statement/month-controls.ts'
import { isSameTotals, type Month, monthIn, type SellerTotal, type StatementSums, type StatementTotal, sumsOf, totalsOf } from '../../domain/statement/statement.ts'
import type { Clock } from '../ports/clock.ts'
import type { LogHead } from '../ports/event-log.ts'
import type { HistoryGroup, HistoryIndex, HistoryQuestion } from '../ports/history-index.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { ControlRecord } from './control-record.ts'
import type { HistoryViewer } from './history-question.ts'

export interface GatherDeps {
  readonly clock: Pick<Clock, 'now'>
  readonly controlRecord: ControlRecord
  readonly index: HistoryIndex
  readonly ledger: LedgerAccess
}

export interface Gathered {
  readonly month: Month
  readonly memberId: string | null
  readonly sums: StatementSums
  /** Oldest first. */
  readonly lines: readonly HistoryLine[]
  /** Null where the log's events about them come to nothing that is possible. */
  readonly controls: MonthControls | null
  readonly head: LogHead | null
  readonly madeAt: string
  readonly checked: StatementData['checked']
}

export interface GatherOptions {
  /** Null for all. */
  readonly mostLines: number | null
  readonly signal?: AbortSignal
  /** Of so many lines. */
  readonly onLines?: (done: number, total: number) => void
}

/** Thrown where the log never stood still for as long as its lines are gathered, or where the index does not say the same twice. */
export class StatementChangedError extends Error {}

const linesAtOnce = 500
/** A purchase takes seconds and a statement less, so that the second attempt is seldom needed. */
const mostAttempts = 5

/** Whether whose profile is open may have the statement at all (P10); `memberId` null is of everything that they may see. */
export function maySeeStatement({ log, decider }: HistoryViewer, memberId: string | null): boolean {
  return memberId === null || maySee(log.controls(), decider.memberId, memberId)
}

/** Throws StatementChangedError, LogStorageError and the signal's reason. */
export async function gatherStatement(deps: GatherDeps, viewer: HistoryViewer, input: StatementInput, options: GatherOptions): Promise<Gathered> {
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const head = viewer.log.head()
    const gathered = await gatherOnce(deps, viewer, input, options, head)
    // What was written meanwhile may be in some of the numbers and not in others.
    if (viewer.log.head()?.seq === head?.seq && agrees(gathered, options)) return gathered
  }
  throw new StatementChangedError('the history changed under the statement')
}

async function gatherOnce(deps: GatherDeps, viewer: HistoryViewer, input: StatementInput, options: GatherOptions, head: LogHead | null): Promise<Gathered> {
  const { log, everything } = viewer
  const month = monthIn(everything.zone, input.month)
  const memberIds = input.memberId === null ? null : [input.memberId]
  const within = (more: Partial<HistoryFilter>): HistoryQuestion => ({
    ...everything,
    filter: { ...everything.filter, memberIds, ...more },
    order: { by: 'at', direction: 'ascending' },
  })
  const ofMonth = within({ from: month.from, before: month.before })
  const [opening, sellers, events] = await Promise.all([
    deps.index.groups(within({ before: month.from }), ['source']),
    deps.index.groups(ofMonth, ['seller', 'source']),
    deps.controlRecord(log, options.signal),
  ])
  const sums = sumsOf(opening.map(totalOf), sellers.flatMap(sellerTotalOf))
  const lines = await linesOf(deps.index, ofMonth, countOf(sums), options)
  const madeAt = new Date(deps.clock.now()).toISOString()
  return { month, memberId: input.memberId, sums, lines, controls: controlsOf(events, month), head, madeAt, checked: checkedBy(deps.ledger) }
}

function controlsOf(events: Parameters<typeof controlsIn>[0], month: Month): MonthControls | null {
  try {
    return controlsIn(events, month)
  } catch (error) {
    if (error instanceof IllegalControlError) return null
    throw error
  }
}

async function linesOf(index: HistoryIndex, question: HistoryQuestion, count: number, { mostLines, signal, onLines }: GatherOptions): Promise<HistoryLine[]> {
  const wanted = Math.min(mostLines ?? count, count)
  const lines: HistoryLine[] = []
  while (lines.length < wanted) {
    signal?.throwIfAborted()
    const page = await index.page(question, { offset: lines.length, limit: Math.min(linesAtOnce, wanted - lines.length) })
    if (page.length === 0) break
    lines.push(...page)
    onLines?.(lines.length, wanted)
  }
  return lines
}

/** Whether what was added up is what is listed. */
function agrees({ sums, lines }: Gathered, { mostLines }: GatherOptions): boolean {
  if (mostLines !== null) return lines.length === Math.min(mostLines, countOf(sums))
  return isSameTotals(sums.totals, totalsOf(lines))
}

export function countOf({ totals }: Pick<StatementSums, 'totals'>): number {
  return totals.reduce((count, { lines }) => count + lines, 0)
}

function totalOf({ currency, debit, credit, pending, lines, by }: HistoryGroup): StatementTotal {
  const isOwn = by.source === 'tuppence'
  return { currency, debit, credit, pending, lines, importedDebit: isOwn ? 0n : debit, importedCredit: isOwn ? 0n : credit }
}

function sellerTotalOf(group: HistoryGroup): SellerTotal[] {
  const { seller } = group.by
  return seller ? [{ ...totalOf(group), sellerId: seller, payee: group.payee ?? seller }] : []
}

function checkedBy(ledger: LedgerAccess): StatementData['checked'] {
  if (ledger.state() !== 'ready') return 'failed'
  const last = ledger.verification()
  return last.kind === 'ended' && last.found.kind === 'clean' ? 'whole' : 'end'
}
