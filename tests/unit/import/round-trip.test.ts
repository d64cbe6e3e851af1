/** What this program exports, it reads back: the same sums for each currency and kind. And the laws of keys and links. */
import fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { IdSchema, LineSchema, RecordedLineSchema } from '../../../src/contract/text.ts'
import { exportFormats } from '../../../src/domain/export/formats.ts'
import type { ExportLine } from '../../../src/domain/export/export-line.ts'
import { elsewhereId, type ImportedRow } from '../../../src/domain/imports.ts'
import { asRead, readContent, type ReadFile } from '../../support/import-files.ts'

const line = (details: Partial<ExportLine>): ExportLine => ({
  id: 'p1-1',
  kind: 'charge',
  at: '2026-11-23T09:00:01.000Z',
  approvedAt: '2026-11-23T09:00:00.000Z',
  purchaseId: 'p1',
  receiptNumber: 'R-1',
  reference: null,
  state: 'succeeded',
  reason: null,
  sellerId: 'pixel-forge',
  payee: 'Pixel Forge',
  item: 'Starlight cape',
  game: 'Nebula Run',
  offerKind: 'item',
  bundle: null,
  passDays: null,
  price: { amount: 99n, currency: 'EUR' },
  moved: 99n,
  tax: null,
  fundingSource: { id: 'card-1', label: 'Visa •••• 4242' },
  memberId: null,
  who: null,
  source: 'tuppence',
  seq: 2,
  ...details,
})

const currencies = ['EUR', 'USD', 'JPY', 'KWD'] as const
const names = fc.constantFrom('Starlight cape', '=1+1', '-5 €', 'Käse; "Wein", Brot', 'a\tb', '@home', 'x · y', "'quoted'", '夢の衣', '1,234.50', '<b>&amp;</b>', '２０')
const oneLine = fc.record({ currency: fc.constantFrom(...currencies), amount: fc.bigInt({ min: 1n, max: 10n ** 15n }), item: names, payee: names, minutes: fc.integer({ min: 0, max: 500_000 }), kind: fc.constantFrom('charge', 'refund', 'chargeback', 'chargebackReversal', 'pending', 'notCharged') })

const linesOfAny = fc.array(oneLine, { maxLength: 30 }).map((all) =>
  all.map(({ currency, amount, item, payee, minutes, kind }, index) => {
    const sign = { charge: 1n, chargebackReversal: 1n, refund: -1n, chargeback: -1n, pending: 0n, notCharged: 0n }[kind] ?? 0n
    const at = new Date(Date.UTC(2025, 0, 1) + minutes * 60_000).toISOString()
    return line({ id: `p${index}-1`, purchaseId: `p${index}`, receiptNumber: `R-${index % 7}`, kind: kind as ExportLine['kind'], at, item, payee, price: { amount, currency }, moved: sign * amount })
  }),
)

