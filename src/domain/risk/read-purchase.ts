/** Works the signs out of a purchase and of what is known of its profile. Learns nothing. */
import { type Baseline, deviation } from './baseline.ts'
import { createHalfSpaceTrees } from './half-space-trees.ts'
import { familiar, type Known } from './known.ts'
import { along, between, exp, halved, ln } from './numbers.ts'
import type { RiskPurchase } from './observation.ts'
import { amountPrior, odd, type Recent, type RiskProfile, small } from './profile.ts'
import type { Reading, Sign, Signal, Sitting, Windows } from './signs.ts'
import { dayMs, hourMs, rushMinutes, signOf, windowsAt } from './windows.ts'

const minuteMs = 60_000
const pointDimensions = 6
const forestSeed = 2011
export const trees = createHalfSpaceTrees(pointDimensions, forestSeed)

export const latelyOf = (profile: RiskProfile, currency: string): Baseline => profile.amounts.find(([one]) => one === currency)?.[1] ?? amountPrior

/** The key of a kind's price for one. */
export const unitKey = ({ kind, currency }: Pick<RiskPurchase, 'kind' | 'currency'>) => `${kind.slice(0, 24)} ${currency}`

/** When it counts: never before what is known already. */
export const momentOf = (profile: Pick<RiskProfile, 'newestMs'>, atMs: number | null): number => Math.max(profile.newestMs ?? 0, Math.floor(atMs ?? 0))

export function readPurchase(profile: RiskProfile, purchase: RiskPurchase): Reading {
  const atMs = momentOf(profile, purchase.atMs)
  const unitAmount = purchase.amount / Math.max(1, purchase.units)
  const oddness = oddnessOf(oddParts(profile, purchase, atMs)) * trust(profile.purchases) + oddnessOfIncidents(profile)
  const windows = windowsAt(profile.recent, recentOf(profile, purchase, atMs, oddness))
  const rate = trust(profile.purchases)
  const habits = [...priceSignals(profile, purchase, unitAmount, rate), ...timeSignals(profile, purchase, atMs, rate), ...novelties(profile, purchase, atMs)]
  const point = pointOf(profile, purchase, atMs, habits)
  const thinness = trees.thinness(profile.masses, point)
  const rare = rareTogether(profile, thinness)
  const perDay = paceOf(profile, atMs)
  const sitting = sittingWith(profile, atMs)
  const signals = [...habits, rare, ...amassed(profile, purchase, windows), longSitting(profile, sitting, atMs), aheadOfPace(windows, perDay, profile), ...incidents(profile, atMs), ...piledUp(profile, oddness, windows, atMs)]
  return { purchase, atMs, unitAmount, signals, oddness, perDay, point, thinness, windows, sitting }
}

export function recentOf(profile: RiskProfile, { amount, currency, seller, item }: RiskPurchase, atMs: number, oddness: number): Recent {
  const [mean] = latelyOf(profile, currency)
  const isSmall = ln(amount) < mean - ln(2) || amount <= tiny
  return [atMs, amount, currency, signOf(`${seller}\n${item}`), (isSmall ? small : 0) | (oddness > leastOddness ? odd : 0)]
}

/** From here on, in nats, a purchase is rather like a stranger's. */
const leastOddness = 0.7

/** Minor units that are hardly anything in whatever currency. */
const tiny = 60

const signal = (strength: number, sign: Sign): Signal => ({ ...sign, strength: between(strength, 0, 1) })

/** How much a habit is worth after so many purchases. */
const trust = (purchases: number) => purchases / (purchases + 5)

const money = (mean: number) => Math.round(exp(between(mean, 0, 40)))

