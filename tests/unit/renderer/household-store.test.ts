import { describe, expect, it } from 'vitest'
import type { HouseholdResult, HouseholdView } from '../../../src/contract/ipc/household.ts'
import { audienceOf, createHouseholdStore } from '../../../src/renderer/launcher/features/household/household-store.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'
import { alone, familyWith, lena, maria, profileOf, tim } from '../../support/people.ts'

function setUp(first: HouseholdView, result: () => Promise<HouseholdResult> = () => Promise.resolve({ kind: 'done' })) {
  const views: (HouseholdView | Promise<HouseholdView>)[] = [first]
  const inputs: unknown[] = []
  const answer = (input?: unknown) => {
    inputs.push(input)
    return result()
  }
  const fake = fakeBridge({
    household: { get: async () => (views.length > 1 ? views.shift()! : views[0]!), setUp: answer, addMember: answer, rename: answer, setPin: answer, setSecondFactor: () => answer() },
    profiles: { open: answer, lock: async () => ({}) },
  })
  return { ...fake, views, inputs, store: createHouseholdStore(fake.bridge) }
}

describe('who uses this computer', () => {
  it('is asked for again when main tells that it is otherwise', async () => {
    const { store, views, tell } = setUp(familyWith(null))
    store.getState().follow()
    await settled()
    expect(store.getState().view).toEqual(familyWith(null))
    views[0] = familyWith(lena)
    tell('household.changed')
    await settled()
    expect(store.getState().view).toEqual(familyWith(lena))
  })

  it('is what main said last, however late an older answer comes', async () => {
    const { store, views } = setUp(alone)
    const older = Promise.withResolvers<HouseholdView>()
    views[0] = older.promise
    views.push(familyWith(tim))
    const first = store.getState().load()
    await store.getState().load()
    older.resolve(familyWith(maria))
    await first
    expect(store.getState().view).toEqual(familyWith(tim))
  })

  it('is not known where main fails to say it', async () => {
    const { bridge } = fakeBridge({ household: { get: () => Promise.reject(new Error('gone')) } })
    const store = createHouseholdStore(bridge)
    await store.getState().load()
    expect(store.getState().view).toEqual({ kind: 'broken' })
  })

  it('is followed no longer after the undo', async () => {
    const { store, listeners } = setUp(alone)
    const stop = store.getState().follow()
    expect(listeners('household.changed')).toBe(1)
    stop()
    expect(listeners('household.changed')).toBe(0)
  })
})

describe('what is asked for about the household', () => {
  it('keeps what came of it, and looks again who has to wait', async () => {
    const wrong: HouseholdResult = { kind: 'declined' }
    const waiting = familyWith(null, [profileOf(maria), profileOf(tim, { waitMs: 60_000 })])
    const { store, views } = setUp(familyWith(null), () => Promise.resolve(wrong))
    await store.getState().load()
    views[0] = waiting
    expect(await store.getState().open(tim.memberId)).toBe(false)
    expect(store.getState()).toMatchObject({ task: null, told: { task: `open ${tim.memberId}`, result: wrong }, view: waiting })
  })

  it('is one thing at a time', async () => {
    const { store, inputs } = setUp(familyWith(maria), () => new Promise(() => {}))
    void store.getState().setPin(lena.memberId)
    expect(await store.getState().rename(tim.memberId, 'Timo')).toBe(false)
    expect(inputs).toEqual([{ memberId: lena.memberId }])
  })

  it('is told as a fault of Tuppence where the call itself fails', async () => {
    const { store } = setUp(alone, () => Promise.reject(new Error('gone')))
    const isDone = await store.getState().setUp({ zone: 'Europe/Berlin', currency: 'EUR', members: [{ name: 'Maria', role: 'guardian', weeklyCap: null }] })
    expect(isDone).toBe(false)
    expect(store.getState().told).toEqual({ task: 'setUp', result: { kind: 'broken' } })
  })

  it.each([
    [{ kind: 'done' }, true],
    [{ kind: 'asked', readyAt: '2026-11-26T12:00:00.000Z', lapsesAt: '2026-12-02T12:00:00.000Z' }, true],
    [{ kind: 'declined' }, false],
    [{ kind: 'refused', reason: 'excluded' }, false],
  ] as const)('with %o the form can be closed: %s', async (result, isOver) => {
    const { store } = setUp(familyWith(maria), () => Promise.resolve(result))
    expect(await store.getState().addMember('Oma', 'adult')).toBe(isOver)
  })

  it('is not told to whoever comes next', async () => {
    const { store, views, tell } = setUp(familyWith(maria), () => Promise.resolve({ kind: 'refused', reason: 'busy' }))
    store.getState().follow()
    await settled()
    await store.getState().setSecondFactor()
    expect(store.getState().told).not.toBeNull()
    views[0] = familyWith(null)
    tell('household.changed')
    await settled()
    expect(store.getState().told).toBeNull()
  })
})

it('P10 the screens are for another where another profile is open, and nobody knows for whom while main has not said', () => {
  const audiences = [familyWith(null), familyWith(maria), familyWith(tim), alone].map(audienceOf)
  expect(new Set(audiences).size).toBe(4)
  expect(audiences).not.toContain(null)
  expect([audienceOf({ kind: 'loading' }), audienceOf({ kind: 'broken' })]).toEqual([null, null])
})
