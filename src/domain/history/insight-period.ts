/** The weeks, months and years that insight is about: by the calendar, weeks from Monday (ISO 8601). Days are texts such as `2026-10-03`. */
import { Temporal } from 'temporal-polyfill'

export const insightUnits = ['week', 'month', 'year'] as const
export type InsightUnit = (typeof insightUnits)[number]

/** Both days are included. */
export interface Days {
  readonly from: string
  readonly to: string
}

const lengthOf = { week: { weeks: 1 }, month: { months: 1 }, year: { years: 1 } } as const

/** The week, month or year that the day lies in. Throws RangeError for no such day. */
export function periodAround(unit: InsightUnit, day: string): Days {
  const date = Temporal.PlainDate.from(day)
  const first =
    unit === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : unit === 'month' ? date.with({ day: 1 }) : date.with({ month: 1, day: 1 })
  return { from: first.toString(), to: first.add(lengthOf[unit]).subtract({ days: 1 }).toString() }
}

/** The one before that of the day. */
export function periodBefore(unit: InsightUnit, day: string): Days {
  return periodAround(unit, Temporal.PlainDate.from(periodAround(unit, day).from).subtract({ days: 1 }).toString())
}

/**
 * As much of the period before as has passed of this one, so that a month that has just begun is not held against a whole one: by the 10th,
 * the first ten days. All of it once this one is over, or has more days than that one had.
 */
export function beforeSoFar(unit: InsightUnit, day: string, today: string): Days {
  const [now, before] = [periodAround(unit, day), periodBefore(unit, day)]
  if (today > now.to || today < now.from) return before
  const passed = Temporal.PlainDate.from(now.from).until(today, { largestUnit: 'day' }).days
  const to = Temporal.PlainDate.from(before.from).add({ days: passed }).toString()
  return { from: before.from, to: to < before.to ? to : before.to }
}

/** What a chart has a bar for: the days of a week or month, the months of a year (`2026-10`). In order, with those without any spending. */
export function bucketsOf(unit: InsightUnit, { from, to }: Days): string[] {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(to)]
  if (unit === 'year') return Array.from({ length: 12 }, (_, index) => first.add({ months: index }).toString().slice(0, 7))
  const days = first.until(last, { largestUnit: 'day' }).days + 1
  return Array.from({ length: days }, (_, index) => first.add({ days: index }).toString())
}
