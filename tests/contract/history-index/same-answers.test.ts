/** P9: the index and the naive one answer the same, whatever happened and whatever is asked. */
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLocalHistoryIndex } from '../../../src/main/adapters/sqlite/history-index/local-history-index.ts'
import type { HistoryGroup, HistoryIndex } from '../../../src/main/ports/history-index.ts'
import { arbitraryFullHistory } from '../../support/arbitrary-history.ts'
import { arbitraryDimensions, arbitraryQuestion } from '../../support/arbitrary-questions.ts'
import { createNaiveHistory } from '../../support/naive-history.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'

let log: TempLog

beforeEach(() => {
  log = tempLog()
})

afterEach(() => log.dispose())

const asked = fc.record({
  question: arbitraryQuestion,
  window: fc.record({ offset: fc.nat(20), limit: fc.nat(30) }),
  by: arbitraryDimensions,
})
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never

const keyOf = ({ currency, by }: HistoryGroup) => JSON.stringify([currency, by])

async function answersTo(index: HistoryIndex, { question, window, by }: Asked) {
  const groups = await index.groups(question, by)
  return {
    page: await index.page(question, window),
    all: await index.page(question, { offset: 0, limit: 1000 }),
    summary: await index.summary(question),
    groups: groups.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    facets: await index.facets(question.seen),
  }
}

async function assertSame(real: HistoryIndex, naive: HistoryIndex, questions: readonly Asked[]) {
  for (const one of questions) expect(await answersTo(real, one)).toEqual(await answersTo(naive, one))
  for (const id of ['p0', 'p1', 'p2', 'i-0', 'i-0-1', 'nothing']) expect(await real.eventsOf(id)).toEqual(await naive.eventsOf(id))
  expect(await real.imports()).toEqual(await naive.imports())
  for (const source of ['steam', 'csv', 'ofx'] as const) {
    for (const seen of [null, [], [null], ['teen']]) {
      expect(await real.knownKeys(source, ['a', 'b', 'x', 'c'], seen)).toEqual(await naive.knownKeys(source, ['a', 'b', 'x', 'c'], seen))
    }
  }
}

describe('P9 page, summary, groups, facets, events, imports and keys', () => {
  it('are those of the naive index, at once and after more has happened, and again after a restart', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFullHistory, fc.nat(100), fc.array(asked, { minLength: 4, maxLength: 8 }), async (history, share, questions) => {
        const own = tempLog()
        const options = { ledgerFile: own.file, indexFile: join(own.folder, 'history.sqlite') }
        const first = createLocalHistoryIndex(options)
        const again = createLocalHistoryIndex(options)
        try {
          await own.with(async (writer) => {
            const naive = createNaiveHistory({ log: () => writer })
            const middle = Math.floor((history.length * share) / 100)
            for (const event of history.slice(0, middle)) await writer.append(() => event)
            await assertSame(first, naive, questions)
            for (const event of history.slice(middle)) await writer.append(() => event)
            await assertSame(first, naive, questions)
            await first.close()
            await assertSame(again, naive, questions.slice(0, 2))
            for (let isMore = true; isMore; ) isMore = await again.lookOver()
            await assertSame(again, naive, questions.slice(0, 1))
          })
        } finally {
          await first.close()
          await again.close()
          own.dispose()
        }
      }),
      { numRuns: 25 },
    )
  })
})
