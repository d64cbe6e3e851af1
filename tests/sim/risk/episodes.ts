/** What goes wrong in some households: somebody else spends, or the person spends in a way that they may regret. */
import type { Observation } from '../../../src/domain/risk/observation.ts'
import type { Chance } from './chance.ts'
import { anySeller, childrensSeller, type Habits, priceNear } from './habits.ts'
import { type burstKinds, dayMs, kindAt, minuteMs, ownHour, ownSeller, startMs, type takeoverKinds, type Truth, type Wish, wrongPins } from './wishes.ts'

type TakeoverKind = (typeof takeoverKinds)[number]
type BurstKind = (typeof burstKinds)[number]

/** Purchases of somebody else, beginning on that day. */
export function takeoverWishes(chance: Chance, habits: Habits, kind: TakeoverKind, day: number): Wish[] {
  switch (kind) {
    case 'fast':
      return fast(chance, habits, day)
    case 'slow':
      return slow(chance, habits, day)
    case 'sibling':
      return sibling(chance, habits, day)
  }
}

/** They try PINs first, or come by a device of their own, or neither. */
function entry(chance: Chance, pins: number, device: number): Observation[] {
  return [...(chance.is(pins) ? wrongPins(chance.whole(1, 3)) : []), ...(chance.is(device) ? [{ type: 'newDevice', atMs: null } as const] : [])]
}

interface Buying {
  readonly atMs: number
  readonly seller: string
  readonly cents: number
}

const wish = (chance: Chance, habits: Habits, truth: Truth, { atMs, seller, cents }: Buying, before: readonly Observation[] = [], declined = 0): Wish => ({
  ...{ atMs, truth, seller, cents, before, declined },
  kind: kindAt(chance, seller),
  currency: habits.currency,
})

/** A stranger empties it: within hours, at whatever time of day it is where they are. One in four keeps to amounts like the person's. */
function fast(chance: Chance, habits: Habits, day: number): Wish[] {
  const isMimic = chance.is(0.25)
  const amount = isMimic ? habits.amount : ([Math.log(chance.real(1200, 5000)), 0.7] as const)
  const tests = chance.is(0.3) ? chance.whole(1, 2) : 0
  let atMs = startMs + day * dayMs + chance.real(0, 24) * 60 * minuteMs
  return Array.from({ length: chance.whole(3, 15) }, (_, turn) => {
    const seller = chance.is(0.35) ? ownSeller(chance, habits, day) : anySeller(chance)
    const cents = turn < tests ? chance.pick([49, 99]) : priceNear(chance, amount)
    atMs += minuteMs * (0.5 + chance.wait(chance.real(3, 20)))
    return wish(chance, habits, 'takeover', { atMs, seller, cents }, turn === 0 ? entry(chance, 0.45, 0.5) : [], chance.is(0.15) ? chance.whole(1, 2) : 0)
  })
}

/**
 * A stranger who has time: one or two a day, somewhat dearer, at hours of their own. One in four knows the person's hours and sellers, and keeps to
 * them more often than not.
 */
function slow(chance: Chance, habits: Habits, day: number): Wish[] {
  const [dearer, rate, knows] = [chance.real(0.3, 1.3), chance.real(0.7, 1.8), chance.is(0.25) ? 0.6 : 0.2]
  const evening = chance.real(17, 23)
  const wishes: Wish[] = []
  for (let on = day; on < day + chance.whole(6, 14); on += 1) {
    for (let left = wishes.length === 0 ? 1 : chance.count(rate); left > 0; left -= 1) {
      const hour = chance.is(knows) ? ownHour(chance, habits) : chance.is(0.4) ? chance.normal(evening, 2) : chance.real(0, 24)
      const seller = chance.is(knows) ? ownSeller(chance, habits, on) : anySeller(chance)
      const cents = priceNear(chance, [habits.amount[0] + dearer, habits.amount[1]])
      wishes.push(wish(chance, habits, 'takeover', { atMs: startMs + on * dayMs + hour * 3_600_000, seller, cents }, wishes.length === 0 ? entry(chance, 0.25, 0.4) : [], chance.is(0.06) ? 1 : 0))
    }
  }
  return wishes
}

