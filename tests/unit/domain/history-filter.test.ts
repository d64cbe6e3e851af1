import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AmountCondition, amountOf, amountRange, everyLine, type HistoryFilter, isAmount, matches } from '../../../src/domain/history/filter.ts'
import { fold, wordsOf } from '../../../src/domain/history/fold.ts'
import type { HistoryLine } from '../../../src/domain/history/line.ts'
import { compareLines, type HistoryOrder, newestFirst, sortColumns } from '../../../src/domain/history/order.ts'
import { summarise } from '../../../src/domain/history/summary.ts'
import { arbitraryLine } from '../../support/arbitrary-line.ts'

const names = { mia: 'Mia Söderberg', ada: 'Ada' }

const cape: HistoryLine = {
  ...{ id: 'p-77-1', kind: 'charge', at: '2026-10-03T10:00:00.000Z', approvedAt: '2026-10-03T09:59:00.000Z', purchaseId: 'P-77-ff', seq: 3 },
  ...{ receiptNumber: 'T-2026-17', reference: null, state: 'succeeded', reason: null, sellerId: 'forge', payee: 'Pixel Forge GmbH' },
  ...{ item: 'AK-47 Straßen-Skin', game: 'Nébula Run', offerKind: 'bundle', bundle: { count: 5, unit: 'Mondsteine' }, passDays: null, tax: null },
  ...{ price: { amount: 499n, currency: 'EUR' }, moved: 499n, fundingSource: { id: 'card', label: null }, memberId: 'mia', source: 'tuppence' },
}

const fits = (filter: Partial<HistoryFilter>, changes: Partial<HistoryLine> = {}) => matches({ ...cape, ...changes }, { ...everyLine, ...filter }, names)

describe('the words of a line', () => {
  it.each(['ak', 'ak-47', '47-ak', 'ak-4', 'strasse', 'skin', 'nebula', 'run-ak', 'pixel', 'gmbh', 'mond', 'mia', 'soder', 't-2026-1', 't-2026-17', 'p-77', 'p-77-ff'])(
    'have %s among them',
    (word) => {
      expect(fits({ words: [word] })).toBe(true)
    },
  )

  it.each(['kin', 'ak-48', 'ak-47-t', '2026', '2026-17', '-2026-1', 't-2026-2', '77', 't-2026-17-1', 'card', 'forge-x', '-'])('do not have %j', (word) => {
    expect(fits({ words: [word] })).toBe(false)
  })

  it('all have to be there, in any texts', () => {
    expect(fits({ words: ['ak-47', 'mia', 't-2026-17'] })).toBe(true)
    expect(fits({ words: ['ak-47', 'ada'] })).toBe(false)
  })

  it('of a refund have its own number too, and those of nobody no name', () => {
    expect(fits({ words: ['r-9'] }, { reference: 'R-9' })).toBe(true)
    expect(fits({ words: ['mia'] }, { memberId: null })).toBe(false)
    expect(fits({ words: ['zoe'] }, { memberId: 'zoe' })).toBe(false)
    expect(fits({ words: ['mondsteine'] }, { bundle: null })).toBe(false)
  })

  it('of the seller are looked for in the seller alone', () => {
    expect(fits({ sellerWords: ['pixel', 'forge'] })).toBe(true)
    expect(fits({ sellerWords: ['pixel', 'skin'] })).toBe(false)
  })

  it('are folded: case, accents, ligatures, wide and final letters', () => {
    expect(['Müller', 'STRASSE', 'Straße', 'ﬁne', 'Ｗｉｄｅ', 'Σίσυφος', 'ΣΊΣΥΦΟΣ', 'İstanbul'].map(fold)).toEqual([
      ...['muller', 'strasse', 'strasse', 'fine', 'wide', 'σισυφοσ', 'σισυφοσ', 'istanbul'],
    ])
    expect(wordsOf('Lampen-Öl, 500 月の石 (1½l)!')).toEqual(['lampen', 'ol', '500', '月の石', '11', '2l'])
    expect(wordsOf(' -!🔥\ud83d ')).toEqual([])
  })
})

