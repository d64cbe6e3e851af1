import { describe, expect, it } from 'vitest'
import type { QuoteClaims } from '../../../src/contract/http/claims.ts'
import { fakeDeviceId } from '../../support/fake-device.ts'
import { type BuyingWorld, createBuyingWorld } from '../../support/buying-world.ts'
import { cancelled } from '../../support/events.ts'
import { claimsOf } from '../../support/tokens.ts'

const notAsked = 'an answer to something that was not asked'

function expectNothingHappened(world: BuyingWorld): void {
  expect(world.eventTypes()).toEqual([])
  expect(world.sent()).toBe(0)
  expect(world.device.authorised).toEqual([])
}

describe('the approval', () => {
  it('P1 nothing is sent before the approval is in the log', async () => {
    const world = createBuyingWorld()
    const atSending = Promise.withResolvers<string[]>()
    world.gateway.before('purchase', () => atSending.resolve(world.eventTypes()))
    await world.buy()
    expect(await atSending.promise).toEqual(['purchase.approved'])
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
  })

  it('P1 P2 nothing is sent while the approval is still on its way to the disk', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    await world.log.anchored()
    const letGo = world.vault.holdWrites()
    await world.log.append(() => cancelled('another'))
    const approving = world.use.approveChallenge(answer)
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    expect(world.sent()).toBe(0)
    expect(world.eventTypes()).toEqual(['purchase.cancelled'])
    letGo()
    expect(await approving).toMatchObject({ kind: 'succeeded' })
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
  })

  it('P1 records exactly what was shown, its digest, the signed quote and the request that is sent', async () => {
    const world = createBuyingWorld()
    const { challenge, answer } = await world.ask()
    await world.use.approveChallenge(answer)
    const { payload, actor } = world.newest('purchase.approved')
    expect(actor).toBe('person')
    expect(payload.challenge).toEqual(challenge.content)
    expect(payload.challengeDigest).toBe(challenge.digest)
    expect(payload.quote).toBe(challenge.quoteJws)
    expect((claimsOf(payload.quote) as QuoteClaims).quoteId).toBe(challenge.content.quoteId)
    expect(world.gateway.calls.at(-1)).toBe(`purchase ${payload.key}`)
  })

  it('P1 binds the device signature to payee, amount, currency, quote, nonce, digest and key', async () => {
    const world = createBuyingWorld()
    const { challenge, answer } = await world.ask()
    await world.use.approveChallenge(answer)
    const { payload } = world.newest('purchase.approved')
    const claims = {
      deviceId: fakeDeviceId,
      idempotencyKey: payload.key,
      quoteId: challenge.content.quoteId,
      sellerId: 'nebelfuchs',
      payee: 'Nebelfuchs Spielewerkstatt GmbH',
      amount: '99',
      currency: 'EUR',
      nonce: challenge.content.nonce,
      challengeDigest: challenge.digest,
      approvedAt: '2026-03-02T12:00:00.500Z',
    }
    expect(claimsOf(payload.authorisation)).toEqual(claims)
    expect(world.device.authorised).toEqual([claims])
  })

  it('tells the confirm page and the launcher the same outcome', async () => {
    const world = createBuyingWorld()
    const { outcome, answer } = await world.ask()
    const told = await world.use.approveChallenge(answer)
    expect(told).toMatchObject({ kind: 'succeeded', receiptNumber: 'T-2026-1', price: { amount: '99', currency: 'EUR' } })
    expect(await outcome).toEqual(told)
  })
})

describe('an answer to something else', () => {
  it.each([
    ['digest', (id: string) => ({ challengeId: id, digest: 'x'.repeat(43) })],
    ['challenge', (_: string, digest: string) => ({ challengeId: 'challenge-of-another', digest })],
    ['digest and challenge', () => ({ challengeId: '', digest: '' })],
  ])('P1 with a wrong %s throws, approves nothing, and the question stays', async (_, make) => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    await expect(world.use.approveChallenge(make(answer.challengeId, answer.digest))).rejects.toThrow(notAsked)
    expectNothingHappened(world)
    await world.use.approveChallenge(answer)
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
  })

  it('P1 throws when nothing was asked', async () => {
    const world = createBuyingWorld()
    await expect(world.use.approveChallenge({ challengeId: 'challenge-1', digest: 'd' })).rejects.toThrow(notAsked)
    expectNothingHappened(world)
  })

  it('P1 the digest of an earlier question does not answer the next one', async () => {
    const world = createBuyingWorld()
    const first = await world.ask()
    await world.use.cancelChallenge(first.answer)
    await first.outcome
    const second = await world.ask()
    await expect(world.use.approveChallenge(first.answer)).rejects.toThrow(notAsked)
    await expect(
      world.use.approveChallenge({ ...second.answer, digest: first.answer.digest }),
    ).rejects.toThrow(notAsked)
    expect(world.sent()).toBe(0)
  })
})

