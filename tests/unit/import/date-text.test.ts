import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DateOrder, dateReader, orderIn } from '../../../src/domain/imports/date-text.ts'
import { monthNamed } from '../../../src/domain/imports/month-names.ts'

const berlin = dateReader('Europe/Berlin')
const read = (text: string, order: DateOrder = 'dayFirst') => berlin(text, order)?.at ?? null

describe('P9 dates as stores and banks write them', () => {
  it.each([
    '23 Nov, 2026',
    '23. Nov. 2026',
    'Nov 23, 2026',
    'November 23rd, 2026',
    'Monday, November 23, 2026',
    '23 de noviembre de 2026',
    '23 novembre 2026',
    '23-Nov-2026',
    '23 nov. 2026',
    '2026年11月23日',
    '2026-11-23',
    '2026/11/23',
    '20261123',
    '23.11.2026',
    '23. 11. 2026',
    '23/11/26',
  ])('%s is a day, and noon of it here', (text) => {
    expect(berlin(text, 'dayFirst')).toEqual({ at: '2026-11-23T11:00:00.000Z', day: '2026-11-23', hasTime: false })
  })

  it.each([
    ['2026-11-23T10:00:00Z', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00.844Z', '2026-11-23T10:00:00.844Z'],
    ['2026-11-23T10:00:00-05:00', '2026-11-23T15:00:00.000Z'],
    ['2026-11-23 10:00:00 +0530', '2026-11-23T04:30:00.000Z'],
    ['2026-11-23 10:00 UTC', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23 10:00', '2026-11-23T09:00:00.000Z'],
    ['23.11.2026 10:15', '2026-11-23T09:15:00.000Z'],
    ['Nov 23, 2026 at 10:15 PM', '2026-11-23T21:15:00.000Z'],
    ['Nov 23, 2026, 12:15:00 a.m.', '2026-11-22T23:15:00.000Z'],
    ['2026年11月23日 10:15', '2026-11-23T09:15:00.000Z'],
    ['2026-03-29 02:30', '2026-03-29T01:30:00.000Z'],
  ])('%s is %s', (text, at) => {
    expect(read(text)).toBe(at)
  })

  it('the same numbers mean what the order of the file says', () => {
    expect([read('03/04/2026', 'dayFirst'), read('03/04/2026', 'monthFirst')]).toEqual(['2026-04-03T10:00:00.000Z', '2026-03-04T11:00:00.000Z'])
    expect(['23/11/2026', '11/23/2026', '2026-11-23', '11/12/2026', 'Nov 23, 2026'].map(orderIn)).toEqual(['dayFirst', 'monthFirst', 'iso', null, null])
  })

  it.each(['', '31.02.2026', '13/13/2026', '23.11.', '2026', 'yesterday', '2026-11-23 25:00', '2026-11-23 10:61', '10:15', '1 Nov 2 Dec 2026', '99999999', '1'.repeat(100)])('%j is none', (text) => {
    expect(read(text)).toBeNull()
  })
})

it('months are known by name in each language, and no name is two months', () => {
  for (const language of ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'cs', 'ru', 'tr', 'pt-BR', 'sv']) {
    for (let month = 1; month <= 12; month += 1) {
      const day = new Date(Date.UTC(2026, month - 1, 15))
      const text = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(day)
      expect(dateReader('UTC')(text.replace(/ г\.$/, ''), 'dayFirst')?.day, `${language}: ${text}`).toBe(day.toISOString().slice(0, 10))
    }
  }
  expect([monthNamed('März'), monthNamed('MARZ'), monthNamed('Sept.'), monthNamed('Smarch')]).toEqual([3, 3, 9, null])
})

it('P9 a day or time written in any of these styles reads back, in any zone', () => {
  const zones = ['Europe/Berlin', 'Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Apia', 'UTC']
  const moments = fc.date({ min: new Date('1990-01-02T00:00:00Z'), max: new Date('2036-12-30T00:00:00Z'), noInvalidDate: true })
  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
      const iso = moment.toISOString()
      const [year, month, day] = iso.slice(0, 10).split('-')
      const reader = dateReader(zone)
      expect(reader(iso, 'iso')?.at).toBe(iso)
      const days = [reader(`${day}.${month}.${year}`, 'dayFirst'), reader(`${month}/${day}/${year}`, 'monthFirst'), reader(`${year}-${month}-${day}`, 'iso')]
      for (const found of days) {
        expect(found?.day).toBe(iso.slice(0, 10))
        const here = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(new Date(found?.at ?? 0))
        // Samoa had no 30 December 2011.
        if (!(zone === 'Pacific/Apia' && found?.day === '2011-12-30')) expect(here).toBe(`${iso.slice(0, 10)} 12:00`)
      }
    }),
    { numRuns: 500 },
  )
})

it('never throws, whatever the text', () => {
  const pieces = fc.string({ unit: fc.constantFrom(...Array.from('0123456789.,-/: TZ+NovMaidepm年')), maxLength: 62 })
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), pieces), (text) => {
    expect(read(text) ?? '2026-01-01T00:00:00.000Z').toMatch(/^[+-]?\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  }), { numRuns: 3000 })
})
