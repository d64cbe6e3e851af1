import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { adopted, begun, limitOf, looseningAsked, looseningConfirmed, looseningEnded, reminderSet, returnAsked, tightened } from '../../support/control-events.ts'
import { cancelled } from '../../support/events.ts'

const dayMs = 24 * 60 * 60_000

function report(world: BuyingWorld) {
  const view = v.parse(launcherContract.calls['controls.get'].output, world.use.controls.reportControls())
  if (view.kind !== 'ok') throw new Error('unavailable')
  return view
}

const kindsOf = (world: BuyingWorld) => report(world).events.map(({ what }) => what.kind)

describe('the report of the controls', () => {
  it('is empty before the first', () => {
    expect(report(createBuyingWorld())).toEqual({
      ...{ of: null, isOtherAccounts: false, rights: [{ memberId: null, may: 'all', mayExclude: true, mayReturn: true }], exclusions: [] },
      ...{ kind: 'ok', household: null, systemZone: 'Europe/Berlin', standings: [], quietHours: [], remindAfter: 5 },
      ...{ pending: [], exclusion: { kind: 'none' }, exclusionEnds: expect.any(Array), events: [] },
    })
  })

  it('P4 says how each limit stands now, and when it begins anew', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000', 'day'))
    await world.change(limitOf('500', 'purchase', 'nebelfuchs'))
    await world.buy()
    world.gateway.meet('requestLost')
    await world.buy()
    const limits = report(world).standings
    expect(limits).toEqual([
      { period: 'purchase', sellerId: 'nebelfuchs', amount: '500', spent: '0', reserved: '0', left: '500', startsAt: null, resetsAt: null },
      {
        ...{ period: 'day', sellerId: null, amount: '2000', spent: '99', reserved: '99', left: '1802' },
        ...{ startsAt: '2026-03-01T23:00:00.000Z', resetsAt: '2026-03-02T23:00:00.000Z' },
      },
    ])
    world.clock.advance(dayMs)
    expect(report(world).standings[1]).toMatchObject({ spent: '0', left: '2000', startsAt: '2026-03-02T23:00:00.000Z' })
  })

  it('P5 says what waits and since when, by the clock of the gateway', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000'))
    await world.loosen(limitOf(null))
    const pending = { change: limitOf(null), askedAt: '2026-03-02T12:00:30.000Z', readyAt: '2026-03-03T12:00:30.000Z', lapsesAt: '2026-03-09T12:00:30.000Z' }
    expect(report(world).pending).toMatchObject([{ ...pending, state: 'waiting' }])
    world.turnClockBy(30 * dayMs)
    expect(report(world).pending).toMatchObject([{ state: 'waiting' }])
    world.clock.advance(dayMs)
    expect(report(world).pending).toMatchObject([{ state: 'ready' }])
    world.clock.advance(6 * dayMs)
    expect(report(world).pending).toMatchObject([{ state: 'lapsed' }])
  })

  it('P5 says where an exclusion stands', async () => {
    const world = createBuyingWorld()
    await world.use.controls.beginExclusion({ length: '24hours' })
    expect(report(world).exclusion).toEqual({ kind: 'running', until: '2026-03-03T12:00:00.000Z' })
    world.clock.advance(dayMs)
    expect(report(world).exclusion.kind).toBe('ended')
    await world.use.controls.askReturn()
    expect(report(world).exclusion).toEqual({ kind: 'coolingOff', until: '2026-03-04T12:00:00.000Z' })
  })

  it('P5 says when an exclusion of each length would end, by the clock of the gateway', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('2000'))
    world.turnClockBy(30 * dayMs)
    expect(report(world).exclusionEnds).toEqual([
      { length: '24hours', endsAt: '2026-03-03T12:00:00.000Z' },
      { length: '7days', endsAt: '2026-03-09T12:00:00.000Z' },
      { length: '30days', endsAt: '2026-04-01T12:00:00.000Z' },
      { length: '6months', endsAt: '2026-09-02T12:00:00.000Z' },
      { length: '1year', endsAt: '2027-03-02T12:00:00.000Z' },
      { length: '5years', endsAt: '2031-03-02T12:00:00.000Z' },
    ])
  })

  it('is unavailable where the ledger cannot be read', () => {
    const world = createBuyingWorld()
    const unreadable = () => {
      throw new LogStorageError({ kind: 'damaged' })
    }
    world.ledger.setLog({ ...world.log, controls: unreadable })
    expect(world.use.controls.reportControls()).toEqual({ kind: 'unavailable' })
    world.ledger.setLog(null)
    expect(world.use.controls.reportControls()).toEqual({ kind: 'unavailable' })
  })
})

describe('the list of what was decided', () => {
  it('has every kind, newest first', async () => {
    const world = createBuyingWorld()
    await world.change(limitOf('120', 'day'))
    const { answer } = await world.ask()
    await world.use.approveChallenge({ ...answer, knowsLimit: true })
    await world.log.append(() => looseningAsked('a', limitOf('500', 'day'), '2026-03-01T12:00:00.000Z'))
    await world.log.append(() => looseningConfirmed('a', '2026-03-02T12:00:00.000Z'))
    await world.log.append(() => looseningAsked('b', limitOf('900', 'day')))
    await world.log.append(() => looseningEnded('b', 'lapsed'))
    await world.log.append(() => looseningAsked('c', limitOf('900', 'day')))
    await world.log.append(() => looseningEnded('c'))
    await world.log.append(() => reminderSet(2))
    await world.log.append(() => adopted({ household: null, limits: [], quietHours: [], exclusion: null }))
    await world.use.controls.beginExclusion({ length: '24hours' })
    await world.log.append(() => returnAsked('2026-03-04T12:00:00.000Z'))
    const events = report(world).events
    expect(events.map(({ what }) => what.kind)).toEqual([
      ...['returnAsked', 'adopted', 'excluded', 'adopted', 'reminderSet', 'withdrawn', 'looseningAsked', 'lapsed', 'looseningAsked'],
      ...['loosened', 'looseningAsked', 'warned', 'tightened', 'begun'],
    ])
    expect(events[11]?.what).toEqual({ kind: 'warned', period: 'day', sellerId: null, amount: '120', percent: 80 })
    expect(events[9]?.what).toEqual({ kind: 'loosened', change: limitOf('500', 'day') })
  })

  it('goes on from where it was read, and begins anew with another log', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => begun())
    expect(kindsOf(world)).toEqual(['begun'])
    await world.log.append(() => tightened(limitOf('2000', 'day')))
    expect(kindsOf(world)).toEqual(['tightened', 'begun'])
    expect(kindsOf(world)).toEqual(['tightened', 'begun'])
    world.ledger.setLog(createBuyingWorld().log)
    expect(kindsOf(world)).toEqual([])
  })

  it('has two hundred at most, and looks for them behind many purchases', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => begun())
    for (let cap = 300; cap > 60; cap -= 1) await world.log.append(() => tightened(limitOf(String(cap), 'day')))
    for (let count = 0; count < 1_200; count += 1) await world.log.append(() => cancelled(`none-${count}`))
    const { events } = report(world)
    expect(events).toHaveLength(200)
    expect(events[0]?.what).toMatchObject({ change: { amount: '61' } })
    await world.log.append(() => tightened(limitOf('60', 'day')))
    expect(report(world).events).toHaveLength(200)
    expect(report(world).events[0]?.what).toMatchObject({ change: { amount: '60' } })
  })
})
