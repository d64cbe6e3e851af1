import { describe, expect, it, vi } from 'vitest'
import type { ExportResult } from '../../../src/contract/ipc/export.ts'
import type { StatementInput, StatementMonths, StatementView } from '../../../src/contract/ipc/statements.ts'
import { createStatementsStore } from '../../../src/renderer/launcher/features/statements/statements-store.ts'

const monthsOf = (...names: string[]): StatementMonths => ({
  kind: 'ok',
  months: names.map((month) => ({ month, lines: 1, totals: [] })),
  members: [],
  unverified: false,
})

function world(first: StatementMonths = monthsOf('2026-11', '2026-10')) {
  let months: StatementMonths | Error = first
  const asked: StatementInput[] = []
  const answers: PromiseWithResolvers<StatementView>[] = []
  const saved: unknown[] = []
  const changed = new Set<() => void>()
  const onProgress = new Set<(progress: { done: number; total: number }) => void>()
  let cancels = 0
  let ending = Promise.withResolvers<ExportResult>()
  const follow = (listener: (data: Record<string, never>) => void) => {
    const own = () => listener({})
    changed.add(own)
    return () => void changed.delete(own)
  }
  const store = createStatementsStore({
    statements: {
      months: () => (months instanceof Error ? Promise.reject(months) : Promise.resolve(months)),
      get(input) {
        asked.push(input)
        const answer = Promise.withResolvers<StatementView>()
        answers.push(answer)
        return answer.promise
      },
      save(input) {
        saved.push(input)
        ending = Promise.withResolvers()
        return ending.promise
      },
      cancelSave: async () => {
        cancels += 1
        return {}
      },
      onProgress(listener) {
        onProgress.add(listener)
        return () => void onProgress.delete(listener)
      },
    },
    history: { onChanged: follow },
    controls: { onChanged: follow },
    ledger: { onChanged: follow },
  })
  const settle = () => new Promise((done) => setImmediate(done))
  return {
    store, asked, answers, saved, changed, onProgress, settle,
    cancels: () => cancels,
    end: () => ending,
    setMonths: (next: StatementMonths | Error) => void (months = next),
    state: () => store.getState(),
  }
}

const locked = { kind: 'locked' } as const
const unavailable = { kind: 'unavailable' } as const

describe('statements on the screen', () => {
  it('begin with the newest month, keep what was chosen, and go back to the newest where that is gone', async () => {
    const { state, asked, settle, setMonths } = world()
    void state().load()
    await settle()
    void state().chooseMonth('2026-10')
    await settle()
    void state().load()
    await settle()
    setMonths(monthsOf('2026-12'))
    void state().chooseWhose('teen')
    await settle()
    expect(asked).toEqual([
      { month: '2026-11', memberId: null },
      { month: '2026-10', memberId: null },
      { month: '2026-10', memberId: null },
      { month: '2026-12', memberId: 'teen' },
    ])
  })

  it('an answer to what is no longer asked for is left out, however late it comes', async () => {
    const { state, answers, settle } = world()
    void state().load()
    await settle()
    void state().chooseMonth('2026-10')
    await settle()
    answers[1]?.resolve(locked)
    await settle()
    answers[0]?.resolve(unavailable)
    await settle()
    expect(state().statement).toEqual(locked)
  })

  it('are asked for again while the history is put in order, and no more once nobody looks', async () => {
    vi.useFakeTimers()
    try {
      const { state, asked, answers, setMonths } = world({ kind: 'building', done: 1, total: 2 })
      const stop = state().follow()
      await vi.advanceTimersByTimeAsync(0)
      setMonths(monthsOf('2026-11'))
      await vi.advanceTimersByTimeAsync(500)
      answers[0]?.resolve({ kind: 'building', done: 2, total: 2 })
      await vi.advanceTimersByTimeAsync(500)
      expect(asked).toHaveLength(2)
      answers[1]?.resolve({ kind: 'building', done: 2, total: 2 })
      await vi.advanceTimersByTimeAsync(0)
      stop()
      await vi.advanceTimersByTimeAsync(5000)
      expect(asked).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  it('are loaded again on every change for as long as they are followed, and once for what is told three times', async () => {
    const { state, asked, answers, changed, settle } = world()
    const stop = state().follow()
    await settle()
    expect(changed.size).toBe(3)
    for (const tell of changed) tell()
    await settle()
    expect(asked).toHaveLength(1)
    answers[0]?.resolve(locked)
    await settle()
    expect(asked).toHaveLength(2)
    answers[1]?.resolve(locked)
    await settle()
    expect(asked).toHaveLength(2)
    for (const tell of [...changed].slice(0, 1)) tell()
    await settle()
    expect(asked).toHaveLength(3)
    stop()
    expect(changed.size).toBe(0)
  })

  it('without months nothing more is asked, and a call that fails is a fault of Tuppence', async () => {
    const { state, asked, settle, setMonths } = world(monthsOf())
    void state().load()
    await settle()
    expect([state().month, asked]).toEqual([null, []])
    setMonths(new Error('refused'))
    void state().load()
    await settle()
    expect(state().months).toEqual({ kind: 'broken' })
  })

  it('saving is followed, cancelled and told, one at a time', async () => {
    const { state, saved, onProgress, end, cancels, settle } = world()
    void state().load()
    await settle()
    const saving = state().save('pdf')
    void state().save('html')
    expect(saved).toEqual([{ month: '2026-11', memberId: null, format: 'pdf' }])
    onProgress.forEach((tell) => tell({ done: 1, total: 4 }))
    await state().cancelSave()
    expect([state().saving, cancels()]).toEqual([{ kind: 'running', progress: { done: 1, total: 4 }, isCancelling: true }, 1])
    void state().chooseMonth('2026-10')
    expect(state().saving.kind).toBe('running')
    end().resolve({ kind: 'cancelled' })
    await saving
    expect([state().saving, onProgress.size]).toEqual([{ kind: 'ended', result: { kind: 'cancelled' } }, 0])
    void state().chooseMonth('2026-11')
    expect(state().saving).toEqual({ kind: 'none' })
    const again = state().save('html')
    end().reject(new Error('refused'))
    await again
    expect(state().saving).toEqual({ kind: 'broken' })
  })
})
