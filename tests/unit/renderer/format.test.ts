import * as iso4217 from 'dinero.js/bigint/currencies'
import { describe, expect, it } from 'vitest'
import { minorUnitDigits as domainDigits } from '../../../src/domain/money.ts'
import { createFormat, minorUnitDigits, toDecimal } from '../../../src/renderer/i18n/format.ts'

/** CLDR separates with no-break spaces; tests read better with plain ones. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const english = createFormat('en-GB')
const german = createFormat('de-DE')

describe('money as a person reads it', () => {
  it.each([
    [{ amount: '99', currency: 'EUR' }, '€0.99', '0,99 €'],
    [{ amount: '0', currency: 'EUR' }, '€0.00', '0,00 €'],
    [{ amount: '-5', currency: 'EUR' }, '-€0.05', '-0,05 €'],
    [{ amount: '-123456', currency: 'GBP' }, '-£1,234.56', '-1.234,56 £'],
    [{ amount: '1480', currency: 'JPY' }, 'JP¥1,480', '1.480 ¥'],
    [{ amount: '1234', currency: 'KWD' }, 'KWD 1.234', '1,234 KWD'],
    [{ amount: '399', currency: 'USD' }, 'US$3.99', '3,99 US$'],
    [{ amount: '399', currency: 'CAD' }, 'CA$3.99', '3,99 CA$'],
  ])('%o is %s and %s', (money, inEnglish, inGerman) => {
    expect(plain(english.money(money))).toBe(inEnglish)
    expect(plain(german.money(money))).toBe(inGerman)
  })

  it('keeps every digit of amounts beyond 2^53', () => {
    expect(english.money({ amount: '900719925474099301', currency: 'EUR' })).toBe('€9,007,199,254,740,993.01')
    expect(plain(german.money({ amount: '-999999999999999999', currency: 'JPY' }))).toBe('-999.999.999.999.999.999 ¥')
  })

  it('never shows a bare dollar, whichever country the computer is set to', () => {
    expect(createFormat('en-US').money({ amount: '100', currency: 'USD' })).toBe('US$1.00')
    expect(createFormat('en-CA').money({ amount: '100', currency: 'CAD' })).toBe('CA$1.00')
    expect(createFormat('en-AU').money({ amount: '100', currency: 'AUD' })).toBe('A$1.00')
  })

  it('counts the same decimals as the domain for every currency that it knows', () => {
    // MGA and MRU have fifths for minor units, which no decimal shows; ISO 4217 writes them with two digits.
    const codes = Object.values(iso4217)
      .filter(({ base }) => base === 10n)
      .map(({ code }): string => code)
    expect(codes.length).toBeGreaterThan(100)
    expect(codes.map((code) => [code, minorUnitDigits(code)])).toEqual(codes.map((code) => [code, domainDigits(code)]))
  })

  it('shows cents where CLDR would round them away', () => {
    expect(plain(english.money({ amount: '12345', currency: 'HUF' }))).toBe('HUF 123.45')
  })
})

describe('toDecimal', () => {
  it.each([
    ['5', 'EUR', '0.05'],
    ['-5', 'EUR', '-0.05'],
    ['100', 'JPY', '100'],
    ['1', 'BHD', '0.001'],
  ])('%s minor units of %s are %s', (amount, currency, decimal) => {
    expect(toDecimal({ amount, currency })).toBe(decimal)
  })
})

describe('unit prices', () => {
  it('have as many decimals as they need, and at least those of the currency', () => {
    expect(english.unitPrice({ decimal: '0.0198', currency: 'EUR', exact: true })).toBe('€0.0198')
    expect(english.unitPrice({ decimal: '0.5', currency: 'EUR', exact: true })).toBe('€0.50')
    expect(plain(german.unitPrice({ decimal: '0.148', currency: 'JPY', exact: true }))).toBe('0,148 ¥')
  })
})

describe('currencies', () => {
  it('are called what the language calls them, with their code', () => {
    expect(english.currencyName('GBP')).toBe('British Pound (GBP)')
    expect(german.currencyName('JPY')).toBe('Japanischer Yen (JPY)')
  })
})

describe('tax rates', () => {
  it('read as the language writes them', () => {
    expect(english.rate(1900)).toBe('19%')
    expect(plain(german.rate(770))).toBe('7,7 %')
  })
})

describe('times and names around limits', () => {
  it('give a minute of the day as a clock shows it', () => {
    expect(english.timeOfDay(1320)).toBe('22:00')
    expect(german.timeOfDay(5)).toBe('00:05')
  })

  it('call the days of the week by name, the first one Monday', () => {
    expect(english.weekday(1, 'long')).toBe('Monday')
    expect(german.weekday(7, 'short')).toBe('So')
  })

  it('give near moments with their weekday, and whole days without a time', () => {
    const moment = new Date(2026, 10, 30, 0, 0).toISOString()
    expect(english.moment(moment)).toMatch(/^Mon.*30 Nov.*00:00$/)
    expect(german.moment(moment)).toMatch(/^Mo.*30[.].*Nov.*00:00$/)
    expect(german.day('2026-11-25')).toBe('25.11.2026')
  })

  it('join parts and name countries as the language does', () => {
    expect(english.list(['Mon', 'Wed', 'Fri'])).toBe('Mon, Wed and Fri')
    expect(german.list(['Mo', 'Mi'])).toBe('Mo und Mi')
    expect(german.country('AT')).toBe('Österreich')
  })
})

it('a moment is told on the clock of the zone that it is asked for, and a month by any of its days', () => {
  expect(english.dateTimeIn('2026-10-31T23:30:00.000Z', 'Europe/Berlin')).toContain('1 Nov 2026')
  expect(english.dateTimeIn('2026-10-31T23:30:00.000Z', 'UTC')).toContain('31 Oct 2026')
  expect([english.month('2026-10-01'), german.month('2026-03-31')]).toEqual(['October 2026', 'März 2026'])
})
