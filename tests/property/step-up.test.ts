/** Whatever is answered, in whatever order: nothing is charged without a step-up where the quote wants one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StepUpClaims } from '../../src/contract/http/account-messages.ts'
import type { QuoteClaims } from '../../src/contract/http/claims.ts'
import type { EventPayloads } from '../../src/domain/events.ts'
import { VaultError } from '../../src/main/ports/vault.ts'
import { type BuyingWorld, createBuyingWorld } from '../support/buying-world.ts'
import { lostProblem, notSentProblem, unsignedProblem } from '../support/fake-gateway.ts'
import { rightCode, robin, wrongCode } from '../support/fake-gateway-step-up.ts'
import { smallCatalogue } from '../support/fake-offers.ts'
import { claimsOf } from '../support/tokens.ts'

const steps = ['ask', 'right', 'wrong', 'sms', 'none', 'cancel', 'close', 'wait', 'disturb', 'failStepUp', 'forge', 'loseKeychain', 'losePurchase', 'signOut', 'signIn', 'settle', 'restart'] as const
type Step = (typeof steps)[number]

/** Somebody at the window, the network and the clock; each as far as it comes now. */
async function take(world: BuyingWorld, step: Step, offerId: string): Promise<void> {
  const challenge = world.use.pending.current()
  const answer = challenge && { challengeId: challenge.content.challengeId, digest: challenge.digest }
  const approve = (stepUp?: { method: 'totp' | 'sms'; code: string }) =>
    answer ? world.use.approveChallenge({ ...answer, knowsLimit: true, ...(stepUp && { stepUp }) }).catch(() => null) : null
  const { accounts } = world.gateway
  const acts: Record<Step, () => unknown> = {
    ask: async () => {
      await world.request(offerId)
      world.clock.advance(500)
    },
    right: () => approve({ method: 'totp', code: rightCode }),
    wrong: () => approve({ method: 'totp', code: wrongCode }),
    sms: () => approve({ method: 'sms', code: rightCode }),
    none: () => approve(),
    cancel: () => answer && world.use.cancelChallenge(answer),
    close: () => world.confirmWindow.closeByPerson(),
    wait: () => world.clock.advance(70_000),
    disturb: () => world.confirmWindow.disturb(),
    failStepUp: () => world.gateway.fail('stepUp', notSentProblem),
    forge: () => world.gateway.fail('stepUp', unsignedProblem),
    loseKeychain: () => world.gateway.fail('stepUp', new VaultError('locked')),
    losePurchase: () => world.gateway.fail('purchase', lostProblem),
    signOut: () => accounts.signOut(),
    signIn: () => accounts.signIn(robin),
    settle: () => world.use.settlePurchases(),
    restart: () => world.restart(),
  }
  await acts[step]()
}

function assertEachApprovalHasItsOwn(world: BuyingWorld): void {
  const approvals = [...world.log.events()].flatMap(({ type, payload }) => (type === 'purchase.approved' ? [payload as EventPayloads['purchase.approved']] : []))
  const used = new Set<string>()
  for (const { quote, challenge, challengeDigest, stepUp } of approvals) {
    const wants = (claimsOf(quote) as QuoteClaims).stepUp
    expect(challenge.stepUp?.reasons).toEqual(wants)
    if (!wants) expect(stepUp).toBeUndefined()
    else {
      const { digest, stepUpId, accountId } = claimsOf(stepUp!) as StepUpClaims
      expect([digest, accountId]).toEqual([challengeDigest, challenge.stepUp?.accountId])
      expect(used.has(stepUpId)).toBe(false)
      used.add(stepUpId)
    }
  }
  for (const { idempotencyKey } of world.gateway.charges) expect(approvals.some(({ key }) => key === idempotencyKey)).toBe(true)
  expect(new Set(world.gateway.charges.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(world.gateway.charges.length)
}

describe('the second factor of an account', () => {
  it('P1 P2 is behind every charge that wants it, each for itself, whatever is answered in whatever order', async () => {
    let stepUps = 0
    const offers = fc.constantFrom(...smallCatalogue.offers.map(({ id }) => id))
    const more = fc.constantFrom<Step>('ask', 'right')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.oneof(more, fc.constantFrom(...steps)), offers), { minLength: 4, maxLength: 30 }), async (taken) => {
        const world = createBuyingWorld()
        world.gateway.accounts.signIn({ ...robin, above: { amount: '1000', currency: 'EUR' } })
        for (const [step, offerId] of taken) await take(world, step, offerId)
        assertEachApprovalHasItsOwn(world)
        stepUps += [...world.log.events()].filter(({ type, payload }) => type === 'purchase.approved' && payload.stepUp !== undefined).length
      }),
      { numRuns: 400 },
    )
    // A property that nothing reaches says nothing.
    expect(stepUps).toBeGreaterThan(100)
  })
})
