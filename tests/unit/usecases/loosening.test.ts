import { describe, expect, it } from 'vitest'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'
import { type BuyingWorld, createBuyingWorld, refused } from '../../support/buying-world.ts'
import { inBerlin, limitOf } from '../../support/control-events.ts'
import { notSentProblem, unsignedProblem } from '../../support/fake-gateway.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
const asked = { changeId: '' }

/** A limit of 20.00 a week; one of 30.00 was asked for just now. */
async function waitingWorld() {
  const world = createBuyingWorld()
  await world.change(limitOf('2000'))
  await world.loosen(limitOf('3000'))
  await world.use.controls.syncControls()
  return { world, changeId: world.newest('controls.looseningAsked').payload.changeId }
}

const capOf = (world: BuyingWorld) => world.log.controls().limits[0]?.amount

describe('the second yes', () => {
  it('P5 counts from 24 hours after the first, to the millisecond', async () => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(dayMs - 1)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('tooEarly'))
    expect(world.person.questions).toHaveLength(2)
    expect(capOf(world)).toBe('2000')
    world.clock.advance(1)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'done' })
    expect(capOf(world)).toBe('3000')
    expect(world.newest('controls.looseningConfirmed')).toMatchObject({ actor: 'person', payload: { changeId, confirmedAt: '2026-03-03T12:00:30.000Z' } })
    expect((await world.gateway.controls()).claims).toMatchObject({ controls: { limits: [{ amount: '3000' }] }, pending: [] })
    await world.use.controls.syncControls()
    expect(capOf(world)).toBe('3000')
  })

  it('P5 is not brought nearer by the clock of the computer', async () => {
    const { world, changeId } = await waitingWorld()
    world.turnClockBy(400 * dayMs)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('tooEarly'))
    expect(world.gateway.calls.some((call) => call.startsWith('confirmLoosening'))).toBe(false)
    world.turnClockBy(-800 * dayMs)
    world.clock.suspend(dayMs)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'done' })
  })

  it('P5 lapses after seven days, and nothing has changed', async () => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(7 * dayMs)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('gone'))
    expect(world.person.questions).toHaveLength(2)
    await world.use.controls.syncControls()
    expect(world.newest('controls.looseningEnded').payload).toEqual({ changeId, reason: 'lapsed' })
    expect(world.log.controls()).toMatchObject({ pending: [], limits: [{ amount: '2000' }] })
  })

  it('P5 one millisecond before that it still counts', async () => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(7 * dayMs - 1)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'done' })
  })

  it('P5 declined in the box leaves it waiting', async () => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(dayMs)
    world.person.says(false)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'declined' })
    expect(world.log.controls()).toMatchObject({ pending: [{ changeId }], limits: [{ amount: '2000' }] })
  })

  it.each(['time', 'confirmLoosening'] as const)('P5 needs the gateway: without %s nothing changes', async (operation) => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(dayMs)
    world.gateway.fail(operation, notSentProblem)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('gatewayUnreachable'))
    expect(capOf(world)).toBe('2000')
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'done' })
  })

  it('P5 that the gateway still finds too early is too early', async () => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(dayMs)
    world.gateway.fail('confirmLoosening', { kind: 'refused', sent: true, code: 'controlTooEarly' })
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('tooEarly'))
    expect(capOf(world)).toBe('2000')
  })

  it('to something that does not wait is gone', async () => {
    const { world } = await waitingWorld()
    expect(await world.use.controls.confirmLoosening(asked)).toEqual(refused('gone'))
  })

  it('P5 whose event could not be written is said once more, and is not undone meanwhile', async () => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(dayMs)
    world.gateway.before('confirmLoosening', () => world.log.failNextAppend(new LogStorageError({ kind: 'outOfSpace' })))
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('ledgerUnavailable'))
    world.restart()
    await world.use.controls.syncControls()
    expect(capOf(world)).toBe('2000')
    expect((await world.gateway.controls()).claims.controls.limits).toMatchObject([{ amount: '3000' }])
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'done' })
    expect(capOf(world)).toBe('3000')
  })

  it('P5 that the gateway does not know is written down only where it is in force there already', async () => {
    const { world, changeId } = await waitingWorld()
    world.clock.advance(dayMs)
    const unknown = { kind: 'refused', sent: true, code: 'controlUnknown' } as const
    world.gateway.fail('confirmLoosening', unknown)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('gone'))
    expect(capOf(world)).toBe('2000')
    await world.gateway.confirmLoosening(changeId)
    world.gateway.fail('confirmLoosening', unknown)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual({ kind: 'done' })
    expect(capOf(world)).toBe('3000')
  })

  it('P5 is in vain once the limit was tightened after the first', async () => {
    const { world, changeId } = await waitingWorld()
    await world.change(limitOf('1000'))
    world.clock.advance(dayMs)
    expect(await world.use.controls.confirmLoosening({ changeId })).toEqual(refused('gone'))
    await world.use.controls.syncControls()
    expect((await world.gateway.controls()).claims).toMatchObject({ controls: { limits: [{ amount: '1000' }] }, pending: [] })
  })
})

