/** P9: whatever the history holds, the screen shows what was asked for last, fetches what is looked at, and keeps little. */
import { describe, expect, it } from 'vitest'
import type { HistoryPage, HistoryQuestionView, HistorySummaryView } from '../../../src/contract/ipc/history.ts'
import { createHistoryStore, pageSize } from '../../../src/renderer/launcher/features/history/history-store.ts'
import { lineAt } from '../../../src/renderer/launcher/features/history/line-pages.ts'
import { everything } from '../../../src/renderer/launcher/features/history/question.ts'
import { fakeBridge, settled } from '../../support/fake-bridge.ts'
import { lineView } from '../../support/history-lines.ts'

interface Asked {
  readonly question: HistoryQuestionView
  readonly offset: number
  readonly limit: number
}

const summaryOf = (lines: number): HistorySummaryView => ({ kind: 'ok', lines, totals: [], months: [], open: 0 })
const wolf = { ...everything, text: 'wolf' }

/** A history of so many lines, whose answers a test may hold back. */
function setUp(count = 1_000_000) {
  const asked: Asked[] = []
  const waits: { readonly ms: number; readonly go: () => void }[] = []
  let held: (() => void)[] | null = null
  let count_ = count
  const answers = {
    page: ({ question, offset, limit }: Asked): HistoryPage => {
      const lines = Array.from({ length: Math.max(0, Math.min(limit, count_ - offset)) }, (_, index) =>
        lineView(offset + index, { item: `${question.text} ${offset + index}` }),
      )
      return { kind: 'ok', lines, reading: [{ text: question.text, means: { kind: 'word' } }], unverified: false }
    },
    summary: (): Promise<HistorySummaryView> => Promise.resolve(summaryOf(count_)),
  }
  const fake = fakeBridge({
    history: {
      search(input) {
        asked.push(input)
        const answer = answers.page(input)
        if (!held) return Promise.resolve(answer)
        return new Promise((resolve) => held?.push(() => resolve(answer)))
      },
      summary: () => answers.summary(),
      facets: () => Promise.resolve({ kind: 'locked' }),
    },
  })
  const wait = (ms: number) => new Promise<void>((go) => void waits.push({ ms, go }))
  const store = createHistoryStore(fake.bridge, wait)
  return {
    ...fake,
    store,
    asked,
    answers,
    waits,
    now: () => store.getState(),
    found: () => {
      const { view } = store.getState()
      if (view.kind !== 'found') throw new Error(`is ${view.kind}`)
      return view.found
    },
    lines: (next: number) => void (count_ = next),
    hold: () => void (held = []),
    release(order: 'asTheyCame' | 'lastFirst' = 'asTheyCame') {
      const all = held ?? []
      held = null
      for (const go of order === 'lastFirst' ? all.toReversed() : all) go()
    },
  }
}