function priceSignals(profile: RiskProfile, { amount, currency, kind }: RiskPurchase, unitAmount: number, rate: number): Signal[] {
  const known = profile.amounts.find(([one]) => one === currency)
  const [lately, longAgo] = [known?.[1] ?? amountPrior, known?.[2] ?? amountPrior]
  const high = along(Math.min(deviation(lately, ln(amount), 0.35), 2 * deviation(longAgo, ln(amount), 0.35)), 0.7, 4)
  const unit = profile.unitAmounts.find(([one]) => one === unitKey({ kind, currency }))?.[1]
  const unitHigh = unit ? along(deviation(unit, ln(unitAmount), 0.3), 0.7, 4) : 0
  const growth = lately[0] - longAgo[0]
  return [
    signal(high * Math.max(0.5, rate), { code: 'amountHigh', amount, usual: money(lately[0]), currency }),
    signal(along(-deviation(lately, ln(amount), 0.35), 0.7, 3.5) * rate, { code: 'amountLow', amount, usual: money(lately[0]), currency }),
    signal(unitHigh * rate, { code: 'unitPriceHigh', unitAmount: Math.round(unitAmount), usual: money(unit?.[0] ?? 0), currency }),
    signal(along(growth, 0.25, 1.5) * rate, { code: 'amountsGrown', lately: money(lately[0]), longAgo: money(longAgo[0]), currency }),
  ]
}

/** How the share of one slot compares with an even one, as a strength; an even prior stands for a few purchases. */
function unusual(share: number, even: number): number {
  return along(-ln(share / even), 0, 3)
}

const priorHours = 6
const hourReach = 1.5
const evenHours = (2 * hourReach) / 24

/** Of the person's purchases, how many were near this time of day. */
function hourShare({ hours }: RiskProfile, minuteOfWeek: number): number {
  const total = hours.reduce((sum, one) => sum + one, 0)
  return (nearHour(hours, (minuteOfWeek % 1440) / 60) + priorHours * evenHours) / (total + priorHours)
}

function timeSignals(profile: RiskProfile, { minuteOfWeek }: RiskPurchase, atMs: number, rate: number): Signal[] {
  const total = profile.hours.reduce((sum, one) => sum + one, 0)
  const hour = Math.floor((minuteOfWeek % 1440) / 60)
  const weekday = Math.floor(minuteOfWeek / 1440)
  const around = nearHour(profile.hours, (minuteOfWeek % 1440) / 60)
  const percent = (part: number) => (total > 0 ? Math.round((100 * part) / total) : 0)
  const newest = profile.recent.at(-1)?.[0]
  const minutes = newest === undefined ? null : (atMs - newest) / minuteMs
  const gap = minutes === null ? 0 : deviation(profile.gap, ln(1 + minutes), 0.6)
  const usual = Math.round(exp(profile.gap[0]))
  return [
    signal(unusual(hourShare(profile, minuteOfWeek), evenHours) * rate, { code: 'hourUnusual', hour, percent: percent(around) }),
    signal(unusual(weekdayShare(profile, minuteOfWeek), 1 / 7) * rate, { code: 'weekdayUnusual', weekday: weekday + 1, percent: percent(profile.weekdays[weekday] ?? 0) }),
    signal(along(gap, 1, 3) * rate, { code: 'longPause', days: Math.round((minutes ?? 0) / 1440), usualDays: Math.round(usual / 1440) }),
    signal(along(-gap, 0.8, 3) * rate, { code: 'soonAgain', minutes: Math.round(minutes ?? 0), usualMinutes: usual }),
  ]
}

function weekdayShare({ weekdays }: RiskProfile, minuteOfWeek: number): number {
  const total = weekdays.reduce((sum, one) => sum + one, 0)
  return ((weekdays[Math.floor(minuteOfWeek / 1440)] ?? 0) + priorHours / 7) / (total + priorHours)
}

/** What lies within an hour and a half of the time of day, hours at the edge in part. */
function nearHour(hours: readonly number[], time: number): number {
  let sum = 0
  for (let hour = 0; hour < 24; hour += 1) {
    const apart = Math.abs(hour + 0.5 - time)
    const distance = Math.min(apart, 24 - apart)
    sum += (hours[hour] ?? 0) * between(hourReach + 0.5 - distance, 0, 1)
  }
  return sum
}

