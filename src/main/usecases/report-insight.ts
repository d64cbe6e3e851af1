import type { InsightInput, InsightView } from '../../contract/ipc/insight.ts'
import { localTimeIn, startOfDay } from '../../domain/export/export-text.ts'
import { bucketsFrom, mainCurrency, type Share, sharesOf, type Sums, sumOf } from '../../domain/history/insight.ts'
import { beforeSoFar, bucketsOf, type Days, type InsightUnit, periodAround, periodBefore } from '../../domain/history/insight-period.ts'
import { toWire, unitPrice } from '../../domain/money.ts'
import type { HistoryDimension, HistoryGroup, HistoryIndex, HistoryQuestion } from '../ports/history-index.ts'
import type { HistoryViewer } from './history-question.ts'
import { lineView, type SearchDeps, unlessNotThere } from './search-history.ts'

/** As many of the biggest and the most frequent as are taken in at a glance. */
const topCount = 5

type Insight = Extract<InsightView, { kind: 'ok' }>

/** What a week, month or year of purchases comes to, as far as whose profile is open may see them. */
export function createReportInsight(deps: SearchDeps) {
  return (input: InsightInput): Promise<InsightView> =>
    unlessNotThere(deps, nothingBought(deps, input), async (viewer) => {
      const local = localTimeIn(viewer.everything.zone)
      const today = local(new Date(deps.clock.now()).toISOString()).date
      const days = daysOf(input.unit, input.day ?? today, today)
      const whose = asked(viewer.everything, input)
      const { first, last } = await deps.index.facets(viewer.everything.seen)
      const totals = await Promise.all([days.period, days.before].map((of) => deps.index.groups(within(whose, of), [])))
      const currency = input.currency ?? mainCurrency(totals.flat(), viewer.log.controls().household?.currency ?? null)
      const about = {
        ...{ kind: 'ok' as const, unit: input.unit, ...days, today, currency },
        hasEarlier: first !== null && local(first).date < days.period.from,
        hasLater: last !== null && local(last).date > days.period.to,
        currencies: [...new Set(totals.flat().map((total) => total.currency))].sort(),
        unverified: deps.ledger.state() !== 'ready',
      }
      return { ...about, ...(await figuresOf(deps.index, whose, days, currency ?? 'EUR', input.unit, viewer)) }
    })
}

type Spans = Pick<Insight, 'period' | 'before' | 'beforeSoFar'>

function daysOf(unit: InsightUnit, day: string, today: string): Spans {
  return { period: periodAround(unit, day), before: periodBefore(unit, day), beforeSoFar: beforeSoFar(unit, day, today) }
}

function asked(everything: HistoryQuestion, { whose }: InsightInput): HistoryQuestion {
  return whose.kind === 'everybody' ? everything : { ...everything, filter: { ...everything.filter, memberIds: [whose.memberId] } }
}

function within(question: HistoryQuestion, { from, to }: Days): HistoryQuestion {
  const { zone, filter } = question
  return { ...question, filter: { ...filter, from: startOfDay(from, zone), before: startOfDay(to, zone, 1) } }
}

