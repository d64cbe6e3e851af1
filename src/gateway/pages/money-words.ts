import { localeOf, type Language } from './words/words.ts'

export function euros(cents: bigint, language: Language): string {
  return new Intl.NumberFormat(localeOf(language), { style: 'currency', currency: 'EUR' }).format(asDecimal(cents))
}

/** As it is typed, `9.50` or `9,50`, and without cents where there are none. */
export function typedEuros(cents: bigint, language: Language): string {
  const digits = cents % 100n === 0n ? 0 : 2
  return new Intl.NumberFormat(localeOf(language), { minimumFractionDigits: digits, useGrouping: false }).format(asDecimal(cents))
}

/** Intl takes decimals of any length as text, and rounds none. */
function asDecimal(cents: bigint): Intl.StringNumericLiteral {
  return `${cents / 100n}.${(cents % 100n).toString().padStart(2, '0')}` as Intl.StringNumericLiteral
}
