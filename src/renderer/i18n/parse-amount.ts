import { minorUnitDigits } from './format.ts'

export type AmountProblem = 'empty' | 'notAnAmount' | 'tooPrecise' | 'tooMuch'

export type ParsedAmount =
  /** Minor units as decimal text. */
  { readonly kind: 'ok'; readonly amount: string } | { readonly kind: 'problem'; readonly problem: AmountProblem }

const problem = (what: AmountProblem): ParsedAmount => ({ kind: 'problem', problem: what })

/** What a limit can be at most has so many digits. */
const maxDigits = 15

/** The currency's code and every sign that people write for it. */
function signsOf(currency: string, locale: string): readonly string[] {
  const signs = [locale, 'en-001', 'en-US'].flatMap((tag) =>
    (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
      new Intl.NumberFormat(tag, { style: 'currency', currency, currencyDisplay })
        .formatToParts(0)
        .filter(({ type }) => type === 'currency')
        .map(({ value }) => value),
    ),
  )
  // The longest first, so that no `$` is taken out of `US$`.
  return [...new Set([currency, ...signs])].sort((one, other) => other.length - one.length)
}

function decimalSign(locale: string): '.' | ',' {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5)
  return parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ',' : '.'
}

function withoutSign(text: string, currency: string, locale: string): string {
  const upper = text.toUpperCase()
  for (const sign of signsOf(currency, locale)) {
    const at = upper.indexOf(sign.toUpperCase())
    if (at === 0 || (at > 0 && at + sign.length === text.length)) return text.slice(0, at) + text.slice(at + sign.length)
  }
  return text
}

/** Digits in groups, the last of three; of two or three before it, as in India. */
const isGrouped = (groups: readonly string[]) =>
  groups.length > 1 &&
  /^\d{1,3}$/.test(groups[0] ?? '') &&
  groups.slice(1, -1).every((group) => /^\d{2,3}$/.test(group)) &&
  /^\d{3}$/.test(groups.at(-1) ?? '')

/** Whole and fraction of `1.234,50`, or null where the separators say nothing sensible. */
function split(text: string, decimal: '.' | ','): readonly [whole: string, fraction: string] | null {
  const other = decimal === '.' ? ',' : '.'
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  if (last < 0) return [text, '']
  const sign = text[last] ?? ''
  const hasBoth = text.includes('.') && text.includes(',')
  const groups = text.split(sign)
  // One kind of separator only: `1.234.567` is grouped, and so is `1,234` where the comma is no decimal sign.
  if (!hasBoth && (groups.length > 2 || (sign === other && isGrouped(groups) && groups[0] !== '0'))) {
    return isGrouped(groups) ? [groups.join(''), ''] : null
  }
  const [whole, fraction] = [text.slice(0, last), text.slice(last + 1)]
  if (whole.includes(sign)) return null
  const wholeGroups = whole.split(/[.,]/)
  return wholeGroups.length === 1 || isGrouped(wholeGroups) ? [wholeGroups.join(''), fraction] : null
}

/**
 * What a person typed as an amount, in exact minor units. Decimal point and comma are both understood; where one of them could
 * also group thousands, the locale (BCP 47) decides.
 */
export function parseAmount(typed: string, currency: string, locale: string): ParsedAmount {
  const bare = withoutSign(typed.replace(/[\s\u00a0\u202f'’]/g, ''), currency, locale)
  if (bare === '') return problem('empty')
  if (!/^[\d.,]*\d[\d.,]*$/.test(bare)) return problem('notAnAmount')
  const parts = split(bare, decimalSign(locale))
  if (!parts) return problem('notAnAmount')
  const [whole, fraction] = parts
  const digits = minorUnitDigits(currency)
  if (fraction.length > digits) return problem('tooPrecise')
  const amount = BigInt(`0${whole}${fraction.padEnd(digits, '0')}`).toString()
  return amount.length > maxDigits ? problem('tooMuch') : { kind: 'ok', amount }
}
