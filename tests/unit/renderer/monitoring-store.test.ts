import { describe, expect, it } from 'vitest'
import type { AnsweredPurchase, Frozen, MonitoringView, Scored } from '../../../src/contract/ipc/monitoring.ts'
import { everything, findScored } from '../../../src/renderer/launcher/features/monitoring/find-scored.ts'
import { attentionCount, createMonitoringStore } from '../../../src/renderer/launcher/features/monitoring/monitoring-store.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'

function scored(purchaseId: string, change: Partial<Scored> = {}): Scored {
  return {
    ...{ purchaseId, at: '2026-11-26T12:00:00.000Z', memberId: null, item: 'Ember Wolf', payee: 'Nebula Forge', price: { amount: '99', currency: 'EUR' } },
    ...{ state: 'succeeded', takeover: 0.1, burst: 0.1, bands: { takeover: 'nothing', burst: 'nothing' }, band: 'nothing' },
    ...{ levels: { takeover: 'usual', burst: 'usual' }, reasons: [], answer: null, mayAnswer: ['me', 'notMe'], ...change },
  }
}

const frozen: Frozen = { memberId: null, at: '2026-11-26T12:00:00.000Z', by: null, because: 'p1', thaw: { kind: 'box', pauseMs: 0 }, since: [] }
const view = (all: Scored[], frozenNow: Frozen[] = []): MonitoringView => ({ kind: 'ok', of: null, people: [], scored: all, watch: [], levels: [], frozen: frozenNow })

function setUp(first: MonitoringView, answered: () => Promise<AnsweredPurchase> = () => Promise.resolve({ kind: 'thanked' })) {
  const state = { view: () => Promise.resolve(first) }
  const fake = fakeBridge({ monitoring: { get: () => state.view(), answer: answered, thaw: () => Promise.resolve({ kind: 'thawed' }) } })
  return { ...fake, state, store: createMonitoringStore(fake.bridge) }
}

describe('what was noticed', () => {
  it('is asked for again when main tells that something is new', async () => {
    const { store, state, tell } = setUp(view([]))
    store.getState().follow()
    await settled()
    state.view = () => Promise.resolve(view([scored('p1')]))
    tell('monitoring.changed')
    await settled()
    expect(store.getState().view).toMatchObject({ scored: [{ purchaseId: 'p1' }] })
  })

  it('is not known where main fails to say it', async () => {
    const { store, state } = setUp(view([]))
    state.view = () => Promise.reject(new Error('gone'))
    await store.getState().load()
    expect(store.getState().view).toEqual({ kind: 'broken' })
  })

  it('wants a look where buying is frozen, or an alert has no answer that could be given', () => {
    const alerts = [scored('a', { band: 'alert' }), scored('b', { band: 'alert', mayAnswer: [] }), scored('c', { band: 'pause' })]
    const said = scored('d', { band: 'alert', answer: { answer: 'me', at: '2026-11-26T12:00:00.000Z', by: null } })
    expect(attentionCount(view([...alerts, said], [frozen]))).toBe(2)
    expect(attentionCount({ kind: 'locked' })).toBe(0)
  })
})

describe('an answer', () => {
  it('is given one at a time, and the list is fetched anew whatever came of it', async () => {
    const { store, calls } = setUp(view([]), () => Promise.resolve({ kind: 'refused', reason: 'gone' }))
    const first = store.getState().answer('p1', 'me')
    await store.getState().answer('p2', 'notMe')
    await first
    expect(calls).toEqual(['monitoring.answer', 'monitoring.get'])
    expect(store.getState()).toMatchObject({ task: null, told: { kind: 'refused', reason: 'gone' } })
  })

  it('that failed by a fault of Tuppence is told as that', async () => {
    const { store } = setUp(view([]), () => Promise.reject(new Error('gone')))
    await store.getState().answer('p1', 'notMe')
    expect(store.getState().told).toEqual({ kind: 'broken' })
  })

  it('that ends a freeze names the member only where there is one', async () => {
    const inputs: unknown[] = []
    const { bridge } = fakeBridge({ monitoring: { get: () => Promise.resolve(view([])), thaw: (input) => (inputs.push(input), Promise.resolve({ kind: 'thawed' })) } })
    const store = createMonitoringStore(bridge)
    await store.getState().thaw(null)
    await store.getState().thaw('lena')
    expect(inputs).toEqual([{}, { memberId: 'lena' }])
  })
})

describe('finding judged purchases', () => {
  const words = ({ item, payee }: Scored) => [item, payee]
  const all = [
    scored('a'),
    scored('b', { band: 'note', memberId: 'lena', item: 'Moon Lamp' }),
    scored('c', { band: 'pause', answer: { answer: 'me', at: '2026-11-26T12:00:00.000Z', by: null }, mayAnswer: ['notMe'] }),
    scored('d', { band: 'alert', mayAnswer: [] }),
  ]
  const ids = (filter: Partial<typeof everything>) => findScored(all, { ...everything, ...filter }, words).map(({ purchaseId }) => purchaseId)

  it.each([
    [{}, ['a', 'b', 'c', 'd']],
    [{ which: 'noticed' }, ['b', 'c', 'd']],
    [{ which: 'unanswered' }, ['b']],
    [{ memberId: 'lena' }, ['b']],
    [{ text: 'moon' }, ['b']],
    [{ text: 'moon', which: 'unanswered', memberId: 'tim' }, []],
  ] as const)('%o finds %o', (filter, found) => {
    expect(ids(filter)).toEqual(found)
  })
})