async function figuresOf(index: HistoryIndex, whose: HistoryQuestion, days: Spans, currency: string, unit: InsightUnit, { everything }: HistoryViewer) {
  const question = { ...whose, filter: { ...whose.filter, currencies: [currency] } }
  const [now, before] = [within(question, days.period), within(question, days.before)]
  const both = (by: readonly HistoryDimension[], filter: Partial<HistoryQuestion['filter']> = {}) =>
    Promise.all([now, before].map((one) => index.groups({ ...one, filter: { ...one.filter, ...filter } }, by)))
  const step = unit === 'year' ? 'month' : 'day'
  const shares = async (...by: HistoryDimension[]) => sharesBy(await both(by), by, currency)
  const [series, soFar, sellers, kinds, members, sources, units, passes, items, biggest] = await Promise.all([
    both([step]),
    index.groups(within(question, days.beforeSoFar), []),
    shares('seller'),
    shares('kind'),
    shares('member'),
    shares('source'),
    both(['unit', 'seller']),
    both(['item', 'seller'], { offerKinds: ['pass'] }),
    index.groups({ ...now, filter: { ...now.filter, lineKinds: ['charge'] } }, ['item', 'seller']),
    index.page({ ...now, filter: { ...now.filter, lineKinds: ['charge'] }, order: { by: 'amount', direction: 'descending' } }, { offset: 0, limit: topCount }),
  ])
  const [seriesNow = [], seriesBefore = []] = series
  const buckets = (groups: readonly HistoryGroup[], span: Days) =>
    bucketsFrom(groups, bucketsOf(unit, span), ({ by }) => by[step] ?? null).map(({ key, debit, credit }) => {
      return { key, debit: toWire({ amount: debit, currency }), credit: toWire({ amount: credit, currency }) }
    })
  const frequent = items.toSorted((one, other) => other.lines - one.lines || (other.debit > one.debit ? 1 : -1)).slice(0, topCount)
  return {
    totals: sumsView(sumOf(seriesNow), currency),
    totalsBefore: sumsView(sumOf(seriesBefore), currency),
    totalsBeforeSoFar: sumsView(sumOf(soFar), currency),
    buckets: buckets(seriesNow, days.period),
    bucketsBefore: buckets(seriesBefore, days.before),
    sellers: sellers.map(({ by, payee, ...rest }) => ({ sellerId: by.seller ?? '', payee: payee ?? '', ...rest })),
    kinds: kinds.map(({ by, payee: _, ...rest }) => ({ offerKind: (by.kind ?? null) as Insight['kinds'][number]['offerKind'], ...rest })),
    members: members.map(({ by, payee: _, ...rest }) => {
      const memberId = by.member ?? null
      return { memberId, name: memberId === null ? null : (everything.names[memberId] ?? null), ...rest }
    }),
    sources: sources.map(({ by, payee: _, ...rest }) => ({ source: (by.source ?? 'tuppence') as Insight['sources'][number]['source'], ...rest })),
    units: unitsView(units, currency),
    passes: sharesBy(passes, ['item', 'seller'], currency).map(itemView),
    mostFrequent: sharesBy([frequent, []], ['item', 'seller'], currency).map(itemView).sort((one, other) => other.lines - one.lines),
    biggest: biggest.map((line) => lineView(line, everything.names)),
  }
}

interface ShareView extends ReturnType<typeof sumsView> {
  readonly by: HistoryGroup['by']
  readonly payee: string | null
  readonly before: ReturnType<typeof toWire>
}

/** Sellers are called by their newest name. */
function sharesBy([now = [], before = []]: readonly HistoryGroup[][], by: readonly HistoryDimension[], currency: string): ShareView[] {
  const textOf = (group: Pick<HistoryGroup, 'by'>) => JSON.stringify(by.map((dimension) => group.by[dimension] ?? null))
  const payees = new Map([...before, ...now].map((group) => [textOf(group), group.payee]))
  return sharesOf(now, before, (group) => group.by).map(({ key, before: was, ...sums }: Share<HistoryGroup['by']>) => ({
    ...sumsView(sums, currency),
    by: key,
    payee: payees.get(textOf({ by: key })) ?? null,
    before: toWire({ amount: was, currency }),
  }))
}

function itemView({ by, payee, ...rest }: ShareView) {
  return { item: by.item ?? '', payee: payee ?? '', ...rest }
}

/** What one unit came to, on the whole. */
function unitsView([now = [], before = []]: readonly HistoryGroup[][], currency: string): Insight['units'] {
  const isUnit = (group: HistoryGroup) => typeof group.by.unit === 'string'
  const counts = new Map(now.map((group) => [JSON.stringify([group.by.unit, group.by.seller]), group.units]))
  return sharesBy([now.filter(isUnit), before.filter(isUnit)], ['unit', 'seller'], currency).map(({ by, payee, ...rest }) => {
    const units = counts.get(JSON.stringify([by.unit, by.seller])) ?? 0
    const price = units > 0 ? unitPrice({ amount: BigInt(rest.debit.amount), currency }, units) : null
    return { unit: by.unit ?? '', payee: payee ?? '', units, unitPrice: price, ...rest }
  })
}

function sumsView({ debit, credit, pending, lines }: Sums, currency: string) {
  const money = (amount: bigint) => toWire({ amount, currency })
  return { debit: money(debit), credit: money(credit), pending: money(pending), lines }
}

function nothingBought({ clock, systemZone }: SearchDeps, { unit, day, currency }: InsightInput): Insight {
  const today = localTimeIn(systemZone())(new Date(clock.now()).toISOString()).date
  const days = daysOf(unit, day ?? today, today)
  const none = sumsView(sumOf([]), currency ?? 'EUR')
  const buckets = (span: Days) => bucketsOf(unit, span).map((key) => ({ key, debit: none.debit, credit: none.credit }))
  return {
    ...{ kind: 'ok', unit, ...days, today, hasEarlier: false, hasLater: false, currency: null, currencies: [], unverified: false },
    ...{ totals: none, totalsBefore: none, totalsBeforeSoFar: none, buckets: buckets(days.period), bucketsBefore: buckets(days.before) },
    ...{ sellers: [], kinds: [], members: [], sources: [], units: [], passes: [], biggest: [], mostFrequent: [] },
  }
}
