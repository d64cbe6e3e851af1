/** Puts found lines into order, as domain/history/order.ts says: the value of the column first, then newest first. */
import { decimalOf } from '../../../../domain/export/export-text.ts'
import type { Names } from '../../../../domain/history/filter.ts'
import { fold } from '../../../../domain/history/fold.ts'
import { type HistoryOrder, kindOrder, type SortColumn } from '../../../../domain/history/order.ts'
import type { Columns } from './columns.ts'
import type { Dictionaries } from './dictionaries.ts'
import type { Found } from './find-lines.ts'

/** For each of some values its place among them; what is alike has the same. Below `count`. */
interface Ranks {
  readonly of: Int32Array
  readonly count: number
}

/** Ranks of all receipt numbers and amounts take a while, and hold until lines change. */
export interface KnownRanks {
  receipt: Ranks | null
  amount: Ranks | null
}

interface Ordering {
  readonly columns: Columns
  readonly dictionaries: Dictionaries
  readonly names: Names
  readonly known: KnownRanks
  /** Keys and receipt numbers of all lines that have one. */
  readonly receipts: () => Iterable<readonly [key: number, receipt: string]>
  readonly receiptAt: (key: number) => string | null
}

/** The first so many of those found, newest first, without going through all of them. */
export function newestLines({ flags }: Found, order: Uint32Array, count: number): number[] {
  const found: number[] = []
  for (let at = 0; at < order.length && found.length < count; at++) if (flags[order[at]!] === 1) found.push(order[at]!)
  return found
}

/** Positions in order. */
export function orderLines({ flags, count }: Found, { by, direction }: HistoryOrder, ordering: Ordering): Uint32Array {
  const newest = newestOf(ordering.columns.newestFirst(), flags, count)
  if (by === 'at') return direction === 'descending' ? newest : oldestFirst(newest, ordering.columns.at)
  const { of, through, count: ranks } = ranksBy(by, ordering, newest)
  const own = new Uint32Array(newest.length)
  if (through) for (let at = 0; at < own.length; at++) own[at] = of[through[newest[at]!]!]!
  else for (let at = 0; at < own.length; at++) own[at] = of[newest[at]!]!
  if (direction === 'descending') for (let at = 0; at < own.length; at++) own[at] = ranks - 1 - own[at]!
  return countingSort(newest, own, ranks)
}

function newestOf(order: Uint32Array, flags: Uint8Array, count: number): Uint32Array {
  if (count === order.length) return order
  const found = new Uint32Array(count)
  let to = 0
  for (let at = 0; to < count; at++) if (flags[order[at]!] === 1) found[to++] = order[at]!
  return found
}

/** Turned round, but for what is of one moment. */
function oldestFirst(newest: Uint32Array, at: Float64Array): Uint32Array {
  const oldest = new Uint32Array(newest.length)
  for (let end = newest.length, to = 0; end > 0; ) {
    let start = end - 1
    while (start > 0 && at[newest[start - 1]!] === at[newest[end - 1]!]) start -= 1
    for (let from = start; from < end; from++) oldest[to++] = newest[from]!
    end = start
  }
  return oldest
}

/** `own` has the rank of each. What has the same rank keeps its order. */
function countingSort(positions: Uint32Array, own: Uint32Array, ranks: number): Uint32Array {
  const starts = new Uint32Array(ranks + 1)
  for (let at = 0; at < own.length; at++) starts[own[at]! + 1]! += 1
  for (let rank = 0; rank < ranks; rank++) starts[rank + 1]! += starts[rank]!
  const sorted = new Uint32Array(positions.length)
  for (let at = 0; at < positions.length; at++) sorted[starts[own[at]!]!++] = positions[at]!
  return sorted
}

/** Of so few lines the values are looked up. Ranks of all lines take as long as many such look-ups, and are kept. */
const fewLines = 5000