describe('withdrawing', () => {
  it('P5 ends the waiting here at once, and at the gateway', async () => {
    const { world, changeId } = await waitingWorld()
    expect(await world.use.controls.withdrawLoosening({ changeId })).toEqual({ kind: 'done' })
    expect(world.newest('controls.looseningEnded').payload).toEqual({ changeId, reason: 'withdrawn' })
    await new Promise(setImmediate)
    expect((await world.gateway.controls()).claims.pending).toEqual([])
    expect(await world.use.controls.withdrawLoosening({ changeId })).toEqual(refused('gone'))
  })

  it('P5 works without the gateway, and asking again waits anew', async () => {
    const { world, changeId } = await waitingWorld()
    world.gateway.fail('withdrawLoosening', notSentProblem)
    expect(await world.use.controls.withdrawLoosening({ changeId })).toEqual({ kind: 'done' })
    world.clock.advance(dayMs)
    expect(await world.loosen(limitOf('3000'))).toMatchObject({ kind: 'asked', readyAt: '2026-03-04T12:01:00.000Z' })
    expect(world.unexpected).toEqual([])
  })

  it('declined in the box leaves it waiting', async () => {
    const { world, changeId } = await waitingWorld()
    world.person.says(false)
    expect(await world.use.controls.withdrawLoosening({ changeId })).toEqual({ kind: 'declined' })
    expect(world.log.controls().pending).toHaveLength(1)
  })
})

describe('keeping the same controls as the gateway', () => {
  const limits = [{ period: 'day', sellerId: null, amount: '500' }] as const
  const strict = { household: inBerlin, limits, quietHours: [], exclusion: null }

  it('P5 a computer that is set up anew meets the same limits and the same exclusion', async () => {
    const world = createBuyingWorld()
    const exclusion = { begunAt: '2026-03-02T11:00:00.000Z', until: '2026-04-01T11:00:00.000Z', returnAskedAt: null }
    world.gateway.elsewhere.tighten({ ...strict, exclusion })
    await world.use.care.tend()
    expect(world.newest('controls.adopted')).toMatchObject({ actor: 'gateway', payload: { controls: { household: inBerlin, limits, exclusion } } })
    expect(world.log.controls()).toMatchObject({ household: inBerlin, limits, exclusion })
    expect(world.counts.controlsChanged).toBeGreaterThan(0)
    expect(await world.use.requestPurchase({ offerId: 'lamp-oil' })).toMatchObject({ kind: 'blocked', block: { kind: 'excluded', until: exclusion.until } })
  })

  it('writes and tells nothing where both keep the same', async () => {
    const { world } = await waitingWorld()
    const [events, told, changes] = [world.eventTypes().length, world.gateway.calls.filter((call) => call === 'tighten').length, world.counts.controlsChanged]
    await world.use.controls.syncControls()
    await world.use.controls.syncControls()
    expect(world.eventTypes()).toHaveLength(events)
    expect(world.gateway.calls.filter((call) => call === 'tighten')).toHaveLength(told)
    expect(world.counts.controlsChanged).toBe(changes)
  })

  it('P5 a gateway that lost its controls is told of those here', async () => {
    const { world } = await waitingWorld()
    const other = createBuyingWorld()
    world.gateway.controls = other.gateway.controls
    world.gateway.tighten = other.gateway.tighten
    world.clock.advance(1)
    other.clock.advance(hourMs)
    await world.use.controls.syncControls()
    expect((await other.gateway.controls()).claims.controls.limits).toMatchObject([{ amount: '2000' }])
    expect(world.newest('controls.looseningEnded').payload.reason).toBe('withdrawn')
  })

  it('looks every five minutes, and until it has worked once', async () => {
    const world = createBuyingWorld()
    const looks = () => world.gateway.calls.filter((call) => call === 'controls').length
    world.gateway.fail('controls', unsignedProblem)
    await world.use.care.tend()
    await world.use.care.tend()
    expect(looks()).toBe(2)
    world.clock.advance(5 * 60_000 - 1)
    await world.use.care.tend()
    expect(looks()).toBe(2)
    world.clock.advance(1)
    await world.use.care.tend()
    expect(looks()).toBe(3)
  })

  it('looks again as soon as the gateway can be reached again', async () => {
    const world = createBuyingWorld()
    await world.use.care.tend()
    world.gateway.elsewhere.tighten(strict)
    world.gateway.fail('time', notSentProblem)
    await world.gateway.time().catch(() => null)
    await world.use.care.tend()
    expect(world.log.controls().limits).toEqual([])
    await world.gateway.time()
    await world.use.care.tend()
    expect(world.log.controls().limits).toEqual(limits)
  })

  it('hands on a bug', async () => {
    const world = createBuyingWorld()
    world.gateway.fail('controls', new TypeError('a bug'))
    await world.use.controls.syncControls()
    expect(world.unexpected).toEqual([new TypeError('a bug')])
  })

  it('P3 takes in nothing while the ledger is not in order', async () => {
    const world = createBuyingWorld()
    world.gateway.elsewhere.tighten(strict)
    world.ledger.setState('tampered')
    await world.use.controls.syncControls()
    expect(world.gateway.calls).toEqual([])
  })
})
