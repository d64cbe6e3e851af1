import { describe, expect, it } from 'vitest'
import type { FamilyView, HouseholdResult, Request } from '../../../src/contract/ipc/household.ts'
import { createFamilyStore, waitingCount } from '../../../src/renderer/launcher/features/family/family-store.ts'
import { findRequests } from '../../../src/renderer/launcher/features/family/find-requests.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'
import { lena, tim } from '../../support/people.ts'

const euros = (amount: string) => ({ amount, currency: 'EUR' })

function request(requestId: string, askedAt: string, change: Partial<Request> = {}): Request {
  return {
    ...{ requestId, who: tim, offerId: 'wolf', item: 'Ember Wolf', game: 'Ashen Vale', payee: 'Nebula Forge', price: euros('99'), counted: euros('99') },
    ...{ cause: { kind: 'quietHours', until: '2026-11-26T06:00:00.000Z' }, askedAt, lapsesAt: '2026-11-26T12:00:00.000Z', ended: null, ...change },
  }
}

const denied: Request['ended'] = { end: 'denied', at: '2026-11-25T13:00:00.000Z', by: 'Maria', reason: 'notNow', note: 'After school' }
const view = (requests: Request[]): FamilyView => ({ kind: 'ok', requests, alerts: [], changes: [], recoveryCodesLeft: null })

function setUp(first: FamilyView, withdrawn: () => Promise<HouseholdResult> = () => Promise.resolve({ kind: 'done' })) {
  const state = { view: () => Promise.resolve(first) }
  const fake = fakeBridge({ family: { get: () => state.view() }, requests: { withdraw: withdrawn } })
  return { ...fake, state, store: createFamilyStore(fake.bridge) }
}

describe('what is asked of guardians', () => {
  it('is asked for again when main tells that something is new', async () => {
    const { store, state, tell } = setUp(view([]))
    store.getState().follow()
    await settled()
    expect(waitingCount(store.getState().view)).toBe(0)
    state.view = () => Promise.resolve(view([request('r1', '2026-11-25T12:00:00.000Z'), request('r2', '2026-11-25T11:00:00.000Z', { ended: denied })]))
    tell('family.changed')
    await settled()
    expect(waitingCount(store.getState().view)).toBe(1)
  })

  it('is not known where main fails to say it', async () => {
    const { store, state } = setUp(view([]))
    state.view = () => Promise.reject(new Error('gone'))
    await store.getState().load()
    expect(store.getState().view).toEqual({ kind: 'broken' })
  })

  it('can be withdrawn, and the list is fetched anew whatever came of it', async () => {
    const { store, state, calls } = setUp(view([request('r1', '2026-11-25T12:00:00.000Z')]), () => Promise.resolve({ kind: 'refused', reason: 'gone' }))
    await store.getState().load()
    state.view = () => Promise.resolve(view([request('r1', '2026-11-25T12:00:00.000Z', { ended: denied })]))
    await store.getState().withdraw('r1')
    expect(store.getState()).toMatchObject({ withdrawing: null, told: { kind: 'refused', reason: 'gone' } })
    expect(waitingCount(store.getState().view)).toBe(0)
    expect(calls).toEqual(['family.get', 'requests.withdraw', 'family.get'])
  })

  it('is withdrawn one at a time', async () => {
    const { store, calls } = setUp(view([]), () => new Promise(() => {}))
    void store.getState().withdraw('r1')
    await store.getState().withdraw('r2')
    expect(calls).toEqual(['requests.withdraw'])
    expect(store.getState().withdrawing).toBe('r1')
  })
})

describe('the list of requests', () => {
  const requests = [
    request('ended early', '2026-11-23T12:00:00.000Z', { ended: { end: 'lapsed', at: '2026-11-24T12:00:00.000Z', by: null } }),
    request('old', '2026-11-25T10:00:00.000Z', { who: lena, item: 'Brass Compass' }),
    request('ended late', '2026-11-22T12:00:00.000Z', { ended: denied }),
    request('new', '2026-11-25T12:00:00.000Z'),
  ]
  const found = (text: string, state: 'all' | 'waiting' | 'ended' = 'all') =>
    findRequests(requests, { text, state }, ({ ended }) => [ended?.note ?? '']).map(({ requestId }) => requestId)

  it('has those that wait first, and the newest of each before the others', () => {
    expect(found('')).toEqual(['new', 'old', 'ended late', 'ended early'])
  })

  it('is searched by who, what and what the person sees besides', () => {
    expect(found('lena compass')).toEqual(['old'])
    expect(found('after school')).toEqual(['ended late'])
    expect(found('nothing of the kind')).toEqual([])
  })

  it('can be those that wait, or those that have ended', () => {
    expect(found('', 'waiting')).toEqual(['new', 'old'])
    expect(found('', 'ended')).toEqual(['ended late', 'ended early'])
  })
})
