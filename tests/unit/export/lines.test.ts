import { describe, expect, it } from 'vitest'
import { localTimeIn, startOfDay } from '../../../src/domain/export/export-text.ts'
import { approved, chargebackReversed, chargedBack, declined, recovered, refunded, succeeded, unknown, voided } from '../../support/events.ts'
import { exportedFrom } from '../../support/export-lines.ts'

const eur = (amount: string) => ({ amount, currency: 'EUR' })
const shortly = (history: Parameters<typeof exportedFrom>[0]) =>
  exportedFrom(history).lines.map(({ id, kind, moved, state, receiptNumber, reference }) => ({ id, kind, moved, state, receiptNumber, reference }))

describe('what happened to a purchase', () => {
  it('P9 a refund in two parts is two lines beside the charge, each with the receipt number, and none is netted', () => {
    expect(shortly([approved('p'), succeeded('p'), refunded('p', eur('40'), '1', 2), refunded('p', eur('59'), '2', 3)])).toEqual([
      { id: 'p-1', kind: 'charge', moved: 99n, state: 'refunded', receiptNumber: 'R-p', reference: null },
      { id: 'p-2', kind: 'refund', moved: -40n, state: 'refunded', receiptNumber: 'R-p', reference: 'RF-1-p' },
      { id: 'p-3', kind: 'refund', moved: -59n, state: 'refunded', receiptNumber: 'R-p', reference: 'RF-2-p' },
    ])
  })

  it('a chargeback and its reversal are two lines with the same number, and both say how much', () => {
    expect(shortly([approved('p'), succeeded('p'), chargedBack('p', eur('99')), chargebackReversed('p')])).toEqual([
      { id: 'p-1', kind: 'charge', moved: 99n, state: 'succeeded', receiptNumber: 'R-p', reference: null },
      { id: 'p-2', kind: 'chargeback', moved: -99n, state: 'succeeded', receiptNumber: 'R-p', reference: 'CB-1-p' },
      { id: 'p-3', kind: 'chargebackReversal', moved: 99n, state: 'succeeded', receiptNumber: 'R-p', reference: 'CB-1-p' },
    ])
  })

  it('what is open is pending, what was declined or voided was not charged, and neither moves money', () => {
    const history = [approved('a'), approved('b'), unknown('b'), approved('c'), declined('c'), approved('d'), voided('d')]
    expect(shortly(history).map(({ id, kind, moved, state }) => [id, kind, moved, state])).toEqual([
      ['a-0', 'pending', 0n, 'approved'],
      ['b-0', 'pending', 0n, 'unknown'],
      ['c-0', 'notCharged', 0n, 'declined'],
      ['d-0', 'notCharged', 0n, 'voided'],
    ])
  })

  it('a charge is dated as the gateway dated it, and remembers when it was approved', () => {
    const [line] = exportedFrom([approved('p'), unknown('p'), succeeded('p')]).lines
    expect(line).toMatchObject({ at: '2026-11-23T09:00:01.000Z', approvedAt: '2026-11-23T00:00:00.000Z', tax: { amount: 16n } })
  })

  it('a recovered purchase is a charge of which only the receipt is known', () => {
    expect(exportedFrom([recovered('p')]).lines).toMatchObject([
      { kind: 'charge', moved: 99n, receiptNumber: 'R-p', game: '', offerKind: null, tax: null, at: '2026-11-23T09:00:01.000Z' },
    ])
  })
})

describe('times of the household', () => {
  it('have the offset of their own day, also on the days when the clocks change', () => {
    const local = localTimeIn('Europe/Berlin')
    const times = ['2026-10-25T00:59:59.999Z', '2026-10-25T01:00:00.000Z', '2026-03-29T00:59:59.999Z', '2026-03-29T01:00:00.000Z', '2026-10-25T00:59:59.999Z']
    expect(times.map((at) => local(at).iso)).toEqual([
      '2026-10-25T02:59:59.999+02:00',
      '2026-10-25T02:00:00.000+01:00',
      '2026-03-29T01:59:59.999+01:00',
      '2026-03-29T03:00:00.000+02:00',
      '2026-10-25T02:59:59.999+02:00',
    ])
  })

  it.each([
    ['UTC', '2026-11-23T09:00:00.000+00:00'],
    ['Asia/Kathmandu', '2026-11-23T14:45:00.000+05:45'],
    ['America/St_Johns', '2026-11-23T05:30:00.000-03:30'],
    ['Pacific/Kiritimati', '2026-11-23T23:00:00.000+14:00'],
  ])('in %s', (zone, iso) => {
    expect(localTimeIn(zone)('2026-11-23T09:00:00.000Z')).toMatchObject({ iso, date: '2026-11-23' })
  })

  it('a day begins at its own midnight, and there is no 30 February', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z')
    expect(startOfDay('2026-03-29', 'Europe/Berlin', 1)).toBe('2026-03-29T22:00:00.000Z')
    for (const day of ['2026-02-30', 'today', '2026-1-1', '']) expect(() => startOfDay(day, 'UTC')).toThrow(RangeError)
  })

  it('P9 the day after the last one of four digits still is after everything, as text too', () => {
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'America/New_York']) {
      const end = startOfDay('9999-12-31', zone, 1)
      expect([end > '2026-11-23T09:00:00.000Z', end > startOfDay('2026-11-23', zone, 1), Number.isNaN(Date.parse(end))]).toEqual([true, true, false])
    }
  })
})
