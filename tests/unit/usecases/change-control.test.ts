import { describe, expect, it } from 'vitest'
import { LogReadOnlyError, LogStorageError } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createBuyingWorld, refused } from '../../support/buying-world.ts'
import { inBerlin, limitOf } from '../../support/control-events.ts'
import { lostProblem, notSentProblem } from '../../support/fake-gateway.ts'

const hourMs = 60 * 60_000
const night = { weekday: 1, fromMinute: 22 * 60, toMinute: 6 * 60 }

/** A world with a limit of 20.00 a week, which the gateway keeps too. */
async function limitedWorld() {
  const world = createBuyingWorld()
  await world.change(limitOf('2000'))
  await world.use.controls.syncControls()
  return world
}

describe('a tighter control', () => {
  it('P5 acts at once, begins the household with the first, and is told to the gateway', async () => {
    const world = createBuyingWorld()
    expect(await world.change(limitOf('2000'))).toEqual({ kind: 'done' })
    expect(world.eventTypes()).toEqual(['controls.begun', 'controls.tightened'])
    expect(world.newest('controls.begun')).toMatchObject({ actor: 'person', payload: inBerlin })
    expect(world.newest('controls.tightened')).toMatchObject({ actor: 'person', payload: { change: limitOf('2000') } })
    expect(world.counts.controlsChanged).toBe(1)
    await world.use.controls.syncControls()
    expect((await world.gateway.controls()).claims.controls).toMatchObject({ household: inBerlin, limits: [{ period: 'week', sellerId: null, amount: '2000' }] })
    expect(await world.change(limitOf('1000'))).toEqual({ kind: 'done' })
    expect(world.eventTypes().filter((type) => type === 'controls.begun')).toHaveLength(1)
  })

  it('P5 acts while the gateway cannot be reached, and is told to it once it can be', async () => {
    const world = createBuyingWorld()
    world.gateway.fail('controls', notSentProblem, { lasting: true })
    expect(await world.change(limitOf('2000'))).toEqual({ kind: 'done' })
    await world.use.care.tend()
    expect(world.log.controls().limits).toHaveLength(1)
    world.gateway.mend()
    await world.use.care.tend()
    expect((await world.gateway.controls()).claims.controls.limits).toHaveLength(1)
    expect(world.unexpected).toEqual([])
  })

  it('P5 declined in the box changes nothing', async () => {
    const world = createBuyingWorld()
    world.person.says(false)
    expect(await world.change(limitOf('2000'))).toEqual({ kind: 'declined' })
    expect(world.eventTypes()).toEqual([])
    expect(world.gateway.calls).toEqual([])
    expect(world.counts.controlsChanged).toBe(0)
    expect(world.person.questions).toHaveLength(1)
  })

  it('is not asked for where it is impossible or changes nothing', async () => {
    const world = createBuyingWorld()
    const change = (household: { zone: string; currency: string } | undefined) =>
      world.use.controls.changeControl({ change: limitOf('2000'), ...(household && { household }) })
    expect(await change(undefined)).toEqual(refused('impossible'))
    expect(await change({ zone: 'Mars/Olympus', currency: 'EUR' })).toEqual(refused('impossible'))
    expect(await change({ ...inBerlin, currency: 'ZZZ' })).toEqual(refused('impossible'))
    expect(await world.change({ kind: 'quietHours', hours: [{ ...night, toMinute: night.fromMinute }] })).toEqual(refused('impossible'))
    expect(await world.change({ kind: 'zone', zone: 'Europe/Paris' })).toEqual(refused('impossible'))
    expect(await world.change(limitOf(null))).toEqual(refused('noChange'))
    expect(world.person.questions).toEqual([])
    await world.change(limitOf('2000'))
    expect(await world.change(limitOf('2000'))).toEqual(refused('noChange'))
    expect(world.person.questions).toHaveLength(1)
  })

  it('is judged once more after the box, by what is there then', async () => {
    const world = await limitedWorld()
    world.person.says(true, () => {
      void world.log.append(() => ({ type: 'controls.tightened', actor: 'person', payload: { change: limitOf('500') } }))
    })
    expect(await world.change(limitOf('1000'))).toEqual(refused('noChange'))
    expect(world.log.controls().limits).toMatchObject([{ amount: '500' }])
  })

  it('keeps the household that there is, whatever comes with a later change', async () => {
    const world = await limitedWorld()
    await world.use.controls.changeControl({ change: limitOf('1000'), household: { zone: 'Asia/Tokyo', currency: 'JPY' } })
    expect(world.log.controls().household).toEqual(inBerlin)
  })

  it.each([
    [new LogStorageError({ kind: 'outOfSpace' }), 'ledgerUnavailable'],
    [new LogReadOnlyError('tampered'), 'ledgerUnavailable'],
    [new VaultError('locked'), 'keychainUnavailable'],
  ])('says why it could not be written: %s', async (error, reason) => {
    const world = await limitedWorld()
    world.person.says(true, () => world.log.failNextAppend(error))
    expect(await world.change(limitOf('1000'))).toEqual(refused(reason))
    expect(world.log.controls().limits).toMatchObject([{ amount: '2000' }])
  })

  it('P3 P6 is refused before the box without ledger or keychain, and a bug is thrown on', async () => {
    const world = await limitedWorld()
    world.ledger.setState('tampered')
    expect(await world.change(limitOf('1000'))).toEqual(refused('ledgerUnavailable'))
    world.ledger.setVault('locked')
    expect(await world.change(limitOf('1000'))).toEqual(refused('keychainUnavailable'))
    expect(world.person.questions).toHaveLength(1)
    world.ledger.setVault('ready')
    world.ledger.setState('ready')
    world.person.says(true, () => world.log.failNextAppend(new TypeError('a bug')))
    await expect(world.change(limitOf('1000'))).rejects.toThrow('a bug')
  })
})

