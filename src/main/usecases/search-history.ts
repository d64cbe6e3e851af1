import type {
  CurrencyTotalView,
  HistoryFacetsView,
  HistoryPage,
  HistoryQuestionView,
  HistorySummaryView,
  LineView,
} from '../../contract/ipc/history.ts'
import { localTimeIn } from '../../domain/export/export-text.ts'
import type { Names } from '../../domain/history/filter.ts'
import type { HistoryLine } from '../../domain/history/line.ts'
import type { CurrencyTotal } from '../../domain/history/summary.ts'
import { toWire } from '../../domain/money.ts'
import { LogStorageError } from '../ports/event-log.ts'
import type { HistoryIndex } from '../ports/history-index.ts'
import { asked, type HistoryDeps, historyViewer, type HistoryViewer, notTheirsAnyMore } from './history-question.ts'

export interface SearchDeps extends HistoryDeps {
  readonly index: HistoryIndex
}

type NotThere = Extract<HistoryPage, { kind: 'building' | 'locked' | 'unavailable' }>

/**
 * Everything that was paid or may have been, as far as whose profile is open may see it: found, ordered and added up. Shown even where it cannot
 * be checked, and then said so.
 */
export function createSearchHistory(deps: SearchDeps) {
  const { index, ledger } = deps
  return {
    page: ({ question, offset, limit }: { question: HistoryQuestionView; offset: number; limit: number }): Promise<HistoryPage> =>
      unlessNotThere(deps, nothing.page, async (viewer) => {
        const { question: wanted, reading } = asked(viewer, question)
        const lines = await index.page(wanted, { offset, limit })
        return { kind: 'ok', lines: lines.map((line) => lineView(line, viewer.everything.names)), reading, unverified: ledger.state() !== 'ready' }
      }),

    summary: ({ question }: { question: HistoryQuestionView }): Promise<HistorySummaryView> =>
      unlessNotThere(deps, nothing.summary, async (viewer) => {
        const [found, open] = await Promise.all([
          index.summary(asked(viewer, question).question),
          index.summary({ ...viewer.everything, filter: { ...viewer.everything.filter, lineKinds: ['pending'] } }),
        ])
        const months = found.months.map((month) => ({ ...month, totals: month.totals.map(totalView) }))
        return { kind: 'ok', lines: found.lines, totals: found.totals.map(totalView), months, open: open.lines }
      }),

    facets: (): Promise<HistoryFacetsView> =>
      unlessNotThere(deps, nothingToChoose(deps), async ({ everything, context }) => {
        const { sellers, memberIds, currencies, sources, first, last } = await index.facets(everything.seen)
        const local = localTimeIn(everything.zone)
        const day = (at: string | null) => at && local(at).date
        return {
          kind: 'ok',
          sellers: [...sellers],
          members: memberIds.map((memberId) => ({ memberId, name: memberId === null ? null : (everything.names[memberId] ?? null) })),
          currencies: [...currencies],
          sources: [...sources],
          first: day(first),
          last: day(last),
          today: context.todayDay,
        }
      }),
  }
}

/** What there is to tell before the first ledger. */
const nothing: { readonly page: HistoryPage; readonly summary: HistorySummaryView } = {
  page: { kind: 'ok', lines: [], reading: [], unverified: false },
  summary: { kind: 'ok', lines: 0, totals: [], months: [], open: 0 },
}

function nothingToChoose({ clock, systemZone }: SearchDeps): HistoryFacetsView {
  const today = localTimeIn(systemZone())(new Date(clock.now()).toISOString()).date
  return { kind: 'ok', sellers: [], members: [], currencies: [], sources: [], first: null, last: null, today }
}

export async function unlessNotThere<T>(deps: SearchDeps, empty: T, work: (viewer: HistoryViewer) => Promise<T>): Promise<T | NotThere> {
  try {
    const viewer = historyViewer(deps)
    if ('kind' in viewer) return viewer.kind === 'empty' ? empty : { kind: viewer.kind }
    const progress = deps.index.progress()
    if (progress) return { kind: 'building', ...progress }
    const answer = await work(viewer)
    return notTheirsAnyMore(deps, viewer) ?? answer
  } catch (error) {
    if (error instanceof LogStorageError) return { kind: 'unavailable' }
    throw error
  }
}

export function lineView(line: HistoryLine, names: Names): LineView {
  const { id, kind, at, purchaseId, receiptNumber, reference, state, sellerId, payee, item, game, offerKind, bundle, price, source } = line
  return {
    ...{ id, kind, at, purchaseId, receiptNumber, reference, state, sellerId, payee, item, offerKind, bundle, source },
    game: game === '' ? null : game,
    price: toWire(price),
    moved: toWire({ ...price, amount: line.moved }),
    who: line.memberId === null ? null : (names[line.memberId] ?? null),
  }
}

export function totalView({ currency, debit, credit, pending, lines }: CurrencyTotal): CurrencyTotalView {
  const money = (amount: bigint) => toWire({ amount, currency })
  return { debit: money(debit), credit: money(credit), pending: money(pending), lines }
}