function novelties(profile: RiskProfile, { seller, kind, paidIn }: RiskPurchase, atMs: number): Signal[] {
  const [sellerNew, kindNew, currencyNew] = [strangeness(profile.sellers, seller, atMs), strangeness(profile.kinds, kind, atMs), strangeness(profile.currencies, paidIn, atMs)]
  const percent = (share: number) => Math.round(share * 100)
  return [
    signal(sellerNew * along(-ln(profile.newSellers), 0.3, 3.5), { code: 'sellerNew', known: profile.sellers.length, percent: percent(profile.newSellers) }),
    signal(kindNew * along(-ln(profile.newKinds), 0.3, 3.5), { code: 'kindNew', known: profile.kinds.length, percent: percent(profile.newKinds) }),
    signal(profile.purchases === 0 ? 0 : currencyNew * trust(profile.purchases), { code: 'currencyNew', paidIn }),
  ]
}

const youngDays = 10

/** 1 for what was never met; less with each time, and with the days since the first. */
export function strangeness(all: readonly Known[], name: string, atMs: number): number {
  const known = familiar(all, name)
  if (!known) return 1
  const [, weight, firstMs] = known
  return Math.max(0.5 / (0.5 + weight), 0.85 * halved((atMs - firstMs) / (youngDays * dayMs)))
}

/** Compared with how thin it is around the person's purchases as a rule. `percent` is how crowded it is, of that. */
function rareTogether({ thinness: usual }: RiskProfile, thinness: number | null): Signal {
  if (thinness === null) return signal(0, { code: 'rareTogether', percent: 100 })
  const percent = Math.round(100 * exp(between(usual[0] - thinness, -40, 0)))
  return signal(along(deviation(usual, thinness, 0.25), 0.5, 3.5), { code: 'rareTogether', percent })
}

function pointOf(profile: RiskProfile, { amount, currency, minuteOfWeek, seller, kind }: RiskPurchase, atMs: number, habits: readonly Signal[]): number[] {
  const newest = profile.recent.at(-1)?.[0]
  const minutes = newest === undefined ? 10_000 : (atMs - newest) / minuteMs
  const strength = (code: Signal['code']) => habits.find((one) => one.code === code)?.strength ?? 0
  return [
    (minuteOfWeek % 1440) / 1440,
    along(Math.floor(minuteOfWeek / 1440), -1, 7),
    along(ln(amount), latelyOf(profile, currency)[0] - 2.5, latelyOf(profile, currency)[0] + 2.5),
    along(ln(1 + minutes), 0, 11),
    strangeness(profile.sellers, seller, atMs),
    Math.max(strangeness(profile.kinds, kind, atMs), strength('unitPriceHigh')),
  ]
}

/** Strangers buy at any hour, six in ten times at a seller that is new, and at amounts that lie as far as this from the person's. */
const [strangerNew, strangerDeviation] = [0.6, 1.3]

/** The log of how much likelier a stranger is to buy so than the person, in parts, each within bounds: by seller, hour, amount and weekday. */
export function oddParts(profile: RiskProfile, { amount, currency, seller, minuteOfWeek }: RiskPurchase, atMs: number): readonly number[] {
  const strange = strangeness(profile.sellers, seller, atMs)
  const { newSellers } = profile
  const bySeller = strange * ln(strangerNew / newSellers) + (1 - strange) * ln((1 - strangerNew) / (1 - newSellers))
  const byHour = ln(evenHours / hourShare(profile, minuteOfWeek))
  const lately = latelyOf(profile, currency)
  const own = Math.max(0.4, Math.sqrt(lately[1]))
  const distance = (ln(amount) - lately[0]) ** 2
  const byAmount = ln(own / strangerDeviation) + distance / (2 * own * own) - distance / (2 * strangerDeviation * strangerDeviation)
  const byDay = ln(1 / 7 / weekdayShare(profile, minuteOfWeek))
  return [between(bySeller, -1, 3), between(byHour, -1, 2.5), between(byAmount, -1, 2.5), between(byDay, -0.5, 1)]
}

/** How much each part counts, since they come together now and then: found by logistic regression on tuning households. */
const partWeights = [1.4, 0.9, 1.2, 0.45] as const
const partBias = 0.9

const oddnessOf = (parts: readonly number[]): number => parts.reduce((sum, part, index) => sum + part * (partWeights[index] ?? 0), partBias)