describe('the pause before a looser control', () => {
  const looser = limitOf('3000')

  it('P5 lasts 30 seconds from looking at what it would do', async () => {
    const world = await limitedWorld()
    expect(world.use.controls.previewChange({ change: looser })).toEqual({ effect: 'looser', pauseMs: 30_000, actsAt: '2026-03-03T12:00:30.000Z' })
    world.clock.advance(29_999)
    expect(await world.change(looser)).toEqual(refused('tooSoon'))
    expect(world.use.controls.previewChange({ change: looser })).toEqual({ effect: 'looser', pauseMs: 1, actsAt: '2026-03-03T12:00:30.000Z' })
    expect(world.person.questions).toHaveLength(1)
    world.clock.advance(1)
    expect(await world.change(looser)).toMatchObject({ kind: 'asked' })
  })

  it('P5 is needed: without looking first nothing is asked', async () => {
    const world = await limitedWorld()
    world.clock.advance(hourMs)
    expect(await world.change(looser)).toEqual(refused('tooSoon'))
    expect(world.eventTypes()).toEqual(['controls.begun', 'controls.tightened'])
  })

  it('P5 is not shortened by the clock of the computer, and begins again for another change', async () => {
    const world = await limitedWorld()
    world.use.controls.previewChange({ change: looser })
    world.turnClockBy(hourMs)
    expect(await world.change(looser)).toEqual(refused('tooSoon'))
    world.clock.advance(30_000)
    expect(await world.change(limitOf('9000'))).toEqual(refused('tooSoon'))
    expect(world.use.controls.previewChange({ change: limitOf('9000') }).pauseMs).toBe(30_000)
    expect(await world.change(limitOf('9000'))).toEqual(refused('tooSoon'))
    expect(await world.change(looser)).toEqual(refused('tooSoon'))
  })

  it('P5 is for one question: a no, and it begins again', async () => {
    const world = await limitedWorld()
    world.person.says(false)
    expect(await world.loosen(looser)).toEqual({ kind: 'declined' })
    expect(await world.change(looser)).toEqual(refused('tooSoon'))
  })

  it('is not there for what is not looser, and nothing is known without a ledger', async () => {
    const world = await limitedWorld()
    const preview = world.use.controls.previewChange
    expect(preview({ change: limitOf('1000') })).toEqual({ effect: 'tighter', pauseMs: 0, actsAt: null })
    expect(preview({ change: limitOf('2000') })).toEqual({ effect: 'none', pauseMs: 0, actsAt: null })
    const unreadable = () => {
      throw new LogStorageError({ kind: 'damaged' })
    }
    world.ledger.setLog({ ...world.log, controls: unreadable })
    expect(preview({ change: looser })).toEqual({ effect: 'none', pauseMs: 0, actsAt: null })
    world.ledger.setLog(null)
    expect(preview({ change: looser })).toEqual({ effect: 'none', pauseMs: 0, actsAt: null })
  })
})

