/** Observations for the risk model. What a test does not name is ordinary. */
import fc from 'fast-check'
import type { Observation, RiskPurchase } from '../../src/domain/risk/observation.ts'
import { observe } from '../../src/domain/risk/observe.ts'
import { newProfile, type RiskProfile } from '../../src/domain/risk/profile.ts'

export const minuteMs = 60_000
export const dayMs = 86_400_000
/** A Monday, 00:00. */
export const mondayMs = Date.UTC(2026, 0, 5)

export function riskPurchase(atMs: number, details: Partial<RiskPurchase> = {}): RiskPurchase {
  const minuteOfWeek = Math.floor((((atMs - mondayMs) % (7 * dayMs)) + 7 * dayMs) / minuteMs) % 10_080
  return { type: 'purchase', id: `p-${atMs}`, atMs, minuteOfWeek, seller: 'nebula', item: 'cape', kind: 'item', amount: 499, currency: 'EUR', paidIn: 'EUR', units: 1, ...details }
}

/** One purchase on every other evening, near seven, of two sellers and about five euros: so many of them. */
export function steadyYear(count: number): RiskPurchase[] {
  const hoursAfterSix = [1, 0.5, 1.3, 0.8, 1.6]
  return Array.from({ length: count }, (_, turn) => {
    const atMs = mondayMs + turn * 2 * dayMs + (18 + (hoursAfterSix[turn % 5] ?? 1)) * 60 * minuteMs
    return riskPurchase(atMs, { id: `steady-${turn}`, seller: turn % 3 === 0 ? 'drift' : 'nebula', item: `thing-${turn % 7}`, amount: [399, 499, 499, 599, 449][turn % 5] ?? 499 })
  })
}

export function profileAfter(observations: readonly Observation[], from: RiskProfile = newProfile): RiskProfile {
  return observations.reduce((profile, observation) => observe(profile, observation).profile, from)
}

const moment = fc.option(fc.integer({ min: mondayMs, max: mondayMs + 90 * dayMs }), { nil: null, freq: 8 })

const arbitraryPurchase = fc.record({
  type: fc.constant('purchase' as const),
  id: fc.string({ maxLength: 5 }),
  atMs: moment,
  minuteOfWeek: fc.integer({ min: 0, max: 10_079 }),
  seller: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('nebula', 'drift', 'pixel') }, fc.string()),
  item: fc.constantFrom('cape', 'gems', 'pass'),
  kind: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('item', 'bundle', 'pass') }, fc.string()),
  amount: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 5_000 }) }, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
  paidIn: fc.constantFrom('EUR', 'EUR', 'USD'),
  units: fc.constantFrom(1, 1, 100),
})

const arbitraryOther: fc.Arbitrary<Observation> = fc.oneof(
  fc.record({ type: fc.constantFrom('declined' as const, 'warned' as const, 'capReached' as const, 'newDevice' as const), atMs: moment }),
  fc.record({ type: fc.constantFrom('accessTried' as const, 'accessGranted' as const), atMs: moment, withCode: fc.boolean() }),
  fc.record({ type: fc.constant('feedback' as const), atMs: moment, purchaseId: fc.string({ maxLength: 5 }), answer: fc.constantFrom('me' as const, 'notMe' as const) }),
)

/** What could happen to a profile, in the order of time and now and then out of it. */
export const arbitraryObservations: fc.Arbitrary<Observation[]> = fc
  .tuple(fc.array(fc.oneof({ weight: 4, arbitrary: arbitraryPurchase }, { weight: 1, arbitrary: arbitraryOther }), { minLength: 1, maxLength: 60 }), fc.boolean())
  .map(([all, isInOrder]) => (isInOrder ? [...all].sort((one, other) => (one.atMs ?? 0) - (other.atMs ?? 0)) : all))
