/**
 * Amounts as people, shops and banks write them, read exactly: from text to whole minor units, and never through a binary fraction.
 */
import { isCurrency, minorUnitDigits, type Money } from '../money.ts'
import { currencySigns } from './currency-signs.ts'

export interface MoneyHints {
  /** The currency of the row, where another cell or the file names it. The text may leave it out, and must not contradict it. */
  readonly currency?: string | null
  /** Meant by a sign that several currencies share, if it is one of them. */
  readonly homeCurrency?: string | null
  /** How the whole file writes decimals; null to tell it from the amount itself. */
  readonly decimal?: ',' | '.' | null
}

export type ReadMoney = { readonly kind: 'money'; readonly money: Money } | { readonly kind: 'noAmount' | 'noCurrency' | 'unknownCurrency' }

/** Longer than any amount with its currency; all patterns below look at no more than this. */
const longest = 80

/** So many digits at most, as in every message (contract/money.ts). */
const mostDigits = 18

/** What of a text is the number, and what stands before and after it. */
const aroundNumber = /^([^\d]*)(\d[\d.,' ]*)([^\d]*)$/u

/** Hyphen, hyphens that do not break, figure dash, en and em dash, minus (U+2212) and the small and full-width ones. */
const minus = /[-\u2010-\u2015\u2212\uFE63\uFF0D]/gu

/** An amount that is nothing without its currency: `12,50 €`, `-$1,234.00`, `(5.00) USD`, `12,--€`. */
export function readMoney(text: string, hints: MoneyHints = {}): ReadMoney {
  const parts = partsOf(text)
  if (!parts) return { kind: 'noAmount' }
  const currency = currencyOf(parts, hints)
  if (typeof currency !== 'string') return currency
  const amount = minorUnits(parts.number, minorUnitDigits(currency), hints.decimal ?? null)
  if (amount === null) return { kind: 'noAmount' }
  return { kind: 'money', money: { amount: parts.isNegative ? -amount : amount, currency } }
}

/** What a cell with a code or a sign of a currency means; null for neither. */
export function currencyNamed(text: string, homeCurrency: string | null): string | null {
  const codes = text.length > longest ? [] : possible(plainly(text))
  return homeCurrency !== null && codes.includes(homeCurrency) ? homeCurrency : (codes[0] ?? null)
}

/** Which mark must be that of the decimals, in whatever currency but those with three; null where the amount does not tell. */
export function decimalIn(text: string): ',' | '.' | null {
  const number = partsOf(text)?.number.replaceAll(/[' ]/g, '') ?? ''
  const [comma, point] = [number.lastIndexOf(','), number.lastIndexOf('.')]
  if (comma < 0 && point < 0) return null
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.'
  const mark = comma >= 0 ? ',' : '.'
  const other = mark === ',' ? '.' : ','
  const groups = number.split(mark)
  if (groups.length > 2) return other
  return groups[1]?.length === 3 && /^[1-9]\d{0,2}$/.test(groups[0] ?? '') ? null : mark
}

interface Parts {
  readonly number: string
  /** What is left around the number: signs and codes of a currency, or nothing. */
  readonly sign: string
  readonly isNegative: boolean
}

function partsOf(text: string): Parts | null {
  // Raised digits and fractions would become ordinary digits below, and `12⁹⁹` another amount.
  if (text.length > longest || /\p{No}/u.test(text)) return null
  const plain = plainly(text)
  const inBrackets = /^\((.*)\)$/u.exec(plain)
  const [, before = '', core = '', behind = ''] = aroundNumber.exec((inBrackets?.[1] ?? plain).trim()) ?? []
  if (core === '') return null
  // `12,--` and `5.-`: no cents. What looks like the decimal mark belongs to the number, the dashes are no minus.
  const dashes = /^([.,])-{1,2}/.exec(/[.,]$/.test(core) ? `${core.slice(-1)}${behind}` : behind)
  const number = core.trim().replace(/[.,]$/, '')
  const after = dashes ? behind.replace(/^[.,]?-{1,2}/, '') : behind
  const brackets = /^(.*)\((.*)$/u.exec(before)
  const isClosed = /^[^)]*\)/u.test(after)
  if ((brackets !== null) !== isClosed) return null
  const around = `${brackets ? `${brackets[1]} ${brackets[2]}` : before} ${isClosed ? after.replace(')', ' ') : after}`
  const minuses = around.split('-').length - 1
  const pluses = around.split('+').length - 1
  const isBracketed = inBrackets !== null || brackets !== null
  if (minuses + pluses + (isBracketed ? 1 : 0) > 1) return null
  return { number, sign: around.replaceAll(/[-+]/g, ' ').trim(), isNegative: minuses > 0 || isBracketed }
}

/** Digits of any script as ASCII, one kind of minus, space and apostrophe, and no marks of the direction of writing. */
function plainly(text: string): string {
  if (/^[ -_a-~]*$/.test(text)) return text.trim()
  return text
    .replaceAll(/[\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu, '')
    .replaceAll('\u066C', "'")
    .replaceAll('\u066B', '.')
    .replaceAll(minus, '-')
    .replaceAll(/[\u2019\u2018\u02BC`´]/gu, "'")
    .normalize('NFKC')
    .replaceAll(/[\u0660-\u0669\u06F0-\u06F9]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replaceAll(/\s/gu, ' ')
    .trim()
}

function currencyOf({ sign, number }: Parts, { currency = null, homeCurrency = null }: MoneyHints): string | Exclude<ReadMoney, { kind: 'money' }> {
  if (currency !== null && !isCurrency(currency)) return { kind: 'unknownCurrency' }
  const words = sign.split(/\s+/u).filter((word) => word !== '')
  if (words.length === 0) return currency ?? { kind: 'noCurrency' }
  // `USD$0.99` and `9,99 $ CAD` name it twice.
  const named = words.flatMap((word) => /^([A-Z]{3})([^\p{L}].*)$/u.exec(word)?.slice(1) ?? [word]).map(possible)
  const [first = [], ...others] = named
  const shared = first.filter((code) => others.every((codes) => codes.includes(code)))
  if (shared.length === 0) return { kind: 'unknownCurrency' }
  if (currency !== null) return shared.includes(currency) ? currency : { kind: 'unknownCurrency' }
  // `¥ 116.00` has decimals, which yen have not.
  const written = fractionLength(number)
  const fitting = shared.filter((code) => minorUnitDigits(code) >= written)
  const meant = fitting.length > 0 ? fitting : shared
  return homeCurrency !== null && meant.includes(homeCurrency) ? homeCurrency : (meant[0] ?? { kind: 'unknownCurrency' })
}

function fractionLength(number: string): number {
  const mark = decimalIn(number)
  return mark === null || !number.includes(mark) ? 0 : number.length - number.lastIndexOf(mark) - 1
}

const possible = (word: string): readonly string[] => {
  if (isCurrency(word)) return [word]
  const key = word.toLowerCase()
  return currencySigns.get(key) ?? currencySigns.get(key.replace(/\.$/, '')) ?? (isCurrency(word.toUpperCase()) ? [word.toUpperCase()] : [])
}

/** Whole minor units, or null for what is no such amount: cut into groups in a way that nobody writes, too long, or too exact. */
function minorUnits(text: string, digits: number, hint: ',' | '.' | null): bigint | null {
  const mark = decimalMark(text, digits, hint)
  const at = mark === null ? -1 : text.lastIndexOf(mark)
  const whole = at < 0 ? text : text.slice(0, at)
  const fraction = at < 0 ? '' : text.slice(at + 1)
  if (!/^\d*$/.test(fraction) || (mark !== null && whole.includes(mark)) || !areGroups(whole)) return null
  // Zeros more than the currency has say nothing.
  const exact = fraction.replace(/0+$/, '')
  if (exact.length > digits) return null
  const all = (whole.replaceAll(/[^\d]/g, '') + exact.padEnd(digits, '0')).replace(/^0+(?=\d)/, '')
  return all.length > mostDigits ? null : BigInt(all)
}

function decimalMark(text: string, digits: number, hint: ',' | '.' | null): ',' | '.' | null {
  if (hint !== null) return text.includes(hint) ? hint : null
  const told = decimalIn(text)
  if (told !== null) return text.includes(told) ? told : null
  // `1.234` is more than a thousand, unless the currency has three decimals.
  const mark = /[.,]/.exec(text)?.[0] as ',' | '.' | undefined
  return mark !== undefined && digits === 3 ? mark : null
}

/** Digits alone, or groups of three as in `1,234,567`; with two in the middle, as India writes lakhs and crores. One mark for all. */
function areGroups(whole: string): boolean {
  if (/^\d+$/.test(whole)) return true
  const mark = /[^\d]/.exec(whole)?.[0] ?? ''
  const [first = '', ...others] = whole.split(mark)
  const last = others.pop() ?? ''
  if (!/^\d{1,3}$/.test(first) || !/^\d{3}$/.test(last)) return false
  return others.every((group) => /^\d{3}$/.test(group)) || others.every((group) => /^\d{2}$/.test(group))
}