describe('a looser control', () => {
  const asked = { kind: 'asked', readyAt: '2026-03-03T12:00:30.000Z', lapsesAt: '2026-03-09T12:00:30.000Z' }

  it('P5 waits, dated by the gateway, and changes nothing yet', async () => {
    const world = await limitedWorld()
    world.turnClockBy(-30 * 24 * hourMs)
    expect(await world.loosen(limitOf('3000'))).toEqual(asked)
    const { changeId } = world.newest('controls.looseningAsked').payload
    expect(world.newest('controls.looseningAsked').payload).toEqual({ changeId, change: limitOf('3000'), askedAt: '2026-03-02T12:00:30.000Z' })
    expect(world.log.controls().limits).toMatchObject([{ amount: '2000' }])
    expect((await world.gateway.controls()).claims.pending).toMatchObject([{ changeId }])
  })

  it.each([limitOf(null), { kind: 'quietHours', hours: [] }, { kind: 'zone', zone: 'Asia/Tokyo' }] as const)('P5 is asked for in the box: %j', async (change) => {
    const world = await limitedWorld()
    await world.change({ kind: 'quietHours', hours: [night] })
    await world.use.controls.syncControls()
    world.person.says(false)
    expect(await world.loosen(change)).toEqual({ kind: 'declined' })
    expect(world.gateway.calls.some((call) => call.startsWith('askLoosening'))).toBe(false)
    world.person.says(true)
    expect(await world.loosen(change)).toMatchObject({ kind: 'asked' })
    expect(world.log.controls()).toMatchObject({ household: inBerlin, limits: [{ amount: '2000' }], quietHours: [night] })
  })

  it('P5 cannot be asked for without the gateway', async () => {
    const world = await limitedWorld()
    world.gateway.fail('askLoosening', notSentProblem)
    expect(await world.loosen(limitOf('3000'))).toEqual(refused('gatewayUnreachable'))
    world.gateway.fail('controls', notSentProblem)
    expect(await world.loosen(limitOf('3000'))).toEqual(refused('gatewayUnreachable'))
    expect(world.log.controls().pending).toEqual([])
  })

  it('P5 is asked of a gateway that knows what holds here, also where that could not be told to it before', async () => {
    const world = createBuyingWorld()
    world.gateway.fail('controls', notSentProblem)
    await world.change(limitOf('2000'))
    await new Promise(setImmediate)
    expect(await world.loosen(limitOf('3000'))).toMatchObject({ kind: 'asked' })
  })

  it('P5 waits under what has become stricter at the gateway meanwhile: that is taken over first', async () => {
    const world = await limitedWorld()
    world.gateway.elsewhere.tighten({ household: inBerlin, limits: [{ period: 'week', sellerId: null, amount: '500' }], quietHours: [], exclusion: null })
    expect(await world.loosen(limitOf('3000'))).toMatchObject({ kind: 'asked' })
    expect(world.eventTypes().slice(-2)).toEqual(['controls.adopted', 'controls.looseningAsked'])
    expect(world.log.controls().limits).toMatchObject([{ amount: '500' }])
    expect(await world.change(limitOf('500', 'month'))).toEqual({ kind: 'done' })
  })

  it('waits since the first yes where that could not be written down, and is asked for again', async () => {
    const world = await limitedWorld()
    world.gateway.before('askLoosening', () => world.log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' })))
    expect(await world.loosen(limitOf('3000'))).toEqual(refused('ledgerUnavailable'))
    world.clock.advance(hourMs)
    expect(await world.loosen(limitOf('3000'))).toEqual(asked)
    expect((await world.gateway.controls()).claims.pending).toHaveLength(1)
  })

  it('can be asked for again where the app died between the gateway and the log: it waits anew', async () => {
    const world = await limitedWorld()
    world.gateway.before('askLoosening', () => world.restart())
    void world.loosen(limitOf('3000'))
    await new Promise(setImmediate)
    expect(world.log.controls().pending).toEqual([])
    expect((await world.gateway.controls()).claims.pending).toHaveLength(1)
    world.clock.advance(hourMs)
    expect(await world.loosen(limitOf('3000'))).toMatchObject({ kind: 'asked', readyAt: '2026-03-03T13:01:00.000Z' })
    expect((await world.gateway.controls()).claims.pending).toHaveLength(1)
  })

  it('that the gateway answered too late for can be asked for again', async () => {
    const world = await limitedWorld()
    world.gateway.fail('askLoosening', lostProblem)
    expect(await world.loosen(limitOf('3000'))).toEqual(refused('gatewayUnreachable'))
    expect(await world.loosen(limitOf('3000'))).toMatchObject({ kind: 'asked' })
  })
})

describe('the reminder', () => {
  it('is set after a yes in the box, and changes no control', async () => {
    const world = createBuyingWorld()
    world.person.says(false)
    expect(await world.use.controls.setReminder({ after: 3 })).toEqual({ kind: 'declined' })
    world.person.says(true)
    expect(await world.use.controls.setReminder({ after: 3 })).toEqual({ kind: 'done' })
    expect(await world.use.controls.setReminder({ after: 3 })).toEqual(refused('noChange'))
    expect(world.log.controls()).toMatchObject({ remindAfter: 3, household: null })
    expect(world.eventTypes()).toEqual(['controls.reminderSet'])
  })
})
