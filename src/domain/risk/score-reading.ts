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
  const [takeover, burst] = [weighed(of.takeover, signals, tolerance), weighed(of.burst, signals, [])]
  const sums = { takeover, burst }
  const reasons = harms.flatMap((harm) => reasonsFor(harm, sums[harm], signals))
  if (reasons.length > 1) reasons.sort((one, other) => other.effect - one.effect)
  return { takeover: sigmoid(takeover.logOdds), burst: sigmoid(burst.logOdds), reasons: reasons.slice(0, mostReasons) }
}

interface Sum {
  readonly logOdds: number
  /** How much lower the log odds would be without the sign, alone and in pairs. */
  readonly parts: ReadonlyMap<SignCode, number>
}

function weighed({ bias, signs, pairs }: Weights, signals: readonly Signal[], tolerance: Tolerance): Sum {
  const strengths = new Map<SignCode, number>()
  for (const { sign, strength } of signals) if (strength > 0) strengths.set(sign.code, strength * toleratedOf(tolerance, sign.code))
  const parts = new Map<SignCode, number>()
  const count = (code: SignCode, part: number) => void parts.set(code, (parts.get(code) ?? 0) + part)
  let logOdds = bias
  for (const [code, weight] of signs) {
    const part = weight * (strengths.get(code) ?? 0)
    if (part === 0) continue
    logOdds += part
    count(code, part)
  }
  for (const [one, other, weight] of pairs) {
    const part = weight * (strengths.get(one) ?? 0) * (strengths.get(other) ?? 0)
    if (part === 0) continue
    logOdds += part
    count(one, part)
    count(other, part)
  }
  return { logOdds, parts }
}

const toleratedOf = (tolerance: Tolerance, code: SignCode): number => (tolerance.length === 0 ? 1 : (tolerance.find(([one]) => one === code)?.[1] ?? 1))

function reasonsFor(harm: Harm, { logOdds, parts }: Sum, signals: readonly Signal[]): Reason[] {
  const whole = sigmoid(logOdds)
  if (whole < leastEffect) return []
  const reasons: Reason[] = []
  for (const { sign } of signals) {
    const part = parts.get(sign.code)
    const effect = part === undefined ? 0 : whole - sigmoid(logOdds - part)
    if (effect >= leastEffect) reasons.push({ harm, effect, sign })
  }
  return reasons
}
