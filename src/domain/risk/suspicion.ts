/**
 * Evidence for a stranger that gathers over purchases, none of which says much alone: cumulative sums of log likelihood ratios (E. S. Page, Biometrika
 * 41, 1954). A stranger may buy in between the person's own purchases, so that those take little off.
 */
import { type Baseline, deviation, learned } from './baseline.ts'
import { evenHours, hourShare, latelyOf, strangeness, trust, weekdayShare } from './habits.ts'
import { along, between, exp, halved, ln, rounded } from './numbers.ts'
import type { RiskPurchase } from './observation.ts'
import type { RiskProfile, Suspicion } from './profile.ts'
import { signal, type Signal, type Windows } from './signs.ts'
import { dayMs } from './windows.ts'

/** What one purchase says, in nats, above 0 for a stranger. */
export interface Oddness {
  readonly all: number
  readonly hour: number
  readonly seller: number
}

/** Strangers buy at any hour, six in ten times at a seller that is new, and at amounts that lie as far as this from the person's. */
const [strangerNew, strangerDeviation] = [0.6, 1.3]

/** How much each part counts, since they come together now and then; found by logistic regression on tuning households. */
const counts = { seller: 1.4, hour: 0.9, amount: 1.2, weekday: 0.45 } as const
const bias = 0.9

export function oddnessOf(profile: RiskProfile, { amount, currency, seller, minuteOfWeek }: RiskPurchase, atMs: number): Oddness {
  const [bySeller, byHour] = [sellerOddness(profile, seller, atMs), between(ln(evenHours / hourShare(profile, minuteOfWeek)), -1, 2.5)]
  const byDay = between(ln(1 / 7 / weekdayShare(profile, minuteOfWeek)), -0.5, 1)
  const known = trust(profile.purchases)
  const sum = bias + counts.seller * bySeller + counts.hour * byHour + counts.amount * amountOddness(latelyOf(profile, currency), amount) + counts.weekday * byDay
  return { all: sum * known + oddnessOfIncidents(profile), hour: byHour * known, seller: bySeller * known }
}

function sellerOddness({ sellers, newSellers }: RiskProfile, seller: string, atMs: number): number {
  const strange = strangeness(sellers, seller, atMs)
  return between(strange * ln(strangerNew / newSellers) + (1 - strange) * ln((1 - strangerNew) / (1 - newSellers)), -1, 3)
}

function amountOddness(lately: Baseline, amount: number): number {
  const own = Math.max(0.4, Math.sqrt(lately[1]))
  const distance = (ln(amount) - lately[0]) ** 2
  return between(ln(own / strangerDeviation) + distance / (2 * own * own) - distance / (2 * strangerDeviation * strangerDeviation), -1, 2.5)
}

/** What happened since the purchase before speaks for a stranger too, and for longer than its own sign does. */
function oddnessOfIncidents({ wrongPins, declines, deviceMs, recent }: RiskProfile): number {
  const newest = recent.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY
  const since = (instants: readonly number[]) => instants.filter((one) => one > newest).length
  return between(1.2 * since(wrongPins), 0, 2.5) + between(0.7 * since(declines), 0, 1.5) + (deviceMs !== null && deviceMs > newest ? 2 : 0)
}

/** While a stranger is about, so many of the purchases are the stranger's. */
const strangerShare = 0.6
const [sumDays, oddsDays] = [7, 4]
const [mostSum, mostOdds] = [10, 20]
/** From here on, in nats, a purchase counts as rather like a stranger's, and its hour or seller as one of a stranger's. */
export const leastOddness = 0.7
export const leastPart = 0.5

/** With this purchase. Of those that come right after each other each counts less, since they are one thing. */
export function suspicionAfter({ suspicion, recent }: RiskProfile, oddness: Oddness, inHour: number, atMs: number): Suspicion {
  const daysSince = (atMs - (recent.at(-1)?.[0] ?? atMs)) / dayMs
  const crowding = 1 / Math.sqrt(inHour)
  const gathered = (before: number, odd: number) => {
    const here = ln(strangerShare * exp(between(odd, -20, 8)) + 1 - strangerShare)
    return rounded(between(before * halved(daysSince / sumDays) + here * crowding, 0, mostSum))
  }
  const all = gathered(suspicion.all, oddness.all)
  const odds = between(suspicion.odds * halved(daysSince / oddsDays) + Math.max(0, oddness.all - leastOddness) * crowding, 0, mostOdds)
  return {
    all,
    hours: gathered(suspicion.hours, 1.2 * oddness.hour),
    sellers: gathered(suspicion.sellers, 1.2 * oddness.seller),
    count: all > 0.5 ? suspicion.count + 1 : 0,
    odds: rounded(odds),
    usualOdds: suspicion.usualOdds,
  }
}

/** What is usual is learned after it was compared with. */
export function withUsualOdds(suspicion: Suspicion, share: number, memory: number): Suspicion {
  return { ...suspicion, usualOdds: learned(suspicion.usualOdds, suspicion.odds, share, memory) }
}

/** Of what has gathered, this purchase included. */
export function suspicionSignals({ all, hours, sellers, count, odds, usualOdds }: Suspicion, { odd, oddHours, oddSellers, inWeek }: Windows): Signal[] {
  return [
    signal(along(all, 0, 8), { code: 'latelyUnlike', count: Math.max(1, count) }),
    signal(odd === 0 ? 0 : along(deviation(usualOdds, odds, 0.8), 0, 4), { code: 'oftenUnlike', count: odd, of: inWeek }),
    signal(oddHours === 0 ? 0 : along(hours, 0, 6), { code: 'hoursUnlike', count: oddHours, of: inWeek }),
    signal(oddSellers === 0 ? 0 : along(sellers, 0, 6), { code: 'sellersUnlike', count: oddSellers, of: inWeek }),
  ]
}
