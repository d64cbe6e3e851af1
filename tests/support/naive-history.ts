/** What a history index has to answer, in the plainest way: every line of the log in memory, gone through for each question. */
import { localTimeIn } from '../../src/domain/export/export-text.ts'
import { matches } from '../../src/domain/history/filter.ts'
import { type HistoryLine, linesOf } from '../../src/domain/history/line.ts'
import { compareLines } from '../../src/domain/history/order.ts'
import { summarise } from '../../src/domain/history/summary.ts'
import { purchaseOf } from '../../src/domain/ledger.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import type { HistoryDimension, HistoryGroup, HistoryIndex, HistoryQuestion, KnownImport } from '../../src/main/ports/history-index.ts'

export function createNaiveHistory({ log }: { readonly log: () => Pick<EventLog, 'events'> | null }): HistoryIndex {
  const events = () => [...(log()?.events() ?? [])]
  const all = () => linesOf(events())
  const found = ({ filter, seen, names }: HistoryQuestion) =>
    all().filter((line) => (seen === null || seen.includes(line.memberId)) && matches(line, filter, names))
  return {
    progress: () => null,
    page: async (question, { offset, limit }) =>
      found(question)
        .sort((one, other) => compareLines(one, other, question.order, question.names))
        .slice(offset, offset + limit),
    summary: async (question) => {
      const local = localTimeIn(question.zone)
      return summarise(found(question), (at) => local(at).date.slice(0, 7))
    },
    groups: async (question, by) => groupsOf(found(question), by, question.zone),
    facets: async (seen) => {
      const lines = all().filter(({ memberId }) => seen === null || seen.includes(memberId))
      const times = lines.map(({ at }) => at).sort()
      const payees = new Map(lines.toSorted((one, other) => one.seq - other.seq).map(({ sellerId, payee }) => [sellerId, payee]))
      const sellers = [...payees].map(([sellerId, payee]) => ({ sellerId, payee }))
      return {
        sellers: sellers.sort((one, other) => compare(one.payee, other.payee) || compare(one.sellerId, other.sellerId)),
        memberIds: unique(lines.map(({ memberId }) => memberId)),
        currencies: unique(lines.map(({ price }) => price.currency)),
        sources: unique(lines.map(({ source }) => source)),
        first: times[0] ?? null,
        last: times.at(-1) ?? null,
      }
    },
    eventsOf: async (purchaseId) => events().filter((event) => purchaseOf(event) === purchaseId).map(({ seq }) => seq),
    imports: async () => importsIn(events()),
    knownKeys: async (source, keys, seen) => {
      const undone = new Set(events().flatMap((event) => (event.type === 'import.undone' ? [event.payload.importId] : [])))
      const known = new Set(
        events().flatMap(({ type, payload }) =>
          type === 'import.made' && payload.source === source && !undone.has(payload.importId) && (seen === null || seen.includes(payload.memberId ?? null))
            ? payload.rows.map(({ key }) => key) : [],
        ),
      )
      return keys.filter((key) => known.has(key))
    },
    close: async () => {},
  }
}

/** Nobody goes under `null`. */
const unique = <T extends string | null>(values: readonly T[]): T[] => [...new Set(values)].sort((one, other) => compare(String(one), String(other)))
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

function groupsOf(lines: readonly HistoryLine[], by: readonly HistoryDimension[], zone: string): HistoryGroup[] {
  const local = localTimeIn(zone)
  const keyOf: Record<HistoryDimension, (line: HistoryLine) => string | null> = {
    day: ({ at }) => local(at).date,
    month: ({ at }) => local(at).date.slice(0, 7),
    seller: ({ sellerId }) => sellerId,
    item: ({ item }) => item,
    kind: ({ offerKind }) => offerKind,
    member: ({ memberId }) => memberId,
    source: ({ source }) => source,
    unit: ({ bundle }) => bundle?.unit ?? null,
  }
  const groups = Map.groupBy(lines, (line) => JSON.stringify([line.price.currency, ...by.map((dimension) => keyOf[dimension](line))]))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    const [total] = summarise(group, () => '').totals
    const newest = group.toSorted((one, other) => one.seq - other.seq).at(-1)
    if (!first || !total || !newest) return []
    return {
      ...total,
      by: Object.fromEntries(by.map((dimension) => [dimension, keyOf[dimension](first)])),
      payee: by.includes('seller') || by.includes('item') ? newest.payee : null,
      units: group.reduce((sum, { kind, bundle }) => sum + (kind === 'charge' ? (bundle?.count ?? 0) : 0), 0),
    }
  })
}

function importsIn(events: ReturnType<EventLog['events']> extends IterableIterator<infer E> ? readonly E[] : never): KnownImport[] {
  const imports = new Map<string, KnownImport>()
  for (const { type, at, payload } of events) {
    if (type === 'import.made') {
      const { importId, source, fileName, memberId = null, counts, parts, rows } = payload
      const before = imports.get(importId) ?? { importId, source, fileName, at, memberId, counts, rows: 0, partsThere: 0, parts, undoneAt: null }
      imports.set(importId, { ...before, rows: before.rows + rows.length, partsThere: before.partsThere + 1 })
    }
    const undone = type === 'import.undone' ? imports.get(payload.importId) : undefined
    if (undone) imports.set(undone.importId, { ...undone, undoneAt: at })
  }
  return [...imports.values()].reverse()
}