/** What happened since the purchase before speaks for a stranger too, and for longer than its own sign does. */
function oddnessOfIncidents({ wrongPins, declines, deviceMs, recent }: RiskProfile): number {
  const newest = recent.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY
  const since = (instants: readonly number[]) => instants.filter((one) => one > newest).length
  return between(1.2 * since(wrongPins), 0, 2.5) + between(0.7 * since(declines), 0, 1.5) + (deviceMs !== null && deviceMs > newest ? 2 : 0)
}

function amassed(profile: RiskProfile, { currency }: RiskPurchase, windows: Windows): Signal[] {
  const [mean] = latelyOf(profile, currency)
  const [counts, sums] = [profile.counts, profile.sums]
  const count = (baseline: Baseline, value: number) => along(deviation(baseline, ln(1 + value), 0.25), 0.6, 3.5)
  const sum = (baseline: Baseline, value: number) => along(deviation(baseline, ln(value) - mean, 0.4), 0.6, 3.5)
  const usualCount = (baseline: Baseline) => Math.max(0, Math.round(10 * (exp(baseline[0]) - 1)) / 10)
  const usualSum = (baseline: Baseline) => money(baseline[0] + mean)
  return [
    signal(count(counts[0], windows.inMinutes), { code: 'manyInMinutes', count: windows.inMinutes, minutes: rushMinutes, usual: usualCount(counts[0]) }),
    signal(count(counts[1], windows.inDay), { code: 'manyInDay', count: windows.inDay, minutes: 1440, usual: usualCount(counts[1]) }),
    signal(count(profile.weeks, windows.inWeek), { code: 'manyInWeek', count: windows.inWeek, minutes: 10_080, usual: usualCount(profile.weeks) }),
    signal(windows.days > 1 ? count(profile.days, windows.days) : 0, { code: 'manyDays', days: windows.days, usual: usualCount(profile.days) }),
    signal(sum(sums[0], windows.sumInDay), { code: 'spentInDay', sum: windows.sumInDay, usual: usualSum(sums[0]), currency }),
    signal(sum(sums[1], windows.sumInWeek), { code: 'spentInWeek', sum: windows.sumInWeek, usual: usualSum(sums[1]), currency }),
    signal(count(profile.repeats, windows.same), { code: 'sameAgain', count: windows.same, usual: usualCount(profile.repeats) }),
    signal(windows.small > 0 ? count(profile.smalls, windows.small) : 0, { code: 'smallCharges', count: windows.small, sum: windows.smallSum, usual: usualCount(profile.smalls), currency }),
  ]
}

const within = (instants: readonly number[], atMs: number, spanMs: number) => instants.filter((one) => atMs - one <= spanMs).length

function incidents(profile: RiskProfile, atMs: number): Signal[] {
  const declines = within(profile.declines, atMs, hourMs)
  const [pins, codes] = [within(profile.wrongPins, atMs, dayMs), within(profile.wrongCodes, atMs, dayMs)]
  const fading = (sinceMs: number | null, halfLifeMs: number) => (sinceMs === null ? 0 : halved((atMs - sinceMs) / halfLifeMs))
  const minutes = (sinceMs: number | null) => Math.round((atMs - (sinceMs ?? atMs)) / minuteMs)
  const days = (sinceMs: number | null) => Math.floor((atMs - (sinceMs ?? atMs)) / dayMs)
  return [
    signal(declines / 3, { code: 'afterDeclines', count: declines }),
    signal(pins / 4, { code: 'wrongPins', count: pins }),
    signal(codes / 3, { code: 'wrongCodes', count: codes }),
    signal(fading(profile.deviceMs, 5 * dayMs), { code: 'newDevice', days: days(profile.deviceMs) }),
    signal(fading(profile.warnedMs, 3 * hourMs), { code: 'afterWarning', minutes: minutes(profile.warnedMs) }),
    signal(fading(profile.cappedMs, 3 * hourMs), { code: 'afterCap', minutes: minutes(profile.cappedMs) }),
    signal(fading(profile.alarmedMs, 10 * dayMs), { code: 'saidNotMe', days: days(profile.alarmedMs) }),
  ]
}

