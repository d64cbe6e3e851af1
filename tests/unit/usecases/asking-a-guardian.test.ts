import { describe, expect, it } from 'vitest'
import { LogReadOnlyError } from '../../../src/main/ports/event-log.ts'
import { createBuyingWorld } from '../../support/buying-world.ts'
import { excluded, tightened } from '../../support/control-events.ts'
import { cleosWeek, createFamilyWorld } from '../../support/family-world.ts'
import { notSentProblem } from '../../support/fake-gateway.ts'
import { itemOffer, passOffer } from '../../support/fake-offers.ts'

const hourMs = 60 * 60_000
const refused = (reason: string) => ({ kind: 'refused', reason })

describe('asking a guardian', () => {
  it('P8 is one event with what is wanted, why it was in the way, and when; and charges nothing', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    expect(world.newest('request.made')).toMatchObject({
      actor: 'child',
      payload: {
        ...{ requestId, memberId: 'child', offerId: itemOffer.id, sellerId: itemOffer.sellerId, payee: 'Nebelfuchs Spielewerkstatt GmbH' },
        ...{ item: itemOffer.title, game: itemOffer.game, price: itemOffer.price, counted: itemOffer.price, askedAt: '2026-03-02T12:00:00.000Z' },
        cause: { kind: 'limit', period: 'week', sellerId: null, memberId: 'child', cap: '0', left: '0' },
      },
    })
    expect(world.counts.familyChanged).toBe(1)
    expect(world.sent()).toBe(0)
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('says until when quiet hours last that were in the way', async () => {
    const world = await createFamilyWorld()
    await world.log.append(() => tightened({ kind: 'quietHours', hours: [{ weekday: 1, fromMinute: 0, toMinute: 1200 }], memberId: 'teen' }))
    await world.requestedBy('teen')
    expect(world.newest('request.made').payload.cause).toEqual({ kind: 'quietHours', until: '2026-03-02T19:00:00.000Z' })
  })

  it('P8 needs the pause to be over where something may be spent, by a clock that nobody sets', async () => {
    const world = await createFamilyWorld()
    world.as('teen')
    await world.buy()
    expect(await world.asks()).toEqual(refused('tooSoon'))
    await world.tries()
    world.turnClockBy(hourMs)
    world.clock.advance(29_999)
    expect(await world.asks()).toEqual(refused('tooSoon'))
    world.clock.advance(1)
    const { price } = itemOffer
    expect(await world.asks()).toMatchObject({ kind: 'asked', price })
    expect(await world.asks()).toMatchObject({ kind: 'already', price })
  })

  it('P8 each pause is for one request', async () => {
    const world = await createFamilyWorld()
    world.as('teen')
    await world.buy()
    const requestId = await world.requestedBy('teen')
    expect(await world.use.requests.withdrawRequest({ requestId })).toEqual({ kind: 'done' })
    expect(await world.asks()).toEqual(refused('tooSoon'))
  })

  it('P8 of the same asked at once one waits; of another price another one', async () => {
    const world = await createFamilyWorld()
    world.as('child')
    await world.tries()
    const results = await Promise.all([world.asks(), world.asks(), world.asks()])
    expect(results.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'asked'])
    expect(new Set(results.map((result) => 'requestId' in result && result.requestId)).size).toBe(1)
    expect(world.log.family().requests).toHaveLength(1)
    world.gateway.setPrice(itemOffer.id, '120')
    expect(await world.asks()).toMatchObject({ kind: 'asked' })
    world.as('teen')
    await world.buy(passOffer.id).catch(() => null)
    expect(world.log.family().requests.map(({ memberId }) => memberId)).toEqual(['child', 'child'])
  })

  it('P8 ten of one member wait at most, and those of another do not count', async () => {
    const world = await createFamilyWorld([{ ...cleosWeek, amount: '0' }])
    for (let count = 0; count < 10; count += 1) {
      world.gateway.setPrice(itemOffer.id, `${100 + count}`)
      await world.requestedBy('child')
    }
    world.gateway.setPrice(itemOffer.id, '200')
    expect(await world.asks()).toEqual(refused('tooMany'))
    await world.requestedBy('teen')
    world.as('child')
    world.clock.advance(24 * hourMs)
    expect(await world.asks()).toMatchObject({ kind: 'asked' })
  })

  it.each([
    ['locked', null],
    ['notAllowed', 'adult'],
    ['notAllowed', 'guardian'],
    ['notNeeded', 'teen'],
  ])('is refused as %s to %s', async (reason, memberId) => {
    const world = await createFamilyWorld()
    world.as(memberId)
    expect(await world.asks()).toEqual(refused(reason))
    expect(world.log.family().requests).toEqual([])
  })

  it('is not allowed without members', async () => {
    const world = createBuyingWorld()
    expect(await world.use.requests.askGuardian({ offerId: itemOffer.id })).toEqual(refused('notAllowed'))
  })

  it('P4 P5 is refused where no guardian could lift what is in the way', async () => {
    const world = await createFamilyWorld([cleosWeek, { period: 'purchase', sellerId: null, amount: '98' }])
    world.as('child')
    expect(await world.asks()).toEqual(refused('notLiftable'))
    const free = await createFamilyWorld()
    free.as('child')
    await free.log.append(() => excluded('2026-03-02T12:00:00.000Z', '2026-03-03T12:00:00.000Z', '24hours', 'child'))
    expect(await free.asks()).toEqual(refused('notLiftable'))
  })

  it.each([
    ['offerUnavailable', { kind: 'refused', sent: true, code: 'offerUnavailable' }],
    ['gatewayUnreachable', notSentProblem],
  ] as const)('is refused as %s where there is no price', async (reason, problem) => {
    const world = await createFamilyWorld()
    world.as('child')
    world.gateway.fail('quote', problem)
    expect(await world.asks()).toEqual(refused(reason))
  })

  it('is refused where it cannot be written down', async () => {
    const world = await createFamilyWorld()
    world.as('child')
    world.ledger.setState('tampered')
    expect(await world.asks()).toEqual(refused('ledgerUnavailable'))
    world.ledger.setState('ready')
    world.log.failNextAppend(new LogReadOnlyError('tampered'))
    expect(await world.asks()).toEqual(refused('ledgerUnavailable'))
    world.device.fail('locked')
    expect(await world.asks()).toEqual(refused('keychainUnavailable'))
  })
})

