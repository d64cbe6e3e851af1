/**
 * The same rules said once more, as simply as they can be: every purchase ever made is looked at each time, and dates are
 * what the platform's own formatter writes. Nothing here is shared with the rules under test.
 */
import type { Limit } from '../../src/domain/controls.ts'
import type { QuietHours } from '../../src/domain/quiet-hours.ts'

export interface Spent {
  readonly purchaseId: string
  /** Null where there were no members. */
  readonly memberId: string | null
  readonly sellerId: string
  readonly amount: number
  readonly atMs: number
  isReleased: boolean
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What a clock on the wall shows. */
function wall(atMs: number, zone: string) {
  const options = { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', options)
  formats.set(zone, format)
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = format.format(atMs).split(/\D+/).map(Number)
  const dayNumber = Date.UTC(year, month - 1, day) / 86_400_000
  // The first day of all was a Thursday.
  return { month: year * 12 + month, week: Math.floor((dayNumber + 3) / 7), day: dayNumber, weekday: ((dayNumber + 3) % 7) + 1, minute: hour * 60 + minute }
}

export function isQuietAt(hours: readonly QuietHours[], atMs: number, zone: string): boolean {
  const { weekday, minute } = wall(atMs, zone)
  const yesterday = weekday === 1 ? 7 : weekday - 1
  return hours.some(({ weekday: on, fromMinute, toMinute }) => {
    const isOvernight = toMinute <= fromMinute
    if (on === weekday && minute >= fromMinute && (isOvernight || minute < toMinute)) return true
    return isOvernight && on === yesterday && minute < toMinute
  })
}

/** What was spent, or may have been, in the same day, week or month as the instant. */
export function spentIn(all: readonly Spent[], { period, sellerId, memberId }: Limit, atMs: number, zone: string): number {
  if (period === 'purchase') return 0
  const now = wall(atMs, zone)[period]
  let sum = 0
  for (const { isReleased, sellerId: at, memberId: who, amount, atMs: when } of all) {
    if (memberId !== undefined && who !== memberId) continue
    if (!isReleased && (sellerId === null || at === sellerId) && wall(when, zone)[period] === now) sum += amount
  }
  return sum
}
