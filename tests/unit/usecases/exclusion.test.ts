import { describe, expect, it } from 'vitest'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { createBuyingWorld, refused } from '../../support/buying-world.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const request = { offerId: 'lamp-oil' }

async function excludedWorld(length: '24hours' | '30days' = '24hours') {
  const world = createBuyingWorld()
  expect(await world.use.controls.beginExclusion({ length })).toEqual({ kind: 'done' })
  await world.use.controls.syncControls()
  return world
}

describe('excluding oneself', () => {
  it('P5 begins at the time of the gateway, not of the computer, and is told to the gateway', async () => {
    const world = createBuyingWorld()
    world.turnClockBy(-400 * dayMs)
    expect(await world.use.controls.beginExclusion({ length: '6months' })).toEqual({ kind: 'done' })
    const times = { begunAt: '2026-03-02T12:00:00.000Z', until: '2026-09-02T12:00:00.000Z' }
    expect(world.newest('exclusion.begun')).toMatchObject({ actor: 'person', payload: { length: '6months', ...times } })
    for (let turn = 0; turn < 6; turn += 1) await new Promise(setImmediate)
    expect((await world.gateway.controls()).claims.controls.exclusion).toEqual({ ...times, returnAskedAt: null })
    expect(world.log.controls().household).toBeNull()
  })

  it('P5 needs the time of the gateway', async () => {
    const world = createBuyingWorld()
    world.gateway.fail('time', notSentProblem)
    expect(await world.use.controls.beginExclusion({ length: '7days' })).toEqual(refused('gatewayUnreachable'))
    expect(world.person.questions).toEqual([])
    expect(world.eventTypes()).toEqual([])
  })

  it('P5 lasts as long as was asked for from the yes on, however long the box was open', async () => {
    const world = createBuyingWorld()
    world.person.says(true, () => world.clock.advance(2 * dayMs))
    await world.use.controls.beginExclusion({ length: '24hours' })
    expect(world.newest('exclusion.begun').payload).toMatchObject({ begunAt: '2026-03-04T12:00:00.000Z', until: '2026-03-05T12:00:00.000Z' })
  })

  it('P5 is never shortened, and can be made longer', async () => {
    const world = await excludedWorld('30days')
    expect(await world.use.controls.beginExclusion({ length: '7days' })).toEqual(refused('notLonger'))
    expect(world.person.questions).toHaveLength(1)
    world.clock.advance(hourMs)
    expect(await world.use.controls.beginExclusion({ length: '30days' })).toEqual({ kind: 'done' })
    expect(world.log.controls().exclusion?.until).toBe('2026-04-01T13:00:00.000Z')
  })

  it('P5 longer meanwhile on another device is found out after the box', async () => {
    const world = createBuyingWorld()
    const payload = { length: '1year', begunAt: '2026-03-02T12:00:00.000Z', until: '2027-03-02T12:00:00.000Z' } as const
    world.person.says(true, () => void world.log.append(() => ({ type: 'exclusion.begun', actor: 'person', payload })))
    expect(await world.use.controls.beginExclusion({ length: '7days' })).toEqual(refused('notLonger'))
    expect(world.log.controls().exclusion?.until).toBe(payload.until)
  })

  it('P5 begins between two milliseconds as the monotonic clock has them', async () => {
    const world = createBuyingWorld()
    world.person.says(true, () => world.clock.advance(0.7))
    expect(await world.use.controls.beginExclusion({ length: '6months' })).toEqual({ kind: 'done' })
    expect(world.newest('exclusion.begun').payload.until).toBe('2026-09-02T12:00:00.000Z')
  })

  it('P5 declined in the box excludes nobody', async () => {
    const world = createBuyingWorld()
    world.person.says(false)
    expect(await world.use.controls.beginExclusion({ length: '5years' })).toEqual({ kind: 'declined' })
    expect(world.eventTypes()).toEqual([])
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })
})

