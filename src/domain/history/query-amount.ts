/** Amounts as people type them: `>5`, `>= 4,99 €`, `$2`, `5-10 eur`, `1.234,56`. */
import { isCurrency, minorUnitDigits } from '../money.ts'
import type { AmountCondition } from './filter.ts'
import { notUnderstood, type QueryContext, type QueryPart } from './query-part.ts'

const comparisons: Readonly<Record<string, AmountCondition['is']>> = {
  ...{ '>': 'above', '>=': 'atLeast', '=>': 'atLeast', '≥': 'atLeast' },
  ...{ '<': 'below', '<=': 'atMost', '=<': 'atMost', '≤': 'atMost', '=': 'equal' },
}

/**
 * Signs (the Currency Symbols of Unicode, and letters as shops write them) and names, folded, with the currencies that they can stand for. It
 * is the household's where that is among them, else the first.
 */
const signs: Readonly<Record<string, readonly string[]>> = {
  ...{ '€': ['EUR'], euro: ['EUR'], euros: ['EUR'], '£': ['GBP'], pound: ['GBP'], pounds: ['GBP'], pfund: ['GBP'] },
  $: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP'],
  ...{ dollar: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD'], dollars: ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'TWD'] },
  ...{ us$: ['USD'], ca$: ['CAD'], c$: ['CAD'], a$: ['AUD'], nz$: ['NZD'], s$: ['SGD'], hk$: ['HKD'], nt$: ['TWD'], mx$: ['MXN'] },
  ...{ r$: ['BRL'], '¥': ['JPY', 'CNY'], yen: ['JPY'], '₩': ['KRW'], '₹': ['INR'], '₽': ['RUB'], '₺': ['TRY'], '₴': ['UAH'] },
  ...{ '฿': ['THB'], '₫': ['VND'], '₱': ['PHP'], '₪': ['ILS'], '₦': ['NGN'], zł: ['PLN'], kc: ['CZK'], kr: ['SEK', 'NOK', 'DKK', 'ISK'] },
}

/** Codes that are words as well. Apart from its number, `3 cup`, one is taken for the word, unless it is the household's currency. */
const alsoWords = new Set(['ALL', 'AMD', 'BAM', 'BOB', 'COP', 'CUP', 'GEL', 'MAD', 'MOP', 'PEN', 'RON', 'SOS', 'TOP', 'TRY'])

/** By its code, sign or name, folded; null for none that is known. */
export function currencyOf(text: string, { homeCurrency }: Pick<QueryContext, 'homeCurrency'>): string | null {
  const code = text.toUpperCase()
  if (/^[A-Z]{3}$/.test(code) && isCurrency(code)) return code
  const meant = Object.hasOwn(signs, text) ? signs[text] : undefined
  return (homeCurrency !== null && meant?.includes(homeCurrency) ? homeCurrency : meant?.[0]) ?? null
}

/** The folded text as an amount; null where it is none. A whole number alone is none: it is as likely a part of a name. */
export function readAmount(text: string, context: QueryContext): QueryPart | null {
  const [, sign = '', rest = ''] = /^([<>=≤≥]*) ?(.*)$/su.exec(text) ?? []
  const is = sign === '' ? 'equal' : comparisons[sign]
  const one = is ? readSum(rest, context) : null
  if (is && one && (sign !== '' || one.stands)) {
    const condition = { is, decimal: one.decimal, currency: one.currency }
    return { means: { kind: 'amount', ...condition }, asks: { amounts: [condition] } }
  }
  if (sign === '') return readRange(rest, context)
  // Alone it cannot be anything else.
  return text.includes(' ') ? null : notUnderstood('noAmount')
}

function readRange(text: string, context: QueryContext): QueryPart | null {
  const [, left = '', right = ''] = /^(.*?\d.*?) ?(?:-|–|—|\.{2,3}| to | bis ) ?(.*\d.*)$/su.exec(text) ?? []
  const [one, other] = [readSum(left, context), readSum(right, context)]
  if (!one || !other || !(one.stands || other.stands)) return null
  if (one.currency !== null && other.currency !== null && one.currency !== other.currency) return null
  const currency = one.currency ?? other.currency
  const [least, most] = scaled(one) <= scaled(other) ? [one.decimal, other.decimal] : [other.decimal, one.decimal]
  const bounds = [
    { is: 'atLeast', decimal: least, currency },
    { is: 'atMost', decimal: most, currency },
  ] as const
  return { means: { kind: 'amounts', least, most, currency }, asks: { amounts: bounds } }
}

/** Exactly; four decimals are the most that are read. */
function scaled({ decimal }: Sum): bigint {
  const [whole = '', fraction = ''] = decimal.split('.')
  return BigInt(whole + fraction.padEnd(4, '0'))
}

interface Sum {
  readonly decimal: string
  readonly currency: string | null
  /** Whether it looks like an amount without anything before it: it has a currency, or more than digits. */
  readonly stands: boolean
}

function readSum(text: string, context: QueryContext): Sum | null {
  const [, before, gap, number, space, after] =
    /^([^\d\s.,'’<>=≤≥-]{1,7})?( ?)(\d+(?:[.,'’]\d+)*)( ?)([^\d\s.,'’<>=≤≥-]{1,7})?$/u.exec(text) ?? []
  if (number === undefined || (before !== undefined && after !== undefined)) return null
  const named = before ?? after
  const currency = named === undefined ? null : currencyOf(named, context)
  if (named !== undefined && currency === null) return null
  const apart = gap === ' ' || space === ' '
  if (apart && currency !== null && named?.length === 3 && alsoWords.has(currency) && currency !== context.homeCurrency) return null
  const decimal = decimalIn(number, currency, context.language)
  return decimal === null ? null : { decimal, currency, stands: currency !== null || /\D/.test(number) }
}

/**
 * The number with a point as the decimal sign. Which of point and comma that is: the last, where both are there; not one that is there more
 * than once; and not one with exactly three digits after it, where the currency has no third decimal or, of any, the language groups so.
 */
function decimalIn(text: string, currency: string | null, language: QueryContext['language']): string | null {
  const last = /[.,](?=\d+$)/.exec(text)
  const sign = last && isDecimalSign(text, last.index, currency, language) ? last.index : text.length
  const [whole, fraction] = [text.slice(0, sign), text.slice(sign + 1)]
  const grouping = /\D/.exec(whole)?.[0]
  if (grouping !== undefined && !(isGrouped(whole, grouping) && grouping !== text[sign])) return null
  const digits = whole.replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '')
  if (digits.length > 15 || fraction.length > 4) return null
  return fraction === '' ? digits : `${digits}.${fraction}`
}

function isDecimalSign(text: string, index: number, currency: string | null, language: QueryContext['language']): boolean {
  const sign = text.charAt(index)
  const [whole, fraction] = [text.slice(0, index), text.slice(index + 1)]
  if (whole.includes(sign)) return false
  if (/\D/.test(whole) || fraction.length !== 3 || !/^[1-9]\d{0,2}$/.test(whole)) return true
  if (currency !== null && minorUnitDigits(currency) < 3) return false
  return sign !== (language === 'de' ? '.' : ',')
}

function isGrouped(whole: string, grouping: string): boolean {
  return whole.split(grouping).every((run, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(run))
}
