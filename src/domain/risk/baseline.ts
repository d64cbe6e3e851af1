/**
 * An exponentially weighted mean and variance: what is usual, from a prior on. Source of the recurrence: T. Finch, "Incremental calculation of
 * weighted mean and variance", University of Cambridge, 2009, section 9.
 */
import { rounded } from './numbers.ts'

/** `weight` says how much was learned, the prior included. */
export type Baseline = readonly [mean: number, variance: number, weight: number]

/** After `memory` values older ones fade. `share` is how much of a value to learn, 0 to 1. */
export function learned([mean, variance, weight]: Baseline, value: number, share: number, memory: number): Baseline {
  if (share <= 0) return [mean, variance, weight]
  const after = Math.min(memory, weight + share)
  const alpha = share / (after + share)
  const distance = value - mean
  return [rounded(mean + alpha * distance), rounded((1 - alpha) * (variance + alpha * distance * distance)), rounded(after)]
}

/** How many standard deviations the value lies above what is usual; below 0 where it lies under it. */
export function deviation([mean, variance]: Baseline, value: number, leastDeviation: number): number {
  return (value - mean) / Math.max(leastDeviation, Math.sqrt(variance))
}
