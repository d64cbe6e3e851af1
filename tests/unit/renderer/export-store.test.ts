import { describe, expect, it } from 'vitest'
import type { ExportProgressData, ExportResult } from '../../../src/contract/ipc/export.ts'
import { createExportStore } from '../../../src/renderer/launcher/features/history/export-store.ts'
import { everything } from '../../../src/renderer/launcher/features/history/question.ts'

function world() {
  const asked: unknown[] = []
  const listeners = new Set<(progress: ExportProgressData) => void>()
  let cancels = 0
  let ending = Promise.withResolvers<ExportResult>()
  const store = createExportStore({
    history: {
      export(input) {
        asked.push(input)
        ending = Promise.withResolvers()
        return ending.promise
      },
      cancelExport: async () => {
        cancels += 1
        return {}
      },
      onExportProgress(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
  })
  const tell = (progress: ExportProgressData) => listeners.forEach((listener) => listener(progress))
  return { store, asked, listeners, tell, cancels: () => cancels, end: () => ending, view: () => store.getState().view }
}

const question = { ...everything, text: 'wolf' }
const progress = { done: 1, total: 4, lines: 1 }

describe('the export on the screen', () => {
  it('follows the writing, and tells how it ended', async () => {
    const { store, asked, listeners, tell, end, view } = world()
    expect(view()).toEqual({ kind: 'choosing' })
    const started = store.getState().start('csv', question)
    expect([asked, view()]).toEqual([[{ format: 'csv', question }], { kind: 'running', progress: null, isCancelling: false }])
    tell(progress)
    expect(view()).toEqual({ kind: 'running', progress, isCancelling: false })
    end().resolve({ kind: 'written', name: 'x.csv', lines: 4, unverified: false })
    await started
    expect(view()).toEqual({ kind: 'ended', result: { kind: 'written', name: 'x.csv', lines: 4, unverified: false } })
    expect(listeners.size).toBe(0)
  })

  it('is one at a time, and stays what it is while it runs', async () => {
    const { store, asked, view } = world()
    void store.getState().start('csv', null)
    await store.getState().start('ofx', null)
    store.getState().reset()
    expect([asked.length, view().kind]).toEqual([1, 'running'])
  })

  it('a cancel is passed on, and the export itself says what came of it', async () => {
    const { store, cancels, end, tell, view } = world()
    const started = store.getState().start('csv', null)
    await store.getState().cancel()
    tell(progress)
    expect([cancels(), view()]).toEqual([1, { kind: 'running', progress, isCancelling: true }])
    end().resolve({ kind: 'cancelled' })
    await started
    expect(view()).toEqual({ kind: 'ended', result: { kind: 'cancelled' } })
    await store.getState().cancel()
    expect(cancels()).toBe(1)
    store.getState().reset()
    expect(view()).toEqual({ kind: 'choosing' })
  })

  it('a call that fails is a fault of Tuppence, and can be tried again', async () => {
    const { store, end, listeners, view } = world()
    const started = store.getState().start('csv', null)
    end().reject(new Error('refused'))
    await started
    expect([view(), listeners.size]).toEqual([{ kind: 'broken' }, 0])
    void store.getState().start('csv', null)
    expect(view().kind).toBe('running')
  })
})
