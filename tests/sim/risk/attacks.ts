/** What somebody would try who knows how the model works. Each is a row of observations after an ordinary past, with the alarm that should come of it. */
import type { Observation, RiskPurchase } from '../../../src/domain/risk/observation.ts'
import { observe } from '../../../src/domain/risk/observe.ts'
import { newProfile, type RiskProfile } from '../../../src/domain/risk/profile.ts'
import type { RiskScore } from '../../../src/domain/risk/score-reading.ts'
import { reportingSeeds, simulateHousehold } from './simulate-household.ts'
import { dayMs, minuteMs, startMs } from './wishes.ts'

/** A household that nothing happens to, as a past for an attack; all of its purchases are its own. */
export interface Past {
  readonly profile: RiskProfile
  readonly untilMs: number
  readonly own: readonly RiskPurchase[]
}

/** Of the reporting households those without an episode, up to so many days. */
export function quietPasts(count: number, days = 120): Past[] {
  const pasts: Past[] = []
  for (const seed of reportingSeeds(20 * count)) {
    if (pasts.length === count) break
    const { steps, episodes } = simulateHousehold(seed)
    const untilMs = startMs + days * dayMs
    const before = steps.map(({ observation }) => observation).filter(({ atMs }) => (atMs ?? 0) < untilMs)
    const own = before.filter((one) => one.type === 'purchase')
    if (episodes.length > 0 || own.length < 30) continue
    pasts.push({ profile: before.reduce((profile, observation) => observe(profile, observation).profile, newProfile), untilMs, own })
  }
  return pasts
}

export function purchaseAt(atMs: number, details: Partial<RiskPurchase>): RiskPurchase {
  const minuteOfWeek = Math.floor((atMs - startMs) / minuteMs) % 10_080
  return { type: 'purchase', id: `a${atMs}`, atMs, minuteOfWeek, seller: 'seller-0', item: 'x', kind: 'item', amount: 499, currency: 'EUR', paidIn: 'EUR', units: 1, ...details }
}

/** The scores of the purchases among them, in their order, and the profile in the end. */
export function played(from: RiskProfile, observations: readonly Observation[]): { readonly scores: readonly RiskScore[]; readonly profile: RiskProfile } {
  let profile = from
  const scores: RiskScore[] = []
  for (const observation of observations) {
    const observed = observe(profile, observation)
    profile = observed.profile
    if (observed.score) scores.push(observed.score)
  }
  return { scores, profile }
}

const usualOf = ({ own }: Past) => [...own.map(({ amount }) => amount)].sort((one, other) => one - other)[Math.floor(own.length / 2)] ?? 499

/** Several large purchases of a stranger at night, within two hours. */
export function raid(past: Past, atMs: number, hour = 4): RiskPurchase[] {
  const midnight = startMs + Math.floor((atMs - startMs) / dayMs) * dayMs + hour * 60 * minuteMs
  return Array.from({ length: 6 }, (_, turn) => purchaseAt(midnight + turn * 15 * minuteMs, { seller: `raider-${turn % 3}`, item: `loot-${turn}`, amount: Math.max(4_999, 6 * usualOf(past)) }))
}

/** Slow poisoning: at night and at the raid's sellers, a little dearer each day, until the raid itself looks usual. */
export function poison(past: Past, days: number): RiskPurchase[] {
  const [usual, goal] = [usualOf(past), Math.max(4_999, 6 * usualOf(past))]
  return Array.from({ length: days }, (_, day) => {
    const along = (day + 1) / days
    return purchaseAt(past.untilMs + day * dayMs + 4 * 60 * minuteMs, { id: `poison-${day}`, seller: `raider-${day % 3}`, item: `step-${day}`, amount: Math.round(usual * (goal / usual) ** along) })
  })
}

/** Mimicry: what the person bought before, once more, at the hours and on the weekdays at which they bought it, two a day. */
export function mimicry(past: Past, days: number): RiskPurchase[] {
  return Array.from({ length: days * 2 }, (_, turn) => {
    const model = past.own.at(-1 - ((turn * 7) % past.own.length)) ?? purchaseAt(past.untilMs, {})
    const day = Math.floor(turn / 2)
    const minute = model.minuteOfWeek % 1440
    return { ...purchaseAt(past.untilMs + day * dayMs + minute * minuteMs, {}), id: `mimic-${turn}`, seller: model.seller, item: model.item, kind: model.kind, amount: model.amount, units: model.units }
  }).sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0))
}

/** Flooding: tiny purchases every half minute at a known seller, so that nothing that follows stands out among them. */
export function flood(past: Past, count: number): RiskPurchase[] {
  const seller = past.own.at(-1)?.seller ?? 'seller-0'
  return Array.from({ length: count }, (_, turn) => purchaseAt(past.untilMs + 19 * 60 * minuteMs + turn * 30_000, { id: `flood-${turn}`, seller, item: 'crumb', amount: 9 }))
}
