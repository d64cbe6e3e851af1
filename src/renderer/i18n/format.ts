import type { UnitPrice, WireMoney } from '../../contract/money.ts'

/**
 * ISO 4217 currencies whose minor unit is not 1/100. Not taken from `Intl`: its data (CLDR) follows what people use in
 * cash, so that it gives 0 decimals for HUF or RSD and would show an amount a hundred times too large.
 */
const minorUnitDigitsByCurrency = new Map<string, number>([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']
    .map((code): [string, number] => [code, 0]),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code): [string, number] => [code, 3]),
  ...['CLF', 'UYW'].map((code): [string, number] => [code, 4]),
])

/** How many decimals the currency's minor unit has (ISO 4217): 2 for EUR, 0 for JPY. */
export function minorUnitDigits(currency: string): number {
  return minorUnitDigitsByCurrency.get(currency) ?? 2
}

/** Minor units as an exact decimal in major units: `-99` EUR is `-0.99`. */
export function toDecimal({ amount, currency }: WireMoney): string {
  const digits = minorUnitDigits(currency)
  const value = BigInt(amount)
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0')
  const sign = value < 0n ? '-' : ''
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Symbols that several currencies share; there the international form (US$, CA$, SEK) is shown instead. */
const sharedSymbols = new Set(['$', 'kr', 'kr.'])

function internationalSymbol(currency: string): string {
  const parts = new Intl.NumberFormat('en-001', { style: 'currency', currency }).formatToParts(0)
  return parts.find((part) => part.type === 'currency')?.value ?? currency
}

function formatDecimal(locale: string, decimal: string, currency: string, digits: number): string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  // A string goes through exactly, whatever its length; a number would be rounded to 53 bits.
  const parts = format.formatToParts(decimal as Intl.StringNumericLiteral)
  return parts
    .map(({ type, value }) => (type === 'currency' && sharedSymbols.has(value) ? internationalSymbol(currency) : value))
    .join('')
}

function memoised<A extends string, R>(compute: (argument: A) => R): (argument: A) => R {
  const results = new Map<A, R>()
  return (argument) => {
    const known = results.get(argument)
    if (known !== undefined) return known
    const result = compute(argument)
    results.set(argument, result)
    return result
  }
}

function once<R>(compute: () => R): () => R {
  let result: { readonly value: R } | undefined
  return () => (result ??= { value: compute() }).value
}

export interface Format {
  /** An exact amount with its currency, `€0.99` or `0,99 €`. */
  readonly money: (money: WireMoney) => string
  /** The price of one unit with as many decimals as it has. */
  readonly unitPrice: (price: UnitPrice) => string
  /** `Euro (EUR)`: what the language calls an ISO 4217 currency. */
  readonly currencyName: (currency: string) => string
  readonly count: (value: number) => string
  /** The size of a file: `1.4 MB`. */
  readonly bytes: (count: number) => string
  /** A tax rate: 1900 basis points are `19%`. */
  readonly rate: (basisPoints: number) => string
  /** Day and minute in the computer's time zone. */
  readonly dateTime: (instant: string) => string
  /** The same with the weekday and without the year, for what is near: `Mon 30 Nov, 00:00`. */
  readonly moment: (instant: string) => string
  /** Day and minute on the clock of an IANA zone. */
  readonly dateTimeIn: (instant: string, zone: string) => string
  /** A calendar day, `2026-11-25`. */
  readonly day: (day: string) => string
  /** The days of a span, `23–29 Nov 2026`. */
  readonly days: (from: string, to: string) => string
  /** A calendar month by any of its days: `October 2026`. */
  readonly month: (day: string) => string
  /** The same beside others: `Oct`. */
  readonly monthShort: (day: string) => string
  /** A day beside the others of its week: `Mon 23`. */
  readonly dayShort: (day: string) => string
  /** An amount in major units for the scale of a chart, as short as can be: `€20`, `€1.5K`. */
  readonly amountRough: (value: number, currency: string) => string
  /** Hour and minute of a minute of the day: 1320 is `22:00`. */
  readonly timeOfDay: (minute: number) => string
  /** A weekday's name; 1 is Monday. */
  readonly weekday: (weekday: number, length: 'long' | 'short') => string
  /** `a, b and c` */
  readonly list: (parts: readonly string[]) => string
  /** What the language calls a country (ISO 3166-1 alpha-2). */
  readonly country: (code: string) => string
  readonly compare: (a: string, b: string) => number
}

/** Whole amounts without decimals, and others with all that money has. */
function roughDigits(value: number) {
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) < 1000 ? 2 : 1
  return { minimumFractionDigits: digits, maximumFractionDigits: digits }
}

/** In decimal units, as file managers count. */
function formatBytes(locale: string, size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const power = Math.min(units.length - 1, size === 0 ? 0 : Math.floor(Math.log10(size) / 3))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(size / 1000 ** power)
}

/** Formats for one BCP 47 locale. `Intl` objects are slow to make: each is made when it is first needed, and once. */
export function createFormat(locale: string): Format {
  const count = once(() => new Intl.NumberFormat(locale))
  const rate = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }))
  const dateTime = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }))
  const moment = once(
    () => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  )
  const timeOfDay = once(() => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }))
  const inZone = memoised((zone: string) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }))
  const utc = { timeZone: 'UTC' } as const
  const days = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...utc }))
  const month = once(() => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', ...utc }))
  const monthShort = once(() => new Intl.DateTimeFormat(locale, { month: 'short', ...utc }))
  const dayShort = once(() => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', ...utc }))
  const list = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }))
  const countries = once(() => new Intl.DisplayNames(locale, { type: 'region' }))
  const currencyNames = once(() => new Intl.DisplayNames(locale, { type: 'currency' }))
  const collator = once(() => new Intl.Collator(locale, { numeric: true }))
  const money = memoised((key: `${string} ${string}`) => {
    const [amount = '0', currency = ''] = key.split(' ')
    return formatDecimal(locale, toDecimal({ amount, currency }), currency, minorUnitDigits(currency))
  })
  return {
    money: ({ amount, currency }) => money(`${amount} ${currency}`),
    unitPrice: ({ decimal, currency }) => {
      const fraction = decimal.split('.')[1] ?? ''
      return formatDecimal(locale, decimal, currency, Math.max(fraction.length, minorUnitDigits(currency)))
    },
    currencyName: (currency) => `${currencyNames().of(currency) ?? currency} (${currency})`,
    count: (value) => count().format(value),
    bytes: (size) => formatBytes(locale, size),
    rate: (basisPoints) => rate().format(basisPoints / 10_000),
    dateTime: (instant) => dateTime().format(new Date(instant)),
    dateTimeIn: (instant, zone) => inZone(zone).format(new Date(instant)),
    moment: (instant) => moment().format(new Date(instant)),
    day: (day) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day)),
    days: (from, to) => days().formatRange(new Date(from), new Date(to)),
    month: (day) => month().format(new Date(day)),
    monthShort: (day) => monthShort().format(new Date(day)),
    dayShort: (day) => dayShort().format(new Date(day)),
    amountRough: (value, currency) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, notation: 'compact', ...roughDigits(value) }).format(value),
    timeOfDay: (minute) => timeOfDay().format(minute * 60_000),
    weekday: (weekday, length) =>
      // The first of January 2024 was a Monday.
      new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday)),
    list: (parts) => list().format(parts),
    country: (code) => countries().of(code) ?? code,
    compare: (a, b) => collator().compare(a, b),
  }
}