describe('coming back', () => {
  it('P5 needs the end, a new yes and 24 hours more, each to the millisecond', async () => {
    const world = await excludedWorld()
    world.clock.advance(dayMs - 1)
    expect(await world.use.controls.askReturn()).toEqual(refused('notEnded'))
    expect(world.person.questions).toHaveLength(1)
    world.clock.advance(1)
    expect(await world.use.requestPurchase(request)).toMatchObject({ block: { kind: 'excluded', state: 'ended' } })
    expect(await world.use.controls.askReturn()).toEqual({ kind: 'done' })
    expect(world.newest('exclusion.returnAsked')).toMatchObject({ actor: 'person', payload: { askedAt: '2026-03-03T12:00:00.000Z' } })
    expect(await world.use.controls.askReturn()).toEqual(refused('notEnded'))
    world.clock.advance(dayMs - 1)
    expect(await world.use.requestPurchase(request)).toMatchObject({ block: { kind: 'excluded', state: 'coolingOff', until: '2026-03-04T12:00:00.000Z' } })
    world.clock.advance(1)
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it.each([400, -400])('P5 setting the clock by %d days ends nothing', async (days) => {
    const world = await excludedWorld()
    world.turnClockBy(days * dayMs)
    expect(await world.use.controls.askReturn()).toEqual(refused('notEnded'))
    world.restart()
    expect(await world.use.requestPurchase(request)).toMatchObject({ block: { kind: 'excluded', state: 'running' } })
  })

  it('P5 stays closed for whoever does nothing', async () => {
    const world = await excludedWorld()
    world.clock.advance(4_000 * dayMs)
    expect(await world.use.requestPurchase(request)).toMatchObject({ block: { kind: 'excluded', state: 'ended' } })
  })

  it('P5 is refused without an exclusion, declined in the box, and needs the gateway', async () => {
    expect(await createBuyingWorld().use.controls.askReturn()).toEqual(refused('notEnded'))
    const world = await excludedWorld()
    world.clock.advance(dayMs)
    world.person.says(false)
    expect(await world.use.controls.askReturn()).toEqual({ kind: 'declined' })
    world.person.says(true)
    for (const operation of ['time', 'controls', 'askReturn'] as const) {
      world.gateway.fail(operation, notSentProblem)
      expect(await world.use.controls.askReturn()).toEqual(refused('gatewayUnreachable'))
    }
    world.gateway.fail('askReturn', { kind: 'refused', sent: true, code: 'controlTooEarly' })
    expect(await world.use.controls.askReturn()).toEqual(refused('notEnded'))
    expect(world.log.controls().exclusion?.returnAskedAt).toBeNull()
  })

  it('P5 a yes that could not be written is given once more, and counts from the first', async () => {
    const world = await excludedWorld()
    world.clock.advance(dayMs)
    world.gateway.before('askReturn', () => world.log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' })))
    expect(await world.use.controls.askReturn()).toEqual(refused('ledgerUnavailable'))
    world.restart()
    world.clock.advance(hourMs)
    await world.use.controls.syncControls()
    const told = () => world.gateway.calls.filter((call) => call === 'tighten').length
    const before = told()
    expect(await world.use.controls.askReturn()).toEqual({ kind: 'done' })
    expect(world.newest('exclusion.returnAsked').payload.askedAt).toBe('2026-03-03T12:00:00.000Z')
    expect(told()).toBe(before)
  })

  it('P5 a longer exclusion of another device is taken over before the yes counts', async () => {
    const world = await excludedWorld()
    const exclusion = { begunAt: '2026-03-02T13:00:00.000Z', until: '2027-03-02T13:00:00.000Z', returnAskedAt: null }
    world.gateway.elsewhere.tighten({ household: null, limits: [], quietHours: [], exclusion })
    world.clock.advance(dayMs)
    expect(await world.use.controls.askReturn()).toEqual(refused('notEnded'))
    expect(world.log.controls().exclusion).toEqual(exclusion)
  })
})
