import { expect, it } from 'vitest'
import type { ExportLine } from '../../../src/domain/export/export-line.ts'
import { jsonLines } from '../../../src/domain/export/json-lines.ts'
import { exportHead, exportLine } from '../../support/export-lines.ts'

const written = (...lines: ExportLine[]) => [...jsonLines(lines, exportHead)].join('')

it('P9 is one object a line, with amounts both in minor units and as decimals', () => {
  expect(JSON.parse(written(exportLine({ who: 'Zoë', memberId: 'zoe' })))).toEqual({
    schema: 1,
    id: 'p1-1',
    line: 'charge',
    source: 'tuppence',
    at: '2026-11-23T09:00:01.000Z',
    localAt: '2026-11-23T10:00:01.000+01:00',
    approvedAt: '2026-11-23T09:00:00.000Z',
    state: 'succeeded',
    reason: null,
    purchaseId: 'p1',
    receiptNumber: 'R-1',
    reference: null,
    seller: { id: 'pixel-forge', payee: 'Pixel Forge' },
    item: 'Starlight cape',
    game: 'Nebula Run',
    kind: 'item',
    bundle: null,
    passDays: null,
    currency: 'EUR',
    price: { minor: '99', decimal: '0.99' },
    debit: { minor: '99', decimal: '0.99' },
    credit: { minor: '0', decimal: '0.00' },
    tax: { minor: '16', decimal: '0.16', rateBasisPoints: 1900 },
    fundingSource: { id: 'card-1', label: 'Visa •••• 4242' },
    member: { id: 'zoe', name: 'Zoë' },
  })
})

it('amounts of yen and dinar are exact, above what a number can hold', () => {
  const price = { amount: 99_999_999_999_999_999n, currency: 'KWD' }
  expect(JSON.parse(written(exportLine({ price, moved: -price.amount })))).toMatchObject({
    credit: { minor: '99999999999999999', decimal: '99999999999999.999' },
    debit: { minor: '0', decimal: '0.000' },
  })
  expect(JSON.parse(written(exportLine({ price: { amount: 5n, currency: 'JPY' }, moved: 5n })))).toMatchObject({ debit: { minor: '5', decimal: '5' } })
})

it('whatever a name holds, a line stays a line and is read as it was', () => {
  const names = ['=HYPERLINK("x")', 'two\nlines', 'חרב', '\u2028', '"\\', '-12.50']
  const text = written(...names.map((item) => exportLine({ item })))
  expect(text.endsWith('\n')).toBe(true)
  expect(text.trimEnd().split('\n').map((line) => (JSON.parse(line) as { item: string }).item)).toEqual(names)
})
