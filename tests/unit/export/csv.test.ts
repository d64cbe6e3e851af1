import { describe, expect, it } from 'vitest'
import { csv } from '../../../src/domain/export/csv.ts'
import type { ExportLine } from '../../../src/domain/export/export-line.ts'
import { exportHead, exportLine, parseCsv } from '../../support/export-lines.ts'

const written = (...lines: ExportLine[]) => [...csv(lines, exportHead)].join('')
const row = (details: Partial<ExportLine>) => parseCsv(written(exportLine(details)))[0] ?? {}

it('P9 has a mark of UTF-8, a header, and a line for each with times of the household and exact amounts', () => {
  const text = written(exportLine(), exportLine({ id: 'p1-2', kind: 'refund', moved: -50n, reference: 'RF-1', at: '2026-07-01T10:00:00.000Z' }))
  expect(text.split('\r\n')).toEqual([
    '\uFEFFDate,Approved,Line,State,Payee,Item,Game,Kind,Bundle count,Bundle unit,Pass days,Currency,Price,Debit,Credit,Tax in price,Tax rate %,Receipt,Reference,Who,Funding source,Reason,Purchase,Id,Source',
    '2026-11-23T10:00:01.000+01:00,2026-11-23T10:00:00.000+01:00,charge,succeeded,Pixel Forge,Starlight cape,Nebula Run,item,,,,EUR,0.99,0.99,,0.16,19,R-1,,,Visa •••• 4242,,p1,p1-1,tuppence',
    '2026-07-01T12:00:00.000+02:00,2026-11-23T10:00:00.000+01:00,refund,succeeded,Pixel Forge,Starlight cape,Nebula Run,item,,,,EUR,0.99,,0.50,0.16,19,R-1,RF-1,,Visa •••• 4242,,p1,p1-2,tuppence',
    '',
  ])
})

describe('amounts', () => {
  it.each([
    ['JPY', 120n, '120'],
    ['KWD', 1n, '0.001'],
    ['KWD', 1250n, '1.250'],
    ['EUR', 99_999_999_999_999_999n, '999999999999999.99'],
  ])('of %s are exact', (currency, amount, decimal) => {
    expect(row({ price: { amount, currency }, moved: amount, tax: null })).toMatchObject({ Price: decimal, Debit: decimal, Credit: '', Currency: currency })
    expect(row({ price: { amount, currency }, moved: -amount, kind: 'refund' })).toMatchObject({ Debit: '', Credit: decimal })
  })

  it('what moved no money has neither debit nor credit; what was free has a debit of nothing', () => {
    expect(row({ kind: 'pending', moved: 0n, receiptNumber: null, state: 'unknown' })).toMatchObject({ Price: '0.99', Debit: '', Credit: '', Receipt: '' })
    expect(row({ kind: 'notCharged', moved: 0n })).toMatchObject({ Debit: '', Credit: '' })
    expect(row({ moved: 0n, price: { amount: 0n, currency: 'EUR' } })).toMatchObject({ Debit: '0.00', Credit: '' })
  })

  it('a bundle says how much of what it was, a rate may have decimals, and whoever bought it has a name', () => {
    const details = { offerKind: 'bundle', bundle: { count: 500, unit: 'gems' }, tax: { amount: 5n, rateBasisPoints: 550 }, who: 'Zoë' } as const
    expect(row(details)).toMatchObject({ Kind: 'bundle', 'Bundle count': '500', 'Bundle unit': 'gems', 'Tax rate %': '5.5', Who: 'Zoë' })
  })
})

describe('names that others have chosen', () => {
  it.each([
    ['=HYPERLINK("http://evil.example";"click")', `'=HYPERLINK("http://evil.example";"click")`],
    ['-12.50', "'-12.50"],
    ['+1', "'+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1+1', "'＝1+1"],
    ['cape;=1+1', "cape;'=1+1"],
  ])('%s is no formula', (item, cell) => {
    expect(row({ item }).Item).toBe(cell)
    expect(row({ payee: item, game: item, who: item, reason: item })).toMatchObject({ Payee: cell, Game: cell, Who: cell, Reason: cell })
  })

  it.each([
    ['\t=1', ' =1'],
    ['\r=1', ' =1'],
    ['two\nlines', 'two lines'],
    ['half \uD83D', 'half \uFFFD'],
  ])('%j stays in its cell', (item, cell) => {
    expect(row({ item }).Item).toBe(cell)
  })

  it.each(['a "quoted", cape', 'חרב, "אור"', 'Käsekuchen', '🗡️', 'a;b', ' spaces ', "it's"])('%s is what is read', (item) => {
    expect(row({ item }).Item).toBe(item)
  })
})
