/** Which lines of the history are wanted. This says what a filter means; an index may find the same in another way. */
import type { RecordedState } from '../life-cycle.ts'
import { minorUnitDigits, type Money } from '../money.ts'
import { fold, wordsOf } from './fold.ts'
import type { HistoryLine, LineKind, LineSource } from './line.ts'

/** `decimal` is in major units: more than 5 of anything, or more than 5 EUR. */
export interface AmountCondition {
  readonly is: 'above' | 'atLeast' | 'below' | 'atMost' | 'equal'
  readonly decimal: string
  /** Null for any. */
  readonly currency: string | null
}

export type OfferKind = NonNullable<HistoryLine['offerKind']>

/** All of it has to hold. Of each list one has to fit, so that nothing fits an empty one; null asks for nothing. */
export interface HistoryFilter {
  /**
   * Folded (fold.ts), each with a letter or digit. One fits a line in either of two ways:
   * - one of the numbers of receipt, reference and purchase, folded as a whole with its dashes, begins with it as it stands, or
   * - each of its runs of letters and digits (`wordsOf`) is the beginning of a word of item, game, seller, unit of a bundle or member's
   *   name; they need not be in one text, nor beside each other.
   * So `t-2026-1` fits receipt `T-2026-17` and item `2026 T-Shirts, 12 of them`, and `ak-47` the item `AK-47 Skin`.
   */
  readonly words: readonly string[]
  /** Each is the beginning of a word of the seller's name. Folded. */
  readonly sellerWords: readonly string[]
  /** From this moment on, and before that one; RFC 3339 in UTC. */
  readonly from: string | null
  readonly before: string | null
  /** Null among them is what nobody's profile bought. */
  readonly memberIds: readonly (string | null)[] | null
  readonly sellerIds: readonly string[] | null
  readonly lineKinds: readonly LineKind[] | null
  readonly states: readonly RecordedState[] | null
  readonly offerKinds: readonly OfferKind[] | null
  readonly currencies: readonly string[] | null
  readonly sources: readonly LineSource[] | null
  readonly amounts: readonly AmountCondition[]
  readonly purchaseIds: readonly string[] | null
}

export const everyLine: HistoryFilter = {
  ...{ words: [], sellerWords: [], from: null, before: null, memberIds: null, sellerIds: null, lineKinds: null, states: null },
  ...{ offerKinds: null, currencies: null, sources: null, amounts: [], purchaseIds: null },
}

/** What members are called, by their ids. */
export type Names = Readonly<Record<string, string>>

export function matches(line: HistoryLine, filter: HistoryFilter, names: Names): boolean {
  if (filter.from !== null && line.at < filter.from) return false
  if (filter.before !== null && line.at >= filter.before) return false
  return (
    isAmong(line.memberId, filter.memberIds) &&
    isAmong(line.sellerId, filter.sellerIds) &&
    isAmong(line.kind, filter.lineKinds) &&
    isAmong(line.state, filter.states) &&
    (filter.offerKinds === null || (line.offerKind !== null && filter.offerKinds.includes(line.offerKind))) &&
    isAmong(line.price.currency, filter.currencies) &&
    isAmong(line.source, filter.sources) &&
    isAmong(line.purchaseId, filter.purchaseIds) &&
    filter.amounts.every((condition) => isAmount(amountOf(line), condition)) &&
    hasWords(wordsOf(line.payee), filter.sellerWords) &&
    filter.words.every((word) => hasWord(line, word, names))
  )
}

function isAmong<T>(value: T, wanted: readonly T[] | null): boolean {
  return wanted === null || wanted.includes(value)
}

function hasWords(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

function hasWord(line: HistoryLine, word: string, names: Names): boolean {
  const who = line.memberId === null ? '' : (names[line.memberId] ?? '')
  if ([line.receiptNumber, line.reference, line.purchaseId].some((number) => number !== null && fold(number).startsWith(word))) return true
  const runs = wordsOf(word)
  return runs.length > 0 && hasWords([line.item, line.game, line.payee, line.bundle?.unit ?? '', who].flatMap(wordsOf), runs)
}

/** What a line is about in money: what moved, whichever way, or what it would have been. Never below nothing. */
export function amountOf({ kind, moved, price }: HistoryLine): Money {
  if (kind === 'pending' || kind === 'notCharged') return price
  return { ...price, amount: moved < 0n ? -moved : moved }
}

export function isAmount({ amount, currency }: Money, condition: AmountCondition): boolean {
  if (condition.currency !== null && condition.currency !== currency) return false
  const [least, most] = amountRange(condition, minorUnitDigits(currency))
  return (least === null || amount >= least) && (most === null || amount <= most)
}

/** The least and the most that fits, in minor units of a currency with so many digits; null for no bound. Both are included. */
export function amountRange({ is, decimal }: AmountCondition, digits: number): readonly [bigint | null, bigint | null] {
  const { floor, isWhole } = minorUnits(decimal, digits)
  const ceiling = isWhole ? floor : floor + 1n
  switch (is) {
    case 'above':
      return [floor + 1n, null]
    case 'atLeast':
      return [ceiling, null]
    case 'below':
      return [null, ceiling - 1n]
    case 'atMost':
      return [null, floor]
    case 'equal':
      // Nothing is that amount where it has more decimals than the currency.
      return isWhole ? [floor, floor] : [1n, 0n]
  }
}

/** Throws RangeError for anything but digits with a point at most. */
function minorUnits(decimal: string, digits: number): { readonly floor: bigint; readonly isWhole: boolean } {
  const [, whole = '', fraction = ''] = /^(\d{1,18})(?:\.(\d{1,18}))?$/.exec(decimal) ?? []
  if (whole === '') throw new RangeError(`not an amount: ${decimal}`)
  return { floor: BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0')), isWhole: !/[1-9]/.test(fraction.slice(digits)) }
}
