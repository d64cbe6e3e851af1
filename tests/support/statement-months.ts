/** Histories that go on over several months, with what was bought elsewhere, for property tests of statements. */
import fc from 'fast-check'
import type { EventId } from '../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import type { ImportedRow } from '../../src/domain/imports.ts'
import { arbitraryHistory } from './arbitrary-history.ts'

/** Around the ends of months in Berlin, where UTC has another month; and where summer time ends. */
const moment = fc.oneof(
  fc.constantFrom('2026-08-31T22:00:00.000Z', '2026-08-31T21:59:59.999Z', '2026-10-31T23:00:00.000Z', '2026-10-31T22:59:59.999Z'),
  fc.date({ min: new Date('2026-08-20'), max: new Date('2026-12-10'), noInvalidDate: true }).map((at) => at.toISOString()),
)

const row = fc.record({
  kind: fc.constantFrom('charge', 'refund'),
  at: moment,
  amount: fc.record({ amount: fc.bigInt({ min: 1n, max: 9_999_999n }).map(String), currency: fc.constantFrom('EUR', 'JPY', 'CHF') }),
  payee: fc.constantFrom('Steam', 'Pixel Forge'),
})

const imported = fc.record({
  source: fc.constantFrom('steam', 'csv'),
  memberId: fc.constantFrom('teen', 'child', null),
  isUndone: fc.boolean(),
  rows: fc.array(row, { minLength: 1, maxLength: 4 }),
})

function importEvents({ source, memberId, isUndone, rows }: typeof imported extends fc.Arbitrary<infer T> ? T : never, index: number): NewEvent[] {
  const importId = `import-${index}`
  const parts = rows.map((one, n): ImportedRow => ({ ...one, n: n + 1, item: 'Elsewhere', state: 'succeeded', key: `${importId}-${n}` }))
  const payload = { importId, part: 1, parts: 1, source, fileName: 'history.csv', counts: false, rows: parts, ...(memberId !== null && { memberId }) } as const
  const made: NewEvent = { type: 'import.made', actor: 'person', payload }
  return isUndone ? [made, { type: 'import.undone', actor: 'person', payload: { importId } }] : [made]
}

/** Puts the moments, in their order, where the events say when something happened. Time in the log never goes backwards. */
function dated(history: readonly NewEvent[], moments: readonly string[]): LogEvent[] {
  let at = '2026-08-20T00:00:00.000Z'
  return history.map((event, index) => {
    const own = moments[index % moments.length] ?? at
    at = own > at ? own : at
    const when = { chargedAt: own, refundedAt: own, chargedBackAt: own, reversedAt: own }
    const payload = Object.fromEntries(Object.entries(event.payload).map(([name, value]) => [name, name in when ? own : value]))
    return { ...event, payload, seq: index + 2, id: `event-${index + 2}` as EventId, at, mac: 'm'.repeat(43) } as unknown as LogEvent
  })
}

export const arbitraryMonths: fc.Arbitrary<LogEvent[]> = fc
  .tuple(arbitraryHistory, fc.array(imported, { maxLength: 3 }), fc.array(moment, { minLength: 1, maxLength: 20 }))
  .map(([bought, imports, moments]) => dated([...bought, ...imports.flatMap(importEvents)], moments))

export const monthsTold = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'] as const
