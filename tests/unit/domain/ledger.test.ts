import { describe, expect, it } from 'vitest'
import type { EventId } from '../../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { assertBalanced, IllegalTransitionError, nextRecord, postingsOf, type PurchaseRecord } from '../../../src/domain/ledger.ts'
import { approved, cancelled, challengeOf, declined, succeeded, unknown, voided } from '../../support/events.ts'

const logged = (event: NewEvent, seq = 2): LogEvent => ({
  ...event,
  seq,
  id: `event-${seq}` as EventId,
  at: '2026-11-23T09:00:00.000Z',
  mac: 'm'.repeat(43),
})

/** The record after the events, starting from nothing. */
function after(...events: NewEvent[]): PurchaseRecord | null {
  return events.reduce<PurchaseRecord | null>((record, event) => nextRecord(record, logged(event)), null)
}

describe('the life of a purchase', () => {
  const states = {
    nothing: [],
    approved: [approved('a')],
    unknown: [approved('a'), unknown('a')],
    succeeded: [approved('a'), succeeded('a')],
    declined: [approved('a'), declined('a')],
    voided: [approved('a'), voided('a')],
  }
  const events = { approved, unknown, succeeded, declined, voided, cancelled }
  const legal = new Set([
    'nothing approved',
    'nothing cancelled',
    'approved unknown',
    'approved succeeded',
    'approved declined',
    'approved voided',
    'unknown succeeded',
    'unknown declined',
    'unknown voided',
  ])
  const pairs = Object.keys(states).flatMap((from) => Object.keys(events).map((to) => [from, to] as const))

  it.each(pairs)('P2 from %s, %s is as the life cycle says', (from, to) => {
    const before = after(...states[from as keyof typeof states])
    const step = () => nextRecord(before, logged(events[to as keyof typeof events]('a')))
    if (legal.has(`${from} ${to}`)) expect(step()?.state).toBe(to === 'cancelled' ? undefined : to)
    else expect(step).toThrow(IllegalTransitionError)
  })

  it('remembers why it is unknown until it is known', () => {
    expect(after(approved('a'), unknown('a'))).toMatchObject({ reason: 'timeout', settledAt: null })
    expect(after(approved('a'), unknown('a'), succeeded('a'))).toMatchObject({ reason: null, receiptNumber: 'R-a' })
    expect(after(approved('a'), unknown('a'), declined('a'))).toMatchObject({ reason: 'risk', receiptNumber: null })
  })

  it('P1 takes no approval of a challenge that was about another purchase', () => {
    const event = approved('a')
    const mixed = { ...event, payload: { ...event.payload, challenge: challengeOf('b') } } as NewEvent
    expect(() => after(mixed)).toThrow(RangeError)
  })

  it.each([
    { amount: '-1', currency: 'EUR' },
    { amount: '1.5', currency: 'EUR' },
    { amount: '1', currency: 'XXX1' },
  ])('P1 takes no approval of the price %o', (price) => {
    expect(() => after(approved('a', { price }))).toThrow(RangeError)
  })
})

describe('postings', () => {
  it('debit the expense and credit the funding source, with the approved price', () => {
    const details = { price: { amount: '250', currency: 'JPY' }, sellerId: 'forge', fundingSourceId: 'wallet' }
    const record = after(approved('a', details), succeeded('a'))
    expect(postingsOf(logged(succeeded('a'), 9), record)).toEqual([
      { seq: 9, line: 1, account: 'Expenses:forge', amount: { amount: 250n, currency: 'JPY' } },
      { seq: 9, line: 2, account: 'Assets:wallet', amount: { amount: -250n, currency: 'JPY' } },
    ])
  })

  it('are not made by any other event', () => {
    const record = after(approved('a'))
    for (const event of [approved('a'), unknown('a'), declined('a'), voided('a'), cancelled('a')]) {
      expect(postingsOf(logged(event), record)).toEqual([])
    }
  })

  it('are never out of balance in any currency', () => {
    const posting = (amount: bigint, currency: string) => ({ seq: 1, line: 1, account: 'Assets:x', amount: { amount, currency } })
    expect(() => assertBalanced([posting(1n, 'EUR'), posting(-1n, 'USD')])).toThrow(RangeError)
    expect(() => assertBalanced([posting(1n, 'EUR'), posting(-1n, 'EUR'), posting(0n, 'USD')])).not.toThrow()
  })
})
