import type { StatementInput, StatementMonths, StatementView } from '../../contract/ipc/statements.ts'
import { linesOnScreen } from '../../contract/ipc/statements.ts'
import { seenBy } from '../../domain/roles.ts'
import { LogStorageError } from '../ports/event-log.ts'
import { type GatherDeps, gatherStatement, maySeeStatement, StatementChangedError } from './gather-statement.ts'
import { type HistoryDeps, historyViewer, type HistoryViewer, notTheirsAnyMore } from './history-question.ts'
import { totalView } from './search-history.ts'
import { statementView } from './statement-view.ts'

export interface StatementDeps extends GatherDeps, HistoryDeps {}

type NotThere = Extract<StatementView, { kind: 'building' | 'locked' | 'unavailable' }>

/** What each month came to, as far as whose profile is open may see it. Told even where it cannot be checked, and then said so. */
export function createTellStatements(deps: StatementDeps) {
  return {
    async months({ memberId }: { readonly memberId: string | null }): Promise<StatementMonths> {
      return unlessUnreadable(async () => {
        const viewer = statementViewer(deps, memberId)
        if ('kind' in viewer) return viewer.kind === 'empty' ? { kind: 'ok', months: [], members: [], unverified: false } : viewer
        const { filter } = viewer.everything
        const { months } = await deps.index.summary({ ...viewer.everything, filter: { ...filter, memberIds: memberId === null ? null : [memberId] } })
        return notTheirsAnyMore(deps, viewer) ?? {
          kind: 'ok',
          months: months.map((month) => ({ ...month, totals: month.totals.map(totalView) })),
          members: membersFor(viewer),
          unverified: deps.ledger.state() !== 'ready',
        }
      })
    },
    async get(input: StatementInput): Promise<StatementView> {
      return unlessUnreadable(async () => {
        const viewer = statementViewer(deps, input.memberId)
        if ('kind' in viewer) return viewer.kind === 'empty' ? { kind: 'unavailable' } : viewer
        const gathered = await gatherStatement(deps, viewer, input, { mostLines: linesOnScreen })
        return notTheirsAnyMore(deps, viewer) ?? { kind: 'ok', statement: statementView(gathered, viewer) }
      })
    },
  }
}

/** Who asks, or why nobody can be told. */
export function statementViewer(deps: StatementDeps, memberId: string | null): HistoryViewer | NotThere | { readonly kind: 'empty' } {
  const viewer = historyViewer(deps)
  if ('kind' in viewer) return viewer.kind === 'empty' ? { kind: 'empty' } : { kind: viewer.kind }
  if (!maySeeStatement(viewer, memberId)) return { kind: 'locked' }
  const progress = deps.index.progress()
  return progress ? { kind: 'building', ...progress } : viewer
}

/** Where everything is more than one person's. */
function membersFor({ log, decider, everything }: HistoryViewer): Extract<StatementMonths, { kind: 'ok' }>['members'] {
  const controls = log.controls()
  if (!controls.members || seenBy(controls, decider.memberId) !== null) return []
  return Object.entries(everything.names).map(([memberId, name]) => ({ memberId, name }))
}

async function unlessUnreadable<T>(work: () => Promise<T>): Promise<T | { readonly kind: 'unavailable' }> {
  try {
    return await work()
  } catch (error) {
    // Whoever shows it asks again when the history changes.
    if (error instanceof LogStorageError || error instanceof StatementChangedError) return { kind: 'unavailable' }
    throw error
  }
}
