/** Works the signs out of a purchase and of what is known of its profile. Learns nothing. */
import { type Baseline, deviation } from './baseline.ts'
import { createHalfSpaceTrees } from './half-space-trees.ts'
import { evenHours, hourShare, latelyOf, nearTime, strangeness, trust, weekdayShare } from './habits.ts'
import { shortName } from './known.ts'
import { along, between, exp, halved, ln } from './numbers.ts'
import type { RiskPurchase } from './observation.ts'
import { amountPrior, flag, type Recent, type RiskProfile, type Sitting } from './profile.ts'
import { type Reading, signal, type Signal, type SignCode, type Windows } from './signs.ts'
import { leastOddness, leastPart, type Oddness, oddnessOf, suspicionAfter, suspicionSignals } from './suspicion.ts'
import { dayMs, hourMs, rushMinutes, signOf, windowsAt } from './windows.ts'

const minuteMs = 60_000
const pointDimensions = 6
const forestSeed = 2011
export const trees = createHalfSpaceTrees(pointDimensions, forestSeed)

/** The key of a kind's price for one. */
export const unitKey = ({ kind, currency }: Pick<RiskPurchase, 'kind' | 'currency'>) => `${shortName(kind)} ${currency}`

/** When it counts: never before what is known already. */
export const momentOf = (profile: Pick<RiskProfile, 'newestMs'>, atMs: number | null): number => Math.max(profile.newestMs ?? 0, Math.floor(atMs ?? 0))

export function readPurchase(profile: RiskProfile, purchase: RiskPurchase): Reading {
  const atMs = momentOf(profile, purchase.atMs)
  const unitAmount = purchase.amount / Math.max(1, purchase.units)
  const oddness = oddnessOf(profile, purchase, atMs)
  const recent = recentOf(profile, purchase, atMs, oddness)
  const windows = windowsAt(profile.recent, recent)
  const rate = trust(profile.purchases)
  const habits = [...priceSignals(profile, purchase, unitAmount, rate), ...timeSignals(profile, purchase, atMs, rate), ...novelties(profile, purchase, atMs)]
  const point = pointOf(profile, purchase, atMs, habits)
  const thinness = trees.thinness(profile.masses, point)
  const rare = rareTogether(profile, thinness)
  const perDay = paceOf(profile, atMs)
  const sitting = sittingWith(profile, atMs)
  const suspicion = suspicionAfter(profile, oddness, windows.inHour, atMs)
  const signals = [...habits, rare, ...amassed(profile, purchase, windows), longSitting(profile, sitting, atMs), aheadOfPace(windows, perDay, profile), ...incidents(profile, atMs), ...suspicionSignals(suspicion, windows)]
  return { purchase, atMs, unitAmount, signals, recent, suspicion, point, thinness, windows, sitting }
}

function recentOf(profile: RiskProfile, { amount, currency, seller, item }: RiskPurchase, atMs: number, oddness: Oddness): Recent {
  const isSmall = ln(amount) < latelyOf(profile, currency)[0] - ln(2) || amount <= tiny
  const flags = [isSmall && flag.small, oddness.all > leastOddness && flag.odd, oddness.hour > leastPart && flag.oddHour, oddness.seller > leastPart && flag.oddSeller]
  return [atMs, amount, currency, signOf(`${seller}\n${item}`), flags.reduce((sum: number, one) => sum + (one || 0), 0)]
}

/** Minor units that are hardly anything in whatever currency. */
const tiny = 60

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

function timeSignals(profile: RiskProfile, { minuteOfWeek }: RiskPurchase, atMs: number, rate: number): Signal[] {
  const total = profile.hours.reduce((sum, one) => sum + one, 0)
  const hour = Math.floor((minuteOfWeek % 1440) / 60)
  const weekday = Math.floor(minuteOfWeek / 1440)
  const around = nearTime(profile, minuteOfWeek)
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

function novelties(profile: RiskProfile, { seller, kind, paidIn }: RiskPurchase, atMs: number): Signal[] {
  const [sellerNew, kindNew, currencyNew] = [strangeness(profile.sellers, seller, atMs), strangeness(profile.kinds, kind, atMs), strangeness(profile.currencies, paidIn, atMs)]
  const percent = (share: number) => Math.round(share * 100)
  return [
    signal(sellerNew * along(-ln(profile.newSellers), 0.3, 3.5), { code: 'sellerNew', known: profile.sellers.length, percent: percent(profile.newSellers) }),
    signal(kindNew * along(-ln(profile.newKinds), 0.3, 3.5), { code: 'kindNew', known: profile.kinds.length, percent: percent(profile.newKinds) }),
    signal(profile.purchases === 0 ? 0 : currencyNew * trust(profile.purchases), { code: 'currencyNew', paidIn }),
  ]
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
  const strength = (code: SignCode) => habits.find(({ sign }) => sign.code === code)?.strength ?? 0
  return [
    (minuteOfWeek % 1440) / 1440,
    along(Math.floor(minuteOfWeek / 1440), -1, 7),
    along(ln(amount), latelyOf(profile, currency)[0] - 2.5, latelyOf(profile, currency)[0] + 2.5),
    along(ln(1 + minutes), 0, 11),
    strangeness(profile.sellers, seller, atMs),
    Math.max(strangeness(profile.kinds, kind, atMs), strength('unitPriceHigh')),
  ]
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
