/**
 * Takes a purchase into the habits of a profile. What looks strange is learned in part only, and purchases close together count less each, so that
 * neither a stranger nor a flood becomes what is usual within a day.
 */
import { type Baseline, learned } from './baseline.ts'
import { latelyOf, strangeness } from './habits.ts'
import { met, shortName } from './known.ts'
import { between, halved, ln, rounded } from './numbers.ts'
import { amountPrior, currencySize, type Held, heldSize, kindSize, knownSize, latelyMemory, longAgoMemory, type RiskProfile, recentSize, type Sitting } from './profile.ts'
import { trees, unitKey } from './read-purchase.ts'
import type { RiskScore } from './score-reading.ts'
import type { Reading } from './signs.ts'
import { withUsualOdds } from './suspicion.ts'
import { weekMs } from './windows.ts'

export function learnPurchase(profile: RiskProfile, reading: Reading, score: RiskScore): RiskProfile {
  const { atMs, windows, suspicion } = reading
  const newest = profile.recent.at(-1)?.[0] ?? atMs
  const ownShare = sureness(score.takeover)
  const crowding = 1 / Math.sqrt(windows.inHour)
  const share = ownShare * crowding
  const after: RiskProfile = {
    ...learnAmounts(profile, reading, share * sureness(0.5 * score.burst)),
    ...learnPace(profile, reading, share * sureness(score.burst)),
    newestMs: atMs,
    firstMs: profile.firstMs ?? atMs,
    purchases: profile.purchases + 1,
    recent: [...profile.recent.slice(1 - recentSize), reading.recent],
    pace: rounded(profile.pace * halved((atMs - newest) / (30 * 86_400_000)) + ownShare * sureness(score.burst)),
    suspicion: withUsualOdds(suspicion, share, habitMemory),
    thinness: reading.thinness === null ? profile.thinness : learned(profile.thinness, reading.thinness, share, habitMemory),
    masses: ownShare * crowding > 0.3 ? trees.added(profile.masses, reading.point) : profile.masses,
    tolerance: forgetting(profile.tolerance),
    held: score.takeover >= heldFrom ? [...profile.held, heldOf(reading, score, share, crowding)].slice(-heldSize) : profile.held,
  }
  return learnHabits(after, { ...reading.purchase, atMs }, share)
}

/** What was forgiven is forgiven for a hundred purchases or so. */
const forgetting = (tolerance: RiskProfile['tolerance']) => tolerance.map(([code, factor]) => [code, rounded(factor + (1 - factor) / 100)] as const)

/** How much of a purchase is learned: half of it at this probability of harm. */
const halfLearned = 0.1
const sureness = (probability: number) => halfLearned / (halfLearned + probability)

const habitMemory = 60
const heldFrom = 0.05

function heldOf({ purchase, atMs, unitAmount }: Reading, { reasons }: RiskScore, share: number, crowding: number): Held {
  const { id, seller, kind, paidIn, currency, amount, minuteOfWeek } = purchase
  const codes = reasons.filter(({ harm }) => harm === 'takeover').map(({ sign }) => sign.code)
  return { id: shortName(id), atMs, seller: shortName(seller), kind: shortName(kind), paidIn: shortName(paidIn), currency, amount, unitAmount, minuteOfWeek, share: rounded(between(crowding - share, 0, 1)), codes }
}

/** Amounts and prices for one: lately and long ago, which goes far more slowly. */
export function learnAmounts(profile: RiskProfile, { purchase, unitAmount }: Pick<Reading, 'unitAmount'> & { readonly purchase: Pick<Held, 'amount' | 'currency' | 'kind'> }, share: number) {
  const { amount, currency } = purchase
  const longAgo = profile.amounts.find(([one]) => one === currency)?.[2] ?? amountPrior
  const lately = learned(latelyOf(profile, currency), ln(amount), share, latelyMemory)
  const amounts = [...profile.amounts.filter(([one]) => one !== currency), [currency, lately, learned(longAgo, ln(amount), share, longAgoMemory)] as const].slice(-currencySize)
  const key = unitKey(purchase)
  const before = profile.unitAmounts.find(([one]) => one === key)?.[1] ?? ([ln(unitAmount), 0.3, 1] as const)
  const unitAmounts = [...profile.unitAmounts.filter(([one]) => one !== key), [key, learned(before, ln(unitAmount), share, latelyMemory)] as const].slice(-kindSize)
  return { ...profile, amounts, unitAmounts }
}