const sumsOf = (entries: readonly (readonly [key: string, amount: bigint])[]) => {
  const sums = new Map<string, bigint>()
  for (const [key, amount] of entries) sums.set(key, (sums.get(key) ?? 0n) + amount)
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
const exportedSums = (lines: readonly ExportLine[]) => sumsOf(lines.flatMap(({ moved, price }) => (moved === 0n ? [] : [[`${price.currency} ${moved > 0n ? 'charge' : 'refund'}`, moved < 0n ? -moved : moved] as const])))
const importedSums = ({ rows }: ReadFile) => sumsOf(rows.map(({ kind, amount }) => [`${amount.currency} ${kind}`, BigInt(amount.amount)] as const))

const head = { zone: 'America/New_York', madeAt: '2026-11-25T00:00:00.000Z', from: null, before: null, currencies }

it.each(['csv', 'ofx'] as const)('P9 an export in %s reads back with the same sums for each currency and kind', async (format) => {
  await fc.assert(
    fc.asyncProperty(linesOfAny, async (lines) => {
      fc.pre(lines.some(({ moved }) => moved !== 0n))
      const text = [...exportFormats[format].write(lines, head)].join('')
      const read = asRead(await readContent(text))
      expect(read.source).toBe(format)
      expect(importedSums(read)).toEqual(exportedSums(lines))
      expect(read.rows.length + read.bad.length).toBe(format === 'csv' ? lines.length : lines.filter(({ kind }) => kind !== 'notCharged').length)
      expect(read.bad.every(({ reason }) => reason === 'free')).toBe(true)
    }),
    { numRuns: 80 },
  )
})

it('P9 an export in CSV reads back with names, times, numbers and what each refund gives back', async () => {
  const lines = [line({ item: '=SUM(A1)', payee: '@shop' }), line({ id: 'p1-2', kind: 'refund', moved: -50n, reference: 'RF-1', at: '2026-11-24T09:00:00.000Z' })]
  const read = asRead(await readContent([...exportFormats.csv.write(lines, head)].join('')))
  expect(read.rows).toMatchObject([
    { n: 2, kind: 'charge', at: '2026-11-23T09:00:01.000Z', item: '=SUM(A1)', game: 'Nebula Run', payee: '@shop', order: 'R-1', state: 'partlyRefunded', paidWith: 'Visa •••• 4242' },
    { n: 3, kind: 'refund', at: '2026-11-24T09:00:00.000Z', reference: 'RF-1', order: 'R-1', of: 2, state: 'partlyRefunded', amount: { amount: '50', currency: 'EUR' } },
  ])
})

const someRows = fc.array(fc.record({ day: fc.integer({ min: 1, max: 4 }), item: fc.constantFrom('Cape', 'Boots', 'Hat'), cents: fc.integer({ min: -3, max: 3 }), order: fc.constantFrom('', 'A', 'B') }), { minLength: 2, maxLength: 25 })
type SomeRow = { day: number; item: string; cents: number; order: string }
const csvOf = (rows: readonly SomeRow[]) => `date,item,merchant,amount,currency,order number\n${rows.map(({ day, item, cents, order }) => `2026-11-0${day},${item},Shop,${(cents / 100).toFixed(2)},EUR,${order}\n`).join('')}`
const spending = (rows: readonly SomeRow[]) => csvOf([{ day: 1, item: 'Cape', cents: 99, order: 'S' }, ...rows, ...rows.map((row) => ({ ...row, cents: Math.abs(row.cents) + 1 }))])

it('keys are unique in a file, and the same whatever else is in it and in which order', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, someRows, fc.boolean(), async (rows, others, isReversed) => {
      const keys = (read: ReadFile) => read.rows.map(({ key }) => key)
      const first = keys(asRead(await readContent(spending(rows))))
      expect(new Set(first).size).toBe(first.length)
      const more = [...rows, ...others.map((row) => ({ ...row, item: `Other ${row.item}` }))]
      const second = new Set(keys(asRead(await readContent(spending(isReversed ? more.toReversed() : more)))))
      expect(first.filter((key) => !second.has(key))).toEqual([])
    }),
    { numRuns: 80 },
  )
})

it('keys do not hang on the time zone of the household', async () => {
  const rows = 'date,item,amount,currency\n2026-11-01,Cape,1,EUR\n2026-11-02 23:30,Cape,1,EUR\n2026-11-03T23:30:00Z,Cape,1,EUR\n'
  const keys = await Promise.all(['UTC', 'Pacific/Auckland', 'America/Los_Angeles'].map(async (zone) => asRead(await readContent(rows, { zone })).rows.map(({ key }) => key)))
  expect(keys).toEqual([keys[0], keys[0], keys[0]])
})

function expectSound({ source, rows, bad }: ReadFile): void {
  const byNumber = new Map(rows.map((row) => [row.n, row]))
  expect(byNumber.size).toBe(rows.length)
  const back = new Map<number, bigint>()
  for (const row of rows) {
    for (const text of [row.item, row.payee, ...[row.game, row.order, row.reference, row.paidWith].filter((one) => one !== undefined)]) {
      expect(v.is(RecordedLineSchema, text) && v.is(LineSchema, text), JSON.stringify(text)).toBe(true)
    }
    expect(v.is(IdSchema, elsewhereId(source, row.payee))).toBe(true)
    expect(row.amount.amount).toMatch(/^[1-9]\d{0,17}$/)
    expect(row.at).toMatch(/^(199|20)\d{1,2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
    const charge: ImportedRow | undefined = row.of === undefined ? undefined : byNumber.get(row.of)
    if (row.of !== undefined) {
      expect([row.kind, charge?.kind, charge?.amount.currency, charge?.state]).toEqual(['refund', 'charge', row.amount.currency, row.state])
      back.set(row.of, (back.get(row.of) ?? 0n) + BigInt(row.amount.amount))
    }
  }
  for (const [n, amount] of back) expect(amount <= BigInt(byNumber.get(n)?.amount.amount ?? '0')).toBe(true)
  for (const { text, n } of bad) expect([text === '' || v.is(RecordedLineSchema, text), Number.isSafeInteger(n)]).toEqual([true, true])
}

it('refunds give back no more than their charge, names fit, and numbers are unique, whatever the rows', async () => {
  await fc.assert(fc.asyncProperty(someRows, async (rows) => expectSound(asRead(await readContent(csvOf(rows), { source: 'csv' })))), { numRuns: 80 })
  expect.hasAssertions()
})

