import { describe, expect, it } from 'vitest'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { lostProblem } from '../../support/fake-gateway.ts'

const refusal = (reason: string) => ({ kind: 'refused', reason })

describe('a question that nobody answers', () => {
  it('goes away by itself after two minutes, charges nothing and makes room for the next', async () => {
    const world = createBuyingWorld()
    const { outcome } = await world.ask()
    world.clock.advance(119_499)
    world.clock.wake()
    expect(world.confirmWindow.isOpen()).toBe(true)
    world.clock.advance(1)
    world.clock.wake()
    expect(await outcome).toEqual(refusal('expired'))
    await expect.poll(() => world.confirmWindow.isOpen()).toBe(false)
    expect(world.newest('purchase.cancelled').payload.reason).toBe('expired')
    expect(world.sent()).toBe(0)
    expect((await world.request()).challenge).not.toBeNull()
  })

  it.each([
    ['suspended', (world: BuyingWorld) => world.clock.suspend(3_600_000)],
    ['set forward', (world: BuyingWorld) => world.turnClockBy(3_600_000)],
  ])('goes away within a second of waking when the computer was %s', async (_, act) => {
    const world = createBuyingWorld()
    const { outcome } = await world.ask()
    act(world)
    world.clock.advance(1_000)
    world.clock.wake()
    expect(await outcome).toEqual(refusal('expired'))
    await expect.poll(() => world.confirmWindow.isOpen()).toBe(false)
  })

  it('is looked after for as long as it is open, and no longer', async () => {
    const world = createBuyingWorld()
    const { outcome, answer } = await world.ask()
    for (let seconds = 0; seconds < 119; seconds += 1) {
      world.clock.advance(1_000)
      world.clock.wake()
    }
    expect(world.confirmWindow.isOpen()).toBe(true)
    await world.use.cancelChallenge(answer)
    await outcome
    world.clock.advance(1_000)
    world.clock.wake()
    expect(world.eventTypes()).toEqual(['purchase.cancelled'])
  })

  it('does not take the window of a later question with it', async () => {
    const world = createBuyingWorld()
    const first = await world.ask()
    await world.use.cancelChallenge(first.answer)
    await first.outcome
    world.clock.advance(60_000)
    await world.ask()
    world.clock.advance(60_000)
    world.clock.wake()
    expect(world.confirmWindow.isOpen()).toBe(true)
  })
})

describe('a computer clock that is wrong', () => {
  it('by a day ahead spoils no purchase once the gateway has told the time', async () => {
    const world = createBuyingWorld()
    world.turnClockBy(24 * 60 * 60_000)
    expect(await world.buy()).toMatchObject({ kind: 'succeeded' })
    expect(world.device.authorised).toMatchObject([{ approvedAt: '2026-03-02T12:00:00.500Z' }])
  })

  it('does not lengthen a question when it is turned back', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.clock.advance(120_000)
    world.turnClockBy(-24 * 60 * 60_000)
    expect(await world.use.approveChallenge(answer)).toEqual(refusal('expired'))
    expect(world.sent()).toBe(0)
  })
})

describe('a computer that slept for ten hours', () => {
  const asleepMs = 10 * 3_600_000

  it('dates what is shown, approved and signed rightly', async () => {
    const world = createBuyingWorld()
    world.clock.suspend(asleepMs)
    const { challenge, answer } = await world.ask()
    expect(challenge.content).toMatchObject({ shownAt: '2026-03-02T22:00:00.000Z', expiresAt: '2026-03-02T22:02:00.000Z' })
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
    expect(world.device.authorised).toMatchObject([{ approvedAt: '2026-03-02T22:00:00.500Z' }])
  })

  it('P1 does not take a quote for good that ran out meanwhile', async () => {
    const world = createBuyingWorld()
    world.clock.suspend(asleepMs)
    world.gateway.alterNextQuote({ expiresAt: '2026-03-02T21:59:59.999Z' })
    expect(await world.use.requestPurchase({ offerId: 'lamp-oil' })).toEqual(refusal('expired'))
  })

  it('refuses when the gateway does not tell the time again', async () => {
    const world = createBuyingWorld()
    world.clock.suspend(asleepMs)
    world.gateway.fail('time', lostProblem)
    expect(await world.use.requestPurchase({ offerId: 'lamp-oil' })).toEqual(refusal('gatewayUnreachable'))
  })
})

describe('the word of warning', () => {
  it('is also there when it is not known yet whether the same thing was paid a moment ago', async () => {
    const world = createBuyingWorld()
    world.gateway.fail('purchase', lostProblem)
    expect(await world.buy()).toMatchObject({ kind: 'unknown' })
    expect((await world.ask()).challenge.warnings).toContain('boughtMomentsAgo')
  })
})
