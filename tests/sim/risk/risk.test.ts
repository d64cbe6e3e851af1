/** A slice of the risk report, and attacks on the model by somebody who knows how it works. */
import { beforeAll, describe, expect, it } from 'vitest'
import { usualThresholds } from '../../../src/domain/risk/bands.ts'
import type { RiskProfile } from '../../../src/domain/risk/profile.ts'
import { flood, mimicry, type Past, played, poison, purchaseAt, quietPasts, raid } from './attacks.ts'
import { alarmsAt, areaUnder, figuresOf, thresholdAt, type Trials, tryOut } from './evaluate.ts'
import { householdKinds } from './habits.ts'
import { modelMethod, robustMethod, thresholdMethod } from './methods.ts'
import { reportingSeeds, simulateHousehold, tuningSeeds } from './simulate-household.ts'
import { dayMs, minuteMs } from './wishes.ts'

const { takeover, burst } = usualThresholds

describe('a slice of the report', () => {
  const seeds = reportingSeeds(60)
  let model: Trials
  let others: Trials[]
  beforeAll(() => {
    model = tryOut(modelMethod(), seeds)
    others = [thresholdMethod, robustMethod].map((method) => tryOut(method, seeds))
  })

  it('a takeover is told from what people do anyway, better than by thresholds or z-scores', () => {
    const { auc, recall } = figuresOf(model.takeover)
    expect(auc).toBeGreaterThan(0.9)
    expect(recall).toBeGreaterThan(0.7)
    for (const other of others) expect(auc).toBeGreaterThan(figuresOf(other.takeover).auc + 0.05)
  })

  it('a burst is noticed early, more often than by thresholds or z-scores', () => {
    const { auc, byFourth } = figuresOf(model.burst)
    expect(auc).toBeGreaterThan(0.93)
    expect(byFourth).toBeGreaterThan(0.7)
    for (const other of others) expect(byFourth).toBeGreaterThan(figuresOf(other.burst).byFourth + 0.05)
  })

  it('the usual thresholds disturb people as seldom as is said: a note in two months, a pause in five, an alert in ten, give or take', () => {
    for (const harm of ['takeover', 'burst'] as const) {
      const months = model[harm].reduce((sum, one) => sum + one.months, 0)
      const rate = (threshold: number) => model[harm].reduce((sum, { ordinary }) => sum + alarmsAt(ordinary, threshold), 0) / months
      expect(rate(usualThresholds[harm].note)).toBeLessThan(0.8)
      expect(rate(usualThresholds[harm].pause)).toBeLessThan(0.35)
      expect(rate(usualThresholds[harm].alert)).toBeLessThan(0.15)
    }
  })
})

describe('the simulation', () => {
  it('is the same for the same seed, has all kinds of households, and tells tuning from reporting', () => {
    expect(simulateHousehold(5)).toEqual(simulateHousehold(5))
    expect(new Set(reportingSeeds(12).map((seed) => simulateHousehold(seed).kind))).toEqual(new Set(householdKinds))
    const tuning = new Set(tuningSeeds(100_000))
    expect(reportingSeeds(100_000).some((seed) => tuning.has(seed))).toBe(false)
  })

  it('is no give-away: no single number of a purchase tells a takeover', () => {
    const own: number[] = []
    const strange: number[] = []
    for (const seed of reportingSeeds(60)) for (const { observation, truth } of simulateHousehold(seed).steps) if (observation.type === 'purchase' && truth !== 'burst') (truth === 'takeover' ? strange : own).push(observation.amount)
    expect(areaUnder(strange, own)).toBeGreaterThan(0.4)
    expect(areaUnder(strange, own)).toBeLessThan(0.8)
  })
})

describe('how figures are worked out', () => {
  it('the area under the curve of numbers that are known', () => {
    expect(areaUnder([3, 4], [1, 2])).toBe(1)
    expect(areaUnder([1, 2], [3, 4])).toBe(0)
    expect(areaUnder([2, 2], [2])).toBe(0.5)
    expect(areaUnder([1, 3], [2, 0])).toBe(0.75)
  })

  it('alarms within a day of one are the same one, and the threshold keeps to the budget', () => {
    const ordinary = [0, 1, 30, 60].map((hours, at) => ({ atMs: hours * 60 * minuteMs, score: [0.9, 0.8, 0.5, 0.9][at] ?? 0 }))
    expect([0.95, 0.85, 0.4].map((threshold) => alarmsAt(ordinary, threshold))).toEqual([0, 2, 3])
    const trial = { seed: 1, kind: 'steady', ordinary, months: 4, episodes: [], others: [] }
    expect(thresholdAt([trial], 0.5)).toBe(0.8)
  })
})

