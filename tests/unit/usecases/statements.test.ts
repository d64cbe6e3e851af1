import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NewEvent } from '../../../src/domain/events.ts'
import { linesOf } from '../../../src/domain/history/line.ts'
import { buildStatement, monthIn } from '../../../src/domain/statement/statement.ts'
import { toWire } from '../../../src/domain/money.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { begun, limitOf, looseningAsked, looseningConfirmed, tightened } from '../../support/control-events.ts'
import { approved, declined, refunded, succeeded, unknown } from '../../support/events.ts'
import { accessSet, householdBegun, named } from '../../support/household-events.ts'
import { arbitraryMonths, monthsTold } from '../../support/statement-months.ts'
import { createStatementWorld } from '../../support/statement-world.ts'

type Written = readonly (readonly [at: string, event: NewEvent])[]

/** The moment is when the gateway dated it, too. */
function dated(at: string, event: NewEvent): readonly [string, NewEvent] {
  const when = { chargedAt: at, refundedAt: at }
  return [at, { ...event, payload: Object.fromEntries(Object.entries(event.payload).map(([name, value]) => [name, name in when ? at : value])) } as NewEvent]
}

const bought = (at: string, id: string, memberId?: string, item?: string): Written => [
  dated(at, approved(id, { ...(memberId !== undefined && { memberId }), ...(item !== undefined && { item }) })),
  dated(at, succeeded(id)),
]

const family: Written = [
  ['2026-09-01T08:00:00.000Z', begun()],
  ['2026-09-01T08:00:00.000Z', householdBegun()],
  ...bought('2026-09-10T08:00:00.000Z', 'p1', 'teen'),
  ...bought('2026-10-01T08:00:00.000Z', 'p2', 'teen', 'Hers'),
  ...bought('2026-10-02T08:00:00.000Z', 'p3', 'adult', 'His'),
  dated('2026-10-03T08:00:00.000Z', refunded('p2', { amount: '40', currency: 'EUR' })),
  ['2026-10-04T08:00:00.000Z', tightened(limitOf('5000', 'week', null, 'adult'))],
  ['2026-10-05T08:00:00.000Z', tightened(limitOf('100', 'day', null, 'child'))],
  ['2026-10-06T08:00:00.000Z', named('child', 'Dorothy')],
  ['2026-10-07T08:00:00.000Z', accessSet('teen', 'pin')],
]

async function statementOf(world: Awaited<ReturnType<typeof createStatementWorld>>, month: string, memberId: string | null = null) {
  const view = await world.get(month, memberId)
  if (view.kind !== 'ok') throw new Error(view.kind)
  return view.statement
}

const euros = (amount: string) => ({ amount, currency: 'EUR' })

describe('the statement of a month', () => {
  it('P9 has opening, lines, sellers and closing, with nothing netted', async () => {
    const world = await createStatementWorld({ events: family })
    world.profile.open = 'guardian'
    const statement = await statementOf(world, '2026-10')
    expect(statement.opening).toMatchObject([{ debit: euros('99'), credit: euros('0') }])
    expect(statement.totals).toMatchObject([{ debit: euros('198'), credit: euros('40'), lines: 3 }])
    expect(statement.closing).toMatchObject([{ debit: euros('297'), credit: euros('40') }])
    expect(statement.sellers).toMatchObject([{ payee: 'Pixel Forge', debit: euros('198'), credit: euros('40') }])
    expect(statement.lines.map(({ kind, who }) => `${kind} ${who}`)).toEqual(['charge Cleo', 'charge Ben', 'refund Cleo'])
    expect(statement).toMatchObject({ firstDay: '2026-10-01', lastDay: '2026-10-31', endsAt: '2026-10-31T23:00:00.000Z', zone: 'Europe/Berlin', who: null })
    expect(await world.months()).toMatchObject({ kind: 'ok', months: [{ month: '2026-10', lines: 3 }, { month: '2026-09', lines: 1 }], unverified: false })
  })

  it('P9 is what its meaning says, for histories that could have happened', async () => {
    await fc.assert(fc.asyncProperty(arbitraryMonths, fc.constantFrom(...monthsTold), fc.constantFrom(null, 'teen'), async (events, name, memberId) => {
      const world = await createStatementWorld()
      const log = { ...world.log, events: () => events.values() }
      world.ledger.setLog(log)
      const lines = linesOf(events).filter((line) => memberId === null || line.memberId === memberId)
      const expected = buildStatement(lines, monthIn('Europe/Berlin', name))
      const statement = await statementOf(world, name, memberId)
      const debits = (totals: typeof statement.totals) => totals.map(({ debit, credit, importedDebit, lines: count }) => ({ debit, credit, importedDebit, count }))
      const wired = (totals: typeof expected.totals) => totals.map(({ currency, debit, credit, importedDebit, lines: count }) => {
        const money = (amount: bigint) => toWire({ amount, currency })
        return { debit: money(debit), credit: money(credit), importedDebit: money(importedDebit), count }
      })
      for (const part of ['opening', 'totals', 'closing'] as const) expect(debits(statement[part])).toEqual(wired(expected[part]))
      expect(statement.lines.map(({ id }) => id)).toEqual(expected.lines.map(({ id }) => id))
      expect(statement.sellers.map(({ payee }) => payee)).toEqual(expected.sellers.map(({ payee }) => payee))
    }), { numRuns: 40 })
  })

  it('has the limits as the month found and left them, every change and who decided it, and the head of the log', async () => {
    const world = await createStatementWorld({ events: [...family, ['2026-10-08T08:00:00.000Z', { ...looseningAsked('c1', limitOf('9000', 'week', null, 'adult'), '2026-10-08T08:00:00.000Z'), actor: 'adult' }], ['2026-11-01T08:00:00.000Z', { ...looseningConfirmed('c1', '2026-10-09T09:00:00.000Z'), actor: 'adult' }]] })
    world.profile.open = 'guardian'
    const { controls, head, madeAt } = await statementOf(world, '2026-10')
    const capOf = (limits: readonly { memberId?: string; amount: string }[] = []) => limits.filter(({ memberId }) => memberId === 'adult').map(({ amount }) => amount)
    expect([capOf(controls?.atStart.limits), capOf(controls?.atEnd.limits)]).toEqual([[], ['5000']])
    expect(controls?.changes.map(({ what, by, about }) => [what.kind, by, about])).toEqual([
      ['tightened', null, 'Ben'],
      ['tightened', null, 'Dorothy'],
      ['renamed', 'Ada', 'Dorothy'],
      ['looseningAsked', 'Ben', 'Ben'],
    ])
    expect([head, madeAt]).toEqual([world.log.head(), '2026-11-20T12:00:00.000Z'])
    const november = await statementOf(world, '2026-11')
    expect(november.controls?.changes).toMatchObject([{ by: 'Ben', what: { kind: 'loosened', change: { amount: '9000' } } }])
    expect(capOf(november.controls?.atEnd.limits)).toEqual(['9000'])
  })

  it('shows the first lines of many, and says how many there are', async () => {
    const many = Array.from({ length: 130 }, (_, n) => bought(`2026-10-01T08:${String(n % 60).padStart(2, '0')}:00.000Z`, `q${n}`)).flat()
    const world = await createStatementWorld({ events: many })
    const statement = await statementOf(world, '2026-10')
    expect([statement.lines.length, statement.lineCount]).toEqual([100, 130])
  })

  it('has what is not known yet and what was not charged as lines without money', async () => {
    const at = '2026-10-01T08:00:00.000Z'
    const world = await createStatementWorld({ events: [[at, approved('p1')], [at, unknown('p1')], [at, approved('p2')], [at, declined('p2')]] })
    const { totals, lines } = await statementOf(world, '2026-10')
    expect(totals).toMatchObject([{ debit: euros('0'), credit: euros('0'), pending: euros('99'), lines: 2 }])
    expect(lines.map(({ kind }) => kind).sort()).toEqual(['notCharged', 'pending'])
  })
})

