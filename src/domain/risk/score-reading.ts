/** From signs to one probability for each harm, with the reasons that it was worked out from. */
import { type AllWeights, type Harm, harms, type Weights } from './harm.ts'
import { sigmoid } from './numbers.ts'
import type { Reading, Sign, Signal, SignCode } from './signs.ts'
import { weights } from './weights.ts'

/** A sign that raised the score: without it the probability would be lower by `effect`. */
export interface Reason {
  readonly harm: Harm
  readonly effect: number
  readonly sign: Sign
}

export interface RiskScore {
  /** The probability that somebody else is spending, 0 to 1. */
  readonly takeover: number
  /** The probability that it is a burst: spending that the person may regret. */
  readonly burst: number
  /** Of both harms, the greatest effect first. */
  readonly reasons: readonly Reason[]
}

/** How much of each sign of a takeover counts, by its code; 1 where it is not there. */
export type Tolerance = readonly (readonly [code: string, factor: number])[]

const mostReasons = 4
const leastEffect = 0.01

export function scoreReading({ signals }: Pick<Reading, 'signals'>, tolerance: Tolerance, of: AllWeights = weights): RiskScore {
  const strengths = { takeover: strengthsOf(signals, tolerance), burst: strengthsOf(signals, []) }
  const reasons = harms.flatMap((harm) => reasonsFor(harm, of[harm], signals, strengths[harm])).sort((one, other) => other.effect - one.effect)
  return { takeover: probability(of.takeover, strengths.takeover), burst: probability(of.burst, strengths.burst), reasons: reasons.slice(0, mostReasons) }
}

type Strengths = ReadonlyMap<SignCode, number>

function strengthsOf(signals: readonly Signal[], tolerance: Tolerance): Strengths {
  return new Map(signals.map(({ code, strength }) => [code, strength * (tolerance.find(([one]) => one === code)?.[1] ?? 1)]))
}

/** Without the sign `left`, if one is named: as if it had no strength, alone and in pairs. */
function logOdds({ bias, signs, pairs }: Weights, strengths: Strengths, left?: SignCode): number {
  const of = (code: SignCode) => (code === left ? 0 : (strengths.get(code) ?? 0))
  let sum = bias
  for (const [code, weight] of signs) sum += weight * of(code)
  for (const [one, other, weight] of pairs) sum += weight * of(one) * of(other)
  return sum
}

const probability = (of: Weights, strengths: Strengths, left?: SignCode): number => sigmoid(logOdds(of, strengths, left))

function reasonsFor(harm: Harm, of: Weights, signals: readonly Signal[], strengths: Strengths): Reason[] {
  const whole = probability(of, strengths)
  if (whole < leastEffect) return []
  return signals.flatMap(({ strength, ...sign }) => {
    const effect = strength > 0 ? whole - probability(of, strengths, sign.code) : 0
    return effect >= leastEffect ? [{ harm, effect, sign }] : []
  })
}

