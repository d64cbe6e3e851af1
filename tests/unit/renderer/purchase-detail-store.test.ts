import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Bridge } from '../../../src/contract/ipc/channel.ts'
import type { LauncherContract } from '../../../src/contract/ipc/launcher.ts'
import type { Disputed, PurchaseDetailResult } from '../../../src/contract/ipc/purchase-detail.ts'
import { listBefore } from '../../../src/renderer/launcher/features/purchase-detail/list-before.ts'
import { createPurchaseDetailStore } from '../../../src/renderer/launcher/features/purchase-detail/purchase-detail-store.ts'

function setUp() {
  const answers = new Map<string, PromiseWithResolvers<PurchaseDetailResult>[]>()
  const listeners = new Set<() => void>()
  const disputes: { said: unknown; answer: PromiseWithResolvers<Disputed> }[] = []
  const bridge = {
    history: {
      purchase: ({ purchaseId }: { purchaseId: string }) => {
        const asked = Promise.withResolvers<PurchaseDetailResult>()
        answers.set(purchaseId, [...(answers.get(purchaseId) ?? []), asked])
        return asked.promise
      },
      onChanged: (listener: () => void) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    disputes: {
      open: (said: unknown) => {
        const answer = Promise.withResolvers<Disputed>()
        disputes.push({ said, answer })
        return answer.promise
      },
    },
  } as unknown as Pick<Bridge<LauncherContract>, 'history' | 'disputes' | 'monitoring'>
  const store = createPurchaseDetailStore(bridge)
  const asked = (id: string) => answers.get(id) ?? []
  return { store, asked, listeners, disputes, view: () => store.getState().view }
}

const notFound: PurchaseDetailResult = { kind: 'notFound' }
const locked: PurchaseDetailResult = { kind: 'locked' }
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the purchase on the screen', () => {
  it('is loaded, and again whenever something in the history is new', async () => {
    const { store, asked, listeners, view } = setUp()
    const stop = store.getState().follow('a')
    expect(view()).toEqual({ kind: 'loading' })
    asked('a')[0]?.resolve(notFound)
    await settled()
    expect(view()).toEqual(notFound)
    for (const tell of listeners) tell()
    asked('a')[1]?.resolve(locked)
    await settled()
    expect(view()).toEqual(locked)
    stop()
    expect(listeners.size).toBe(0)
  })

  it('P10 never is another one: an answer that comes late is dropped', async () => {
    const { store, asked, view } = setUp()
    store.getState().follow('a')()
    store.getState().follow('b')
    asked('b')[0]?.resolve(notFound)
    asked('a')[0]?.resolve(locked)
    await settled()
    expect(view()).toEqual(notFound)
  })

  it('is broken where the call fails, and asked for again while the history is put in order', async () => {
    const { store, asked, view } = setUp()
    const stop = store.getState().follow('a')
    asked('a')[0]?.reject(new Error('refused'))
    await settled()
    expect(view()).toEqual({ kind: 'broken' })
    void store.getState().load()
    asked('a')[1]?.resolve({ kind: 'building', done: 1, total: 9 })
    await vi.advanceTimersByTimeAsync(500)
    expect(asked('a')).toHaveLength(3)
    asked('a')[2]?.resolve({ kind: 'building', done: 2, total: 9 })
    await settled()
    stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(asked('a')).toHaveLength(3)
  })
})

describe('what is said about it', () => {
  const said = { purchaseId: 'a', reason: 'other' } as const

  it('is sent once, and what came of it is told', async () => {
    const { store, disputes } = setUp()
    store.getState().follow('a')
    void store.getState().dispute(said)
    void store.getState().dispute(said)
    expect(disputes).toHaveLength(1)
    expect(store.getState().isDisputing).toBe(true)
    disputes[0]?.answer.resolve({ kind: 'refused', reason: 'gatewayUnreachable' })
    await settled()
    expect(store.getState()).toMatchObject({ isDisputing: false, told: { kind: 'refused', reason: 'gatewayUnreachable' } })
    void store.getState().dispute(said)
    expect(store.getState().told).toBeNull()
    disputes[1]?.answer.reject(new Error('refused'))
    await settled()
    expect(store.getState().told).toEqual({ kind: 'broken' })
    store.getState().forgetTold()
    expect(store.getState().told).toBeNull()
  })

  it('is told until it is decided', async () => {
    const { store, asked, disputes, listeners } = setUp()
    const withDispute = (kind: string) => ({ kind: 'ok', unverified: false, purchase: { from: 'tuppence', dispute: { kind } } }) as unknown as PurchaseDetailResult
    store.getState().follow('a')
    void store.getState().dispute(said)
    disputes[0]?.answer.resolve({ kind: 'opened' })
    asked('a')[0]?.resolve(withDispute('open'))
    await settled()
    expect(store.getState().told).toEqual({ kind: 'opened' })
    for (const tell of listeners) tell()
    asked('a')[1]?.resolve(withDispute('possible'))
    await settled()
    expect(store.getState().told).toBeNull()
  })

  it('is not told beside another purchase', async () => {
    const { store, disputes } = setUp()
    store.getState().follow('a')
    void store.getState().dispute(said)
    store.getState().follow('b')
    disputes[0]?.answer.resolve({ kind: 'opened' })
    await settled()
    expect(store.getState()).toMatchObject({ isDisputing: false, told: null })
  })
})

describe('the way back to the list', () => {
  const visited = (...hashes: string[]) => ({ entries: () => hashes.map((hash) => ({ url: `app://launcher/${hash}` })), currentEntry: { index: hashes.length - 1 } })

  it.each<[string, string[], string, boolean]>([
    ['keeps its filter, and goes back', ['#/', '#/history?q=acorns', '#/history/purchase/a'], '#/history?q=acorns', true],
    ['is found further back as well', ['#/history?q=acorns', '#/limits', '#/history/purchase/a'], '#/history?q=acorns', false],
    ['is not one of the screens beside it', ['#/history/insight', '#/history/purchase/a'], '#/history', false],
    ['is the whole list where none was looked at', ['#/history/purchase/a'], '#/history', false],
  ])('%s', (_what, hashes, hash, isPrevious) => {
    expect(listBefore(visited(...hashes))).toEqual({ hash, isPrevious })
  })
})
