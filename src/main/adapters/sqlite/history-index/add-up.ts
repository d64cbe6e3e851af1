/** What found lines come to, in one pass. Sums are exact: as numbers while those are, and as big ones beyond. */
import type { HistoryDimension, HistoryFacets, HistoryGroup, HistoryQuestion } from '../../../ports/history-index.ts'
import type { CurrencyTotal, HistorySummary } from '../../../../domain/history/summary.ts'
import type { Columns } from './columns.ts'
import { type Dictionaries, noClass } from './dictionaries.ts'
import { narrow } from './find-lines.ts'
import { everyLine } from '../../../../domain/history/filter.ts'
import { signOf } from './line-rows.ts'

/** Below this a sum of two is exact. */
const exactBelow = 2 ** 52

/** Sums for each of many groups. */
class Sums {
  private readonly low: number[] = []
  private readonly high = new Map<number, bigint>()

  add(group: number, amount: number): void {
    const sum = (this.low[group] ?? 0) + amount
    this.low[group] = sum
    if (sum >= exactBelow) this.carry(group)
  }

  addWide(group: number, amount: bigint): void {
    this.high.set(group, (this.high.get(group) ?? 0n) + amount)
  }

  get(group: number): bigint {
    const low = this.low[group] ?? 0
    if (this.high.size === 0) return low === 0 ? 0n : BigInt(low)
    return BigInt(low) + (this.high.get(group) ?? 0n)
  }

  private carry(group: number): void {
    this.addWide(group, BigInt(this.low[group] ?? 0))
    this.low[group] = 0
  }
}

/** Days since the epoch by some calendar, of each line. */
export type Days = Int32Array

export const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

type Values = Partial<Record<HistoryDimension, string | null>>

/** Numbers what differs in what is asked for: of each value its number, and of each number what it stands for. */
function distinct<T>(values: readonly T[], toKey: (value: T) => Values & { readonly currency?: string }) {
  const known = new Map<string, number>()
  const of: ReturnType<typeof toKey>[] = []
  const numbers = Int32Array.from(values, (value) => {
    const key = toKey(value)
    const text = JSON.stringify(Object.values(key))
    const found = known.get(text) ?? of.push(key) - 1
    known.set(text, found)
    return found
  })
  return { numbers, of }
}

export function groupLines(flags: Uint8Array, by: readonly HistoryDimension[], columns: Columns, dictionaries: Dictionaries, days: Days): HistoryGroup[] {
  const { length, offer, class: lineClass, amount, wide, key } = columns
  const { offers, classes } = dictionaries
  const has = (dimension: HistoryDimension) => by.includes(dimension)
  const pick = (all: Values): Values => Object.fromEntries(Object.entries(all).filter(([name]) => has(name as HistoryDimension)))
  const offerParts = distinct(offers, ({ sellerId, item, offerKind, bundle }) => pick({ seller: sellerId, item, kind: offerKind, unit: bundle?.unit ?? null }))
  const classParts = distinct(classes, ({ memberId, source, currency }) => ({ ...pick({ member: memberId, source }), currency }))
  const periods = periodsOf(has('day') ? 'day' : has('month') ? 'month' : null, days)
  const groupOf = numbering(periods.count * classParts.of.length * offerParts.of.length)
  const signs = Int8Array.from(classes, ({ kind }) => signOf[kind])
  const pendings = Uint8Array.from(classes, ({ kind }) => Number(kind === 'pending'))
  const units = Float64Array.from(offers, ({ bundle }) => bundle?.count ?? 0)
  const charges = Uint8Array.from(classes, ({ kind }) => Number(kind === 'charge'))
  const sums = { debit: new Sums(), credit: new Sums(), pending: new Sums() }
  const lines: number[] = []
  const unitsOf: number[] = []
  const newest: number[] = []
  for (let position = 0; position < length; position++) {
    if (flags[position] === 0) continue
    const [ownClass, ownOffer] = [lineClass[position]!, offer[position]!]
    const code = (periods.of(position) * classParts.of.length + classParts.numbers[ownClass]!) * offerParts.of.length + offerParts.numbers[ownOffer]!
    const group = groupOf.number(code)
    lines[group] = (lines[group] ?? 0) + 1
    unitsOf[group] = (unitsOf[group] ?? 0) + (charges[ownClass] === 1 ? units[ownOffer]! : 0)
    const known = newest[group]
    if (known === undefined || key[position]! > key[known]!) newest[group] = position
    const sign = signs[ownClass]!
    const sum = sign > 0 ? sums.debit : sign < 0 ? sums.credit : pendings[ownClass] === 1 ? sums.pending : null
    if (!sum) continue
    const money = amount[position]!
    if (Number.isNaN(money)) sum.addWide(group, wide.get(position) ?? 0n)
    else sum.add(group, money)
  }
  const payeeOf = has('seller') || has('item') ? (group: number) => offers[offer[newest[group]!]!]!.payee : () => null
  return groupOf.codes.map((code, group): HistoryGroup => {
    const rest = Math.floor(code / offerParts.of.length)
    const parts = [offerParts.of[code % offerParts.of.length]!, classParts.of[rest % classParts.of.length]!, periods.values(Math.floor(rest / classParts.of.length))]
    const values: Values = {}
    for (const dimension of by) values[dimension] = parts[partOf[dimension]]![dimension] ?? null
    return {
      by: values,
      payee: payeeOf(group),
      units: unitsOf[group]!,
      currency: classParts.of[rest % classParts.of.length]!.currency ?? '',
      debit: sums.debit.get(group),
      credit: sums.credit.get(group),
      pending: sums.pending.get(group),
      lines: lines[group]!,
    }
  })
}