describe('the history on the screen', () => {
  it('shows the first lines of what is asked, how it was understood, and what it comes to', async () => {
    const { now, found, asked } = setUp(3)
    expect(now().view.kind).toBe('loading')
    await now().ask(wolf)
    expect(asked).toEqual([{ question: wolf, offset: 0, limit: pageSize }])
    expect(found()).toMatchObject({ question: wolf, unverified: false, summary: { lines: 3 }, reading: [{ text: 'wolf' }] })
    expect(lineAt(found().pages, 2, pageSize)?.item).toBe('wolf 2')
  })

  it('an answer to what was asked before is dropped, in whatever order answers come', async () => {
    const { now, found, hold, release } = setUp()
    hold()
    const asking = [now().ask(everything), now().ask(wolf)]
    release('lastFirst')
    await Promise.all(asking)
    expect(found().question).toBe(wolf)
    expect(lineAt(found().pages, 0, pageSize)?.item).toBe('wolf 0')
  })

  it('keeps showing what was found until there is something newer', async () => {
    const { now, found, hold, release } = setUp()
    await now().ask(everything)
    hold()
    const asking = now().ask(wolf)
    expect(found().question).toBe(everything)
    release()
    await asking
    expect(found().question).toBe(wolf)
  })

  it('lines are shown before they are added up, where that takes long', async () => {
    const { now, found, answers, waits } = setUp()
    const adding = Promise.withResolvers<HistorySummaryView>()
    answers.summary = () => adding.promise
    const asking = now().ask(wolf)
    await settled()
    waits.forEach(({ go }) => go())
    await settled()
    expect(found().summary).toBeNull()
    adding.resolve(summaryOf(7))
    await asking
    expect(found().summary).toMatchObject({ lines: 7 })
  })

  it('fetches what is looked at, once, and is not kept busy by what is passed on the way', async () => {
    const { now, found, asked, hold, release } = setUp()
    await now().ask(everything)
    hold()
    for (let line = 10_000; line <= 900_000; line += 10_000) now().want(line, line + 20)
    const passing = asked.length - 1
    release()
    await settled()
    expect(passing).toBe(2)
    expect(lineAt(found().pages, 900_010, pageSize)?.purchaseId).toBe('p900010')
    expect(asked.length).toBe(4)
    now().want(900_000, 900_020)
    await settled()
    expect(asked.length).toBe(4)
  })

  it('keeps few lines, however many are looked at', async () => {
    const { now, found } = setUp()
    await now().ask(everything)
    for (let line = 0; line < 20_000; line += 50) {
      now().want(line, line + 30)
      await settled()
    }
    expect([...found().pages.values()].flat().length).toBeLessThanOrEqual(8 * pageSize)
    expect(lineAt(found().pages, 19_960, pageSize)).not.toBeNull()
  })

  it('when the history changes, fetches anew what is looked at and nothing else, once for many changes', async () => {
    const { now, found, asked, tell, lines, hold, release } = setUp(1000)
    const stop = now().follow()
    await now().ask(everything)
    now().want(500, 520)
    await settled()
    asked.length = 0
    lines(1001)
    hold()
    for (let change = 0; change < 20; change += 1) tell('history.changed')
    release()
    await settled()
    expect(asked.map(({ offset }) => offset)).toEqual([500, 500])
    expect(found().summary).toMatchObject({ lines: 1001 })
    stop()
    tell('history.changed')
    await settled()
    expect(asked.length).toBe(2)
  })

  it('who comes back to the same question sees the same lines at once', async () => {
    const { now, asked } = setUp()
    await now().ask(wolf)
    now().want(4000, 4020)
    await settled()
    asked.length = 0
    await now().ask({ ...wolf })
    expect(asked.map(({ offset }) => offset)).toEqual([4000])
    asked.length = 0
    await now().ask(everything)
    expect(asked.map(({ offset }) => offset)).toEqual([0])
  })

  it('looks again while the history is put in order, as long as somebody looks', async () => {
    const { now, answers, waits, found } = setUp()
    const page = answers.page
    answers.page = () => ({ kind: 'building', done: 1, total: 4 })
    const stop = now().follow()
    await now().ask(everything)
    expect(now().view).toEqual({ kind: 'building', done: 1, total: 4 })
    answers.page = page
    waits.filter(({ ms }) => ms === 500).forEach(({ go }) => go())
    await settled()
    expect(found().question).toBe(everything)
    stop()
  })

  it.each(['locked', 'unavailable'] as const)('says that it is %s, also when that is found out while scrolling', async (kind) => {
    const { now, answers } = setUp()
    await now().ask(everything)
    answers.page = () => ({ kind })
    now().want(5000, 5010)
    await settled()
    expect(now().view).toEqual({ kind })
  })

  it('a call that fails is a fault, and trying again helps where it can', async () => {
    const { now, answers } = setUp()
    answers.summary = () => Promise.reject(new Error('broken'))
    await now().ask(everything)
    expect(now().view.kind).toBe('broken')
    answers.summary = () => Promise.resolve(summaryOf(0))
    await now().load()
    expect(now().view.kind).toBe('found')
  })
})