describe('somebody who knows the model', () => {
  let pasts: Past[]
  beforeAll(() => void (pasts = quietPasts(12)))
  const share = (hits: (past: Past) => boolean) => pasts.filter(hits).length / pasts.length
  const highest = (profile: RiskProfile, past: Past, atMs: number) => Math.max(...played(profile, raid(past, atMs)).scores.map((score) => score.takeover))

  it('a raid by night is noticed', () => {
    expect(share((past) => highest(past.profile, past, past.untilMs) >= takeover.pause)).toBeGreaterThanOrEqual(0.9)
  })

  it.each([7, 14])('slow poisoning over %d days is noticed while it goes on', (days) => {
    expect(share((past) => played(past.profile, poison(past, days)).scores.some((score) => score.takeover >= takeover.pause))).toBeGreaterThanOrEqual(0.85)
  })

  it('slow poisoning over 45 days is noted in half of the households only: that is a limit of it. The raid that it was for shows as a burst or a takeover in seven of ten', () => {
    const afterwards = (past: Past) => played(played(past.profile, poison(past, 45)).profile, raid(past, past.untilMs + 46 * dayMs)).scores
    expect(share((past) => played(past.profile, poison(past, 45)).scores.some((score) => score.takeover >= takeover.note))).toBeGreaterThanOrEqual(0.4)
    expect(share((past) => afterwards(past).some((score) => score.takeover >= takeover.note || score.burst >= burst.note))).toBeGreaterThanOrEqual(0.7)
  })

  it('mimicry is not noticed as somebody else: that is the limit of it. What it spends is no more than the person would', () => {
    expect(share((past) => played(past.profile, mimicry(past, 7)).scores.some((score) => score.takeover >= takeover.pause))).toBeLessThan(0.6)
  })

  it('flooding is noticed within its first ten, and hides no raid after it', () => {
    expect(share((past) => played(past.profile, flood(past, 10)).scores.some((score) => score.burst >= burst.pause))).toBeGreaterThanOrEqual(0.9)
    expect(share((past) => highest(played(past.profile, flood(past, 200)).profile, past, past.untilMs + 2 * dayMs) >= takeover.pause)).toBeGreaterThanOrEqual(0.9)
  })

  it('flooding does not become what is usual: the same again the day after is a burst again', () => {
    const again = (past: Past) => flood(past, 10).map((one) => ({ ...one, id: `again-${one.id}`, atMs: (one.atMs ?? 0) + dayMs, minuteOfWeek: (one.minuteOfWeek + 1440) % 10_080 }))
    expect(share((past) => played(played(past.profile, flood(past, 60)).profile, again(past)).scores.some((score) => score.burst >= burst.pause))).toBeGreaterThanOrEqual(0.9)
  })

  it('a clock that is set back or stands still takes nothing out of a window', () => {
    const rush = (past: Past, at: (turn: number) => number | null) => Array.from({ length: 12 }, (_, turn) => ({ ...purchaseAt(past.untilMs + 19 * 60 * minuteMs, { id: `r${turn}`, item: `i${turn}`, seller: past.own[0]?.seller ?? '' }), atMs: at(turn) }))
    const last = (past: Past, at: (turn: number) => number | null) => played(past.profile, rush(past, at)).scores.at(-1)?.burst ?? 0
    for (const past of pasts) {
      const beginMs = past.untilMs + 19 * 60 * minuteMs
      const honest = last(past, (turn) => beginMs + turn * minuteMs)
      const first = (turn: number) => (turn === 0 ? beginMs : null)
      expect(last(past, first)).toBeGreaterThanOrEqual(honest - 0.05)
      expect(last(past, (turn) => beginMs - turn * 30 * dayMs)).toBeGreaterThanOrEqual(honest - 0.05)
    }
  })
})
