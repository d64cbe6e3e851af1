/** What people are like in the simulation: made up, from no data about anybody. The model never sees any of this. */
import type { Chance } from './chance.ts'

export const householdKinds = ['steady', 'seasonal', 'binge', 'child', 'gifts', 'traveller'] as const
export type HouseholdKind = (typeof householdKinds)[number]

export interface Habits {
  readonly kind: HouseholdKind
  /** Sittings a day, on an average day. */
  readonly sittings: number
  /** Purchases in a sitting, on average; 1 at least. */
  readonly perSitting: number
  /** Hours of the day that they sit down at: middle, deviation, how often. */
  readonly peaks: readonly (readonly [hour: number, deviation: number, weight: number])[]
  /** From Monday. */
  readonly weekdays: readonly number[]
  /** Favourites, which change: from which day on, and how often. */
  readonly sellers: readonly { readonly name: string; readonly fromDay: number; readonly toDay: number; readonly weight: number }[]
  /** How often they buy at whichever seller they come across. */
  readonly browsing: number
  /** Of amounts in cents: mean and deviation of the logarithm. */
  readonly amount: readonly [mean: number, deviation: number]
  /** How often the next purchase of a sitting is the same once more. */
  readonly again: number
  readonly currency: string
  readonly wrongPin: number
  readonly declined: number
  /** A cap on a week in cents; null for none. */
  readonly cap: number | null
  readonly weeks: readonly SpecialWeek[]
}

/** Days on which they are not as usual, and all is well. */
export interface SpecialWeek {
  readonly fromDay: number
  readonly toDay: number
  readonly rate: number
  readonly browsing: number
  /** Added to the mean of the logarithm of amounts. */
  readonly dearer: number
  readonly currency: string | null
  readonly hoursLater: number
}

export const days = 180
const poolSize = 240
/** A few large sellers have many of the purchases, of everybody. */
const pool = Array.from({ length: poolSize }, (_, index) => [`seller-${index}`, 1 / (index + 5)] as const)
export const anySeller = (chance: Chance): string => chance.weighted(pool)

/** Children play other games than most grown-ups: the same sellers, of which others are large. 97 has no divisor in common with the size of the pool. */
const childrensPool = pool.map(([, weight], index) => [`seller-${(index * 97 + 60) % poolSize}`, weight] as const)
export const childrensSeller = (chance: Chance): string => chance.weighted(childrensPool)

const pricePoints = [29, 49, 79, 99, 149, 199, 249, 299, 399, 499, 599, 799, 999, 1299, 1499, 1999, 2499, 2999, 3999, 4999, 5999, 7999, 9999] as const

/** A price as shops have them, near the one that is drawn. */
export function priceNear(chance: Chance, [mean, deviation]: readonly [number, number]): number {
  const wish = Math.exp(chance.normal(mean, deviation))
  return pricePoints.reduce((best, point) => (Math.abs(Math.log(point / wish)) < Math.abs(Math.log(best / wish)) ? point : best))
}

export function drawHabits(chance: Chance, kind: HouseholdKind): Habits {
  const isChild = kind === 'child'
  const perSitting = kind === 'binge' ? chance.real(3, 6) : chance.real(1, 1.9)
  const sittings = kind === 'binge' ? chance.real(0.06, 0.15) : chance.real(0.15, 0.7)
  const amount = [Math.log(isChild ? chance.real(99, 349) : chance.real(199, 1299)), chance.real(0.35, 0.8)] as const
  const weekly = sittings * perSitting * 7 * Math.exp(amount[0] + amount[1] ** 2 / 2)
  return {
    kind,
    sittings,
    perSitting,
    amount,
    peaks: peaksOf(chance, isChild),
    weekdays: Array.from({ length: 7 }, (_, day) => (day >= 4 ? chance.real(0.8, 2) : chance.real(0.4, 1.2))),
    sellers: favourites(chance, isChild ? 3 : 6, isChild ? childrensSeller : anySeller),
    browsing: chance.real(0.02, isChild ? 0.08 : 0.18),
    again: chance.real(0.02, 0.3),
    currency: chance.weighted([
      ['EUR', 6],
      ['GBP', 2],
      ['JPY', 1],
    ]),
    wrongPin: chance.real(0.005, isChild ? 0.08 : 0.04),
    declined: chance.real(0.002, 0.03),
    cap: chance.is(isChild ? 0.8 : 0.35) ? weekly * chance.real(1.4, 4) : null,
    weeks: specialWeeks(chance, kind),
  }
}

function peaksOf(chance: Chance, isChild: boolean): Habits['peaks'] {
  const evening = [chance.real(18.5, 22.5), chance.real(0.8, 2), 3] as const
  if (isChild) return [[chance.real(14.5, 17), chance.real(0.8, 1.6), 3], [chance.real(18, 20), 1, 1], [12, 6, 0.2]]
  return [evening, [chance.real(7, 14), chance.real(0.7, 2), chance.real(0.2, 1.5)], [15, 7, 0.4]]
}

/** Every few weeks somebody finds a new game and leaves an old one. */
function favourites(chance: Chance, most: number, seller: typeof anySeller): Habits['sellers'] {
  const first = Array.from({ length: chance.whole(2, most) }, () => ({ name: seller(chance), fromDay: 0, toDay: chance.is(0.7) ? days : chance.whole(30, days), weight: chance.real(0.5, 3) }))
  const later = Array.from({ length: chance.count(days / 70) }, () => ({ name: seller(chance), fromDay: chance.whole(5, days), toDay: days, weight: chance.real(0.5, 4) }))
  return [...first, ...later]
}

const ordinary = { rate: 1, browsing: 0, dearer: 0, currency: null, hoursLater: 0 } as const

function specialWeeks(chance: Chance, kind: HouseholdKind): SpecialWeek[] {
  const week = (length: number, change: Partial<SpecialWeek>): SpecialWeek => {
    const fromDay = chance.whole(10, days - length)
    return { ...ordinary, ...change, fromDay, toDay: fromDay + length }
  }
  // Holidays, a sick day, a new game: everybody has some.
  const some = Array.from({ length: chance.count(2) }, () => week(chance.whole(1, 5), { rate: chance.real(1.3, 3), hoursLater: chance.real(-3, 3) }))
  switch (kind) {
    case 'seasonal':
      return [...some, ...[1, 2].map(() => week(chance.whole(7, 16), { rate: chance.real(2, 4), browsing: 0.2, dearer: -0.3 }))]
    case 'gifts':
      return [...some, ...[1, 2].map(() => week(chance.whole(4, 8), { rate: chance.real(2, 4), browsing: 0.45, dearer: chance.real(0.5, 1.2) }))]
    case 'traveller':
      return [...some, ...[1, 2].map(() => week(chance.whole(5, 12), { rate: chance.real(0.6, 1.4), browsing: 0.25, currency: chance.pick(['USD', 'CHF', 'GBP']), hoursLater: chance.real(-9, 9) }))]
    default:
      return some
  }
}