describe('what else a line is asked', () => {
  it.each<[Partial<HistoryFilter>, Partial<HistoryFilter>]>([
    [{ from: '2026-10-03T10:00:00.000Z' }, { from: '2026-10-03T10:00:00.001Z' }],
    [{ before: '2026-10-03T10:00:00.001Z' }, { before: '2026-10-03T10:00:00.000Z' }],
    [{ memberIds: ['ada', 'mia'] }, { memberIds: ['ada', null] }],
    [{ sellerIds: ['forge'] }, { sellerIds: ['forge2'] }],
    [{ lineKinds: ['charge'] }, { lineKinds: ['refund', 'pending'] }],
    [{ states: ['succeeded'] }, { states: ['refunded'] }],
    [{ offerKinds: ['bundle'] }, { offerKinds: ['item', 'pass'] }],
    [{ currencies: ['EUR'] }, { currencies: ['USD'] }],
    [{ sources: ['tuppence'] }, { sources: ['steam'] }],
    [{ purchaseIds: ['P-77-ff'] }, { purchaseIds: [] }],
    [{ amounts: [{ is: 'equal', decimal: '4.99', currency: 'EUR' }] }, { amounts: [{ is: 'equal', decimal: '4.99', currency: 'USD' }] }],
    [
      { amounts: [{ is: 'above', decimal: '4', currency: null }, { is: 'below', decimal: '5', currency: null }] },
      { amounts: [{ is: 'above', decimal: '4', currency: null }, { is: 'below', decimal: '4.99', currency: null }] },
    ],
  ])('fits %j and not %j', (fitting, other) => {
    expect(fits(fitting)).toBe(true)
    expect(fits(other)).toBe(false)
  })

  it('has to be known: what is of no kind fits none', () => {
    expect(fits({ offerKinds: ['item', 'pass', 'bundle'] }, { offerKind: null })).toBe(false)
    expect(fits({ memberIds: [null] }, { memberId: null })).toBe(true)
  })
})

