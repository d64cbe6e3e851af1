/**
 * Days, weeks and months as the calendar on the wall has them: in an IANA time zone (RFC 6557), weeks from Monday (ISO 8601).
 * A day has 23 or 25 hours where the clocks are changed. All instants are milliseconds since the epoch.
 */
import { Temporal } from 'temporal-polyfill'

export type Period = 'day' | 'week' | 'month'

/** From `startMs` up to, and not including, `endMs`. */
export interface Span {
  readonly startMs: number
  readonly endMs: number
}

/**
 * Whether the name is a time zone of the IANA database that calendars are made with here. Bare offsets such as `+01:00` are
 * not, since they know no summer time, nor are the old abbreviations (`IST`), of which nobody knows which place they mean.
 */
export function isZone(zone: string): boolean {
  try {
    return /^[A-Z]/i.test(zone) && local(0, zone).timeZoneId !== ''
  } catch {
    return false
  }
}

function local(atMs: number, zone: string): Temporal.ZonedDateTime {
  // A clock that is carried on by a monotonic one tells parts of milliseconds.
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(zone)
}

/** The calendar day, ISO week or calendar month that the instant lies in. Throws RangeError on an unknown zone. */
export function spanOf(period: Period, atMs: number, zone: string): Span {
  const today = local(atMs, zone).toPlainDate()
  const first = firstDay(period, today)
  return { startMs: startOfDay(first, zone), endMs: startOfDay(first.add(lengthOf[period]), zone) }
}

const lengthOf = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 } } as const satisfies Record<Period, object>

function firstDay(period: Period, day: Temporal.PlainDate): Temporal.PlainDate {
  if (period === 'day') return day
  return period === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 })
}

/** A day begins at midnight, or at the first moment after it where the clocks skip midnight. */
function startOfDay(day: Temporal.PlainDate, zone: string): number {
  return day.toZonedDateTime(zone).epochMilliseconds
}

/** Minutes since Monday 00:00 on the local clock, 0 to 10,079. */
export function minuteOfWeek(atMs: number, zone: string): number {
  const { dayOfWeek, hour, minute } = local(atMs, zone)
  return (dayOfWeek - 1) * minutesPerDay + hour * 60 + minute
}

export const minutesPerDay = 1440
export const minutesPerWeek = 7 * minutesPerDay

/** When the clocks are changed next, where they show another offset at the end of the time than at its start; else null. */
export function clockChangeWithin({ startMs, endMs }: Span, zone: string): number | null {
  const start = local(startMs, zone)
  if (start.offsetNanoseconds === local(endMs, zone).offsetNanoseconds) return null
  return start.getTimeZoneTransition('next')?.epochMilliseconds ?? null
}

/** The instant plus calendar days, months or years, counted in UTC. */
export function addCalendar(atMs: number, duration: { readonly days?: number; readonly months?: number; readonly years?: number }): number {
  return local(atMs, 'UTC').add(duration).epochMilliseconds
}
