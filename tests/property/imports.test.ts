/** What was imported against the limits, for imports that could have happened, between purchases and undoing. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { NewEvent } from '../../src/domain/events.ts'
import { linesOf } from '../../src/domain/history/line.ts'
import { elsewhereId, type ImportedRow } from '../../src/domain/imports.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import { arbitraryHistory } from '../support/arbitrary-history.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { createFakeEventLog } from '../support/fake-event-log.ts'
import { importedRow, importMade, importUndone } from '../support/import-events.ts'
import { tempLog } from '../support/temp-log.ts'

const amount = fc.record({ amount: fc.bigInt({ min: 1n, max: 99_999_999n }).map(String), currency: fc.constantFrom('EUR', 'JPY', 'USD') })
const row = fc.record({
  kind: fc.constantFrom('charge', 'charge', 'refund'),
  at: fc.date({ min: new Date('2026-09-01'), max: new Date('2026-11-23'), noInvalidDate: true }).map((at) => at.toISOString()),
  payee: fc.constantFrom('Steam', 'Épic', 'Épic', '任天堂'),
  amount,
}) satisfies fc.Arbitrary<Partial<ImportedRow>>

interface Made {
  readonly id: number
  readonly source: 'steam' | 'csv'
  readonly counts: boolean
  /** The rows of each part, and after how many of the parts it is undone; never for null. */
  readonly parts: readonly (readonly Partial<ImportedRow>[])[]
  readonly undoneAfter: number | null
}

const made: fc.Arbitrary<Made> = fc.record({
  id: fc.nat(),
  source: fc.constantFrom('steam', 'csv'),
  counts: fc.boolean(),
  parts: fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
  undoneAfter: fc.option(fc.integer({ min: 1, max: 3 })),
})

function eventsOf({ source, counts, parts, undoneAfter }: Made, index: number): NewEvent[] {
  const importId = `import-${index}`
  let n = 0
  const there = undoneAfter === null ? parts : parts.slice(0, undoneAfter)
  const events: NewEvent[] = there.map((rows, part) =>
    importMade({ importId, source, counts, part: part + 1, parts: parts.length, rows: rows.map((changes) => importedRow((n += 1), { ...changes, key: `${importId}-${n}` })) }),
  )
  return undoneAfter === null ? events : [...events, importUndone(importId)]
}

/** Purchases, imports and undoing, one in between the others. */
const interleaved = fc.tuple(arbitraryHistory, fc.array(made, { maxLength: 4 }), fc.infiniteStream(fc.nat())).map(([history, all, choices]) => {
  const waiting = [[...history], ...all.map(eventsOf)]
  const events: NewEvent[] = []
  for (let open = waiting.filter((some) => some.length > 0); open.length > 0; open = open.filter((some) => some.length > 0)) {
    const next = open[Number(choices.next().value) % open.length]?.shift()
    if (next) events.push(next)
  }
  return events
})

/** As simply as it can be said: every charge that was to count, wherever it is in the log, undone or not. */
function recount(log: EventLog): Map<string, bigint> {
  const sums = new Map<string, bigint>()
  const add = (key: readonly unknown[], value: bigint) => sums.set(key.join('|'), (sums.get(key.join('|')) ?? 0n) + value)
  for (const event of log.events()) {
    if (event.type !== 'import.made' || !event.payload.counts) continue
    for (const { kind, at, payee, amount: money } of event.payload.rows) {
      const quarter = new Date(Date.parse(at))
      quarter.setUTCMinutes(Math.floor(quarter.getUTCMinutes() / 15) * 15, 0, 0)
      if (kind === 'charge') add([quarter.toISOString(), elsewhereId(event.payload.source, payee), money.currency], BigInt(money.amount))
    }
  }
  return sums
}

function imported(log: EventLog): Map<string, bigint> {
  const lines = log.usageSince(Number.MIN_SAFE_INTEGER).filter(({ sellerId }) => sellerId.startsWith('elsewhere:'))
  return new Map(lines.map(({ atMs, sellerId, currency, spent }) => [[new Date(atMs).toISOString(), sellerId, currency].join('|'), spent]))
}

const inOrder = (sums: Map<string, bigint>) => [...sums].sort(([one], [other]) => (one < other ? -1 : 1))

it('P4 what counts of imports is what a plain recount says, and undoing never gives room', async () => {
  await fc.assert(
    fc.asyncProperty(interleaved, async (events) => {
      const log = createFakeEventLog({ clock: createFakeClock() })
      const room = () => log.usageSince(0).reduce((sum, { spent, reserved }) => sum + spent + reserved, 0n)
      for (const event of events) {
        const before = room()
        await log.append(() => event)
        if (event.type === 'import.undone') expect(room()).toBe(before)
        if (event.type === 'import.made') expect(room()).toBeGreaterThanOrEqual(before)
      }
      expect(inOrder(imported(log))).toEqual(inOrder(recount(log)))
    }),
    { numRuns: 60 },
  )
})

it('P3 purchases, imports and undoing in any order make a log that verifies, and whose history has no undone row', async () => {
  await fc.assert(
    fc.asyncProperty(interleaved, async (events) => {
      const temp = tempLog()
      try {
        await temp.with(async (log) => {
          for (const event of events) await log.append(() => event)
          expect(await log.verify()).toMatchObject({ kind: 'clean' })
          expect(inOrder(imported(log))).toEqual(inOrder(recount(log)))
          const undone = new Set(events.flatMap((event) => (event.type === 'import.undone' ? [event.payload.importId] : [])))
          const rows = events.flatMap((event) => (event.type === 'import.made' && !undone.has(event.payload.importId) ? event.payload.rows : []))
          expect(linesOf(log.events()).filter(({ source }) => source !== 'tuppence')).toHaveLength(rows.length)
        })
        // What is read back from the disk is the same.
        await temp.with(async (log) => expect(await log.verify()).toMatchObject({ kind: 'clean' }))
      } finally {
        temp.dispose()
      }
    }),
    { numRuns: 15 },
  )
})
