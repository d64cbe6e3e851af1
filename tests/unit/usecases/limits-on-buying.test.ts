import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { confirmContract } from '../../../src/contract/ipc/confirm.ts'
import { createShowChallenge } from '../../../src/main/usecases/show-challenge.ts'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { begun, inBerlin, limitOf, tightened } from '../../support/control-events.ts'
import { approved, voided } from '../../support/events.ts'
import { importedRow, importMade } from '../../support/import-events.ts'
import { unsignedProblem } from '../../support/fake-gateway.ts'
import { bundleOffer, itemOffer, passOffer } from '../../support/fake-offers.ts'
import { blockOf, limitedWorld, request } from '../../support/limited-world.ts'

const hourMs = 60 * 60_000

function show(world: BuyingWorld) {
  const appearance = { language: 'en', locale: 'en-IE', theme: 'dark', sandbox: true } as const
  const shown = createShowChallenge({ clock: world.clock, pending: world.use.pending, appearance: () => appearance, currentQuestion: () => null })()
  return v.parse(confirmContract.calls['challenge.get'].output, shown).challenge
}

describe('asking for a purchase under limits', () => {
  it('P4 ends with the rule, its numbers and what was bought, and the confirm window does not open', async () => {
    const world = await limitedWorld(limitOf('150', 'day'))
    await world.buy()
    const outcome = await request(world)
    expect(outcome).toEqual({
      kind: 'blocked',
      item: itemOffer.title,
      payee: 'Nebelfuchs Spielewerkstatt GmbH',
      price: itemOffer.price,
      block: {
        ...{ kind: 'limit', period: 'day', sellerId: null, amount: '150', spent: '99', reserved: '0', left: '51' },
        ...{ currency: 'EUR', wanted: '99', startsAt: '2026-03-01T23:00:00.000Z', resetsAt: '2026-03-02T23:00:00.000Z' },
        bought: [{ item: itemOffer.title, price: itemOffer.price, at: '2026-03-02T12:00:00.500Z' }],
      },
    })
    expect(world.confirmWindow.opened()).toBe(1)
    expect(world.use.pending.current()).toBeNull()
    expect(world.progress.at(-1)?.step).toBe('done')
  })

  it('P4 tells the newest five purchases of the span that count, of its seller alone where it is for one', async () => {
    const world = await limitedWorld(limitOf('594', 'week', 'nebelfuchs'))
    for (let count = 0; count < 6; count += 1) {
      world.clock.advance(hourMs)
      const { answer, outcome } = await world.ask()
      await world.use.approveChallenge({ ...answer, knowsLimit: true })
      expect(await outcome).toMatchObject({ kind: 'succeeded' })
    }
    await world.buy(bundleOffer.id)
    const outcome = await request(world)
    expect(blockOf(outcome)).toMatchObject({ kind: 'limit', spent: '594', left: '0', sellerId: 'nebelfuchs' })
    const bought = (blockOf(outcome) as { bought: { item: string; at: string }[] }).bought
    expect(bought.map(({ at }) => at.slice(11, 13))).toEqual(['18', '17', '16', '15', '14'])
    expect(new Set(bought.map(({ item }) => item))).toEqual(new Set([itemOffer.title]))
  })

  it('P4 counts what is reserved, and not what came to nothing', async () => {
    const world = await limitedWorld(limitOf('150', 'day'))
    world.gateway.meet('requestLost')
    expect(await world.buy()).toMatchObject({ kind: 'unknown' })
    expect(blockOf(await request(world))).toMatchObject({ reserved: '99', left: '51' })
    world.clock.advance(600_001)
    await world.use.settlePurchases()
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it('P4 a price in another currency counts in that of the household, at the rate of the signed quote, rounded up', async () => {
    const world = await limitedWorld(limitOf('373', 'purchase'))
    expect(blockOf(await request(world, bundleOffer.id))).toMatchObject({ period: 'purchase', currency: 'EUR', wanted: '374', resetsAt: null, bought: [] })
    expect(world.gateway.calls).toContain(`quote ${bundleOffer.id}`)
    const roomy = await limitedWorld(limitOf('374', 'purchase'))
    await roomy.ask(bundleOffer.id)
    expect(show(roomy)).toMatchObject({ price: bundleOffer.price, counted: { amount: '374', currency: 'EUR' } })
  })

  it('P4 a quote that counts in nothing or at another rate than it says is not trusted', async () => {
    const world = await limitedWorld(limitOf('10000', 'day'))
    for (const counted of [{ amount: '1', currency: 'EUR', rate: '0.006125' }, { amount: '610', currency: 'JPY', rate: '1' }]) {
      world.gateway.alterNextQuote({ counted })
      expect(await request(world, bundleOffer.id)).toEqual({ kind: 'refused', reason: 'signatureNotTrusted' })
    }
    expect(world.confirmWindow.opened()).toBe(0)
  })

  it('P4 is judged between two milliseconds as the monotonic clock has them', async () => {
    const world = await limitedWorld(limitOf('150', 'day'), { kind: 'quietHours', hours: [{ weekday: 2, fromMinute: 0, toMinute: 60 }] })
    world.clock.advance(0.7)
    await world.buy()
    expect(blockOf(await request(world))).toMatchObject({ kind: 'limit', left: '51' })
    expect(world.use.controls.reportControls()).toMatchObject({ kind: 'ok', standings: [{ left: '51' }] })
  })

  it('asks for no counting without a household', async () => {
    const world = createBuyingWorld()
    expect((await world.ask()).challenge.content.counted).toBeUndefined()
    expect(show(world)).toMatchObject({ headroom: [], isNearLimit: false })
  })
})

describe('the answer under limits', () => {
  it('P4 a limit that was tightened while the question was open is obeyed', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    await world.log.append(() => begun())
    await world.log.append(() => tightened(limitOf('98', 'day')))
    const told = await world.use.approveChallenge(answer)
    expect(told).toMatchObject({ kind: 'blocked', item: itemOffer.title, block: { kind: 'limit', amount: '98', wanted: '99' } })
    expect(await outcome).toEqual(told)
    expect(world.eventTypes()).toEqual(['controls.begun', 'controls.tightened'])
    expect(world.sent()).toBe(0)
    expect(world.confirmWindow.isOpen()).toBe(true)
  })

  it('P4 of two purchases with room for one, one is made', async () => {
    const world = await limitedWorld(limitOf('150', 'day'))
    const { answer } = await world.ask()
    await world.log.append(() => approved('meanwhile', { countedAt: '2026-03-02T12:00:00.000Z' }))
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true })).toMatchObject({ kind: 'blocked', block: { reserved: '99', left: '51' } })
    await world.log.append(() => voided('meanwhile'))
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })

  it('P5 an exclusion that began while the question was open is obeyed', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    expect(await world.use.controls.beginExclusion({ length: '24hours' })).toEqual({ kind: 'done' })
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'blocked', block: { kind: 'excluded', state: 'running' } })
    expect(world.sent()).toBe(0)
  })

  it('P4 has to be asked for again where the first limit came in another currency than the price', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask(bundleOffer.id)
    await world.change(limitOf('10000', 'day'))
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.sent()).toBe(0)
  })

  it('P4 near a limit needs the further yes, and can still be given', async () => {
    const world = await limitedWorld(limitOf('120', 'day'))
    const { answer, challenge } = await world.ask()
    expect(challenge.content.isNearLimit).toBe(true)
    expect(show(world)).toMatchObject({ isNearLimit: true, headroom: [{ period: 'day', sellerId: null, cap: '120', left: '21' }] })
    await expect(world.use.approveChallenge(answer)).rejects.toThrow('half of what was asked')
    expect(world.sent()).toBe(0)
    expect(await world.use.approveChallenge({ ...answer, knowsLimit: true })).toMatchObject({ kind: 'succeeded' })
    expect(world.newest('purchase.approved').payload.limitWarnings).toEqual([
      { period: 'day', sellerId: null, startsAt: '2026-03-01T23:00:00.000Z', percent: 80 },
    ])
  })

  it('P4 far from every limit says what is left, least first, and asks nothing further', async () => {
    const world = await limitedWorld(limitOf('1000', 'week'), limitOf('800', 'day'))
    await world.ask()
    expect(show(world)).toMatchObject({
      isNearLimit: false,
      headroom: [{ period: 'day', cap: '800', left: '701' }, { period: 'week', cap: '1000', left: '901' }],
    })
    const { challengeId, digest } = show(world)!
    expect(await world.use.approveChallenge({ challengeId, digest })).toMatchObject({ kind: 'succeeded' })
  })

  it('P4 says when it counts: by the gateway, and never in an earlier quarter of an hour than one before', async () => {
    const world = await limitedWorld(limitOf('10000', 'day'))
    world.turnClockBy(-30 * 24 * hourMs)
    await world.buy()
    expect(world.newest('purchase.approved').payload.countedAt).toBe('2026-03-02T12:00:00.500Z')
    await world.log.append(() => approved('ahead', { countedAt: '2026-03-02T15:05:00.000Z' }))
    await world.buy()
    expect(world.newest('purchase.approved').payload.countedAt).toBe('2026-03-02T15:00:00.000Z')
  })

  it.each([-400, -3, 3, 400])('P4 setting the clock by %d days gives no room', async (days) => {
    const world = await limitedWorld(limitOf('150', 'day'))
    await world.buy()
    world.turnClockBy(days * 24 * hourMs)
    expect(blockOf(await request(world))).toMatchObject({ kind: 'limit', spent: '99' })
    world.restart()
    expect(blockOf(await request(world))).toMatchObject({ kind: 'limit', spent: '99' })
    world.clock.advance(11 * hourMs)
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
  })
})

