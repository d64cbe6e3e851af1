/** The model and what it is compared with, each fed the same observations. A method gives a number for each harm; higher is stranger. */
import { IsolationForest } from 'ml-isolation-forest'
import type { AllWeights, Harm } from '../../../src/domain/risk/harm.ts'
import type { Observation, RiskPurchase } from '../../../src/domain/risk/observation.ts'
import { observe } from '../../../src/domain/risk/observe.ts'
import { newProfile } from '../../../src/domain/risk/profile.ts'
import { seededRandom } from '../../crash/random.ts'
import { simulateHousehold } from './simulate-household.ts'

export type Numbers = Readonly<Record<Harm, number>>

/** For one household; null for what is no purchase. */
export type Scorer = (observation: Observation) => Numbers | null

export interface Method {
  readonly name: string
  scorer(): Scorer
}

export function modelMethod(of?: AllWeights): Method {
  return {
    name: 'Tuppence',
    scorer() {
      let profile = newProfile
      return (observation) => {
        const observed = observe(profile, observation, of)
        profile = observed.profile
        return observed.score
      }
    },
  }
}

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

/** What the simple methods look at: the same things, counted over the whole history of the household. */
interface Facts {
  readonly amount: number
  readonly minutesSince: number
  readonly inHour: number
  readonly inDay: number
  readonly inWeek: number
  readonly sumInDay: number
  readonly hour: number
  readonly weekday: number
  readonly isNewSeller: 0 | 1
  readonly isNewCurrency: 0 | 1
  readonly wrongPins: number
  readonly declines: number
  readonly isNewDevice: 0 | 1
  readonly isAfterCap: 0 | 1
}

function factKeeper(): (observation: Observation) => Facts | null {
  const past: RiskPurchase[] = []
  const times: Record<string, number[]> = {}
  const timeOf = ({ atMs }: { readonly atMs: number | null }) => atMs ?? past.at(-1)?.atMs ?? 0
  return (observation) => {
    const atMs = timeOf(observation)
    if (observation.type !== 'purchase') {
      if (observation.type === 'accessGranted') times['accessTried']?.pop()
      else (times[observation.type] ??= []).push(atMs)
      return null
    }
    const since = (spanMs: number) => past.filter((one) => atMs - timeOf(one) <= spanMs)
    const happened = (type: Observation['type'], spanMs: number) => (times[type] ?? []).filter((one) => atMs - one <= spanMs).length
    const inDay = since(day)
    const newest = past.at(-1)
    const facts: Facts = {
      amount: observation.amount,
      minutesSince: newest ? (atMs - timeOf(newest)) / minute : 10_000,
      ...{ inHour: since(hour).length + 1, inDay: inDay.length + 1, inWeek: since(7 * day).length + 1 },
      sumInDay: inDay.reduce((sum, { amount }) => sum + amount, observation.amount),
      ...{ hour: (observation.minuteOfWeek % 1440) / 60, weekday: Math.floor(observation.minuteOfWeek / 1440) },
      isNewSeller: past.some(({ seller }) => seller === observation.seller) ? 0 : 1,
      isNewCurrency: past.some(({ paidIn }) => paidIn === observation.paidIn) ? 0 : 1,
      ...{ wrongPins: happened('accessTried', day), declines: happened('declined', hour) },
      ...{ isNewDevice: happened('newDevice', 7 * day) > 0 ? 1 : 0, isAfterCap: happened('capReached', 3 * hour) > 0 ? 1 : 0 },
    }
    past.push(observation)
    return facts
  }
}

/** Rules as shops have them, the same for everybody: how far past the nearest threshold it is. */
export const thresholdMethod: Method = {
  name: 'fixed thresholds',
  scorer() {
    const keep = factKeeper()
    return (observation) => {
      const facts = keep(observation)
      if (!facts) return null
      const pace = [facts.inHour / 5, facts.inDay / 10, facts.inWeek / 25, facts.sumInDay / 10_000]
      const entry = facts.wrongPins / 3 + facts.declines / 2 + 0.5 * facts.isNewDevice + 0.3 * facts.isNewSeller
      return { takeover: Math.max(facts.amount / 5_000, facts.inHour / 5, facts.sumInDay / 10_000) + entry, burst: Math.max(...pace) + 0.5 * facts.isAfterCap }
    }
  },
}

