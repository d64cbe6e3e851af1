/** Whatever the model says: no score lets a purchase skip the confirm window or a limit, and none stops one for good. */
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import type { EventPayloads } from '../../src/domain/events.ts'
import type { RiskScore } from '../../src/domain/risk/score-reading.ts'
import { riskPauseMs } from '../../src/domain/watch-purchase.ts'
import { createBuyingWorld } from '../support/buying-world.ts'
import { itemOffer, passOffer } from '../support/fake-offers.ts'

const said = vi.hoisted(() => ({ score: { takeover: 0, burst: 0, reasons: [] } as RiskScore }))
vi.mock('../../src/domain/risk/observe.ts', async (original) => ({ ...(await original<object>()), scorePurchase: () => said.score }))

const probability = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.099, 0.1, 0.3, 0.6, 1))
const attempt = fc.record({
  takeover: probability,
  burst: probability,
  offerId: fc.constantFrom(itemOffer.id, passOffer.id),
  does: fc.constantFrom('pays', 'pays', 'paysTooEarly', 'cancels'),
})

/** A day's limit with room for two of the lamp oil, or for none of the pass. */
const cap = 250

it('P1 P4 no score lets a purchase skip the confirm window or a limit, and none stops one that the person has thought about', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { minLength: 1, maxLength: 8 }), async (attempts) => {
      const world = createBuyingWorld()
      await world.change({ kind: 'limit', period: 'day', sellerId: null, amount: String(cap) })
      world.watching.isOn = true
      let spent = 0
      for (const { offerId, does, takeover, burst } of attempts) {
        said.score = { takeover, burst, reasons: [] }
        const price = Number((offerId === itemOffer.id ? itemOffer : passOffer).price.amount)
        const sent = world.sent()
        const { outcome, challenge } = await world.request(offerId)
        // The limit alone decides whether the person is asked.
        expect(challenge !== null).toBe(spent + price <= cap)
        expect(world.sent()).toBe(sent)
        if (!challenge) {
          expect(await outcome).toMatchObject({ kind: 'blocked', block: { kind: 'limit' } })
          continue
        }
        const answer = { challengeId: challenge.content.challengeId, digest: challenge.digest, ...(challenge.content.isNearLimit && { knowsLimit: true as const }) }
        world.clock.advance(500)
        if (does === 'cancels') {
          await world.use.cancelChallenge(answer)
          expect((await outcome).kind).toBe('cancelled')
          continue
        }
        if (does === 'paysTooEarly') {
          const early = await world.use.approveChallenge(answer)
          const isAskedToThink = challenge.content.risk?.band === 'pause' || challenge.content.risk?.band === 'alert'
          expect(early.kind).toBe(isAskedToThink ? 'reflecting' : 'succeeded')
        }
        world.clock.advance(riskPauseMs)
        if (does === 'pays' || world.use.pending.current()) await world.use.approveChallenge(answer)
        expect((await outcome).kind).toBe('succeeded')
        spent += price
      }
      const approvals = [...world.log.events()].flatMap(({ type, payload }) => (type === 'purchase.approved' ? [payload as EventPayloads['purchase.approved']] : []))
      expect(approvals.every(({ challenge }) => challenge.risk !== undefined)).toBe(true)
      expect(world.gateway.charges).toHaveLength(approvals.length)
      expect(spent).toBeLessThanOrEqual(cap)
    }),
    { numRuns: 60 },
  )
})
