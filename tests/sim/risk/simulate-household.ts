/** One household over half a year, as observations in their order with what is true of each purchase. */
import type { Observation, RiskPurchase } from '../../../src/domain/risk/observation.ts'
import { type Chance, createChance } from './chance.ts'
import { burstWishes, takeoverWishes, type Usual } from './episodes.ts'
import { days, drawHabits, type Habits, type HouseholdKind, householdKinds } from './habits.ts'
import { burstKinds, dayMs, type EpisodeKind, minuteMs, ownWishes, startMs, takeoverKinds, type Truth, type Wish } from './wishes.ts'

export interface Episode {
  readonly harm: 'takeover' | 'burst'
  readonly kind: EpisodeKind
  readonly fromMs: number
  readonly toMs: number
}

export interface Step {
  readonly observation: Observation
  /** Of a purchase; null of all else. */
  readonly truth: Truth | null
}

export interface Household {
  readonly seed: number
  readonly kind: HouseholdKind
  readonly steps: readonly Step[]
  readonly episodes: readonly Episode[]
}

/** For finding weights and thresholds. */
export const tuningSeeds = (count: number) => Array.from({ length: count }, (_, index) => 1_000_000 + index)
/** For the figures that are reported, and nothing else. */
export const reportingSeeds = (count: number) => Array.from({ length: count }, (_, index) => 9_000_000 + index)

export function simulateHousehold(seed: number): Household {
  const chance = createChance(seed)
  const kind = householdKinds[seed % householdKinds.length] ?? 'steady'
  const habits = drawHabits(chance, kind)
  const own = ownWishes(chance, habits).sort(byTime)
  const plans = planEpisodes(chance, habits, usualOf(own))
  const wishes = [...own, ...plans.flatMap(({ wishes: more }) => more)].sort(byTime)
  const episodes = plans.flatMap(({ harm, kind: what, wishes: all }) => {
    const times = all.map(({ atMs }) => atMs)
    return times.length === 0 ? [] : [{ harm, kind: what, fromMs: Math.min(...times), toMs: Math.max(...times) }]
  })
  return { seed, kind, steps: carryOut(habits, withOwnDevices(chance, wishes)), episodes }
}

const byTime = (one: Wish, other: Wish) => one.atMs - other.atMs

/** By what they really buy when nothing is wrong, sales, holidays and long evenings included. */
function usualOf(own: readonly Wish[]): Usual {
  const sittings: number[] = []
  const weeks = Array.from({ length: Math.floor(days / 7) }, () => 0)
  own.forEach(({ atMs }, at) => {
    const isNext = at === 0 || atMs - (own[at - 1]?.atMs ?? 0) > 60 * minuteMs
    if (isNext) sittings.push(1)
    else sittings[sittings.length - 1] = (sittings.at(-1) ?? 0) + 1
    const week = Math.floor((atMs - startMs) / (7 * dayMs))
    if (week < weeks.length) weeks[week] = (weeks[week] ?? 0) + 1
  })
  const most = (counts: readonly number[]) => [...counts].sort((one, other) => one - other)[Math.floor(0.9 * counts.length)] ?? 1
  return { sitting: most(sittings), fullWeek: most(weeks), week: weeks.reduce((sum, one) => sum + one, 0) / weeks.length }
}

interface Plan {
  readonly harm: Episode['harm']
  readonly kind: EpisodeKind
  readonly wishes: Wish[]
}

/** Some households meet nothing, some a takeover, some a burst, some both, weeks apart. */
function planEpisodes(chance: Chance, habits: Habits, usual: Usual): Plan[] {
  const plans: Plan[] = []
  const [early, late] = [chance.whole(14, 75), chance.whole(105, days - 16)]
  const [takeoverDay, burstDay] = chance.is(0.5) ? [early, late] : [late, early]
  if (chance.is(0.5)) {
    // A sibling is found on the profile of somebody grown up: on a child's own there is nothing to take over that is not the child's anyway.
    const kind = chance.pick(takeoverKinds.filter((one) => one !== 'sibling' || habits.kind !== 'child'))
    plans.push({ harm: 'takeover', kind, wishes: takeoverWishes(chance, habits, kind, takeoverDay) })
  }
  if (chance.is(0.5)) {
    const kind = chance.pick(burstKinds)
    plans.push({ harm: 'burst', kind, wishes: burstWishes(chance, habits, usual, kind, burstDay) })
  }
  return plans
}

/** People get devices of their own now and then, and buy with them. */
function withOwnDevices(chance: Chance, wishes: readonly Wish[]): Wish[] {
  const own = wishes.filter(({ truth }) => truth === 'own')
  const first = own.length === 0 ? [] : Array.from({ length: chance.count(0.7) }, () => chance.pick(own))
  return wishes.map((wish) => (first.includes(wish) ? { ...wish, before: [...wish.before, { type: 'newDevice', atMs: null }] } : wish))
}

/** Caps stop purchases of anybody, and say so; the gateway declines some, and they are tried again. */
function carryOut({ cap }: Habits, wishes: readonly Wish[]): Step[] {
  const steps: Step[] = []
  const spent = new Map<number, number>()
  const note = (observation: Observation) => void steps.push({ observation, truth: null })
  for (const wish of wishes) {
    const week = Math.floor((wish.atMs - startMs) / (7 * dayMs))
    const before = spent.get(week) ?? 0
    for (const one of wish.before) note(at(one, wish.atMs - minuteMs))
    if (cap !== null && before + wish.cents > cap) {
      note({ type: 'capReached', atMs: wish.atMs })
      continue
    }
    for (let turn = 0; turn < wish.declined; turn += 1) note({ type: 'declined', atMs: wish.atMs - 30_000 * (wish.declined - turn) })
    steps.push({ observation: purchaseOf(wish, steps.length), truth: wish.truth })
    spent.set(week, before + wish.cents)
    if (cap !== null && before < 0.8 * cap && before + wish.cents >= 0.8 * cap) note({ type: 'warned', atMs: wish.atMs })
  }
  return steps
}

const at = (observation: Observation, atMs: number): Observation => ({ ...observation, atMs })

function purchaseOf({ atMs, seller, kind, cents, currency }: Wish, number: number): RiskPurchase {
  const units = kind === 'bundle' ? Math.round(cents * 1.1 * (1 + cents / 20_000)) : 1
  return {
    ...{ type: 'purchase', id: `p${number}`, atMs: Math.floor(atMs), seller, kind, amount: cents, paidIn: currency, units },
    item: `${seller} ${kind} ${cents}`,
    // What it counts as is in the currency of the household; this simulation has one rate for all of them.
    currency: 'EUR',
    minuteOfWeek: Math.floor((atMs - startMs) / minuteMs) % 10_080,
  } as RiskPurchase
}