describe('taking a request back', () => {
  it('ends it for whoever asked, and for nobody else', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    const withdraw = () => world.use.requests.withdrawRequest({ requestId })
    world.as(null)
    expect(await withdraw()).toEqual(refused('locked'))
    for (const other of ['teen', 'adult', 'guardian']) {
      world.as(other)
      expect(await withdraw()).toEqual(refused('notAllowed'))
    }
    world.as('child')
    const before = world.counts.familyChanged
    expect(await Promise.all([withdraw(), withdraw()])).toEqual([{ kind: 'done' }, refused('gone')])
    expect(world.endOf(requestId)).toMatchObject({ end: 'withdrawn', by: 'child' })
    expect(world.newest('request.ended').actor).toBe('child')
    expect(world.counts.familyChanged).toBe(before + 1)
    expect(await withdraw()).toEqual(refused('gone'))
  })

  it('is refused where it cannot be written down, or has lapsed', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    world.ledger.setVault('locked')
    expect(await world.use.requests.withdrawRequest({ requestId })).toEqual(refused('keychainUnavailable'))
    world.ledger.setVault('ready')
    world.clock.advance(24 * hourMs)
    expect(await world.use.requests.withdrawRequest({ requestId })).toEqual(refused('gone'))
  })
})

describe('a request that nobody answers', () => {
  it('P8 lapses after a day by the gateway’s clock, and the log says so with the next care', async () => {
    const world = await createFamilyWorld()
    const requestId = await world.requestedBy('child')
    world.turnClockBy(10 * 24 * hourMs)
    world.clock.advance(24 * hourMs - 1)
    await world.use.care.tend()
    expect(world.endOf(requestId)).toBeNull()
    const before = world.counts.familyChanged
    world.clock.advance(1)
    await world.use.care.tend()
    expect(world.endOf(requestId)).toMatchObject({ end: 'lapsed', by: null })
    expect(world.newest('request.ended').actor).toBe('client')
    expect(world.counts.familyChanged).toBe(before + 1)
    await world.use.care.tend()
    expect(world.counts.familyChanged).toBe(before + 1)
    expect(world.unexpected).toEqual([])
  })
})