describe('who sees what', () => {
  it('P10 members have statements of their own purchases, limits and changes alone', async () => {
    const world = await createStatementWorld({ events: family })
    world.profile.open = 'teen'
    const own = await statementOf(world, '2026-10')
    expect(own).toMatchObject({ who: 'Cleo', totals: [{ debit: euros('99'), credit: euros('40') }] })
    expect(own.lines.map(({ item }) => item)).toEqual(['Hers', 'Hers'])
    expect(JSON.stringify(own)).not.toMatch(/His|Ben|Dot|Dorothy|"(adult|child)"/)
    expect(await world.months()).toMatchObject({ members: [], months: [{ lines: 2 }, { lines: 1 }] })
    for (const other of ['adult', 'guardian', 'nobody']) {
      expect([await world.get('2026-10', other), await world.months(other), await world.save('2026-10', 'html', other)]).toEqual([{ kind: 'locked' }, { kind: 'locked' }, { kind: 'locked' }])
    }
    expect(world.questions).toEqual([])
  })

  it('P10 a guardian has that of everybody, and of each without the others', async () => {
    const world = await createStatementWorld({ events: family })
    world.profile.open = 'guardian'
    expect(await world.months()).toMatchObject({ members: [{ memberId: 'guardian', name: 'Ada' }, { name: 'Ben' }, { name: 'Cleo' }, { name: 'Dorothy' }] })
    const his = await statementOf(world, '2026-10', 'adult')
    expect(his).toMatchObject({ who: 'Ben', totals: [{ debit: euros('99'), credit: euros('0') }] })
    expect(his.controls?.changes.map(({ about }) => about)).toEqual(['Ben'])
  })

  it('without an open profile there is nothing, and without a ledger it is said', async () => {
    const world = await createStatementWorld({ events: family })
    expect([await world.get('2026-10'), await world.months()]).toEqual([{ kind: 'locked' }, { kind: 'locked' }])
    world.ledger.setLog(null)
    expect([await world.get('2026-10'), await world.months()]).toEqual([{ kind: 'unavailable' }, { kind: 'unavailable' }])
  })

  it('a ledger that could not be checked is said to be that, on the statement and with the months', async () => {
    const world = await createStatementWorld({ events: bought('2026-10-01T08:00:00.000Z', 'p1') })
    expect((await statementOf(world, '2026-10')).checked).toBe('end')
    world.ledger.setState('tampered')
    expect((await statementOf(world, '2026-10')).checked).toBe('failed')
    expect(await world.months()).toMatchObject({ unverified: true })
    expect(await world.save('2026-10')).toMatchObject({ kind: 'written', unverified: true })
    const { order } = world.written[0] ?? {}
    expect(JSON.stringify(order)).toContain('could not be checked. Compare this statement')
  })

  it('controls that come to nothing possible are left out rather than made up, and a disk that fails is told', async () => {
    const world = await createStatementWorld({ events: family })
    world.profile.open = 'guardian'
    const [, first] = world.log.eventsOfTypes(['controls.begun', 'household.begun'], 1, 5)
    world.ledger.setLog({ ...world.log, eventsOfTypes: () => (first ? [first] : []) })
    expect((await statementOf(world, '2026-10')).controls).toBe(null)
    world.ledger.setLog({ ...world.log, eventsOfTypes: () => { throw new LogStorageError({ kind: 'damaged' }) } })
    expect(await world.get('2026-10')).toEqual({ kind: 'unavailable' })
  })
})