describe('the reminder', () => {
  it('tells how many purchases within an hour it would be, once there were as many as the person wants to know of', async () => {
    const world = createBuyingWorld()
    for (let count = 0; count < 5; count += 1) {
      const { answer, outcome } = await world.ask()
      expect(show(world)?.purchasesThisHour).toBeUndefined()
      await world.use.approveChallenge(answer)
      await outcome
    }
    const { answer, outcome } = await world.ask()
    expect(show(world)?.purchasesThisHour).toBe(6)
    await world.use.cancelChallenge(answer)
    await outcome
    await world.use.controls.setReminder({ after: null })
    await world.ask()
    expect(show(world)?.purchasesThisHour).toBeUndefined()
  })

  it('forgets after an hour, and does not count what came to nothing', async () => {
    const world = createBuyingWorld()
    await world.use.controls.setReminder({ after: 1 })
    world.gateway.meet('decline')
    await world.buy(passOffer.id)
    await world.buy()
    world.clock.advance(hourMs - 1_000)
    const { answer, outcome } = await world.ask()
    expect(show(world)?.purchasesThisHour).toBe(2)
    await world.use.cancelChallenge(answer)
    await outcome
    world.clock.advance(501)
    await world.ask()
    expect(show(world)?.purchasesThisHour).toBeUndefined()
  })
})

