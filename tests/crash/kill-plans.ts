/** Decides where the next life is to be ended, so that every step that was ever seen has its turn. */
import type { Random } from './random.ts'

export type Whose = 'app' | 'gateway'

/** `withGateway`: the gateway is killed at the same moment. */
export type KillPlan =
  | { readonly at: 'step'; readonly whose: Whose; readonly name: string; readonly nth: number; readonly withGateway: boolean }
  | { readonly at: 'moment'; readonly from: 'start' | 'buying'; readonly fraction: number; readonly withGateway: boolean }

interface Seen {
  readonly whose: Whose
  readonly name: string
  /** First lives make what later ones find; other steps come in those only. */
  readonly isFirstLife: boolean
  mostInOneLife: number
  tried: number
}

export interface KillPlans {
  /** Notes which steps there are. */
  learn(whose: Whose, isFirstLife: boolean, names: readonly string[]): void
  next(isFirstLife: boolean): KillPlan
}

export function createKillPlans(random: Random, gatewaySteps: boolean): KillPlans {
  const seen = new Map<string, Seen>()

  function learn(whose: Whose, isFirstLife: boolean, names: readonly string[]): void {
    for (const [name, times] of Map.groupBy(names, (name) => name)) {
      const key = `${whose} ${isFirstLife} ${name}`
      const known = seen.get(key) ?? { whose, name, isFirstLife, mostInOneLife: 0, tried: 0 }
      known.mostInOneLife = Math.max(known.mostInOneLife, times.length)
      seen.set(key, known)
    }
  }

  function next(isFirstLife: boolean): KillPlan {
    const withGateway = random.below(3) === 0
    const possible = [...seen.values()].filter((step) => step.isFirstLife === isFirstLife && (gatewaySteps || step.whose === 'app'))
    if (possible.length === 0 || random.below(3) === 0) {
      const from = random.below(3) === 0 ? 'start' : 'buying'
      return { at: 'moment', from, fraction: random.below(1_000) / 1_000, withGateway }
    }
    const fewest = Math.min(...possible.map(({ tried }) => tried))
    const step = random.pick(possible.filter(({ tried }) => tried === fewest))
    step.tried += 1
    const nth = 1 + random.below(Math.min(step.mostInOneLife, 4))
    return { at: 'step', whose: step.whose, name: step.name, nth, withGateway }
  }

  return { learn, next }
}

export function describePlan(plan: KillPlan): string {
  if (plan.at === 'moment') return 'at a random moment'
  return plan.whose === 'gateway' ? `gateway ${plan.name}` : plan.name
}
