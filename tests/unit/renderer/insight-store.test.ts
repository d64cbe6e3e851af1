import { describe, expect, it, vi } from 'vitest'
import type { InsightInput, InsightView } from '../../../src/contract/ipc/insight.ts'
import { createInsightStore } from '../../../src/renderer/launcher/features/insight/insight-store.ts'

/** Answers when the test says so, in whichever order. */
function slowBridge() {
  const waiting: { readonly input: InsightInput; readonly answer: (view: InsightView) => void; readonly fail: () => void }[] = []
  let tell: (data: Record<string, never>) => void = () => {}
  const insight = {
    get: (input: InsightInput) =>
      new Promise<InsightView>((resolve, reject) => void waiting.push({ input, answer: resolve, fail: () => reject(new Error('gone')) })),
    savePicture: async () => ({ kind: 'cancelled' }) as const,
  }
  const history = {
    onChanged(listener: (data: Record<string, never>) => void) {
      tell = listener
      return () => {
        tell = () => {}
      }
    },
  }
  return { bridge: { insight, history }, waiting, changed: () => tell({}) }
}

describe('what a month came to', () => {
  it('shows the answer to what was asked last, whichever comes first', async () => {
    const { bridge, waiting } = slowBridge()
    const store = createInsightStore(bridge)
    const first = store.getState().ask({ unit: 'year' })
    const second = store.getState().ask({ unit: 'week' })
    expect(waiting.map(({ input }) => input.unit)).toEqual(['year', 'week'])
    waiting[1]?.answer({ kind: 'locked' })
    await second
    waiting[0]?.answer({ kind: 'unavailable' })
    await first
    expect(store.getState().view).toEqual({ kind: 'locked' })
  })

  it('is asked for again when something was bought, and no more once nobody looks', () => {
    const { bridge, waiting, changed } = slowBridge()
    const stop = createInsightStore(bridge).getState().follow()
    changed()
    expect(waiting).toHaveLength(2)
    stop()
    changed()
    expect(waiting).toHaveLength(2)
  })

  it('is asked for again while the history is put in order', async () => {
    vi.useFakeTimers()
    try {
      const { bridge, waiting } = slowBridge()
      const stop = createInsightStore(bridge).getState().follow()
      waiting[0]?.answer({ kind: 'building', done: 1, total: 2 })
      await vi.advanceTimersByTimeAsync(500)
      expect(waiting).toHaveLength(2)
      waiting[1]?.answer({ kind: 'building', done: 2, total: 2 })
      await vi.advanceTimersByTimeAsync(0)
      stop()
      await vi.advanceTimersByTimeAsync(5000)
      expect(waiting).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('says that Tuppence is at fault where the call fails', async () => {
    const { bridge, waiting } = slowBridge()
    const store = createInsightStore(bridge)
    const asked = store.getState().ask({})
    waiting[0]?.fail()
    await asked
    expect(store.getState().view).toEqual({ kind: 'broken' })
  })

  it('forgets how a picture ended when something else is asked for', async () => {
    const { bridge, waiting } = slowBridge()
    const store = createInsightStore(bridge)
    await store.getState().savePicture({ x: 0, y: 0, width: 10, height: 10 })
    expect(store.getState().picture).toEqual({ kind: 'cancelled' })
    void store.getState().ask({ unit: 'year' })
    waiting[0]?.fail()
    expect(store.getState().picture).toBeNull()
  })
})