/** A child of the house with the profile of somebody grown up, or an older one's: their games, their hours, their amounts; no new device. */
function sibling(chance: Chance, habits: Habits, day: number): Wish[] {
  const games = Array.from({ length: chance.whole(1, 2) }, () => (chance.is(0.2) ? ownSeller(chance, habits, day) : childrensSeller(chance)))
  const [amount, middle] = [[Math.log(chance.real(99, 499)), 0.5] as const, chance.real(13.5, 17.5)]
  const wishes: Wish[] = []
  for (let on = day; on < day + chance.whole(2, 10); on += 1) {
    if (wishes.length > 0 && chance.is(0.35)) continue
    let atMs = startMs + on * dayMs + chance.normal(middle, 1.3) * 3_600_000
    for (let left = chance.whole(1, 4); left > 0; left -= 1) {
      wishes.push(wish(chance, habits, 'takeover', { atMs, seller: chance.pick(games), cents: priceNear(chance, amount) }, wishes.length === 0 ? entry(chance, 0.5, 0) : [], chance.is(0.04) ? 1 : 0))
      atMs += minuteMs * (0.5 + chance.wait(6))
    }
  }
  return wishes
}

/** A burst of the person's own, beginning on that day. */
export function burstWishes(chance: Chance, habits: Habits, usual: Usual, kind: BurstKind, day: number): Wish[] {
  switch (kind) {
    case 'rush':
      return sitting(chance, habits, usual, day, [])
    case 'chase':
      return sitting(chance, habits, usual, day, [chance.is(0.5) ? { type: 'capReached', atMs: null } : { type: 'warned', atMs: null }])
    case 'creep':
      return creep(chance, habits, usual, day)
    case 'drip':
      return drip(chance, habits, day)
  }
}

/** How much the person does anyway: what nine in ten of their sittings and weeks hold at most, and an average week. */
export interface Usual {
  readonly sitting: number
  readonly fullWeek: number
  readonly week: number
}

/** One thing after the other, after hours as well; who chases goes up in price. What they do anyway is no burst yet. */
function sitting(chance: Chance, habits: Habits, usual: Usual, day: number, before: readonly Observation[]): Wish[] {
  const isChase = before.length > 0
  const lead = isChase ? 0 : usual.sitting
  const [more, pause, hour] = [chance.whole(5, 16), chance.real(2, 9), ownHour(chance, habits) + chance.real(0, 3)]
  const amount = [habits.amount[0], habits.amount[1]] as const
  let atMs = startMs + day * dayMs + hour * 3_600_000
  return Array.from({ length: lead + more }, (_, turn) => {
    const dearer = isChase ? 0.08 * turn : 0
    const buying = { atMs, seller: ownSeller(chance, habits, day), cents: priceNear(chance, [amount[0] + dearer, amount[1]]) }
    atMs += minuteMs * (0.3 + chance.wait(pause))
    return wish(chance, habits, turn < lead ? 'lead' : 'burst', buying, turn === 0 ? before : [], chance.is(habits.declined) ? 1 : 0)
  })
}

/** A little more every day: what comes on top of the usual. As much more as there is in full weeks anyway is no burst yet. */
function creep(chance: Chance, habits: Habits, usual: Usual, day: number): Wish[] {
  const growth = chance.real(1.15, 1.5)
  let rate = chance.real(1, 2)
  const wishes: Wish[] = []
  for (let on = day; on < day + chance.whole(6, 11); on += 1, rate *= growth) {
    for (let left = chance.count(rate); left > 0; left -= 1) {
      const seller = ownSeller(chance, habits, on)
      wishes.push(wish(chance, habits, 'burst', { atMs: startMs + on * dayMs + ownHour(chance, habits) * 3_600_000, seller, cents: priceNear(chance, habits.amount) }))
    }
  }
  const lead = Math.ceil(usual.fullWeek - usual.week)
  return wishes.sort((one, other) => one.atMs - other.atMs).map((one, turn) => (turn < lead ? { ...one, truth: 'lead' } : one))
}

/** Many tiny charges at one seller, on several days: nobody adds them up. */
function drip(chance: Chance, habits: Habits, day: number): Wish[] {
  const [seller, cents, pause] = [ownSeller(chance, habits, day), chance.pick([29, 49, 79, 99]), chance.real(8, 50)]
  const wishes: Wish[] = []
  for (let on = day; on < day + chance.whole(2, 5); on += 1) {
    let atMs = startMs + on * dayMs + chance.real(9, 18) * 3_600_000
    for (let left = chance.whole(4, 14); left > 0; left -= 1) {
      wishes.push(wish(chance, habits, 'burst', { atMs, seller, cents }))
      atMs += minuteMs * (0.5 + chance.wait(pause))
    }
  }
  return wishes
}
