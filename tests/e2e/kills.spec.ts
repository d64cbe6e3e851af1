/** A short slice of `npm run crash -- --mode app`. */
import { createAppWorld } from '../crash/app-lives.ts'
import type { KillPlan } from '../crash/kill-plans.ts'
import { seededRandom } from '../crash/random.ts'
import { expect, test } from '../support/fixtures.ts'

const steps = ['after keychain anchor of purchase.approved', 'before answer POST /v1/purchases'] as const

test('P1 P2 P3 killed with all its windows before the charge and after it, the app finds out which, and its history shows it', async ({ display, keychain }) => {
  const world = createAppWorld({ env: { ...display.env, ...keychain.env }, random: seededRandom(1), faults: [] })
  try {
    for (const name of steps) {
      const plan: KillPlan = { at: 'step', whose: 'app', name, nth: 1, withGateway: false }
      expect(await world.live(plan)).toMatchObject({ isKilled: true, violations: [] })
    }
    expect(await world.live(null)).toMatchObject({ violations: [], counts: { approvals: 2, charges: 1 } })
  } finally {
    await world.dispose()
  }
})
