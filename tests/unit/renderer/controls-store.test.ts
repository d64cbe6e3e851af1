import { describe, expect, it } from 'vitest'
import type { ControlEvent, ControlsView } from '../../../src/contract/ipc/controls.ts'
import { createControlsStore } from '../../../src/renderer/launcher/features/limits/controls-store.ts'
import { inBerlin } from '../../support/control-events.ts'

const warned = (at: string, percent: 80 | 100, period: 'week' | 'day' = 'week'): ControlEvent => ({
  at,
  by: null,
  about: null,
  what: { kind: 'warned', period, sellerId: null, amount: '1000', percent },
})

const standing = (period: 'week' | 'day', change: { amount?: string; startsAt?: string; memberId?: string } = {}) => ({
  ...{ period, sellerId: null, amount: '1000', spent: '800', reserved: '0', left: '200' },
  ...{ startsAt: '2026-11-23T23:00:00.000Z', resetsAt: '2026-11-30T23:00:00.000Z', ...change },
})

function view(events: readonly ControlEvent[], standings = [standing('week'), standing('day')]): ControlsView {
  return {
    kind: 'ok',
    household: inBerlin,
    systemZone: inBerlin.zone,
    of: null,
    isOtherAccounts: false,
    rights: [],
    standings,
    quietHours: [],
    remindAfter: 5,
    pending: [],
    exclusion: { kind: 'none' },
    exclusions: [],
    exclusionEnds: [],
    events: [...events],
  }
}

function setUp(first: ControlsView) {
  let answer: () => Promise<ControlsView> = () => Promise.resolve(first)
  const refuse = () => Promise.reject(new Error('not asked for'))
  const store = createControlsStore({
    controls: {
      get: () => answer(),
      preview: refuse,
      change: refuse,
      loosen: refuse,
      withdrawLoosening: refuse,
      setReminder: refuse,
      onChanged: () => () => {},
    },
  })
  return {
    store,
    percents: () => store.getState().warnings.map(({ period, percent }) => `${period} ${percent}`),
    async changesTo(next: ControlsView) {
      answer = () => Promise.resolve(next)
      await store.getState().load()
    },
    /** Asks now; the answer comes when the given function is called. */
    asks(next: ControlsView): () => Promise<void> {
      const { promise, resolve } = Promise.withResolvers<ControlsView>()
      answer = () => promise
      const loaded = store.getState().load()
      return () => {
        resolve(next)
        return loaded
      }
    },
    async breaks() {
      answer = () => Promise.reject(new Error('gone'))
      await store.getState().load()
    },
  }
}

const old = warned('2026-11-24T10:00:00.000Z', 80)
const eighty = warned('2026-11-25T10:00:00.000Z', 80)
const hundred = warned('2026-11-25T11:00:00.000Z', 100)

describe('a warning that a limit comes near its end', () => {
  it('is told once when it is new, and not when it was there before', async () => {
    const { store, percents, changesTo } = setUp(view([old]))
    await store.getState().load()
    expect(percents()).toEqual([])
    await changesTo(view([eighty, old]))
    expect(percents()).toEqual(['week 80'])
    const [shown] = store.getState().warnings
    store.getState().putAway(shown!)
    await changesTo(view([eighty, old]))
    expect(percents()).toEqual([])
  })

  it('gives way to the next one of the same limit only', async () => {
    const { store, percents, changesTo } = setUp(view([]))
    await store.getState().load()
    await changesTo(view([warned('2026-11-25T10:00:00.000Z', 80, 'day'), eighty]))
    await changesTo(view([hundred, warned('2026-11-25T10:00:00.000Z', 80, 'day'), eighty]))
    expect(percents()).toEqual(['week 100', 'day 80'])
  })
})

it('a warning of a member’s limit is another than one of the household’s', async () => {
  const lenas = { ...warned('2026-11-25T12:00:00.000Z', 80), what: { ...eighty.what, memberId: 'm-lena' } } as ControlEvent
  const standings = [standing('week'), standing('week', { memberId: 'm-lena' })]
  const { store, percents, changesTo } = setUp(view([], standings))
  await store.getState().load()
  await changesTo(view([lenas, hundred], standings))
  expect(percents()).toEqual(['week 80', 'week 100'])
  // Only hers has become another.
  await changesTo(view([lenas, hundred], [standing('week'), standing('week', { memberId: 'm-lena', amount: '900' })]))
  expect(percents()).toEqual(['week 100'])
})

it.each([
  ['another amount', [standing('week', { amount: '900' })]],
  ['a new week', [standing('week', { startsAt: '2026-11-30T23:00:00.000Z' })]],
  ['no such limit', []],
])('a warning goes away with %s', async (_name, standings) => {
  const { store, percents, changesTo } = setUp(view([]))
  await store.getState().load()
  await changesTo(view([eighty]))
  expect(percents()).toEqual(['week 80'])
  await changesTo(view([eighty], standings))
  expect(percents()).toEqual([])
})

describe('answers of main that overtake each other', () => {
  it('leave the newest question’s on the screen', async () => {
    const { store, asks } = setUp(view([]))
    const older = asks(view([]))
    const newer = asks(view([hundred]))
    await newer()
    await older()
    const { view: shown } = store.getState()
    expect(shown.kind === 'ok' && shown.events).toEqual([hundred])
  })
})

describe('when main does not say how the controls are', () => {
  it('the screens know that, and nothing is told twice afterwards', async () => {
    const { store, percents, changesTo, breaks } = setUp(view([eighty]))
    await store.getState().load()
    await breaks()
    expect(store.getState().view.kind).toBe('broken')
    await changesTo(view([eighty]))
    expect(store.getState().view.kind).toBe('ok')
    expect(percents()).toEqual([])
  })
})