describe('amounts', () => {
  it('of a line are what moved, whichever way, or what it would have been', () => {
    expect(amountOf({ ...cape, kind: 'refund', moved: -40n })).toEqual({ amount: 40n, currency: 'EUR' })
    expect(amountOf({ ...cape, kind: 'chargebackReversal', moved: 40n })).toEqual({ amount: 40n, currency: 'EUR' })
    expect(amountOf({ ...cape, kind: 'pending', moved: 0n })).toEqual({ amount: 499n, currency: 'EUR' })
    expect(amountOf({ ...cape, kind: 'notCharged', moved: 0n })).toEqual({ amount: 499n, currency: 'EUR' })
  })

  it('are compared exactly, as fractions, with however many decimals a currency has', () => {
    const compare: Record<AmountCondition['is'], (one: bigint, other: bigint) => boolean> = {
      above: (one, other) => one > other,
      atLeast: (one, other) => one >= other,
      below: (one, other) => one < other,
      atMost: (one, other) => one <= other,
      equal: (one, other) => one === other,
    }
    const digits = { JPY: 0, EUR: 2, KWD: 3, CLF: 4 }
    const small = fc.bigInt({ min: 0n, max: 30_000n })
    fc.assert(
      fc.property(small, fc.constantFrom('JPY' as const, 'EUR' as const, 'KWD' as const, 'CLF' as const), small, fc.integer({ min: 0, max: 6 }), (amount, currency, units, places) => {
        const text = units.toString().padStart(places + 1, '0')
        const decimal = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`
        const [one, other] = [amount * 10n ** BigInt(6 - digits[currency]), units * 10n ** BigInt(6 - places)]
        for (const is of ['above', 'atLeast', 'below', 'atMost', 'equal'] as const) {
          expect([is, isAmount({ amount, currency }, { is, decimal, currency: null })]).toEqual([is, compare[is](one, other)])
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each(['', '-1', '1.', '.5', '1,5', '1e3', '1.2.3', '1234567890123456789'])('that are not written as digits with a point are a bug: %j', (decimal) => {
    expect(() => amountRange({ is: 'equal', decimal, currency: null }, 2)).toThrow(RangeError)
  })
})

const order = fc.record({ by: fc.constantFrom(...sortColumns), direction: fc.constantFrom('ascending' as const, 'descending' as const) })
const sorted = (lines: readonly HistoryLine[], by: HistoryOrder) => lines.toSorted((one, other) => compareLines(one, other, by, names))

describe('the order of lines', () => {
  it('is one order by any column, so that pages neither repeat nor miss a line', () => {
    fc.assert(
      fc.property(fc.uniqueArray(arbitraryLine, { selector: ({ id }) => id, minLength: 3, maxLength: 8 }), order, (lines, by) => {
        expect(sorted(lines.toReversed(), by)).toEqual(sorted(lines, by))
        const [first, second, third] = sorted(lines, by)
        if (!first || !second || !third) throw new Error('there were three')
        const signs = [compareLines(first, second, by, names), compareLines(second, third, by, names), compareLines(first, third, by, names)]
        expect(signs.every((sign) => sign < 0)).toBe(true)
        expect(compareLines(second, first, by, names)).toBeGreaterThan(0)
      }),
    )
  })

  const ids = (changes: readonly Partial<HistoryLine>[], by: HistoryOrder) =>
    sorted(changes.map((change, at) => ({ ...cape, id: `l${at}`, ...change })), by).map(({ id }) => id)
  const by = (column: HistoryOrder['by']): HistoryOrder => ({ by: column, direction: 'ascending' })

  it('is newest first unless told, and what is alike by the column is newest first in either direction', () => {
    const times = [{ at: '2026-01-01T00:00:00.000Z' }, { at: '2026-01-03T00:00:00.000Z' }, { at: '2026-01-02T00:00:00.000Z' }]
    expect(ids(times, newestFirst)).toEqual(['l1', 'l2', 'l0'])
    expect(ids(times, by('at'))).toEqual(['l0', 'l2', 'l1'])
    expect(ids(times, by('item'))).toEqual(['l1', 'l2', 'l0'])
    expect(ids(times, { by: 'item', direction: 'descending' })).toEqual(['l1', 'l2', 'l0'])
    expect(ids([{ seq: 1 }, { seq: 2 }, { seq: 2 }], newestFirst)).toEqual(['l1', 'l2', 'l0'])
  })

  it('is by what the columns show', () => {
    expect(ids([{ item: 'Öl' }, { item: 'nebel' }, { item: 'Pfeil' }], by('item'))).toEqual(['l1', 'l0', 'l2'])
    expect(ids([{ payee: 'b' }, { payee: 'Á' }], by('payee'))).toEqual(['l1', 'l0'])
    expect(ids([{ memberId: 'mia' }, { memberId: 'ada' }, { memberId: null }], by('who'))).toEqual(['l2', 'l1', 'l0'])
    expect(ids([{ kind: 'notCharged' }, { kind: 'refund' }, { kind: 'charge' }, { kind: 'pending' }], by('state'))).toEqual(['l3', 'l2', 'l1', 'l0'])
    expect(ids([{ receiptNumber: 'T-2' }, { receiptNumber: null }, { receiptNumber: 'T-1' }], by('receipt'))).toEqual(['l1', 'l2', 'l0'])
    const price = (amount: bigint, currency: string) => ({ moved: amount, price: { amount, currency } })
    expect(ids([price(500n, 'EUR'), price(5n, 'JPY'), price(5_001n, 'KWD'), price(499n, 'EUR')], by('amount'))).toEqual(['l3', 'l0', 'l1', 'l2'])
  })
})

describe('what lines come to', () => {
  it('P9 is all of it, by currency and by month, and nothing is netted', () => {
    fc.assert(
      fc.property(fc.array(arbitraryLine, { maxLength: 30 }), (lines) => {
        const sum = (of: (line: HistoryLine) => bigint, currency: string) =>
          lines.filter(({ price }) => price.currency === currency).reduce((total, line) => total + of(line), 0n)
        const summary = summarise(lines, (at) => at.slice(0, 7))
        expect(summary.lines).toBe(lines.length)
        for (const { currency, debit, credit, pending } of summary.totals) {
          expect(debit).toBe(sum(({ moved }) => (moved > 0n ? moved : 0n), currency))
          expect(credit).toBe(sum(({ moved }) => (moved < 0n ? -moved : 0n), currency))
          expect(pending).toBe(sum(({ kind, price }) => (kind === 'pending' ? price.amount : 0n), currency))
          const ofMonths = summary.months.flatMap(({ totals }) => totals).filter((total) => total.currency === currency)
          expect(ofMonths.reduce((total, month) => total + month.debit, 0n)).toBe(debit)
          expect(ofMonths.reduce((total, month) => total + month.credit, 0n)).toBe(credit)
          expect(ofMonths.reduce((total, month) => total + month.lines, 0)).toBe(lines.filter(({ price }) => price.currency === currency).length)
        }
        expect(summary.months.map(({ month }) => month)).toEqual([...new Set(lines.map(({ at }) => at.slice(0, 7)))].toSorted((a, b) => (a < b ? 1 : -1)))
        expect(summary.totals.map(({ currency }) => currency)).toEqual([...new Set(lines.map(({ price }) => price.currency))].toSorted((a, b) => (a < b ? -1 : 1)))
      }),
    )
  })
})
