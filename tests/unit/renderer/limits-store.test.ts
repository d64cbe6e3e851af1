import { describe, expect, it } from 'vitest'
import type { Change } from '../../../src/contract/controls.ts'
import type { ControlsResult, Preview } from '../../../src/contract/ipc/controls.ts'
import { createLimitsStore } from '../../../src/renderer/launcher/features/limits/limits-store.ts'
import { inBerlin } from '../../support/control-events.ts'

const limit = (amount: string | null): Change => ({ kind: 'limit', period: 'week', sellerId: null, amount })
const tighter: Preview = { effect: 'tighter', pauseMs: 0, actsAt: null }
const looser: Preview = { effect: 'looser', pauseMs: 30_000, actsAt: '2026-11-26T12:00:30.000Z' }

function setUp(preview: Preview, result: ControlsResult = { kind: 'done' }) {
  const asked: unknown[] = []
  const previewed: Change[] = []
  const answers: (() => void)[] = []
  let nowMs = 1_000
  let isHeld = false
  const answer = async () => result
  const store = createLimitsStore(
    {
      controls: {
        get: () => Promise.reject(new Error('not asked for')),
        preview: ({ change }) => {
          previewed.push(change)
          if (!isHeld) return Promise.resolve(preview)
          return new Promise((resolve) => answers.push(() => resolve(preview)))
        },
        change: (input) => {
          asked.push(input)
          return answer()
        },
        loosen: answer,
        withdrawLoosening: answer,
        setReminder: answer,
        onChanged: () => () => {},
      },
    },
    () => nowMs,
  )
  return {
    store,
    asked,
    previewed,
    pass: (ms: number) => (nowMs += ms),
    hold: () => (isHeld = true),
    answerOldest: () => answers.shift()?.(),
  }
}

describe('a control that a person is about to change', () => {
  it('is asked for with the household where it is the first', async () => {
    const { store, asked } = setUp(tighter)
    store.getState().edit({ kind: 'newLimit' })
    await store.getState().ask(limit('1000'), inBerlin)
    expect(asked).toEqual([{ change: limit('1000'), household: inBerlin }])
    expect(store.getState()).toMatchObject({ editing: null, draft: null, told: { kind: 'done' } })
  })

  it('P5 is not asked for before the pause is over where it is looser', async () => {
    const { store, asked, pass } = setUp(looser, { kind: 'asked', readyAt: '2026-11-26T12:00:00.000Z', lapsesAt: '2026-12-02T12:00:00.000Z' })
    await store.getState().consider(limit('5000'))
    expect(store.getState().draft).toMatchObject({ change: limit('5000'), effect: 'looser', askableAtMs: 31_000, actsAt: looser.actsAt })
    pass(29_999)
    await store.getState().ask(limit('5000'))
    expect(asked).toEqual([])
    pass(1)
    await store.getState().ask(limit('5000'))
    expect(asked).toEqual([{ change: limit('5000') }])
  })

  it('P5 is not asked for at all where somebody presses before what it does is known, and it is looser', async () => {
    const { store, asked, previewed } = setUp(looser)
    await store.getState().ask(limit('5000'))
    expect(previewed).toEqual([limit('5000')])
    expect(asked).toEqual([])
    expect(store.getState().draft?.effect).toBe('looser')
  })

  it('is looked at once, so that thinking about the same again does not begin the pause anew', async () => {
    const { store, previewed } = setUp(looser)
    await store.getState().consider(limit('5000'))
    await store.getState().consider(limit('5000'))
    expect(previewed).toHaveLength(1)
  })

  it('is not mistaken for the one before it when answers come late', async () => {
    const { store, hold, answerOldest } = setUp(looser)
    hold()
    const first = store.getState().consider(limit('5000'))
    const second = store.getState().consider(limit('700'))
    answerOldest()
    await first
    expect(store.getState().draft).toMatchObject({ change: limit('700'), effect: null })
    answerOldest()
    await second
    expect(store.getState().draft).toMatchObject({ change: limit('700'), effect: 'looser' })
  })

  it('stays on the screen when the person said no in the box of the system', async () => {
    const { store } = setUp(tighter, { kind: 'declined' })
    store.getState().edit({ kind: 'newLimit' })
    await store.getState().ask(limit('1000'))
    expect(store.getState()).toMatchObject({ editing: { kind: 'newLimit' }, told: { kind: 'declined' } })
    expect(store.getState().draft).not.toBeNull()
  })

  it('is asked for with whose it is', async () => {
    const { store, asked } = setUp(tighter)
    const lenas = { ...limit('500'), memberId: 'm-lena' } as Change
    await store.getState().ask(lenas)
    expect(asked).toEqual([{ change: lenas }])
  })

  it('does nothing where it is like that already', async () => {
    const { store, asked } = setUp({ effect: 'none', pauseMs: 0, actsAt: null })
    await store.getState().ask(limit('1000'))
    expect(asked).toEqual([])
  })
})
