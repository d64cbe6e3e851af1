import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencySigns } from '../../../src/domain/imports/currency-signs.ts'
import { currencyNamed, decimalIn, type MoneyHints, readMoney } from '../../../src/domain/imports/money-text.ts'
import { isCurrency, minorUnitDigits, toDecimal } from '../../../src/domain/money.ts'

const read = (text: string, hints: MoneyHints = {}): string => {
  const found = readMoney(text, hints)
  return found.kind === 'money' ? `${found.money.amount} ${found.money.currency}` : found.kind
}

describe('P9 amounts as stores and banks write them', () => {
  it.each([
    ['€14.79', '1479 EUR'],
    ['14,79€', '1479 EUR'],
    ['12,--€', '1200 EUR'],
    ['€12,-', '1200 EUR'],
    ['5.- CHF', '500 CHF'],
    ['5.– CHF', '500 CHF'],
    ['1.234,56 €', '123456 EUR'],
    ['€1 234,50', '123450 EUR'],
    ['1 234,50 €', '123450 EUR'],
    ['CHF 1’234.50', '123450 CHF'],
    ["1'234'567.05 CHF", '123456705 CHF'],
    ['Rs. 1,23,456.00', '12345600 INR'],
    ['12.345 €', '1234500 EUR'],
    ['0,990 €', '99 EUR'],
    ['¥ 116.00', '11600 CNY'],
    ['¥ 1,200', '1200 JPY'],
    ['K.D. 1.250', '1250 KWD'],
    ['123,45 pуб.', '12345 RUB'],
    ['R$ 5,00', '500 BRL'],
    ['S/.5.00', '500 PEN'],
    ['USD$0.99', '99 USD'],
    ['$9.99 CAD', '999 CAD'],
    ['HK$8.00', '800 HKD'],
    ['5,00zł', '500 PLN'],
    ['kr 49,00', '4900 SEK'],
    ['-$1,234.56', '-123456 USD'],
    ['$-5.00', '-500 USD'],
    ['1.23-€', '-123 EUR'],
    ['−4,99 €', '-499 EUR'],
    ['($5.00)', '-500 USD'],
    ['(5.00) USD', '-500 USD'],
    ['+€5.00', '500 EUR'],
    ['٣٫٥٠ ر.س', '350 SAR'],
    ['＄１２．５０', '1250 USD'],
    ['\u200E€1.00\u200E', '100 EUR'],
    ['€0.00', '0 EUR'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it.each([
    ['', 'noAmount'],
    ['Free', 'noAmount'],
    ['1,5,3 €', 'noAmount'],
    ['1.2345 €', 'noAmount'],
    ['0.005 €', 'noAmount'],
    ['120.5 ¥', '12050 CNY'],
    ['JPY 120.5', 'noAmount'],
    ['12⁹⁹ €', 'noAmount'],
    ['5 to 6 €', 'noAmount'],
    ['--5 €', 'noAmount'],
    ['-(5 €)', 'noAmount'],
    ['(5 €', 'noAmount'],
    ['1e3 €', 'noAmount'],
    ['123456789012345678901 €', 'noAmount'],
    ['5', 'noCurrency'],
    ['5 ZZZ', 'unknownCurrency'],
    ['$5 EUR', 'unknownCurrency'],
  ])('%j is %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('a sign that several share is the home currency, if it is one of them', () => {
    expect(read('$5.00')).toBe('500 USD')
    expect(read('$5.00', { homeCurrency: 'CAD' })).toBe('500 CAD')
    expect(read('$5.00', { homeCurrency: 'EUR' })).toBe('500 USD')
    expect(read('49 kr', { homeCurrency: 'DKK' })).toBe('4900 DKK')
  })

  it('what another cell says must not be contradicted', () => {
    expect(read('5.00', { currency: 'EUR' })).toBe('500 EUR')
    expect(read('$5.00', { currency: 'AUD' })).toBe('500 AUD')
    expect(read('$5.00', { currency: 'EUR' })).toBe('unknownCurrency')
    expect(read('5.00', { currency: 'ABC' })).toBe('unknownCurrency')
  })

  it('a whole file writes one way: the other marks are of thousands, or wrong', () => {
    expect(read('1.234', { currency: 'EUR', decimal: ',' })).toBe('123400 EUR')
    expect(read('1,234', { currency: 'EUR', decimal: ',' })).toBe('noAmount')
    expect(read('12.50', { currency: 'EUR', decimal: ',' })).toBe('noAmount')
    expect(read('1,5', { currency: 'EUR', decimal: ',' })).toBe('150 EUR')
  })

  it('tells the mark of decimals only where there is no doubt', () => {
    expect(['1.234', '1,234', '12', 'x'].map(decimalIn)).toEqual([null, null, null, null])
    expect(['1,5', '1.234,5', '1.234.567', '0,990', '1234,567'].map(decimalIn)).toEqual([',', ',', ',', ',', ','])
    expect(['1.50', '1,234.5', '1,234,567'].map(decimalIn)).toEqual(['.', '.', '.'])
  })
})

const signs = ['EUR', '€', 'USD', '$', 'GBP', '£', 'JPY', 'KWD', 'PLN', 'zł', 'CHF'] as const
const groupMarks = [',', '.', ' ', '\u00A0', '\u202F', "'", '’', ''] as const

const grouped = (whole: string, mark: string): string => whole.replaceAll(/\B(?=(\d{3})+$)/g, mark)

const printed = fc
  .record({
    minor: fc.bigInt({ min: 1n, max: 10n ** 13n }),
    sign: fc.constantFrom(...signs),
    isBefore: fc.boolean(),
    gap: fc.constantFrom('', ' ', '\u00A0'),
    decimal: fc.constantFrom(',' as const, '.' as const),
    group: fc.constantFrom(...groupMarks),
    negative: fc.constantFrom('', 'before', 'behind', 'brackets', 'U+2212'),
    digits: fc.constantFrom('0', '\u0660', '\uFF10'),
  })
  .filter(({ decimal, group }) => decimal !== group)

it('P9 an amount printed in any of these styles reads back exactly', () => {
  fc.assert(
    fc.property(printed, ({ minor, sign, isBefore, gap, decimal, group, negative, digits }) => {
      const currency = currencyNamed(sign, null) ?? ''
      const [whole = '', fraction] = toDecimal({ amount: minor, currency }).split('.')
      const number = grouped(whole, group) + (fraction === undefined ? '' : decimal + fraction)
      const shown = number.replaceAll(/\d/g, (digit) => String.fromCodePoint((digits.codePointAt(0) ?? 0) + Number(digit)))
      const text = isBefore ? sign + gap + shown : shown + gap + sign
      const wrapped = { '': text, before: `-${text}`, behind: `${text}-`, brackets: `(${text})`, 'U+2212': `\u2212${text}` }[negative]
      // Where the file writes one way, that is known; it matters for `1.234` of three decimals only.
      expect(readMoney(wrapped ?? '', { decimal: minorUnitDigits(currency) === 3 ? decimal : null })).toEqual({ kind: 'money', money: { amount: negative === '' ? minor : -minor, currency } })
    }),
    { numRuns: 3000 },
  )
})

it('every sign stands for currencies that there are, in lower case', () => {
  for (const [sign, codes] of currencySigns) {
    expect(codes.filter((code) => !isCurrency(code)), sign).toEqual([])
    expect(sign).toBe(sign.toLowerCase().normalize('NFKC'))
  }
})

it('the signs are those of the Unicode CLDR of the runtime', () => {
  const places = { EUR: 'de', USD: 'en-US', GBP: 'en-GB', JPY: 'ja', CNY: 'zh-CN', PLN: 'pl', CZK: 'cs', SEK: 'sv', NOK: 'nb', DKK: 'da', BRL: 'pt-BR', INR: 'en-IN', RUB: 'ru', UAH: 'uk', TRY: 'tr', KRW: 'ko', CHF: 'de-CH', MXN: 'es-MX', AUD: 'en-AU', CAD: 'en-CA', HUF: 'hu', ILS: 'he', THB: 'th', VND: 'vi', PHP: 'en-PH', ZAR: 'en-ZA', HKD: 'en-HK', TWD: 'zh-TW', SGD: 'en-SG', NZD: 'en-NZ', RON: 'ro', BGN: 'bg' }
  for (const [currency, place] of Object.entries(places)) {
    const text = new Intl.NumberFormat(place, { style: 'currency', currency }).format(1234)
    expect(read(text, { homeCurrency: currency }), text).toBe(`${1234n * 10n ** BigInt(minorUnitDigits(currency))} ${currency}`)
  }
})

it('never throws, and never takes long, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-+()€$ \u00A0\'EUR')), maxLength: 90 })), (text) => {
      expect(['money', 'noAmount', 'noCurrency', 'unknownCurrency']).toContain(readMoney(text).kind)
    }),
    { numRuns: 3000 },
  )
})
