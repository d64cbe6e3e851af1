import { describe, expect, it } from 'vitest'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { type GuardianRequest, IllegalRequestError, isSameOffer, isWaiting, mostWaiting, nextRequests, requestLapsesAt, requestLifeMs, sameWaiting } from '../../../src/domain/requests.ts'
import { approved, cancelled } from '../../support/events.ts'
import { requested, requestEnded, wanted } from '../../support/household-events.ts'

const at = '2026-11-23T10:00:00.000Z'
const logged = (event: NewEvent) => ({ ...event, seq: 1, id: 'event-1', at, mac: '' }) as LogEvent
const next = (all: readonly GuardianRequest[], event: NewEvent) => nextRequests(all, logged(event))
const after = (...events: NewEvent[]) => events.reduce(next, [] as readonly GuardianRequest[])
const yes = { memberId: 'child', requestId: 'r1', approvedBy: 'guardian' } as const
const askedMs = Date.parse(wanted('r1').askedAt)
const hour = 3_600_000

describe('a request', () => {
  it('waits from when it was made, with all that was asked for', () => expect(after(requested('r1'))).toEqual([{ ...wanted('r1'), ended: null }]))

  it('lapses after 24 hours, to the millisecond', () => {
    const [request] = after(requested('r1'))
    if (!request) throw new Error('nothing was asked for')
    expect(requestLifeMs).toBe(24 * hour)
    expect(isWaiting(request, askedMs + 24 * hour - 1)).toBe(true)
    expect(isWaiting(request, askedMs + 24 * hour)).toBe(false)
    expect(requestLapsesAt(request)).toBe('2026-11-24T09:00:00.000Z')
  })

  it.each(['denied', 'withdrawn', 'lapsed', 'changed'] as const)('that was %s waits no longer, and says what became of it', (end) => {
    const [request] = after(requested('r1'), requestEnded('r1', end))
    expect(request?.ended).toMatchObject({ end, at })
    expect(request && isWaiting(request, askedMs)).toBe(false)
  })

  it('keeps the guardian’s reason and word', () => {
    const [request] = after(requested('r1'), requestEnded('r1', 'denied', { reason: 'talkFirst', note: 'After dinner' }))
    expect(request?.ended).toEqual({ end: 'denied', at, by: 'guardian', reason: 'talkFirst', note: 'After dinner' })
  })

  it('P8 is granted by the purchase that was asked for', () => {
    expect(after(requested('r1'), requested('r2'), approved('a', yes))).toMatchObject([{ ended: { end: 'granted', at, by: 'guardian' } }, { ended: null }])
  })

  it.each<[string, NewEvent[], NewEvent]>([
    ['P2 twice', [requested('r1'), approved('a', yes)], approved('b', yes)],
    ['P2 after it was denied', [requested('r1'), requestEnded('r1')], approved('a', yes)],
    ['P2 after it has lapsed', [requested('r1'), requestEnded('r1', 'lapsed')], approved('a', yes)],
    ['P8 by whoever asked', [requested('r1')], approved('a', { ...yes, approvedBy: 'child' })],
    ['P8 by nobody', [requested('r1')], approved('a', { memberId: 'child', requestId: 'r1' })],
    ['P8 that nobody made', [], approved('a', yes)],
    ['P8 without saying which', [requested('r1')], approved('a', { memberId: 'child', approvedBy: 'guardian' })],
    ['P8 for another member', [requested('r1')], approved('a', { ...yes, memberId: 'teen' })],
    ['P8 for nobody', [requested('r1')], approved('a', { requestId: 'r1', approvedBy: 'guardian' })],
    ['P1 for another price', [requested('r1')], approved('a', { ...yes, price: { amount: '100', currency: 'EUR' } })],
    ['P1 in another currency', [requested('r1')], approved('a', { ...yes, price: { amount: '99', currency: 'USD' } })],
    ['P1 for another thing', [requested('r1')], approved('a', { ...yes, item: 'Moonlight cape' })],
    ['P1 at another seller', [requested('r1')], approved('a', { ...yes, sellerId: 'seller-2' })],
  ])('is not granted: %s', (_name, before, event) => expect(() => next(after(...before), event)).toThrow(IllegalRequestError))

  it.each<[string, NewEvent[], NewEvent]>([
    ['made twice', [requested('r1')], requested('r1')],
    ['made again once it has ended', [requested('r1'), requestEnded('r1')], requested('r1')],
    ['ended twice', [requested('r1'), requestEnded('r1')], requestEnded('r1', 'withdrawn')],
    ['ended after a yes', [requested('r1'), approved('a', yes)], requestEnded('r1', 'lapsed')],
    ['ended without having been made', [], requestEnded('r1')],
  ])('P8 is not %s', (_name, before, event) => expect(() => next(after(...before), event)).toThrow(IllegalRequestError))

  it('has nothing to do with what nobody asked for', () => {
    const all = after(requested('r1'))
    expect(next(all, approved('a', { memberId: 'child' }))).toBe(all)
    expect(next(all, cancelled('b'))).toBe(all)
  })
})

describe('the very same', () => {
  const changes = { offerId: 'offer-2', sellerId: 'seller-2', payee: 'Evil Corp', item: 'Moonlight cape', price: { amount: '98', currency: 'EUR' } }

  it.each(Object.entries(changes))('P1 is not what differs in its %s', (key, value) => {
    expect(isSameOffer(wanted('r1'), { ...wanted('r2'), [key]: value })).toBe(false)
    expect(sameWaiting(after(requested('r1')), 'child', { ...wanted('r2'), [key]: value }, askedMs)).toBeNull()
  })

  it('is told by what is bought, not by when or why', () => {
    const later = wanted('r2', { askedAt: '2026-11-23T11:00:00.000Z', cause: { kind: 'quietHours', until: at } })
    expect(isSameOffer(wanted('r1'), later)).toBe(true)
    expect(sameWaiting(after(requested('r1')), 'child', later, askedMs)?.requestId).toBe('r1')
  })

  it('is nobody else’s, nothing that has ended, and nothing that has lapsed', () => {
    expect(sameWaiting(after(requested('r1')), 'teen', wanted('r2'), askedMs)).toBeNull()
    expect(sameWaiting(after(requested('r1'), requestEnded('r1')), 'child', wanted('r2'), askedMs)).toBeNull()
    expect(sameWaiting(after(requested('r1')), 'child', wanted('r2'), askedMs + 24 * hour - 1)).not.toBeNull()
    expect(sameWaiting(after(requested('r1')), 'child', wanted('r2'), askedMs + 24 * hour)).toBeNull()
  })
})

describe('what is remembered', () => {
  const ids = (all: readonly GuardianRequest[]) => all.map(({ requestId }) => requestId)

  it('is all that waits, and the newest fifty that have ended', () => {
    const many = Array.from({ length: 70 }, (_, index) => [requested(`r${index}`), ...(index % 7 === 0 ? [] : [requestEnded(`r${index}`)])]).flat()
    const all = after(...many)
    expect(all.filter(({ ended }) => ended === null)).toHaveLength(10)
    expect(all.filter(({ ended }) => ended !== null)).toHaveLength(50)
    expect(ids(all).slice(0, 3)).toEqual(['r0', 'r7', 'r12'])
  })

  it('is bounded, however much is asked for', () => {
    const all = after(...Array.from({ length: 500 }, (_, index) => [requested(`r${index}`), requestEnded(`r${index}`, 'lapsed')]).flat())
    expect(ids(all)).toEqual(Array.from({ length: 50 }, (_, index) => `r${450 + index}`))
    expect(mostWaiting).toBe(10)
  })
})
