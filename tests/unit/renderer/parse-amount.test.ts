import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFormat, minorUnitDigits } from '../../../src/renderer/i18n/format.ts'
import { parseAmount } from '../../../src/renderer/i18n/parse-amount.ts'

const parsed = (text: string, currency = 'EUR', locale = 'en-GB') => {
  const result = parseAmount(text, currency, locale)
  return result.kind === 'ok' ? result.amount : result.problem
}

const locales = ['en-GB', 'en-US', 'en-IN', 'de-DE', 'de-AT', 'de-CH']
const currencies = ['EUR', 'USD', 'GBP', 'CAD', 'AUD', 'CHF', 'SEK', 'JPY', 'KRW', 'HUF']

describe('an amount that a person types', () => {
  it.each([
    ['10', '1000', '1000'],
    ['10,50', '1050', '1050'],
    ['10.50', '1050', '1050'],
    ['10,5', '1050', '1050'],
    [' 10.5 € ', '1050', '1050'],
    ['€10', '1000', '1000'],
    ['eur 10', '1000', '1000'],
    ['.5', '50', '50'],
    ['10.', '1000', '1000'],
    ['0', '0', '0'],
    ['007', '700', '700'],
    ['1,234.56', '123456', '123456'],
    ['1.234,56', '123456', '123456'],
    ['1 234,56', '123456', '123456'],
    ['1,234,567', '123456700', '123456700'],
    ["1'234.50", '123450', '123450'],
  ])('%j is %s minor units, whichever sign of the two the language uses', (text, english, german) => {
    expect(parsed(text, 'EUR', 'en-GB')).toBe(english)
    expect(parsed(text, 'EUR', 'de-DE')).toBe(german)
  })

  it.each([
    ['1,234', '123400', 'tooPrecise'],
    ['1.234', 'tooPrecise', '123400'],
    ['0,123', 'tooPrecise', 'tooPrecise'],
  ])('%j is read as the language groups thousands', (text, english, german) => {
    expect(parsed(text, 'EUR', 'en-GB')).toBe(english)
    expect(parsed(text, 'EUR', 'de-DE')).toBe(german)
  })

  it('has no decimals where the currency has none', () => {
    expect(parsed('1480', 'JPY')).toBe('1480')
    expect(parsed('JP¥1,480', 'JPY')).toBe('1480')
    expect(parsed('1.480 ¥', 'JPY', 'de-DE')).toBe('1480')
    expect(parsed('14.8', 'JPY')).toBe('tooPrecise')
  })

  it.each([
    ['', 'empty'],
    ['€', 'empty'],
    ['ten', 'notAnAmount'],
    ['-5', 'notAnAmount'],
    ['1e3', 'notAnAmount'],
    ['$10', 'notAnAmount'],
    ['1,2,3', 'notAnAmount'],
    ['1.2,3.4', 'notAnAmount'],
    ['.', 'notAnAmount'],
    ['10.999', 'tooPrecise'],
    ['12345678901234.00', 'tooMuch'],
  ])('%j is refused, and it is known why: %s', (text, problem) => {
    expect(parsed(text)).toBe(problem)
  })

  it('is exact beyond what a number could hold', () => {
    expect(parsed('9007199254740.93')).toBe('900719925474093')
  })

  it('can be any amount that the pages show, in each language and region: it reads back as itself', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }),
        fc.constantFrom(...currencies),
        fc.constantFrom(...locales),
        (amount, currency, locale) => {
          const shown = createFormat(locale).money({ amount: amount.toString(), currency })
          expect(parsed(shown, currency, locale)).toBe(amount.toString())
        },
      ),
      { numRuns: 500 },
    )
  })

  it('means the same with point and with comma, for every amount with all its decimals', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }),
        fc.constantFrom(...currencies.filter((currency) => minorUnitDigits(currency) === 2)),
        fc.constantFrom(...locales),
        (amount, currency, locale) => {
          const digits = amount.toString().padStart(3, '0')
          const [whole, fraction] = [digits.slice(0, -2), digits.slice(-2)]
          expect(parsed(`${whole}.${fraction}`, currency, locale)).toBe(amount.toString())
          expect(parsed(`${whole},${fraction}`, currency, locale)).toBe(amount.toString())
        },
      ),
    )
  })
})
