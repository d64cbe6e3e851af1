/**
 * The lines of the history as narrow columns in memory, so that a question is one pass over arrays: 80 bytes a line, 40 of which are the
 * beginnings of its numbers. A line keeps its position for as long as the columns live; one that is no more has no class.
 */
import { noClass } from './dictionaries.ts'
import type { NarrowLine } from './line-rows.ts'
import { type NumberIndex, numberIndex } from './number-index.ts'

export interface Columns {
  readonly length: number
  readonly key: Float64Array
  /** Milliseconds since the epoch. */
  readonly at: Float64Array
  /** Minor units; NaN where they are in `wide`, because a number would not be exact. */
  readonly amount: Float64Array
  readonly wide: ReadonlyMap<number, bigint>
  readonly offer: Int32Array
  readonly class: Int32Array
  readonly suffix: Int32Array
  readonly numbers: NumberIndex
  positionOf(key: number): number | undefined
  /** All positions, newest first: what is of one moment by the order in the log backwards, and of one event by its id. */
  newestFirst(): Uint32Array
}

export interface GrowingColumns extends Columns {
  put(line: NarrowLine): void
  drop(key: number): void
}

export function createColumns(expected: number): GrowingColumns {
  let capacity = Math.max(expected, 64)
  let length = 0
  let key = new Float64Array(capacity)
  let at = new Float64Array(capacity)
  let amount = new Float64Array(capacity)
  let offer = new Int32Array(capacity)
  let lineClass = new Int32Array(capacity)
  let suffix = new Int32Array(capacity)
  const wide = new Map<number, bigint>()
  const numbers = numberIndex(expected * 2)
  /** Keys come in order at first, and then as things happen. */
  let inOrder = 0
  const later = new Map<number, number>()
  let order: Uint32Array | null = null
  const changed = new Set<number>()

  function grow(): void {
    capacity = Math.ceil(capacity * 1.25)
    const grown = <A extends Float64Array | Int32Array>(array: A, larger: A): A => (larger.set(array), larger)
    key = grown(key, new Float64Array(capacity))
    at = grown(at, new Float64Array(capacity))
    amount = grown(amount, new Float64Array(capacity))
    offer = grown(offer, new Int32Array(capacity))
    lineClass = grown(lineClass, new Int32Array(capacity))
    suffix = grown(suffix, new Int32Array(capacity))
  }

  function positionOf(wanted: number): number | undefined {
    let [low, high] = [0, inOrder]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (key[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low < inOrder && key[low] === wanted ? low : later.get(wanted)
  }

  function newPosition(wanted: number): number {
    if (length === capacity) grow()
    key[length] = wanted
    if (length === inOrder && (length === 0 || key[length - 1]! < wanted)) inOrder += 1
    else later.set(wanted, length)
    return length++
  }

  const isBefore = (one: number, other: number) => at[other]! - at[one]! || compareInMoment(one, other)
  function compareInMoment(one: number, other: number): number {
    const seqs = Math.floor(key[other]! / 1024) - Math.floor(key[one]! / 1024)
    if (seqs !== 0) return seqs
    // Of one import: their ids differ in how they end, and are compared as text.
    return String(suffix[one]) < String(suffix[other]) ? -1 : 1
  }

  return {
    get length() {
      return length
    },
    get key() {
      return key
    },
    get at() {
      return at
    },
    get amount() {
      return amount
    },
    get offer() {
      return offer
    },
    get class() {
      return lineClass
    },
    get suffix() {
      return suffix
    },
    wide,
    numbers,
    positionOf,
    put(line) {
      const known = positionOf(line.key)
      const position = known ?? newPosition(line.key)
      at[position] = line.at
      offer[position] = line.offer
      lineClass[position] = line.class
      suffix[position] = line.suffix
      wide.delete(position)
      amount[position] = typeof line.amount === 'number' ? line.amount : Number.NaN
      if (typeof line.amount === 'bigint') wide.set(position, line.amount)
      changed.add(position)
      // What a line of the same event is called never changes.
      if (known !== undefined) return
      for (const number of [line.receipt, line.reference, line.purchaseId]) if (number !== null) numbers.put(position, number)
    },
    drop(dropped) {
      const position = positionOf(dropped)
      if (position === undefined) return
      lineClass[position] = noClass
      changed.add(position)
    },
    newestFirst() {
      if (order && changed.size === 0) return order
      order = order && changed.size < length / 100 ? merged(order, changed, isBefore) : Uint32Array.from({ length }, (_, position) => position).sort(isBefore)
      changed.clear()
      return order
    },
  }
}

/** The order anew where only a few have changed their place or are new. */
function merged(order: Uint32Array, changed: ReadonlySet<number>, isBefore: (one: number, other: number) => number): Uint32Array {
  const kept = order.filter((position) => !changed.has(position))
  const moved = Uint32Array.from(changed).sort(isBefore)
  const result = new Uint32Array(kept.length + moved.length)
  let [from, of] = [0, 0]
  for (let to = 0; to < result.length; to++) {
    const isKept = of === moved.length || (from < kept.length && isBefore(kept[from]!, moved[of]!) < 0)
    result[to] = isKept ? kept[from++]! : moved[of++]!
  }
  return result
}
