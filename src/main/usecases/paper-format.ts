/** How amounts, times and names are written in documents: in one language and region, by the household's calendar and clock. */
import { minorUnitDigits, type Money, toDecimal } from '../../domain/money.ts'

export interface PaperFormat {
  /** An exact amount with its currency, as on the screen: `€0.99` or `0,99 €`. */
  readonly money: (money: Money) => string
  /** Day and minute. */
  readonly dateTime: (instant: string) => string
  /** A calendar day, `2026-11-25`, in words. */
  readonly day: (day: string) => string
  /** `2026-11` in words. */
  readonly month: (month: string) => string
  readonly timeOfDay: (minute: number) => string
  /** A weekday's name; 1 is Monday. */
  readonly weekday: (weekday: number) => string
  readonly count: (value: number) => string
  readonly list: (parts: readonly string[]) => string
}

/** Symbols that several currencies share; there the international form (US$, CA$, SEK) is written instead. */
const sharedSymbols = new Set(['$', 'kr', 'kr.'])

export function paperFormat(locale: string, zone: string): PaperFormat {
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  const count = new Intl.NumberFormat(locale)
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  // To make one takes a hundred times as long as to use it.
  const moneys = new Map<string, (money: Money) => string>()
  return {
    money(money) {
      const known = moneys.get(money.currency) ?? moneyFormat(locale, money.currency)
      moneys.set(money.currency, known)
      return known(money)
    },
    dateTime: (instant) => dateTime.format(new Date(instant)),
    day: (text) => day.format(new Date(text)),
    month: (text) => month.format(new Date(`${text}-01`)),
    timeOfDay: (minute) => timeOfDay.format(minute * 60_000),
    // The first of January 2024 was a Monday.
    weekday: (number) => weekday.format(Date.UTC(2024, 0, number)),
    count: (value) => count.format(value),
    list: (parts) => list.format(parts),
  }
}

/** With the decimals of ISO 4217: the data of `Intl` has fewer for some currencies, and would hide them. */
function moneyFormat(locale: string, currency: string): (money: Money) => string {
  const digits = minorUnitDigits(currency)
  const options = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  const format = new Intl.NumberFormat(locale, options)
  const symbol = new Intl.NumberFormat('en-001', options).formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency
  return (money) =>
    format
      // A string goes through exactly, whatever its length; a number would be rounded to 53 bits.
      .formatToParts(toDecimal(money) as Intl.StringNumericLiteral)
      .map(({ type, value }) => (type === 'currency' && sharedSymbols.has(value) ? symbol : value))
      .join('')
}