/** With this purchase: less counts of those that come right after each other, which are one thing. */
export function piledAfter(profile: RiskProfile, oddness: number, { inHour }: Pick<Windows, 'inHour'>, atMs: number): number {
  const left = profile.piled * halved((atMs - (profile.recent.at(-1)?.[0] ?? atMs)) / (7 * dayMs))
  const here = ln(strangerShare * exp(between(oddness, -20, 8)) + 1 - strangerShare)
  return between(left + here / Math.sqrt(inHour), 0, 10)
}

/** While a stranger is about, so many of the purchases are the stranger's: what is like the person takes little off. */
const strangerShare = 0.6

/** With this purchase, and without what is like the person: a stranger may buy in between. */
export function oddsAfter(profile: RiskProfile, oddness: number, { inHour }: Pick<Windows, 'inHour'>, atMs: number): number {
  const left = profile.odds * halved((atMs - (profile.recent.at(-1)?.[0] ?? atMs)) / (4 * dayMs))
  return between(left + Math.max(0, oddness - leastOddness) / Math.sqrt(inHour), 0, 20)
}

/** A cumulative sum: it takes several purchases that are a little unlike the person, or few that are very much so. Source: E. S. Page, Biometrika 41, 1954. */
function piledUp(profile: RiskProfile, oddness: number, windows: Windows, atMs: number): Signal[] {
  return [
    signal(along(piledAfter(profile, oddness, windows, atMs), 0, 8), { code: 'latelyUnlike', count: profile.piledCount + 1 }),
    signal(windows.odd === 0 ? 0 : along(deviation(profile.usualOdds, oddsAfter(profile, oddness, windows, atMs), 0.8), 0, 4), { code: 'oftenUnlike', count: windows.odd, of: windows.inWeek }),
  ]
}

const sittingGapMs = 45 * minuteMs

export function sittingWith({ sitting, recent }: RiskProfile, atMs: number): Sitting {
  const newest = recent.at(-1)?.[0]
  return newest !== undefined && atMs - newest <= sittingGapMs ? { count: sitting.count + 1, fromMs: sitting.fromMs } : { count: 1, fromMs: atMs }
}

function longSitting({ sittings }: RiskProfile, { count, fromMs }: Sitting, atMs: number): Signal {
  const strength = count === 1 ? 0 : along(deviation(sittings, ln(count), 0.3), 0.5, 4.5)
  return signal(strength, { code: 'longSitting', count, minutes: Math.max(1, Math.round((atMs - fromMs) / minuteMs)), usual: Math.round(10 * exp(sittings[0])) / 10 })
}

const paceDays = 30
/** As if there had been so many purchases in so many days before. */
const [paceBefore, paceBeforeDays] = [4, 8]

/** Purchases a day, by those of the last weeks. */
function paceOf({ pace, firstMs, recent }: RiskProfile, atMs: number): number {
  const newest = recent.at(-1)?.[0] ?? atMs
  const age = (atMs - (firstMs ?? atMs)) / dayMs
  const left = halved((atMs - newest) / (paceDays * dayMs))
  // All that could have been counted by now: a fading sum over the time since the first.
  const seen = (paceDays / ln(2)) * (1 - halved(age / paceDays))
  return (pace * left + paceBefore) / (seen + paceBeforeDays)
}

/** By the window that stands out most; sittings come in lumps, so that the spread is that of lumps. */
function aheadOfPace({ inDay, inThreeDays, inWeek }: Windows, perDay: number, { counts }: RiskProfile): Signal {
  const lump = Math.max(1, exp(counts[0][0]) - 1)
  const spans = [[inDay, 1], [inThreeDays, 3], [inWeek, 7]] as const
  const ahead = spans.map(([count, days]) => (count - perDay * days) / Math.sqrt(lump * (perDay * days + 0.5)))
  const most = ahead.indexOf(Math.max(...ahead))
  const [count, days] = spans[most] ?? spans[0]
  return signal(along(ahead[most] ?? 0, 1, 6), { code: 'aheadOfPace', count, minutes: days * 1440, perDay: Math.round(perDay * 10) / 10 })
}
