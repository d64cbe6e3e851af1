/** How well a method tells the harms apart from what people do anyway. */
import type { Harm } from '../../../src/domain/risk/harm.ts'
import type { Method, Numbers } from './methods.ts'
import { type Episode, type Household, simulateHousehold } from './simulate-household.ts'
import { dayMs, startMs } from './wishes.ts'
import { days } from './habits.ts'

/** A purchase with what was said of it. */
interface Scored {
  readonly atMs: number
  readonly amount: number
  readonly truth: string
  readonly numbers: Numbers
}

export interface Found {
  readonly kind: string
  readonly scores: readonly number[]
  readonly amounts: readonly number[]
}

/** What is needed of one household for one harm. */
export interface Trial {
  readonly seed: number
  readonly kind: string
  /** Of what the person does anyway, outside of what is wrong and the week after it. */
  readonly ordinary: readonly { readonly atMs: number; readonly score: number }[]
  readonly months: number
  /** The harm's episodes, purchase by purchase. */
  readonly episodes: readonly Found[]
  /** The highest score in each episode of the other harm. */
  readonly others: readonly number[]
}

export type Trials = Readonly<Record<Harm, readonly Trial[]>>

const afterMs = 7 * dayMs
const monthMs = 30.44 * dayMs

export function tryOut(method: Method, seeds: readonly number[]): Trials {
  const all = seeds.map((seed) => trialsOf(method, simulateHousehold(seed)))
  return { takeover: all.map(({ takeover }) => takeover), burst: all.map(({ burst }) => burst) }
}

function trialsOf(method: Method, household: Household): Record<Harm, Trial> {
  const score = method.scorer()
  const scored: Scored[] = []
  for (const { observation, truth } of household.steps) {
    const numbers = score(observation)
    if (observation.type === 'purchase' && numbers && truth) scored.push({ atMs: observation.atMs ?? 0, amount: observation.amount, truth, numbers })
  }
  return { takeover: trialOf('takeover', household, scored), burst: trialOf('burst', household, scored) }
}

function trialOf(harm: Harm, { seed, kind, episodes }: Household, scored: readonly Scored[]): Trial {
  const spans = episodes.map(({ fromMs, toMs }) => ({ fromMs, toMs: toMs + afterMs }))
  const isAside = (atMs: number) => spans.some(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs)
  const asideMs = spans.reduce((sum, { fromMs, toMs }) => sum + Math.min(toMs, startMs + days * dayMs) - fromMs, 0)
  const within = ({ fromMs, toMs, harm: what }: Episode) => scored.filter(({ atMs, truth }) => truth === what && fromMs <= atMs && atMs <= toMs)
  return {
    seed,
    kind,
    ordinary: scored.flatMap(({ atMs, truth, numbers }) => (truth === 'own' && !isAside(atMs) ? [{ atMs, score: numbers[harm] }] : [])),
    months: (days * dayMs - asideMs) / monthMs,
    // What a cap stopped altogether was nobody's loss.
    episodes: episodes.filter((one) => one.harm === harm && within(one).length > 0).map((one) => ({ kind: one.kind, scores: within(one).map(({ numbers }) => numbers[harm]), amounts: within(one).map(({ amount }) => amount) })),
    others: episodes.filter((one) => one.harm !== harm && within(one).length > 0).map((one) => Math.max(...within(one).map(({ numbers }) => numbers[harm]))),
  }
}

/** False alarms at this threshold; what follows within a day of one is the same one. */
export function alarmsAt(ordinary: Trial['ordinary'], threshold: number): number {
  let [alarms, quietUntilMs] = [0, Number.NEGATIVE_INFINITY]
  for (const { atMs, score } of ordinary) {
    if (score < threshold || atMs < quietUntilMs) continue
    alarms += 1
    quietUntilMs = atMs + dayMs
  }
  return alarms
}

/** The lowest threshold with at most so many false alarms per household and month. */
export function thresholdAt(trials: readonly Trial[], perMonth: number): number {
  const scores = Float64Array.from(trials.flatMap(({ ordinary }) => ordinary.map(({ score }) => score))).sort().reverse()
  const months = trials.reduce((sum, one) => sum + one.months, 0)
  const rate = (threshold: number) => trials.reduce((sum, { ordinary }) => sum + alarmsAt(ordinary, threshold), 0) / months
  let [low, high] = [0, scores.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (rate(scores[middle] ?? 0) <= perMonth) low = middle
    else high = middle - 1
  }
  return scores[low] ?? Number.POSITIVE_INFINITY
}

export interface Figures {
  /** Of purchases: each of the harm against each ordinary one. */
  readonly auc: number
  /** The same of highest scores: of each episode against each ordinary week. */
  readonly aucOfWeeks: number
  /** Of episodes in which some purchase reached the threshold. */
  readonly recall: number
  /** Of episodes that were noticed at the fourth purchase at the latest. */
  readonly byFourth: number
  /** Until the first alarm, that purchase included; of an episode without one, all of it. Medians. */
  readonly purchases: number
  readonly cents: number
  /** Episodes of the other harm in which this alarm was given. */
  readonly confused: number
}

export const budget = 0.5

export function figuresOf(trials: readonly Trial[], threshold = thresholdAt(trials, budget)): Figures {
  const episodes = trials.flatMap((one) => one.episodes)
  const first = episodes.map(({ scores }) => scores.findIndex((score) => score >= threshold))
  const until = episodes.map(({ scores }, at) => ((first[at] ?? -1) < 0 ? scores.length : (first[at] ?? 0) + 1))
  const share = (hits: number, of: number) => (of === 0 ? Number.NaN : hits / of)
  const ordinary = trials.flatMap((one) => one.ordinary.map(({ score }) => score))
  const others = trials.flatMap((one) => one.others)
  return {
    auc: areaUnder(episodes.flatMap(({ scores }) => scores), ordinary),
    aucOfWeeks: areaUnder(episodes.map(({ scores }) => Math.max(...scores)), trials.flatMap(weekly)),
    recall: share(first.filter((at) => at >= 0).length, episodes.length),
    byFourth: share(first.filter((at) => at >= 0 && at < 4).length, episodes.length),
    purchases: median(until),
    cents: median(episodes.map(({ amounts }, at) => amounts.slice(0, until[at]).reduce((sum, one) => sum + one, 0))),
    confused: share(others.filter((score) => score >= threshold).length, others.length),
  }
}

/** The highest score of each week in which something ordinary was bought. */
function weekly({ ordinary }: Trial): number[] {
  const highest = new Map<number, number>()
  for (const { atMs, score } of ordinary) {
    const week = Math.floor((atMs - startMs) / (7 * dayMs))
    highest.set(week, Math.max(score, highest.get(week) ?? score))
  }
  return [...highest.values()]
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** The area under the ROC curve: how often a purchase of the harm scores higher than an ordinary one, ties half. Source: Mann and Whitney, 1947. */
export function areaUnder(harmful: readonly number[], ordinary: readonly number[]): number {
  const sorted = Float64Array.from(ordinary).sort()
  const below = (score: number, orEqual: boolean) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const at = sorted[middle] ?? 0
      if (at < score || (orEqual && at === score)) low = middle + 1
      else high = middle
    }
    return low
  }
  const wins = harmful.reduce((sum, score) => sum + (below(score, false) + below(score, true)) / 2, 0)
  return wins / (harmful.length * sorted.length)
}