/** How often and how much within windows. */
function learnPace(profile: RiskProfile, { purchase, atMs, windows, sitting }: Reading, share: number): Pick<RiskProfile, 'gap' | 'counts' | 'weeks' | 'week' | 'sittings' | 'sitting' | 'days' | 'sums' | 'repeats' | 'smalls'> {
  const [mean] = latelyOf(profile, purchase.currency)
  const newest = profile.recent.at(-1)?.[0]
  const count = (before: Baseline, value: number) => learned(before, ln(1 + value), share, habitMemory)
  const sum = (before: Baseline, value: number) => learned(before, ln(value) - mean, share, habitMemory)
  return {
    gap: newest === undefined ? profile.gap : learned(profile.gap, ln(1 + (atMs - newest) / 60_000), share, habitMemory),
    counts: [count(profile.counts[0], windows.inMinutes), count(profile.counts[1], windows.inDay)],
    ...learnWeeks(profile, atMs, share),
    ...learnSittings(profile, sitting, share),
    days: count(profile.days, windows.days),
    sums: [sum(profile.sums[0], windows.sumInDay), sum(profile.sums[1], windows.sumInWeek)],
    repeats: count(profile.repeats, windows.same),
    smalls: count(profile.smalls, windows.small),
  }
}

/** A sitting is learned when the next one begins, as one; what looked like a burst in it was counted in part. */
function learnSittings({ sittings, sitting: before }: RiskProfile, sitting: Sitting, share: number): Pick<RiskProfile, 'sittings' | 'sitting'> {
  const isNext = sitting.count === 1 && before.count > 0
  return { sitting, sittings: isNext ? learned(sittings, ln(Math.max(1, before.count)), share, sittingMemory) : sittings }
}

const sittingMemory = 40
const weekMemory = 16
/** After longer there is nothing to be learned from empty weeks any more. */
const mostEmptyWeeks = 8

/** Weeks count from the first purchase. One is learned when it is over, at the next purchase. */
function learnWeeks({ weeks: before, week, firstMs }: RiskProfile, atMs: number, share: number): Pick<RiskProfile, 'weeks' | 'week'> {
  const over = Math.floor((atMs - week.fromMs) / weekMs)
  if (firstMs === null || week.count === 0) return { weeks: before, week: { count: 1, fromMs: atMs } }
  if (over === 0) return { weeks: before, week: { count: rounded(week.count + Math.min(1, 2 * share)), fromMs: week.fromMs } }
  let weeks = learned(before, ln(1 + week.count), 1, weekMemory)
  for (let empty = Math.min(mostEmptyWeeks, over - 1); empty > 0; empty -= 1) weeks = learned(weeks, 0, 1, weekMemory)
  return { weeks, week: { count: 1, fromMs: week.fromMs + over * weekMs } }
}

const faded = 0.985

/** When, where and what. */
export function learnHabits(profile: RiskProfile, { minuteOfWeek, seller, kind, paidIn, atMs }: Pick<Held, 'minuteOfWeek' | 'seller' | 'kind' | 'paidIn' | 'atMs'>, share: number): RiskProfile {
  const [hour, weekday] = [Math.floor((minuteOfWeek % 1440) / 60), Math.floor(minuteOfWeek / 1440)]
  const slot = (all: readonly number[], at: number) => all.map((one, index) => rounded(one * (1 - (1 - faded) * share) + (index === at ? share : 0)))
  const newness = (before: number, strange: number) => rounded(before + (strange - before) * share * Math.max(1 / 50, 1 / (profile.purchases + 2)))
  return {
    ...profile,
    hours: slot(profile.hours, hour),
    weekdays: slot(profile.weekdays, weekday),
    newSellers: Math.max(0.005, newness(profile.newSellers, strangeness(profile.sellers, seller, atMs))),
    newKinds: Math.max(0.005, newness(profile.newKinds, strangeness(profile.kinds, kind, atMs))),
    sellers: met(profile.sellers, seller, atMs, share, knownSize),
    kinds: met(profile.kinds, kind, atMs, share, kindSize),
    currencies: met(profile.currencies, paidIn, atMs, share, currencySize),
  }
}