/** What says it: the offer, the class, or when it was. */
const partOf = { seller: 0, item: 0, kind: 0, unit: 0, member: 1, source: 1, day: 2, month: 2 } as const satisfies Record<HistoryDimension, number>

/** Days or months that there are, from the first to the last. */
function periodsOf(unit: 'day' | 'month' | null, days: Days) {
  if (unit === null) return { count: 1, of: () => 0, values: (): Values => ({}) }
  let [first, last] = [Infinity, -Infinity]
  for (const day of days) {
    if (day < first) first = day
    if (day > last) last = day
  }
  if (first > last) return { count: 1, of: () => 0, values: (): Values => ({}) }
  const texts = Array.from({ length: last - first + 1 }, (_, index) => dayText(first + index))
  if (unit === 'day') {
    const values = texts.map((day): Values => ({ day, month: day.slice(0, 7) }))
    return { count: texts.length, of: (position: number) => days[position]! - first, values: (day: number) => values[day]! }
  }
  const months: string[] = []
  const monthOf = Int32Array.from(texts, (text) => {
    const month = text.slice(0, 7)
    if (months.at(-1) !== month) months.push(month)
    return months.length - 1
  })
  const values = months.map((month): Values => ({ month }))
  return { count: months.length, of: (position: number) => monthOf[days[position]! - first]!, values: (month: number) => values[month]! }
}

/** So many numbers are in a table; of more a few are there at most, and those are in a map. */
const tableUpTo = 4_000_000

/** Numbers codes in the order in which they come. */
function numbering(codes: number) {
  const seen: number[] = []
  if (codes <= tableUpTo) {
    const table = new Int32Array(codes)
    return {
      codes: seen,
      number(code: number): number {
        const known = table[code]!
        if (known > 0) return known - 1
        return (table[code] = seen.push(code)) - 1
      },
    }
  }
  const map = new Map<number, number>()
  return {
    codes: seen,
    number(code: number): number {
      const known = map.get(code)
      if (known !== undefined) return known
      map.set(code, seen.length)
      return seen.push(code) - 1
    },
  }
}

/** `months` are groups by month. */
export function summaryOf(months: readonly HistoryGroup[]): HistorySummary {
  const byMonth = Map.groupBy(months, ({ by }) => by.month ?? '')
  const newestFirst = [...byMonth].sort(([one], [other]) => (one < other ? 1 : -1))
  return {
    ...totalOf(months),
    months: newestFirst.map(([month, groups]) => ({ month, ...totalOf(groups) })),
  }
}

function totalOf(groups: readonly HistoryGroup[]): { readonly lines: number; readonly totals: CurrencyTotal[] } {
  const totals = new Map<string, CurrencyTotal>()
  for (const { currency, debit, credit, pending, lines } of groups) {
    const before = totals.get(currency) ?? { currency, debit: 0n, credit: 0n, pending: 0n, lines: 0 }
    const sums = { debit: before.debit + debit, credit: before.credit + credit, pending: before.pending + pending }
    totals.set(currency, { currency, ...sums, lines: before.lines + lines })
  }
  return {
    lines: groups.reduce((sum, { lines }) => sum + lines, 0),
    totals: [...totals.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1)),
  }
}

/** What there is among the lines that may be seen. */
export function facetsOf(seen: HistoryQuestion['seen'], { length, offer, class: lineClass, at, key }: Columns, dictionaries: Dictionaries): HistoryFacets {
  const { offers, classes } = dictionaries
  const isSeen = narrow({ filter: everyLine, seen }, dictionaries).classes
  const there = new Uint8Array(classes.length)
  const newest = new Float64Array(offers.length).fill(-1)
  let [first, last] = [Infinity, -Infinity]
  for (let position = 0; position < length; position++) {
    const own = lineClass[position]!
    if (own === noClass || isSeen[own] === 0) continue
    there[own] = 1
    if (key[position]! > newest[offer[position]!]!) newest[offer[position]!] = key[position]!
    if (at[position]! < first) first = at[position]!
    if (at[position]! > last) last = at[position]!
  }
  const found = classes.filter((_, id) => there[id] === 1)
  const unique = <T extends string | null>(values: readonly T[]): T[] => [...new Set(values)].sort((one, other) => compare(String(one), String(other)))
  const time = (ms: number) => (Number.isFinite(ms) ? new Date(ms).toISOString() : null)
  return {
    sellers: sellersOf(offers, newest),
    memberIds: unique(found.map(({ memberId }) => memberId)),
    currencies: unique(found.map(({ currency }) => currency)),
    sources: unique(found.map(({ source }) => source)),
    first: time(first),
    last: time(last),
  }
}

/** Each by its newest name. */
function sellersOf(offers: Dictionaries['offers'], newest: Float64Array): HistoryFacets['sellers'] {
  const known = new Map<string, { readonly key: number; readonly payee: string }>()
  for (const [id, { sellerId, payee }] of offers.entries()) {
    const key = newest[id]!
    if (key >= 0 && key > (known.get(sellerId)?.key ?? -1)) known.set(sellerId, { key, payee })
  }
  const sellers = [...known].map(([sellerId, { payee }]) => ({ sellerId, payee }))
  return sellers.sort((one, other) => compare(one.payee, other.payee) || compare(one.sellerId, other.sellerId))
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
