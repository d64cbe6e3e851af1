import { describe, expect, it } from 'vitest'
import type { AnsweredResult, AskedResult } from '../../../src/contract/ipc/household.ts'
import type { Outcome } from '../../../src/contract/ipc/outcome.ts'
import { isAskable, toneOf, type NoticeContent } from '../../../src/renderer/launcher/features/purchase/notices.ts'
import { createPurchaseStore } from '../../../src/renderer/launcher/features/purchase/purchase-store.ts'
import { fakeBridge } from '../../support/fake-bridge.ts'

const bought = { item: 'Ember Wolf', payee: 'Nebula Forge', price: { amount: '99', currency: 'EUR' } }
const blocked = (askIn?: { offerId: string; pauseMs: number }): Outcome => ({
  ...{ kind: 'blocked', ...bought, block: { kind: 'quietHours', until: '2026-11-26T06:00:00.000Z', memberId: 'm-tim' } },
  ...(askIn && { askIn }),
})
/** The price has gone up since it was blocked. */
const asked = { kind: 'asked', requestId: 'r1', price: { amount: '129', currency: 'EUR' }, lapsesAt: '2026-11-26T12:00:00.000Z' } satisfies AskedResult

function setUp(outcome: Outcome, ask: () => Promise<AskedResult> = () => Promise.resolve(asked), answer: () => Promise<AnsweredResult> = () => Promise.resolve({ kind: 'denied' })) {
  const fake = fakeBridge({ purchase: { request: () => Promise.resolve(outcome) }, requests: { ask, answer } })
  const store = createPurchaseStore(fake.bridge, () => 5_000)
  const shown = () => store.getState().notices.map(({ content }) => content)
  return { ...fake, store, shown }
}

describe('what a minor cannot buy without asking', () => {
  it('is asked for with the same press where there is nothing to think over', async () => {
    const { store, shown, calls } = setUp(blocked({ offerId: 'wolf', pauseMs: 0 }))
    await store.getState().buy('wolf')
    expect(calls).toEqual(['purchase.request', 'requests.ask'])
    expect(shown()).toEqual([{ ...bought, ...asked }])
  })

  it('is not asked for by itself where there is a pause, and can be asked for after it', async () => {
    const { store, shown, calls } = setUp(blocked({ offerId: 'wolf', pauseMs: 30_000 }))
    await store.getState().buy('wolf')
    expect(calls).toEqual(['purchase.request'])
    const [content] = shown()
    expect(content).toMatchObject({ kind: 'blocked', askIn: { offerId: 'wolf', askableAtMs: 35_000 } })
    if (content?.kind !== 'blocked' || !isAskable(content)) throw new Error('it can be asked for')
    await store.getState().ask(content)
    expect(shown()).toEqual([{ ...bought, ...asked }])
  })

  it('stays blocked where no guardian could lift it', async () => {
    const { store, shown, calls } = setUp(blocked())
    await store.getState().buy('wolf')
    expect(calls).toEqual(['purchase.request'])
    expect(shown()).toEqual([blocked()])
  })

  it('is told to wait already where it does, and to be refused where it is', async () => {
    const again = setUp(blocked({ offerId: 'wolf', pauseMs: 0 }), () => Promise.resolve({ ...asked, kind: 'already' }))
    await again.store.getState().buy('wolf')
    expect(again.shown()).toMatchObject([{ kind: 'already' }])
    const refused = setUp(blocked({ offerId: 'wolf', pauseMs: 0 }), () => Promise.resolve({ kind: 'refused', reason: 'tooMany' }))
    await refused.store.getState().buy('wolf')
    expect(refused.shown()).toEqual([{ kind: 'notAsked', reason: 'tooMany' }])
  })

  it('is known not to be charged where the asking itself breaks', async () => {
    const { store, shown } = setUp(blocked({ offerId: 'wolf', pauseMs: 0 }), () => Promise.reject(new Error('gone')))
    await store.getState().buy('wolf')
    expect(shown()).toEqual([{ kind: 'askFailed' }])
  })

  it('is asked for once, however often somebody presses', async () => {
    const { store, calls } = setUp(blocked(), () => new Promise(() => {}))
    const askable = { ...bought, askIn: { offerId: 'wolf' } }
    void store.getState().ask(askable)
    await store.getState().ask(askable)
    expect(calls).toEqual(['requests.ask'])
  })
})

describe('a guardian’s answer', () => {
  const paid: AnsweredResult = { kind: 'succeeded', ...bought, purchaseId: 'p1', receiptNumber: 'R1', chargedAt: '2026-11-25T12:00:00.000Z' }

  it.each([paid, { kind: 'denied' }, { kind: 'changed' }, { kind: 'notAnswered', reason: 'gone' }] satisfies AnsweredResult[])('is told as what came of it: %o', async (result) => {
    const { store, shown } = setUp(blocked(), undefined, () => Promise.resolve(result))
    await store.getState().answer('r1')
    expect(store.getState().answering).toBeNull()
    expect(shown()).toEqual([result])
  })

  it('does not tell a guardian to ask a guardian', async () => {
    const { store, shown } = setUp(blocked(), undefined, () => Promise.resolve(blocked({ offerId: 'wolf', pauseMs: 0 }) as AnsweredResult))
    await store.getState().answer('r1')
    expect(shown()).toEqual([blocked()])
  })

  it('may have been charged where the call itself breaks', async () => {
    const { store, shown } = setUp(blocked(), undefined, () => Promise.reject(new Error('gone')))
    await store.getState().answer('r1')
    expect(shown()).toEqual([{ kind: 'broken' }])
  })

  it('is given to one request at a time', async () => {
    const { store, calls } = setUp(blocked(), undefined, () => new Promise(() => {}))
    void store.getState().answer('r1')
    await store.getState().answer('r2')
    expect(calls).toEqual(['requests.answer'])
    expect(store.getState().answering).toBe('r1')
  })
})

it('nothing of asking and answering is an alarm but a fault of Tuppence', () => {
  const contents: NoticeContent[] = [{ ...bought, ...asked }, { kind: 'notAsked', reason: 'tooSoon' }, { kind: 'denied' }, { kind: 'changed' }, { kind: 'notAnswered', reason: 'gone' }]
  expect(new Set(contents.map(toneOf))).toEqual(new Set(['quiet']))
  expect(toneOf({ kind: 'askFailed' })).toBe('bad')
})
