import { describe, expect, it } from 'vitest'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { excluded } from '../../support/control-events.ts'
import { unsignedProblem } from '../../support/fake-gateway.ts'
import { itemOffer } from '../../support/fake-offers.ts'
import { blockOf, limitedWorld, request } from '../../support/limited-world.ts'

const hourMs = 60 * 60_000

describe('exclusion and quiet hours', () => {
  const until = '2026-03-03T12:00:00.000Z'

  it('P5 stands in the way before a price is asked for', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => excluded('2026-03-02T12:00:00.000Z', until))
    const outcome = await request(world)
    expect(outcome).toEqual({
      kind: 'blocked',
      item: itemOffer.title,
      payee: 'Nebelfuchs Spielewerkstatt GmbH',
      price: itemOffer.price,
      block: { kind: 'excluded', state: 'running', until },
    })
    expect(world.gateway.calls).toEqual(['time', 'catalogue'])
    expect(await request(world, 'gone')).toEqual({ kind: 'refused', reason: 'offerUnavailable' })
  })

  it('P5 is not ended by the clock of the computer', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => excluded('2026-03-02T12:00:00.000Z', until))
    world.turnClockBy(400 * 24 * hourMs)
    expect(blockOf(await request(world))).toMatchObject({ kind: 'excluded', state: 'running' })
    world.gateway.fail('time', unsignedProblem)
    expect(blockOf(await request(world))).toMatchObject({ kind: 'excluded', state: 'running' })
    world.clock.suspend(24 * hourMs)
    expect(blockOf(await request(world))).toMatchObject({ kind: 'excluded', state: 'ended' })
  })

  it('P5 tells what is in the way where not even the catalogue can be had', async () => {
    const world = createBuyingWorld()
    await world.log.append(() => excluded('2026-03-02T12:00:00.000Z', until))
    world.gateway.fail('catalogue', unsignedProblem)
    expect(await request(world)).toEqual({ kind: 'refused', reason: 'signatureNotTrusted' })
  })

  it('P4 quiet hours are by the calendar of the household, and end on the minute', async () => {
    const world = await limitedWorld({ kind: 'quietHours', hours: [{ weekday: 1, fromMinute: 13 * 60, toMinute: 14 * 60 }] })
    expect(blockOf(await request(world))).toEqual({ kind: 'quietHours', until: '2026-03-02T13:00:00.000Z' })
    expect(world.gateway.calls.some((call) => call.startsWith('quote'))).toBe(false)
    world.clock.advance(hourMs)
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })
})
