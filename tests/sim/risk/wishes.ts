/** What somebody wants to buy and when, before caps and the gateway have their say. */
import type { Observation } from '../../../src/domain/risk/observation.ts'
import type { Chance } from './chance.ts'
import { anySeller, days, type Habits, priceNear } from './habits.ts'

export const takeoverKinds = ['fast', 'slow', 'sibling'] as const
export const burstKinds = ['rush', 'creep', 'drip', 'chase'] as const
export type EpisodeKind = (typeof takeoverKinds)[number] | (typeof burstKinds)[number]

/** `lead`: the part of a burst that is not more than the person does anyway. */
export type Truth = 'own' | 'lead' | 'takeover' | 'burst'

export interface Wish {
  readonly atMs: number
  readonly truth: Truth
  readonly seller: string
  readonly kind: string
  readonly cents: number
  readonly currency: string
  /** What happens right before. */
  readonly before: readonly Observation[]
  readonly declined: number
}

export const startMs = Date.UTC(2026, 0, 5)
export const dayMs = 86_400_000
export const minuteMs = 60_000

/** What kinds a seller has, the same for everybody. */
export function kindAt(chance: Chance, seller: string): string {
  const number = Number(seller.slice('seller-'.length))
  return chance.weighted([
    ['item', 1 + (number % 3)],
    ['bundle', 1 + (number % 5)],
    ['pass', number % 4 === 0 ? 1 : 0.1],
  ])
}

export const wrongPins = (count: number): Observation[] => Array.from({ length: count }, () => ({ type: 'accessTried', atMs: null, withCode: false }))

export function ownSeller(chance: Chance, habits: Habits, day: number): string {
  const now = habits.sellers.filter(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
  return now.length === 0 ? anySeller(chance) : chance.weighted(now.map(({ name, weight }) => [name, weight] as const))
}

export function ownHour(chance: Chance, { peaks }: Habits): number {
  const [hour, deviation] = chance.weighted(peaks.map((peak) => [peak, peak[2]] as const))
  return (((chance.normal(hour, deviation) % 24) + 24) % 24)
}

/** Everything that the person buys in half a year when nothing is wrong. */
export function ownWishes(chance: Chance, habits: Habits): Wish[] {
  const wishes: Wish[] = []
  for (let day = 0; day < days; day += 1) {
    const special = habits.weeks.find(({ fromDay, toDay }) => fromDay <= day && day < toDay)
    const sittings = chance.count(habits.sittings * (habits.weekdays[day % 7] ?? 1) * (special?.rate ?? 1))
    for (let sitting = 0; sitting < sittings; sitting += 1) wishes.push(...sittingOf(chance, habits, day))
  }
  return wishes
}

/** Now and then there is a long one, of anybody. */
const longSitting = 0.02

export function sittingOf(chance: Chance, habits: Habits, day: number): Wish[] {
  const special = habits.weeks.find(({ fromDay, toDay }) => fromDay <= day && day < toDay)
  const size = 1 + chance.count((habits.perSitting - 1) * (chance.is(longSitting) ? 3 : 1) + (chance.is(longSitting) ? 2 : 0))
  const hour = ownHour(chance, habits) + (special?.hoursLater ?? 0)
  let atMs = startMs + day * dayMs + hour * 3_600_000
  const wishes: Wish[] = []
  for (let turn = 0; turn < size; turn += 1) {
    const last = wishes.at(-1)
    const isAgain = last !== undefined && chance.is(habits.again)
    const seller = chance.is(habits.browsing + (special?.browsing ?? 0)) ? anySeller(chance) : ownSeller(chance, habits, day)
    const fresh = { seller, kind: kindAt(chance, seller), cents: priceNear(chance, [habits.amount[0] + (special?.dearer ?? 0), habits.amount[1]]) }
    const what = isAgain ? { seller: last.seller, kind: last.kind, cents: last.cents } : fresh
    const before = chance.is(habits.wrongPin) ? slip(chance) : []
    wishes.push({ atMs, truth: 'own', ...what, currency: special?.currency ?? habits.currency, before, declined: chance.is(habits.declined) ? 1 : 0 })
    atMs += minuteMs * (0.5 + chance.wait(chance.is(0.7) ? 5 : 30))
  }
  return wishes
}

/** People who slip get it right in the end; some days it takes them several tries. */
function slip(chance: Chance): Observation[] {
  return [...wrongPins(chance.weighted([[1, 6], [2, 2], [3, 1]])), ...(chance.is(0.5) ? [{ type: 'accessGranted', atMs: null, withCode: false } as const] : [])]
}