describe('what the gateway stands in the way of', () => {
  it('P4 a limit that is used up on another device is told, nothing is charged, and what is stricter there is taken over', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    world.gateway.elsewhere.tighten({ household: inBerlin, limits: [{ period: 'day', sellerId: null, amount: '150' }], quietHours: [], exclusion: null })
    world.gateway.elsewhere.spend('nebelfuchs', { amount: 99n, currency: 'EUR' })
    const told = await world.use.approveChallenge(answer)
    expect(told).toEqual({
      ...{ kind: 'blocked', item: itemOffer.title, payee: 'Nebelfuchs Spielewerkstatt GmbH', price: itemOffer.price },
      block: { kind: 'atGateway', rule: 'limit' },
    })
    expect(await outcome).toEqual(told)
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.voided', 'controls.adopted'])
    expect(world.newest('purchase.voided').payload.reason).toBe('limitReached')
    expect(world.log.controls().limits).toEqual([{ period: 'day', sellerId: null, amount: '150' }])
    expect(world.log.usageSince(0)).toEqual([])
    expect(world.gateway.charges).toEqual([])
    expect(world.confirmWindow.isOpen()).toBe(true)
  })

  it.each([['excluded', 'excluded'], ['quietHours', 'quietHours']] as const)('P4 P5 %s there is told as %s, whether or not the controls can be had', async (code, rule) => {
    const world = createBuyingWorld()
    world.gateway.fail('purchase', { kind: 'refused', sent: true, code })
    world.gateway.fail('controls', unsignedProblem)
    expect(await world.buy()).toMatchObject({ kind: 'blocked', block: { kind: 'atGateway', rule } })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.voided'])
    expect(world.unexpected).toEqual([])
  })
})

describe('a purchase that a restored ledger has forgotten', () => {
  it('P4 counts again as its receipt says, in the currency of the limits and when it was charged', async () => {
    const world = await limitedWorld(limitOf('10000', 'day'))
    await world.buy(bundleOffer.id)
    const restored = createBuyingWorld()
    restored.gateway.chargeList = world.gateway.chargeList
    restored.gateway.purchaseByKey = world.gateway.purchaseByKey
    await restored.log.append(() => ({ type: 'log.restored', actor: 'person', payload: { backup: { seq: 1, mac: 'm' }, lost: null, lostEvents: 1 } }))
    restored.restart()
    await restored.use.care.reconcileLedger()
    expect(restored.newest('purchase.recovered').payload.counted).toEqual({ amount: '374', currency: 'EUR' })
    expect(restored.log.usageSince(0)).toEqual(world.log.usageSince(0))
  })
})

describe('what was imported', () => {
  it('P4 counts like what was bought here, and a purchase without room is stopped', async () => {
    const world = await limitedWorld(limitOf('150', 'day'))
    const at = new Date(world.clock.now()).toISOString()
    await world.log.append(() => importMade({ rows: [importedRow(1, { at, amount: { amount: '51', currency: 'EUR' } })] }))
    const { answer, outcome } = await world.ask()
    await world.use.approveChallenge({ ...answer, knowsLimit: true })
    expect((await outcome).kind).toBe('succeeded')
    expect(blockOf(await request(world))).toMatchObject({ kind: 'limit', spent: '150', left: '0' })
  })

  it('P4 says nothing about the time: a row of tomorrow moves no purchase to tomorrow', async () => {
    const world = await limitedWorld(limitOf('150', 'day'))
    await world.buy()
    const at = new Date(world.clock.now() + 23 * hourMs).toISOString()
    await world.log.append(() => importMade({ rows: [importedRow(1, { at, amount: { amount: '1', currency: 'EUR' } })] }))
    expect(blockOf(await request(world))).toMatchObject({ kind: 'limit', spent: '99', left: '51' })
  })
})
