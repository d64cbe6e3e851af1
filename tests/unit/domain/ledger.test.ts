import { describe, expect, it } from 'vitest'
import type { EventId } from '../../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { assertBalanced, nextRecord, postingsOf, type PurchaseRecord } from '../../../src/domain/ledger.ts'
import { IllegalTransitionError } from '../../../src/domain/life-cycle.ts'
import { approved, cancelled, challengeOf, chargebackReversed, chargedBack, declined, recovered, refunded, succeeded, unknown, voided } from '../../support/events.ts'

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
  const half = { amount: '50', currency: 'EUR' }
  const states = {
    nothing: [],
    approved: [approved('a')],
    unknown: [approved('a'), unknown('a')],
    succeeded: [approved('a'), succeeded('a')],
    partlyRefunded: [approved('a'), succeeded('a'), refunded('a', half)],
    refunded: [approved('a'), succeeded('a'), refunded('a')],
    chargedBack: [approved('a'), succeeded('a'), chargedBack('a')],
    declined: [approved('a'), declined('a')],
    voided: [approved('a'), voided('a')],
  }
  const rest = (from: string) => (from === 'partlyRefunded' ? { amount: '49', currency: 'EUR' } : undefined)
  const events = {
    approved: (id: string) => approved(id),
    ...{ unknown, succeeded, declined, voided, cancelled },
    recovered: (id: string) => recovered(id),
    refunded: (id: string, from: string) => refunded(id, rest(from), '2', from === 'partlyRefunded' ? 3 : 2),
    chargedBack: (id: string, from: string) => chargedBack(id, rest(from), '1', from === 'partlyRefunded' ? 3 : 2),
    chargebackReversed: (id: string) => chargebackReversed(id),
  }
  const legal = new Map([
    ['nothing approved', 'approved'],
    ['nothing cancelled', undefined],
    ['nothing recovered', 'succeeded'],
    ['approved unknown', 'unknown'],
    ['approved succeeded', 'succeeded'],
    ['approved declined', 'declined'],
    ['approved voided', 'voided'],
    ['unknown succeeded', 'succeeded'],
    ['unknown declined', 'declined'],
    ['unknown voided', 'voided'],
    ['declined succeeded', 'succeeded'],
    ['voided succeeded', 'succeeded'],
    ['succeeded refunded', 'refunded'],
    ['succeeded chargedBack', 'chargedBack'],
    ['partlyRefunded refunded', 'refunded'],
    ['partlyRefunded chargedBack', 'chargedBack'],
    ['chargedBack chargebackReversed', 'succeeded'],
  ])
  const pairs = Object.keys(states).flatMap((from) => Object.keys(events).map((to) => [from, to] as const))

  // A refund beside a chargeback of everything is refused by its amount; see below.
  it.each(pairs.filter(([from, to]) => `${from} ${to}` !== 'chargedBack refunded'))('P2 from %s, %s is as the life cycle says', (from, to) => {
    const before = after(...states[from as keyof typeof states])
    const step = () => nextRecord(before, logged(events[to as keyof typeof events]('a', from)))
    if (legal.has(`${from} ${to}`)) expect(step()?.state).toBe(legal.get(`${from} ${to}`))
    else expect(step).toThrow(IllegalTransitionError)
  })

  it('P2 gives money back in parts, never more than was charged', () => {
    const euro = (amount: string) => ({ amount, currency: 'EUR' })
    const half = [approved('a'), succeeded('a'), refunded('a', euro('49'), '1')]
    expect(after(...half)).toMatchObject({ state: 'partlyRefunded', refunded: 49n })
    expect(after(...half, refunded('a', euro('50'), '2', 3))).toMatchObject({ state: 'refunded', refunded: 99n })
    expect(() => after(...half, refunded('a', euro('51'), '2', 3))).toThrow(RangeError)
    expect(() => after(...half, chargedBack('a', euro('51'), '1', 3))).toThrow(RangeError)
    const disputed = [...half, chargedBack('a', euro('20'), '1', 3)]
    expect(after(...disputed)).toMatchObject({ state: 'chargedBack', refunded: 49n, chargedBack: 20n })
    expect(after(...disputed, refunded('a', euro('30'), '2', 4))).toMatchObject({ state: 'chargedBack', refunded: 79n })
    expect(() => after(...disputed, refunded('a', euro('31'), '2', 4))).toThrow(RangeError)
    expect(after(...disputed, chargebackReversed('a', '1', 4))).toMatchObject({ state: 'partlyRefunded', refunded: 49n, chargedBack: 0n, chargebackId: null })
  })

  it.each([{ amount: '0', currency: 'EUR' }, { amount: '-1', currency: 'EUR' }, { amount: '1', currency: 'USD' }])('P2 takes no refund of %o', (amount) => {
    expect(() => after(approved('a'), succeeded('a'), refunded('a', amount))).toThrow(RangeError)
    expect(() => after(approved('a'), succeeded('a'), chargedBack('a', amount))).toThrow(RangeError)
  })

  it.each([1, 3, 4])('P2 takes no refund that the gateway numbered %i where 2 is the next', (sequence) => {
    expect(() => after(approved('a'), succeeded('a'), refunded('a', undefined, '1', sequence))).toThrow(RangeError)
  })

  it('reverses only the chargeback that stands', () => {
    const disputed = [approved('a'), succeeded('a'), chargedBack('a', undefined, '1')]
    expect(() => after(...disputed, chargebackReversed('a', '2'))).toThrow(RangeError)
  })

  it('P2 takes no approval under a key of another purchase', () => {
    const event = approved('a')
    expect(() => after({ ...event, payload: { ...event.payload, key: 'b' } } as NewEvent)).toThrow(RangeError)
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
    expect(postingsOf(logged(succeeded('a'), 9), after(approved('a', details)), record)).toEqual([
      { seq: 9, line: 1, account: 'Expenses:forge', amount: { amount: 250n, currency: 'JPY' } },
      { seq: 9, line: 2, account: 'Assets:wallet', amount: { amount: -250n, currency: 'JPY' } },
    ])
  })

  it('are made by refunds and chargebacks the other way round, and by a reversal again', () => {
    const paid = [approved('a'), succeeded('a')]
    const amountsOf = (...events: NewEvent[]) =>
      postingsOf(logged(events.at(-1)!), after(...events.slice(0, -1)), after(...events)).map(({ amount }) => amount.amount)
    expect(amountsOf(...paid, refunded('a', { amount: '40', currency: 'EUR' }))).toEqual([-40n, 40n])
    expect(amountsOf(...paid, chargedBack('a'))).toEqual([-99n, 99n])
    expect(amountsOf(...paid, chargedBack('a'), chargebackReversed('a'))).toEqual([99n, -99n])
    expect(amountsOf(recovered('a'))).toEqual([99n, -99n])
  })

  it('are not made by an event that moves no money', () => {
    const before = after(approved('a'))
    expect(postingsOf(logged(approved('a')), null, before)).toEqual([])
    for (const event of [unknown('a'), declined('a'), voided('a')]) {
      expect(postingsOf(logged(event), before, after(approved('a'), event))).toEqual([])
    }
    expect(postingsOf(logged(cancelled('a')), null, null)).toEqual([])
  })

  it('are never out of balance in any currency', () => {
    const posting = (amount: bigint, currency: string) => ({ seq: 1, line: 1, account: 'Assets:x', amount: { amount, currency } })
    expect(() => assertBalanced([posting(1n, 'EUR'), posting(-1n, 'USD')])).toThrow(RangeError)
    expect(() => assertBalanced([posting(1n, 'EUR'), posting(-1n, 'EUR'), posting(0n, 'USD')])).not.toThrow()
  })
})
