/** Draws for the simulated households, the same for the same seed. */
import { seededRandom } from '../../crash/random.ts'

export interface Chance {
  /** From 0 up to 1. */
  share(): number
  is(probability: number): boolean
  whole(low: number, high: number): number
  real(low: number, high: number): number
  normal(mean: number, deviation: number): number
  /** With this mean, above 0. */
  wait(mean: number): number
  count(mean: number): number
  pick<T>(items: readonly T[]): T
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T
}

export function createChance(seed: number): Chance {
  const random = seededRandom(seed)
  const share = () => random.below(2 ** 32) / 2 ** 32
  const real = (low: number, high: number) => low + (high - low) * share()
  const wait = (mean: number) => -mean * Math.log(1 - share())
  return {
    share,
    is: (probability) => share() < probability,
    whole: (low, high) => low + Math.floor(share() * (high - low + 1)),
    real,
    // Source: Box and Muller, Annals of Mathematical Statistics 29, 1958.
    normal: (mean, deviation) => mean + deviation * Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    wait,
    count(mean) {
      const least = Math.exp(-mean)
      let events = -1
      for (let product = 1; product > least; events += 1) product *= share()
      return events
    },
    pick: random.pick,
    weighted(items) {
      let left = share() * items.reduce((sum, [, weight]) => sum + weight, 0)
      const found = items.find(([, weight]) => (left -= weight) < 0) ?? items.at(-1)
      if (!found) throw new RangeError('nothing to draw from')
      return found[0]
    },
  }
}
