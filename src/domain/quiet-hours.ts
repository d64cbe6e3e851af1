/** Hours in which nothing is bought, by the local clock: what is quiet, until when, and whether other hours leave a gap. */
import { clockChangeWithin, minuteOfWeek, minutesPerDay, minutesPerWeek } from './calendar.ts'

/**
 * On one weekday (1 is Monday, as in ISO 8601) from one minute of the day up to another. Where `toMinute` is not after
 * `fromMinute`, the hours end on the next day.
 */
export interface QuietHours {
  readonly weekday: number
  readonly fromMinute: number
  readonly toMinute: number
}

/** For each minute of the week whether it is quiet. */
function minutesOf(hours: readonly QuietHours[]): Uint8Array {
  const quiet = new Uint8Array(minutesPerWeek)
  for (const { weekday, fromMinute, toMinute } of hours) {
    const start = (weekday - 1) * minutesPerDay + fromMinute
    const length = toMinute > fromMinute ? toMinute - fromMinute : toMinute - fromMinute + minutesPerDay
    for (let minute = start; minute < start + length; minute++) quiet[minute % minutesPerWeek] = 1
  }
  return quiet
}

/**
 * When the quiet hours that the instant lies in are over, in milliseconds since the epoch, or null outside of them. Hours
 * that touch are one; where all of the week is quiet, a week later. The clocks may be changed on the way: that skips hours
 * or brings some again.
 */
export function quietUntil(hours: readonly QuietHours[], atMs: number, zone: string): number | null {
  if (hours.length === 0) return null
  const quiet = minutesOf(hours)
  const isQuiet = (instantMs: number) => quiet[minuteOfWeek(instantMs, zone)] === 1
  if (!isQuiet(atMs)) return null
  for (let startMs = Math.floor(atMs / minuteMs) * minuteMs; ; ) {
    const endMs = startMs + quietMinutes(quiet, minuteOfWeek(startMs, zone)) * minuteMs
    const changeMs = clockChangeWithin({ startMs, endMs }, zone)
    if (changeMs === null) return endMs
    if (!isQuiet(changeMs)) return changeMs
    startMs = changeMs
  }
}

const minuteMs = 60_000

/** How many minutes from that minute of the week on are quiet in a row; a week at most. */
function quietMinutes(quiet: Uint8Array, from: number): number {
  let length = 1
  while (length < minutesPerWeek && quiet[(from + length) % minutesPerWeek]) length += 1
  return length
}

/** Whether some minute that was quiet no longer is: that gives more time to buy. */
export function leavesGap(before: readonly QuietHours[], after: readonly QuietHours[]): boolean {
  if (before.length === 0) return false
  const [old, next] = [minutesOf(before), minutesOf(after)]
  return old.some((isQuiet, minute) => isQuiet === 1 && next[minute] === 0)
}

/** The hours in which it is quiet by one or the other: each stretch once, and those of a day or longer in halves of a day. */
export function joined(one: readonly QuietHours[], other: readonly QuietHours[]): QuietHours[] {
  const quiet = minutesOf([...one, ...other])
  // From the first loud minute on, so that no stretch is cut in two where the week begins.
  const first = Math.max(quiet.indexOf(0), 0)
  const hours: QuietHours[] = []
  for (let at = 0; at < minutesPerWeek; ) {
    let length = 0
    while (at + length < minutesPerWeek && quiet[(first + at + length) % minutesPerWeek]) length += 1
    hours.push(...stretch((first + at) % minutesPerWeek, length))
    at += length + 1
  }
  return hours
}

function stretch(start: number, length: number): QuietHours[] {
  const most = length < minutesPerDay ? length : minutesPerDay / 2
  const hours: QuietHours[] = []
  for (let done = 0; done < length; done += most) {
    const from = (start + done) % minutesPerWeek
    const fromMinute = from % minutesPerDay
    const toMinute = (fromMinute + Math.min(most, length - done)) % minutesPerDay
    hours.push({ weekday: Math.floor(from / minutesPerDay) + 1, fromMinute, toMinute })
  }
  return hours
}
