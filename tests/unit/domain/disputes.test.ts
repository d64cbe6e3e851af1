import { describe, expect, it } from 'vitest'
import type { EventId } from '../../../src/domain/brands.ts'
import { disputable, disputeIdAfter, disputesOf, openDisputeOf } from '../../../src/domain/disputes.ts'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { nextRecord, type PurchaseRecord } from '../../../src/domain/ledger.ts'
import { approved, chargedBack, chargebackReversed, disputeClosed, disputeOpened, refunded, succeeded } from '../../support/events.ts'

const logged = (...events: NewEvent[]): LogEvent[] =>
  events.map((event, index) => ({ ...event, seq: index + 1, id: `e${index}` as EventId, at: '2026-11-24T09:00:00.000Z', mac: 'm'.repeat(43) }))

describe('the open dispute of a purchase', () => {
  it('is the one that was opened and is not decided', () => {
    expect(openDisputeOf(logged(approved('a'), succeeded('a')))).toBeNull()
    expect(openDisputeOf(logged(succeeded('a'), disputeOpened('a')))).toMatchObject({ disputeId: 'a.d01', opened: { reason: 'notReceived' }, closed: null })
    expect(openDisputeOf(logged(disputeOpened('a'), disputeClosed('a')))).toBeNull()
    expect(openDisputeOf(logged(disputeOpened('a'), disputeClosed('a'), disputeOpened('a', 2)))?.disputeId).toBe('a.d02')
  })

  it('is none where the decision is there and the opening is not, and stays none when that comes later', () => {
    expect(openDisputeOf(logged(disputeClosed('a')))).toBeNull()
    expect(openDisputeOf(logged(disputeClosed('a'), disputeOpened('a')))).toBeNull()
    expect(disputesOf(logged(disputeClosed('a', 'refunded'), disputeClosed('a')))).toMatchObject([{ opened: null, closed: { outcome: 'refunded' } }])
  })

  it('has an id that follows from how many there were', () => {
    expect([disputeIdAfter('a', 0), disputeIdAfter('a', 1), disputeIdAfter('a', 98)]).toEqual(['a.d01', 'a.d02', 'a.d99'])
  })
})

describe('a charge', () => {
  const record = (...events: NewEvent[]) => logged(...events).reduce<PurchaseRecord | null>((before, event) => nextRecord(before, event), null)!
  const half = { amount: '49', currency: 'EUR' }

  it.each<[string, NewEvent[], string]>([
    ['before its receipt', [approved('a')], 'notCharged'],
    ['charged', [approved('a'), succeeded('a')], 'yes'],
    ['refunded in part', [approved('a'), succeeded('a'), refunded('a', half)], 'yes'],
    ['refunded', [approved('a'), succeeded('a'), refunded('a')], 'nothingLeft'],
    ['charged back', [approved('a'), succeeded('a'), chargedBack('a')], 'nothingLeft'],
    ['charged again after a dispute that was lost', [approved('a'), succeeded('a'), chargedBack('a'), chargebackReversed('a')], 'yes'],
  ])('can be disputed as long as something of it is left: %s', (_what, events, can) => {
    expect(disputable(record(...events))).toBe(can)
  })
})
