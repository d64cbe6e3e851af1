/**
 * Which lines a question means, as one pass over the columns. What a filter means is said by domain/history/filter.ts; here it is asked once for
 * each offer, class and word, and for each line only whether its numbers are among those that fit.
 */
import { amountRange, type HistoryFilter } from '../../../../domain/history/filter.ts'
import { fold, wordsOf } from '../../../../domain/history/fold.ts'
import { minorUnitDigits } from '../../../../domain/money.ts'
import type { HistoryQuestion } from '../../../ports/history-index.ts'
import type { Columns } from './columns.ts'
import { type Dictionaries, type LineClass, noClass, type Offer } from './dictionaries.ts'
import { bytesThere } from './number-index.ts'

/** Lines that fit, by their positions. */
export interface Found {
  /** 1 for each that does. */
  readonly flags: Uint8Array
  readonly count: number
}

/** What is looked up rather than gone through. */
export interface LookUps {
  /** Numbers of offers with a word that begins like this one. */
  offersWith(word: string): readonly number[]
  keysOfPurchase(purchaseId: string): readonly number[]
  numbersAt(key: number): readonly (string | null)[]
}

type Asked = Pick<HistoryQuestion, 'filter' | 'seen' | 'names'>

/** What is left of a filter once offers and classes have been looked at. Bounds are of the amounts of a class, both included. */
export interface Narrowed {
  readonly offers: Uint8Array
  readonly classes: Uint8Array
  readonly from: number
  readonly before: number
  readonly least: readonly (bigint | null)[]
  readonly most: readonly (bigint | null)[]
}

export function narrow({ filter, seen }: Pick<Asked, 'filter' | 'seen'>, { offers, classes }: Dictionaries): Narrowed {
  const bounds = classes.map(({ currency }, id) => (id === noClass ? nothing : boundsOf(filter, currency)))
  return {
    offers: Uint8Array.from(offers, (offer) => Number(isOffer(offer, filter))),
    classes: Uint8Array.from(classes, (lineClass, id) => Number(id !== noClass && isClass(lineClass, filter, seen))),
    from: filter.from === null ? -Infinity : Date.parse(filter.from),
    before: filter.before === null ? Infinity : Date.parse(filter.before),
    least: bounds.map(([least]) => least),
    most: bounds.map(([, most]) => most),
  }
}

const isAmong = <T>(value: T, wanted: readonly T[] | null): boolean => wanted === null || wanted.includes(value)

