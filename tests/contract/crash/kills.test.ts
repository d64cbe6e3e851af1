/** A short slice of `npm run crash -- --mode core`: the steps around the money, one kill at each. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'
import { createCoreWorld } from '../../crash/core-lives.ts'
import type { KillPlan } from '../../crash/kill-plans.ts'
import { seededRandom } from '../../crash/random.ts'

const steps: readonly (readonly ['app' | 'gateway', string])[] = [
  ['app', 'before commit of purchase.approved'],
  ['app', 'after commit of purchase.approved'],
  ['app', 'after keychain anchor of purchase.approved'],
  ['app', 'before request POST /v1/purchases'],
  ['gateway', 'before commit of purchases'],
  ['app', 'before commit of purchase.succeeded'],
  // Comes when the next life finds out what became of that one.
  ['app', 'before keychain anchor of purchase.succeeded'],
  ['app', 'before answer POST /v1/purchases'],
]

let keychain: Awaited<ReturnType<typeof startPrivateKeychain>>
beforeAll(async () => {
  keychain = await startPrivateKeychain()
})
afterAll(() => keychain.stop())

it(
  'P1 P2 P3 killed at each step of a purchase, started again and settled, the app has lost, doubled and left open nothing',
  async () => {
    const world = createCoreWorld({ env: keychain.env, random: seededRandom(1), faults: [] })
    try {
      for (const [whose, name] of steps) {
        const plan: KillPlan = { at: 'step', whose, name, nth: 1, withGateway: false }
        const { isKilled, violations } = await world.live(plan)
        expect(isKilled, `nobody was killed ${name}`).toBe(true)
        expect(violations ?? [], `found in the life that ended ${name}`).toEqual([])
      }
      const { violations, counts } = await world.live(null)
      expect(violations).toEqual([])
      // The first kill came before an approval, and only the last three after a charge, two of them for the same one.
      expect(counts).toEqual({ approvals: 6, charges: 2 })
    } finally {
      await world.dispose()
    }
  },
  300_000,
)
