/** So many kills over one world after the other, and the sum of what was found. */
import type { ViolationKind } from './compare.ts'
import { createKillPlans, describePlan, type KillPlan, type KillPlans } from './kill-plans.ts'
import type { LifeResult, World } from './life.ts'
import type { Random } from './random.ts'

export interface KillFigures extends Record<ViolationKind, number> {
  readonly kills: number
  readonly byStep: Readonly<Record<string, number>>
  readonly approvals: number
  readonly charges: number
  readonly comparisons: number
}

export interface RunOptions {
  readonly kills: number
  readonly random: Random
  readonly makeWorld: () => World
  /** A folder that has seen so many kills is done with; its ledger has grown long by then. */
  readonly killsInAWorld: number
  /** Whether the gateway can be killed at its own steps. */
  readonly gatewaySteps: boolean
  /** Told how it goes, and of everything that is wrong. */
  readonly say: (line: string) => void
}

export function violationCount({ lost, doubled, unapproved, unfounded, stuck, tampered, hidden }: KillFigures): number {
  return lost + doubled + unapproved + unfounded + stuck + tampered + hidden
}

type Sums = { -readonly [F in keyof KillFigures]: KillFigures[F] } & { byStep: Record<string, number> }

export async function runKills(options: RunOptions): Promise<KillFigures> {
  const plans = createKillPlans(options.random, options.gatewaySteps)
  const sums: Sums = {
    ...{ kills: 0, byStep: {}, approvals: 0, charges: 0, comparisons: 0 },
    ...{ lost: 0, doubled: 0, unapproved: 0, unfounded: 0, stuck: 0, tampered: 0, hidden: 0 },
  }
  for (let world = 1; sums.kills < options.kills; world += 1) {
    await liveInAWorld(options, world, plans, sums)
    options.say(`${sums.kills} of ${options.kills} kills`)
  }
  return sums
}

async function liveInAWorld(options: RunOptions, number: number, plans: KillPlans, sums: Sums): Promise<void> {
  const world = options.makeWorld()
  const until = Math.min(sums.kills + options.killsInAWorld, options.kills)
  const killedAt: string[] = []
  let isNew = true
  let last: LifeResult | null = null

  async function liveOnce(plan: KillPlan | null): Promise<boolean> {
    const life = await world.live(plan)
    plans.learn('app', isNew, life.steps.app.map(({ name }) => name))
    plans.learn('gateway', isNew, life.steps.gateway.map(({ name }) => name))
    if (life.isKilled && plan) {
      killedAt.push(describePlan(plan))
      sums.kills += 1
      sums.byStep[describePlan(plan)] = (sums.byStep[describePlan(plan)] ?? 0) + 1
    }
    if (life.violations) {
      isNew = false
      last = life
      sums.comparisons += 1
    }
    const violations = life.violations ?? (plan ? [] : [{ kind: 'stuck' as const, what: 'the app ended by itself' }])
    for (const { kind, what } of violations) {
      sums[kind] += 1
      options.say(`${kind}: ${what} (world ${number}, killed before: ${killedAt.join('; ')})`)
    }
    return violations.length === 0
  }

  try {
    // Lives that nobody ends show which steps there are.
    let isFine = number > 1 || ((await liveOnce(null)) && (await liveOnce(null)))
    while (isFine && sums.kills < until) isFine = await liveOnce(plans.next(isNew))
    if (isFine) await liveOnce(null)
    const counts = (last as LifeResult | null)?.counts
    sums.approvals += counts?.approvals ?? 0
    sums.charges += counts?.charges ?? 0
  } finally {
    await world.dispose()
  }
}