function isOffer({ sellerId, offerKind, payee }: Offer, filter: HistoryFilter): boolean {
  if (!isAmong(sellerId, filter.sellerIds)) return false
  if (filter.offerKinds !== null && (offerKind === null || !filter.offerKinds.includes(offerKind))) return false
  if (filter.sellerWords.length === 0) return true
  const words = wordsOf(payee)
  return filter.sellerWords.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

function isClass({ kind, state, source, currency, memberId }: LineClass, filter: HistoryFilter, seen: Asked['seen']): boolean {
  return (
    isAmong(memberId, seen) &&
    isAmong(memberId, filter.memberIds) &&
    isAmong(kind, filter.lineKinds) &&
    isAmong(state, filter.states) &&
    isAmong(source, filter.sources) &&
    isAmong(currency, filter.currencies)
  )
}

type Bounds = readonly [least: bigint | null, most: bigint | null]
const nothing: Bounds = [1n, 0n]

function boundsOf({ amounts }: HistoryFilter, currency: string): Bounds {
  let [least, most]: [bigint | null, bigint | null] = [null, null]
  for (const condition of amounts) {
    if (condition.currency !== null && condition.currency !== currency) return nothing
    const [low, high] = amountRange(condition, minorUnitDigits(currency))
    if (low !== null && (least === null || low > least)) least = low
    if (high !== null && (most === null || high < most)) most = high
  }
  return [least, most]
}

export function findLines(question: Asked, columns: Columns, dictionaries: Dictionaries, lookUps: LookUps): Found {
  const flags = new Uint8Array(columns.length)
  const { filter, names } = question
  scan(columns, narrow(question, dictionaries), flags)
  if (filter.purchaseIds !== null) keepKeys(columns, flags, new Set(filter.purchaseIds.flatMap((id) => lookUps.keysOfPurchase(id))))
  for (const word of new Set(filter.words)) keepWord(word, { columns, dictionaries, lookUps, names }, flags)
  let count = 0
  for (let at = 0; at < flags.length; at++) count += flags[at]!
  return { flags, count }
}

/** An array that nothing is asked of is not read: most of the time goes into reading. */
function scan(columns: Columns, narrowed: Narrowed, flags: Uint8Array): void {
  const { length, offer, class: lineClass } = columns
  const { offers, classes, from, before, least, most } = narrowed
  for (let position = 0; position < length; position++) flags[position] = classes[lineClass[position]!]! & offers[offer[position]!]!
  if (from !== -Infinity || before !== Infinity) keepTimes(columns, narrowed, flags)
  if ([...least, ...most].some((bound, index) => bound !== null && index % least.length !== noClass)) keepAmounts(columns, narrowed, flags)
}

function keepTimes({ length, at }: Columns, { from, before }: Narrowed, flags: Uint8Array): void {
  for (let position = 0; position < length; position++) if (at[position]! < from || at[position]! >= before) flags[position] = 0
}

function keepAmounts({ length, amount, class: lineClass, wide }: Columns, { least, most }: Narrowed, flags: Uint8Array): void {
  // A bound that is rounded here is beyond all amounts that are not in `wide`, which are no number here and stay.
  const low = Float64Array.from(least, (bound) => (bound === null ? -Infinity : Number(bound)))
  const high = Float64Array.from(most, (bound) => (bound === null ? Infinity : Number(bound)))
  for (let position = 0; position < length; position++) {
    const own = lineClass[position]!
    const money = amount[position]!
    if (money < low[own]! || money > high[own]!) flags[position] = 0
  }
  for (const [position, money] of wide) {
    const [min = null, max = null] = [least[lineClass[position]!], most[lineClass[position]!]]
    if ((min !== null && money < min) || (max !== null && money > max)) flags[position] = 0
  }
}

function keepKeys({ length, key }: Columns, flags: Uint8Array, keys: ReadonlySet<number>): void {
  for (let position = 0; position < length; position++) if (flags[position] === 1 && !keys.has(key[position]!)) flags[position] = 0
}

/** Whether the word can be the beginning of a word of a text: those are letters and digits only. */
export const isOfText = (word: string): boolean => /^[\p{L}\p{N}]*$/u.test(word)

interface Words {
  readonly columns: Columns
  readonly dictionaries: Dictionaries
  readonly lookUps: LookUps
  readonly names: Asked['names']
}

function keepWord(word: string, { columns, dictionaries, lookUps, names }: Words, flags: Uint8Array): void {
  const offers = new Uint8Array(dictionaries.offers.length)
  if (isOfText(word)) for (const id of lookUps.offersWith(word)) offers[id] = 1
  const classes = Uint8Array.from(dictionaries.classes, ({ memberId }) => Number(memberId !== null && hasWord(names[memberId] ?? '', word)))
  const { length, offer, class: lineClass, key, numbers } = columns
  const isLong = new TextEncoder().encode(word).length > bytesThere
  const byNumber = new Uint8Array(length)
  numbers.find(word, (position) => {
    if (flags[position] === 0 || byNumber[position] === 1) return
    byNumber[position] = Number(!isLong || lookUps.numbersAt(key[position]!).some((number) => number !== null && fold(number).startsWith(word)))
  })
  for (let position = 0; position < length; position++) {
    flags[position]! &= offers[offer[position]!]! | classes[lineClass[position]!]! | byNumber[position]!
  }
}

const hasWord = (text: string, word: string): boolean => wordsOf(text).some((other) => other.startsWith(word))
