import { describe, expect, it } from 'vitest'
import type { AccountView } from '../../../src/contract/ipc/account.ts'
import type { FamilyView, HouseholdView } from '../../../src/contract/ipc/household.ts'
import { startStores } from '../../../src/renderer/launcher/app/start-stores.ts'
import { everything } from '../../../src/renderer/launcher/features/history/question.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'
import { alone, familyWith, lena, maria, tim } from '../../support/people.ts'

const family: FamilyView = { kind: 'ok', requests: [], alerts: [], changes: [], recoveryCodesLeft: 10 }

async function setUp(first: HouseholdView) {
  let view = first
  const fake = fakeBridge({
    household: { get: () => Promise.resolve(view) },
    family: { get: () => Promise.resolve(family) },
    history: {
      search: () => Promise.resolve({ kind: 'ok', lines: [], reading: [], unverified: false }),
      summary: () => Promise.resolve({ kind: 'ok', lines: 0, totals: [], months: [], open: 0 }),
    },
    views: { keep: () => Promise.resolve({ kind: 'ok' }) },
    account: { get: () => Promise.resolve({ kind: 'signedOut', isNeeded: true, ended: null }), devices: () => Promise.resolve({ kind: 'ok', devices: [] }) },
    purchase: { request: () => Promise.resolve({ kind: 'cancelled' }) },
  })
  const watched = new Set<string>()
  let shown = 0
  const input = { addEventListener: (name: string) => void watched.add(name), removeEventListener: (name: string) => void watched.delete(name) }
  const { sitting, dispose } = startStores({ bridge: fake.bridge, input, showStore: () => void (shown += 1) })
  await settled()
  return {
    ...fake,
    dispose,
    watched,
    shown: () => shown,
    stores: () => sitting.getState().stores,
    async becomes(next: HouseholdView) {
      view = next
      fake.tell('household.changed')
      await settled()
    },
  }
}

type World = Awaited<ReturnType<typeof setUp>>

/** Leaves something of themselves in every store that holds something of a person. */
async function use({ stores }: World) {
  const { catalogue, history, purchase, limits, family, views } = stores()
  catalogue.getState().setFilter({ text: 'what I look for' })
  await history.getState().ask({ ...everything, text: 'what I bought' })
  views.getState().keep('text=what+I+bought')
  await family.getState().load()
  await purchase.getState().buy('wolf')
  limits.getState().edit({ kind: 'newLimit' })
}

/** What is left of whoever was there before. */
function leftIn({ stores }: World) {
  const { catalogue, history, purchase, limits, views } = stores()
  return {
    text: catalogue.getState().filter.text,
    history: history.getState().view.kind,
    sought: history.getState().question.text,
    last: views.getState().last,
    notices: purchase.getState().notices.length,
    editing: limits.getState().editing,
  }
}

const nothing = { text: '', history: 'loading', sought: '', last: null, notices: 0, editing: null }

describe('P10 nothing of one member is shown to the next', () => {
  it.each([
    ['nobody', null],
    ['somebody else', tim],
  ])('when %s is there instead', async (_who, next) => {
    const world = await setUp(familyWith(lena))
    await use(world)
    expect(leftIn(world)).not.toEqual(nothing)
    await world.becomes(familyWith(next))
    expect(leftIn(world)).toEqual(nothing)
  })

  it('when the household has just begun', async () => {
    const world = await setUp(alone)
    await use(world)
    await world.becomes(familyWith(null))
    expect(leftIn(world)).toEqual(nothing)
  })

  it('and the same one comes back later', async () => {
    const world = await setUp(familyWith(lena))
    await use(world)
    await world.becomes(familyWith(null))
    await world.becomes(familyWith(lena))
    expect(leftIn(world)).toEqual(nothing)
  })

  it('and an answer to the one before arrives too late to be seen', async () => {
    const world = await setUp(familyWith(lena))
    const late = world.stores().history.getState().load()
    await world.becomes(familyWith(tim))
    await late
    expect(leftIn(world)).toEqual(nothing)
  })
})

describe('whoever stays', () => {
  it('keeps what they see when somebody else is called otherwise, and sees the new name', async () => {
    const world = await setUp(familyWith(maria))
    await use(world)
    const before = world.stores()
    world.calls.length = 0
    await world.becomes(familyWith(maria, []))
    expect(world.stores()).toBe(before)
    expect(leftIn(world)).not.toEqual(nothing)
    expect(world.calls).toEqual(expect.arrayContaining(['controls.get', 'family.get']))
  })

  it('alone keeps the stores that the page opened with, so that nothing is loaded twice', async () => {
    const world = await setUp(alone)
    expect(world.calls.filter((call) => call === 'catalogue.list')).toHaveLength(1)
  })
})

it('only an open profile asks for requests and alerts', async () => {
  const world = await setUp(familyWith(null))
  expect(world.calls).not.toContain('family.get')
  await world.becomes(familyWith(maria))
  expect(world.calls).toContain('family.get')
})

it('only with an open profile it is watched whether somebody is here', async () => {
  const world = await setUp(alone)
  expect(world.watched.size).toBe(0)
  await world.becomes(familyWith(maria))
  expect(world.watched).toContain('keydown')
  await world.becomes(familyWith(null))
  expect(world.watched.size).toBe(0)
})

it('what the stores of one sitting follow ends with it', async () => {
  const world = await setUp(familyWith(maria))
  await world.becomes(familyWith(tim))
  await world.becomes(familyWith(lena))
  expect(['controls.changed', 'family.changed', 'purchase.progress', 'household.changed'].map(world.listeners)).toEqual([1, 1, 1, 1])
  world.dispose()
  expect(['controls.changed', 'family.changed', 'purchase.progress', 'household.changed', 'app.changed'].map(world.listeners)).toEqual([0, 0, 0, 0, 0])
})

const signedIn: AccountView = {
  ...{ kind: 'signedIn', displayName: 'Robin', email: 'r…n@example.org', scopes: ['profile:read', 'purchase'], codeWays: [{ method: 'email' }] },
  ...{ stepUpAbove: { amount: '2000', currency: 'EUR' }, signedInAt: '2026-11-23T09:00:00.000Z', isForTurn: false },
}

describe('whoever signs in to buy something', () => {
  it('is asked about it once they are signed in, in the store, and once only', async () => {
    const world = await setUp(alone)
    world.stores().purchase.getState().waitForAccount('wolf')
    world.tell('account.changed', { kind: 'starting' })
    world.tell('account.changed', signedIn)
    await settled()
    expect([world.calls.filter((call) => call === 'purchase.request'), world.shown()]).toEqual([['purchase.request'], 1])
    world.tell('account.changed', { ...signedIn, displayName: 'Robin H.' })
    await settled()
    expect(world.calls.filter((call) => call === 'purchase.request')).toHaveLength(1)
  })

  it('is not asked where they gave up, or somebody signs in for something else', async () => {
    const world = await setUp(alone)
    world.stores().purchase.getState().waitForAccount('wolf')
    world.tell('account.changed', { kind: 'starting' })
    world.tell('account.changed', { kind: 'signedOut', isNeeded: true, ended: 'denied' })
    world.tell('account.changed', signedIn)
    await settled()
    expect([world.calls.includes('purchase.request'), world.shown()]).toEqual([false, 0])
  })
})
