/** Answers questions from an index that is up to date. What was found last is remembered, so that scrolling looks it up only once. */
import { localTimeIn } from '../../../../domain/export/export-text.ts'
import type { HistoryLine } from '../../../../domain/history/line.ts'
import type { HistorySummary } from '../../../../domain/history/summary.ts'
import type { HistoryDimension, HistoryFacets, HistoryGroup, HistoryQuestion, KnownImport } from '../../../ports/history-index.ts'
import { facetsOf, groupLines, summaryOf } from './add-up.ts'
import type { OpenIndex } from './fill-index.ts'
import { type Found, findLines, type LookUps } from './find-lines.ts'
import { type KnownRanks, newestLines, orderLines } from './order-lines.ts'

/** A person goes back and forth between a few questions; each needs 5 bytes a line. */
const rememberedResults = 4

/** Up to there a list that is newest first is not put together as a whole. */
const firstLines = 1000

const dayMs = 86_400_000

/** Good until the index changes. */
export function answersOf({ db, numbers, rows, columns }: OpenIndex) {
  const offersWith = db.prepare<[string], number>('SELECT rowid FROM offer_words WHERE offer_words MATCH ?').pluck()
  const numbersAt = db.prepare<[number], [string | null, string | null, string]>('SELECT receipt, reference, purchase_id FROM lines WHERE key = ?').raw()
  const imports = db.prepare<[], KnownImportRow>(importsSql)
  const knownKey = db.prepare<[string, string], string | null>(knownKeySql).pluck()
  const lookUps: LookUps = {
    // A word is letters and digits only, and the star asks for all that begin with it.
    offersWith: (word) => offersWith.all(`"${word}"*`),
    keysOfPurchase: rows.keysOfPurchase,
    numbersAt: (key) => numbersAt.get(key) ?? [],
  }
  const ranks: KnownRanks = { receipt: null, amount: null }
  const finding = remembering<Found>()
  const ordering = remembering<Uint32Array>()
  let daysIn: { readonly zone: string; readonly days: Int32Array } | null = null

  const found = ({ filter, seen, names }: HistoryQuestion): Found =>
    finding(JSON.stringify([filter, seen, names]), () => findLines({ filter, seen, names }, columns, numbers, lookUps))
  const ordered = (question: HistoryQuestion): Uint32Array => {
    const { filter, seen, names, order } = question
    return ordering(JSON.stringify([filter, seen, names, order]), () =>
      orderLines(found(question), order, { columns, dictionaries: numbers, names, known: ranks, receipts: rows.receipts, receiptAt: (key) => numbersAt.get(key)?.[0] ?? null }),
    )
  }
  const days = (zone: string): Int32Array => {
    if (daysIn?.zone !== zone) daysIn = { zone, days: daysOf(columns.at.subarray(0, columns.length), zone) }
    return daysIn.days
  }
  const groups = (question: HistoryQuestion, by: readonly HistoryDimension[]): HistoryGroup[] =>
    groupLines(found(question).flags, by, columns, numbers, days(question.zone))

  return {
    page(question: HistoryQuestion, { offset, limit }: { readonly offset: number; readonly limit: number }): HistoryLine[] {
      const end = offset + limit
      const isNewest = question.order.by === 'at' && question.order.direction === 'descending'
      const positions = isNewest && end <= firstLines ? newestLines(found(question), columns.newestFirst(), end) : ordered(question)
      return Array.from(positions.slice(offset, end), (position) => rows.line(columns.key[position]!, numbers))
    },
    summary: (question: HistoryQuestion): HistorySummary => summaryOf(groups(question, ['month'])),
    groups,
    facets: (seen: HistoryQuestion['seen']): HistoryFacets => facetsOf(seen, columns, numbers),
    eventsOf: rows.eventsOf,
    imports: (): KnownImport[] => imports.all().map((row) => ({ ...row, counts: row.counts === 1 })),
    knownKeys: (source: string, keys: readonly string[], seen: HistoryQuestion['seen']): string[] =>
      keys.filter((key) => knownKey.all(source, key).some((memberId) => seen === null || seen.includes(memberId))),
  }
}

type KnownImportRow = Omit<KnownImport, 'counts'> & { readonly counts: number }

/** What was said with the first part holds; newest first. */
const importsSql = `
SELECT i.import_id AS importId, i.source, i.file_name AS fileName, i.at, i.member_id AS memberId, i.counts, p.rows, p.there AS partsThere, i.parts,
  (SELECT u.at FROM import_undone u WHERE u.import_id = i.import_id AND u.seq > i.seq ORDER BY u.seq DESC LIMIT 1) AS undoneAt
FROM (SELECT min(seq) AS first, sum(rows) AS rows, count(*) AS there FROM import_parts GROUP BY import_id) p
JOIN import_parts i ON i.seq = p.first ORDER BY i.seq DESC`

const knownKeySql = `
SELECT DISTINCT p.member_id FROM import_keys k JOIN import_parts p ON p.seq = k.seq WHERE k.source = ? AND k.key = ?
  AND NOT EXISTS (SELECT 1 FROM import_undone u WHERE u.import_id = p.import_id)`

/** The newest few results, by what was asked. */
function remembering<T>() {
  const known = new Map<string, T>()
  return (asked: string, work: () => T): T => {
    const result = known.get(asked) ?? work()
    known.delete(asked)
    known.set(asked, result)
    const [oldest] = known.keys()
    if (known.size > rememberedResults && oldest !== undefined) known.delete(oldest)
    return result
  }
}

/** Days since the epoch on the calendar of the zone. On most days of UTC the clocks are not changed, and its offset is asked for once. */
function daysOf(at: Float64Array, zone: string): Int32Array {
  const local = localTimeIn(zone)
  const offsetAt = (ms: number) => local(new Date(ms).toISOString()).offsetMinutes * 60_000
  const offsets = new Map<number, number | null>()
  const days = new Int32Array(at.length)
  let [knownDay, offset]: [number, number | null] = [Number.NaN, 0]
  for (let position = 0; position < at.length; position++) {
    const ms = at[position]!
    const day = Math.floor(ms / dayMs)
    if (day !== knownDay) {
      knownDay = day
      const known = offsets.get(day)
      const [first, last] = known === undefined ? [offsetAt(day * dayMs), offsetAt(day * dayMs + dayMs - 1)] : [0, 0]
      offset = known === undefined ? (first === last ? first : null) : known
      offsets.set(day, offset)
    }
    days[position] = Math.floor((ms + (offset ?? offsetAt(ms))) / dayMs)
  }
  return days
}