/** Median and median absolute deviation of the household's own past: the sum of what lies above. Source: Iglewicz and Hoaglin, 1993. */
export const robustMethod: Method = {
  name: 'robust z-score',
  scorer() {
    const keep = factKeeper()
    const past: number[][] = []
    return (observation) => {
      const facts = keep(observation)
      if (!facts) return null
      const row = [Math.log(facts.amount), -Math.log(1 + facts.minutesSince), Math.log(facts.inHour), Math.log(facts.inDay), Math.log(facts.inWeek), Math.log(facts.sumInDay)]
      const z = row.map((value, index) => (past.length < 8 ? 0 : Math.max(0, robust(past.map((one) => one[index] ?? 0), value))))
      past.push(row)
      if (past.length > 200) past.shift()
      const [amount = 0, gap = 0, inHour = 0, inDay = 0, inWeek = 0, sum = 0] = z
      const entry = 2 * facts.wrongPins + 2 * facts.declines + 3 * facts.isNewDevice + 2 * facts.isNewSeller + 2 * facts.isNewCurrency
      return { takeover: amount + inHour + sum + entry, burst: gap + inHour + inDay + inWeek + sum + 2 * facts.isAfterCap }
    }
  },
}

function robust(values: readonly number[], value: number): number {
  const middle = (all: readonly number[]) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0
  const median = middle(values)
  const spread = middle(values.map((one) => Math.abs(one - median)))
  return Math.min(10, (0.6745 * (value - median)) / Math.max(0.15, spread))
}

const trees = 100
const sampleSize = 256

/**
 * An isolation forest (Liu, Ting and Zhou, 2008), trained on purchases of other households, which nobody has told apart. It has one number for both
 * harms, because it knows of none. The package draws with Math.random, which is seeded for as long as it trains.
 */
export function forestMethod(seeds: readonly number[]): Method {
  const random = seededRandom(2008)
  const rows = seeds.flatMap((seed) => {
    const keep = factKeeper()
    return simulateHousehold(seed).steps.flatMap(({ observation }) => {
      const facts = keep(observation)
      return facts ? [rowOf(facts)] : []
    })
  })
  const forests = withSeededRandom(random, () =>
    Array.from({ length: trees }, () => {
      const forest = new IsolationForest({ nEstimators: 1 })
      forest.train(Array.from({ length: sampleSize }, () => random.pick(rows)))
      return forest
    }),
  )
  return {
    name: 'isolation forest',
    scorer() {
      const keep = factKeeper()
      return (observation) => {
        const facts = keep(observation)
        if (!facts) return null
        const row = [rowOf(facts)]
        const score = forests.reduce((sum, forest) => sum + Math.log(forest.predict(row)[0] ?? 1), 0) / trees
        return { takeover: score, burst: score }
      }
    },
  }
}

const rowOf = (facts: Facts): number[] => [
  ...[Math.log(facts.amount), Math.log(1 + facts.minutesSince), Math.log(facts.inHour), Math.log(facts.inDay), Math.log(facts.inWeek), Math.log(facts.sumInDay)],
  ...[Math.sin((facts.hour * Math.PI) / 12), Math.cos((facts.hour * Math.PI) / 12), facts.weekday],
  ...[facts.isNewSeller, facts.isNewCurrency, facts.wrongPins, facts.declines, facts.isNewDevice, facts.isAfterCap],
]

function withSeededRandom<T>(random: ReturnType<typeof seededRandom>, work: () => T): T {
  const own = Math.random
  Math.random = () => random.below(2 ** 32) / 2 ** 32
  try {
    return work()
  } finally {
    Math.random = own
  }
}
