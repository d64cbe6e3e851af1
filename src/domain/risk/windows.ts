/** Sliding windows over the latest purchases. Whatever is later than the instant counts as at it: time never goes backwards. */
import { flag, type Recent } from './profile.ts'
import type { Windows } from './signs.ts'

const minute = 60_000
export const rushMinutes = 20
export const hourMs = 60 * minute
export const dayMs = 24 * hourMs
export const weekMs = 7 * dayMs

export function windowsAt(recent: readonly Recent[], [atMs, amount, currency, sign, flags]: Recent): Windows {
  let [inMinutes, inHour, inDay, inThreeDays, inWeek, same] = [1, 1, 1, 1, 1, 1]
  const has = (all: number, one: number) => ((all & one) === 0 ? 0 : 1)
  let [small, odd, oddHours, oddSellers] = [has(flags, flag.small), has(flags, flag.odd), has(flags, flag.oddHour), has(flags, flag.oddSeller)]
  let [days, oldestDay] = [1, 0]
  let [sumInDay, sumInWeek, smallSum] = [amount, amount, small ? amount : 0]
  for (let index = recent.length - 1; index >= 0; index -= 1) {
    const one = recent[index]
    if (!one || atMs - one[0] > weekMs) break
    const age = atMs - one[0]
    const isSame = one[2] === currency
    if (age <= rushMinutes * minute) inMinutes += 1
    if (age <= hourMs) inHour += 1
    if (age <= dayMs) {
      inDay += 1
      if (one[3] === sign) same += 1
      if (isSame) sumInDay += one[1]
    }
    if (age <= 3 * dayMs) inThreeDays += 1
    inWeek += 1
    const day = Math.min(6, Math.floor(age / dayMs))
    if (day > oldestDay) [days, oldestDay] = [days + 1, day]
    if (isSame) sumInWeek += one[1]
    odd += has(one[4], flag.odd)
    oddHours += has(one[4], flag.oddHour)
    oddSellers += has(one[4], flag.oddSeller)
    if (has(one[4], flag.small) === 0) continue
    small += 1
    if (isSame) smallSum += one[1]
  }
  return { inMinutes, inHour, inDay, inThreeDays, inWeek, days, sumInDay, sumInWeek, same, small, smallSum, odd, oddHours, oddSellers }
}

/** A number for a text, so that windows need not keep it. Source: FNV-1a, 32 bits, over UTF-16 code units. */
export function signOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
