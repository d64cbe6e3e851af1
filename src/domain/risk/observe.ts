/** The fold: what is remembered of a profile, and what its next observation does to it. */
import { assertNever } from '../assert-never.ts'
import type { AllWeights } from './harm.ts'
import { learnAmounts, learnHabits, learnPurchase } from './learn-purchase.ts'
import { shortName } from './known.ts'
import { rounded } from './numbers.ts'
import type { Observation, RiskPurchase } from './observation.ts'
import { marksSize, noSuspicion, type RiskProfile } from './profile.ts'
import { momentOf, readPurchase } from './read-purchase.ts'
import { type RiskScore, scoreReading } from './score-reading.ts'
import { weights } from './weights.ts'

export interface Observed {
  readonly profile: RiskProfile
  /** Of a purchase; null of all else. */
  readonly score: RiskScore | null
}

/** The profile after the observation. An observation dated before the newest counts at the newest. */
export function observe(profile: RiskProfile, observation: Observation, of: AllWeights = weights): Observed {
  if (observation.type !== 'purchase') return { profile: noted(profile, observation), score: null }
  const reading = readPurchase(profile, observation)
  const score = scoreReading(reading, profile.tolerance, of)
  return { profile: learnPurchase(profile, reading, score), score }
}

/** The score that a purchase would have, for before it is made. */
export function scorePurchase(profile: RiskProfile, purchase: RiskPurchase): RiskScore {
  return scoreReading(readPurchase(profile, purchase), profile.tolerance)
}

function noted(profile: RiskProfile, observation: Exclude<Observation, RiskPurchase>): RiskProfile {
  const atMs = momentOf(profile, observation.atMs)
  const at = { ...profile, newestMs: observation.atMs === null ? profile.newestMs : atMs, firstMs: profile.firstMs ?? atMs }
  switch (observation.type) {
    case 'declined':
      return { ...at, declines: withMark(at.declines, atMs) }
    case 'accessTried':
      return observation.withCode ? { ...at, wrongCodes: withMark(at.wrongCodes, atMs) } : { ...at, wrongPins: withMark(at.wrongPins, atMs) }
    case 'accessGranted':
      return observation.withCode ? { ...at, wrongCodes: at.wrongCodes.slice(0, -1) } : { ...at, wrongPins: at.wrongPins.slice(0, -1) }
    case 'warned':
      return { ...at, warnedMs: atMs }
    case 'capReached':
      return { ...at, cappedMs: atMs }
    case 'newDevice':
      return { ...at, deviceMs: atMs }
    case 'feedback':
      return observation.answer === 'me' ? taughtMe(at, observation.purchaseId) : taughtNotMe(at, observation.purchaseId, atMs)
    default:
      return assertNever(observation)
  }
}

const withMark = (marks: readonly number[], atMs: number) => [...marks, atMs].slice(-marksSize)

/** A sign keeps at least so much of its weight, whatever is answered: whoever sits at the device might be the stranger. */
const leastTolerance = 0.5
const tolerancePerAnswer = 0.8

/** The person says that it was them: what was held back is learned, and what spoke against it counts a little less from now on. */
function taughtMe(profile: RiskProfile, purchaseId: string): RiskProfile {
  const held = profile.held.find(({ id }) => id === shortName(purchaseId))
  if (!held) return profile
  const learnedAll = learnHabits(learnAmounts(profile, { purchase: held, unitAmount: held.unitAmount }, held.share), held, held.share)
  const tolerance = held.codes.reduce((all, code) => withFactor(all, code, tolerancePerAnswer), profile.tolerance)
  return { ...learnedAll, held: profile.held.filter((one) => one !== held), tolerance, suspicion: { ...noSuspicion, usualOdds: profile.suspicion.usualOdds }, alarmedMs: null }
}

/** Somebody else it was: nothing more of it is learned, all tolerance ends, and for some weeks less is enough. */
function taughtNotMe(profile: RiskProfile, purchaseId: string, atMs: number): RiskProfile {
  return { ...profile, held: profile.held.filter(({ id }) => id !== shortName(purchaseId)), tolerance: [], alarmedMs: atMs }
}

function withFactor(all: RiskProfile['tolerance'], code: string, factor: number): RiskProfile['tolerance'] {
  const before = all.find(([one]) => one === code)?.[1] ?? 1
  return [...all.filter(([one]) => one !== code), [code, rounded(Math.max(leastTolerance, before * factor))]]
}
