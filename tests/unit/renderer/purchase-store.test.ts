import { describe, expect, it } from 'vitest'
import type { PurchaseRow, Progress } from '../../../src/contract/ipc/launcher.ts'
import type { Outcome } from '../../../src/contract/ipc/outcome.ts'
import { createPurchaseStore } from '../../../src/renderer/launcher/features/purchase/purchase-store.ts'
import { settled } from '../../support/fake-bridge.ts'

const bought = { purchaseId: 'p1', item: 'Ember Wolf', payee: 'Nebula Forge', price: { amount: '99', currency: 'EUR' } }
const paidRow: PurchaseRow = {
  ...bought,
  at: '2026-11-23T09:00:00.000Z',
  settledAt: '2026-11-23T09:01:00.000Z',
  state: 'succeeded',
  receiptNumber: 'R1',
}

function setUp(request: () => Promise<Outcome>) {
  const requested: string[] = []
  let tellProgress: (progress: Progress) => void = () => {}
  let tellHistory = () => {}
  const store = createPurchaseStore({
    purchase: {
      request: ({ offerId }) => {
        requested.push(offerId)
        return request()
      },
      settle: async () => ({ stillOpen: 0 }),
      latest: async () => ({ kind: 'ok', rows: [paidRow], unverified: false }),
      onProgress: (listener) => {
        tellProgress = listener
        return () => {
          tellProgress = () => {}
        }
      },
    },
    requests: { ask: () => new Promise(() => {}), withdraw: () => new Promise(() => {}), answer: () => new Promise(() => {}) },
    history: {
      onChanged: (listener) => {
        tellHistory = () => listener({})
        return () => {
          tellHistory = () => {}
        }
      },
    },
  })
  return {
    store,
    requested,
    kinds: () => store.getState().notices.map(({ content }) => content.kind),
    progress: (progress: Progress) => tellProgress(progress),
    historyChanged: () => tellHistory(),
  }
}

describe('buying from the store', () => {
  it('shows each step of the running purchase and then its outcome', async () => {
    let finish: (outcome: Outcome) => void = () => {}
    const { store, kinds, progress } = setUp(() => new Promise((resolve) => (finish = resolve)))
    store.getState().follow()
    const ended = store.getState().buy('wolf')
    expect(store.getState().running).toEqual({ offerId: 'wolf', step: 'quoting' })
    progress({ offerId: 'wolf', step: 'confirming' })
    progress({ offerId: 'other', step: 'charging' })
    expect(store.getState().running?.step).toBe('confirming')
    finish({ kind: 'cancelled' })
    await ended
    expect(store.getState().running).toBeNull()
    expect(kinds()).toEqual(['cancelled'])
  })

  it('asks main for one purchase at a time and says so', async () => {
    const { store, kinds, requested } = setUp(() => new Promise(() => {}))
    void store.getState().buy('wolf')
    await store.getState().buy('cap')
    expect(requested).toEqual(['wolf'])
    expect(store.getState().notices[0]?.content).toEqual({ kind: 'refused', reason: 'purchaseInProgress' })
    expect(kinds()).toHaveLength(1)
  })

  it('admits that it does not know when the call itself breaks', async () => {
    const { store, kinds } = setUp(() => Promise.reject(new Error('gone')))
    await store.getState().buy('wolf')
    expect(kinds()).toEqual(['broken'])
  })

  it.each(['by itself', 'when asked'])('learns %s what became of an unknown purchase', async (how) => {
    const { store, kinds, historyChanged } = setUp(async () => ({ kind: 'unknown', ...bought }))
    store.getState().follow()
    await store.getState().buy('wolf')
    expect(kinds()).toEqual(['unknown'])
    if (how === 'when asked') await store.getState().settle()
    else historyChanged()
    await settled()
    expect(kinds()).toEqual(['succeeded'])
  })

  it('follows nothing any more after the undo', () => {
    const { store, progress } = setUp(() => new Promise(() => {}))
    const stop = store.getState().follow()
    void store.getState().buy('wolf')
    stop()
    progress({ offerId: 'wolf', step: 'charging' })
    expect(store.getState().running?.step).toBe('quoting')
  })
})