/** `through` says which of the values a line has; without it each line has its own. Only `positions` have to have a rank. */
function ranksBy(by: Exclude<SortColumn, 'at'>, ordering: Ordering, positions: Uint32Array): Ranks & { readonly through?: Int32Array } {
  const { columns, dictionaries, names, known } = ordering
  const { offers, classes } = dictionaries
  switch (by) {
    case 'item':
      return { ...ranksOf(offers.map(({ item }) => fold(item))), through: columns.offer }
    case 'payee':
      return { ...ranksOf(offers.map(({ payee }) => fold(payee))), through: columns.offer }
    case 'who':
      return { ...ranksOf(classes.map(({ memberId }) => fold(memberId === null ? '' : (names[memberId] ?? '')))), through: columns.class }
    case 'state':
      return { ...ranksOf(classes.map(({ kind, state }) => `${kindOrder.indexOf(kind)} ${state}`)), through: columns.class }
    case 'receipt':
      if (!known.receipt && positions.length <= fewLines) {
        return ranksOfFew(positions, columns.length, (position) => ordering.receiptAt(columns.key[position]!) ?? '')
      }
      return (known.receipt ??= receiptRanks(columns, ordering.receipts))
    case 'amount':
      return (known.amount ??= amountRanks(columns, dictionaries))
  }
}

function ranksOf(values: readonly (string | number | bigint)[]): Ranks {
  const sorted = [...new Set(values)].sort((one, other) => (one < other ? -1 : 1))
  const rankOf = new Map(sorted.map((value, rank) => [value, rank]))
  return { of: Int32Array.from(values, (value) => rankOf.get(value) ?? 0), count: sorted.length }
}

function ranksOfFew(positions: Uint32Array, length: number, valueOf: (position: number) => string): Ranks {
  const { of, count } = ranksOf(Array.from(positions, valueOf))
  const all = new Int32Array(length)
  for (let at = 0; at < positions.length; at++) all[positions[at]!] = of[at]!
  return { of: all, count }
}

/** `receipts` come in the order of their UTF-8. Only beyond the plane of most letters is that another than the one of the code units. */
function receiptRanks({ length, key, positionOf }: Columns, receipts: () => Iterable<readonly [number, string]>): Ranks {
  const of = new Int32Array(length)
  let [rank, last, isOrdered] = [0, '', true]
  for (const [own, receipt] of receipts()) {
    isOrdered = !/[\uD800-\uDFFF]/.test(receipt)
    if (!isOrdered) break
    if (receipt !== last) rank += 1
    last = receipt
    of[positionOf(own) ?? 0] = rank
  }
  if (isOrdered) return { of, count: rank + 1 }
  const byKey = new Map(receipts())
  return ranksOf(Array.from({ length }, (_, position) => byKey.get(key[position]!) ?? ''))
}

/** By the amount in major units, and what is as much by the currency. */
function amountRanks({ length, amount, wide, class: lineClass }: Columns, { classes }: Dictionaries): Ranks {
  const currencies = ranksOf(classes.map(({ currency }) => currency))
  // Four decimals are the most that a currency has.
  const scales = classes.map(({ currency }) => (currency === '' ? 1 : 10 ** (4 - (decimalOf(1n, currency).split('.')[1] ?? '').length)))
  const largest = Number.MAX_SAFE_INTEGER
  const valueOf = (position: number): number | bigint => {
    const [money, scale] = [amount[position]!, scales[lineClass[position]!]!]
    const exact = wide.get(position)
    if (exact === undefined && money * scale <= largest) return money * scale
    const scaled = (exact ?? BigInt(money)) * BigInt(scale)
    return scaled <= largest ? Number(scaled) : scaled
  }
  const values = ranksOf(Array.from({ length }, (_, position) => valueOf(position)))
  const both = values.of.map((rank, position) => rank * currencies.count + currencies.of[lineClass[position]!]!)
  return { of: both, count: values.count * currencies.count }
}