describe('one answer to one question', () => {
  it('P2 a second yes to the same question throws', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    await world.use.approveChallenge(answer)
    await expect(world.use.approveChallenge(answer)).rejects.toThrow(notAsked)
    expect(world.gateway.charges).toHaveLength(1)
  })

  it('P2 of fifty concurrent yeses one charges', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => world.use.approveChallenge(answer)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
    expect(world.sent()).toBe(1)
    expect(world.gateway.charges).toHaveLength(1)
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
  })

  it('P1 a yes after a no throws', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    const no = world.use.cancelChallenge(answer)
    await expect(world.use.approveChallenge(answer)).rejects.toThrow(notAsked)
    await no
    expect(await outcome).toEqual({ kind: 'cancelled' })
    expect(world.eventTypes()).toEqual(['purchase.cancelled'])
  })

  it('P2 a no after the yes changes nothing about the payment', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    const yes = world.use.approveChallenge(answer)
    await world.use.cancelChallenge(answer)
    expect(await yes).toMatchObject({ kind: 'succeeded' })
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
    expect(world.eventTypes()).toEqual(['purchase.approved', 'purchase.succeeded'])
  })
})

describe('the first half second', () => {
  it('P1 twenty yeses in it approve nothing, and a later one works', async () => {
    const world = createBuyingWorld()
    const { outcome, challenge } = await world.request()
    const answer = { challengeId: challenge?.content.challengeId ?? '', digest: challenge?.digest ?? '' }
    for (let count = 0; count < 20; count += 1) {
      expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'tooSoon' })
      world.clock.advance(24)
    }
    world.clock.advance(19)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'tooSoon' })
    expectNothingHappened(world)
    world.clock.advance(1)
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
    expect(await outcome).toMatchObject({ kind: 'succeeded' })
  })

  it('P1 begins again whenever the window was shown, moved or came to the front', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    for (let times = 0; times < 3; times += 1) {
      world.confirmWindow.disturb()
      world.clock.advance(499)
      expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'tooSoon' })
    }
    expectNothingHappened(world)
    world.clock.advance(1)
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
  })
})

describe('a question that has lapsed', () => {
  it('P1 two minutes after it was shown approves nothing and is recorded as lapsed', async () => {
    const world = createBuyingWorld()
    const { answer, outcome } = await world.ask()
    world.clock.advance(119_500)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(await outcome).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.newest('purchase.cancelled').payload).toMatchObject({ reason: 'expired', offerId: 'lamp-oil' })
    expect(world.sent()).toBe(0)
    await expect(world.use.approveChallenge(answer)).rejects.toThrow(notAsked)
  })

  it('P1 one millisecond earlier it can still be answered', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.clock.advance(119_499)
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
  })

  it('P1 turning the clock back does not give it more time', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.clock.advance(119_500)
    world.turnClockBy(-3_600_000)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.sent()).toBe(0)
  })

  it('P1 turning the clock back does not help against the signed time of the gateway', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.clock.suspend(119_500)
    world.turnClockBy(-3_600_000)
    await world.gateway.time()
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.sent()).toBe(0)
  })

  it.each([119_500, 10 * 3_600_000])('P1 a suspend of %d ms ends it: those two minutes are over too', async (ms) => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.clock.suspend(ms)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.sent()).toBe(0)
  })

  it('P1 one millisecond of suspend less, and it can still be answered', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.clock.suspend(119_499)
    expect(await world.use.approveChallenge(answer)).toMatchObject({ kind: 'succeeded' })
  })

  it('P1 setting the clock forward ends it', async () => {
    const world = createBuyingWorld()
    const { answer } = await world.ask()
    world.turnClockBy(120_000)
    expect(await world.use.approveChallenge(answer)).toEqual({ kind: 'refused', reason: 'expired' })
    expect(world.sent()).toBe(0)
  })
})
