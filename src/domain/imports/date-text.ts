/** Days and times as files have them: ISO 8601, numbers in either order, and names of months. */
import { Temporal } from 'temporal-polyfill'
import { monthNamed } from './month-names.ts'

export type DateOrder = 'iso' | 'dayFirst' | 'monthFirst'

export interface ReadDate {
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string
  /** The day as the file has it, `2026-11-23`, in whatever zone. */
  readonly day: string
  readonly hasTime: boolean
}

/** Longer than any date with its time and zone; all patterns below look at no more than this. */
const longest = 60

const timePattern = /(?:^|[\sT,])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?(?:\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/iu

/** A reader of dates for one file. `zone` is the IANA zone of days without a time, which are noon there, and of times without a zone. */
export function dateReader(zone: string): (text: string, order: DateOrder) => ReadDate | null {
  const instantOf = instantsIn(zone)
  const read = (text: string, order: DateOrder): ReadDate | null => {
    const plain = plainly(text)
    const time = timePattern.exec(plain)
    const day = dayIn((time ? plain.slice(0, time.index) : plain).trim(), order)
    if (day === null) return null
    if (!time) return { at: new Date(instantOf(day, noon)).toISOString(), day, hasTime: false }
    const clock = clockOf(time)
    if (clock === null) return null
    const offset = offsetOf(time[6])
    const ms = offset === null ? instantOf(day, clock) : Date.parse(`${day}T00:00:00Z`) + clock - offset
    return { at: new Date(ms).toISOString(), day, hasTime: true }
  }
  // Files have many lines of a day, one behind the other.
  let last: { readonly text: string; readonly order: DateOrder; readonly date: ReadDate | null } | null = null
  const known = new Map<string, ReadDate | null>()
  return (text, order) => {
    if (text.length > longest) return null
    if (last?.text === text && last.order === order) return last.date
    const key = `${order} ${text}`
    let date = known.get(key)
    if (date === undefined) {
      date = read(text, order)
      if (known.size >= mostKnown) known.clear()
      known.set(key, date)
    }
    last = { text, order, date }
    return date
  }
}

/** So many dates are remembered, which is some years of days. */
const mostKnown = 5000

const minuteMs = 60_000
const dayMs = 1440 * minuteMs
const noon = dayMs / 2

function plainly(text: string): string {
  if (/^[!-~]+( [!-~]+)*$/.test(text)) return text
  return text
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .normalize('NFKC')
    .replaceAll(/(\d)\s*[年月]\s*/gu, '$1-')
    .replaceAll('日', ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** Milliseconds since midnight. */
function clockOf([, hour = '', minute = '', second = '0', fraction = '', half]: readonly (string | undefined)[]): number | null {
  const told = Number(hour)
  if (half !== undefined && (told < 1 || told > 12)) return null
  const hours = half === undefined ? told : (told % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return null
  return (hours * 60 + Number(minute)) * minuteMs + Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'))
}

/** Milliseconds east of Greenwich, or null where the text names no zone. */
function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs
}

/** `2026-11-23`, or null for what is no day of the calendar. */
function dayIn(text: string, order: DateOrder): string | null {
  const numbers = numbersIn(text)
  if (numbers) return day(...inOrder(numbers, order))
  const words = text.split(/[\s,./-]+/u).filter((word) => word !== '' && !/^(de|del|of|at|um|den|d')$/iu.test(word))
  const months = words.map(monthNamed)
  const named = months.find((month) => month !== null)
  const digits = words.flatMap((word) => (/^\d{1,4}(st|nd|rd|th|er|º|ª)?$/u.test(word) ? [word.replaceAll(/[^\d]/g, '')] : []))
  const year = digits.find((number) => number.length === 4)
  const dayOfMonth = digits.find((number) => number.length <= 2)
  if (named === undefined || year === undefined || dayOfMonth === undefined || digits.length !== 2) return null
  // What is left can only be the name of a day of the week.
  const others = words.length - 3
  return others > 1 || months.filter((month) => month !== null).length > 1 ? null : day(year, String(named), dayOfMonth)
}

/** In which order the numbers of a date must be, null where they do not tell or there are none. */
export function orderIn(text: string): DateOrder | null {
  if (text.length > longest) return null
  const plain = plainly(text)
  const time = timePattern.exec(plain)
  const [a = '', b = ''] = numbersIn((time ? plain.slice(0, time.index) : plain).trim()) ?? []
  if (a.length === 4) return 'iso'
  if (Number(a) > 12 && Number(b) <= 12) return 'dayFirst'
  return Number(b) > 12 && Number(a) <= 12 ? 'monthFirst' : null
}

/** The three numbers of a date as they stand there. */
function numbersIn(text: string): readonly [string, string, string] | null {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const apart = /^(\d{1,4})([./-] ?)(\d{1,2})\2(\d{1,4})\.?$/.exec(text)
  if (compact) return [compact[1] ?? '', compact[2] ?? '', compact[3] ?? '']
  return apart ? [apart[1] ?? '', apart[3] ?? '', apart[4] ?? ''] : null
}

type Ymd = readonly [year: string, month: string, day: string]

function inOrder([a, b, c]: readonly [string, string, string], order: DateOrder): Ymd {
  // Four digits can only be the year.
  if (a.length === 4) return [a, b, c]
  if (order === 'iso' && c.length !== 4) return [a, b, c]
  return order === 'monthFirst' ? [c, a, b] : [c, b, a]
}

function day(year: string, month: string, dayOfMonth: string): string | null {
  if (year.length !== 4 && year.length !== 2) return null
  // Nothing that is imported is of a century before.
  const text = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  return text.length === 10 && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null
}

/** The instant of a time on a day's clock. Whole days with one offset are remembered: to ask for it takes a hundred times as long. */
function instantsIn(zone: string): (day: string, clockMs: number) => number {
  const offsets = new Map<string, number | null>()
  return (text, clockMs) => {
    let offset = offsets.get(text)
    if (offset === undefined) {
      const start = Temporal.PlainDate.from(text)
      const [from, to] = [start.toZonedDateTime(zone), start.add({ days: 1 }).toZonedDateTime(zone)]
      offset = from.offsetNanoseconds === to.offsetNanoseconds && to.epochMilliseconds - from.epochMilliseconds === dayMs ? from.offsetNanoseconds / 1e6 : null
      offsets.set(text, offset)
    }
    if (offset !== null) return Date.parse(`${text}T00:00:00Z`) + clockMs - offset
    return Temporal.PlainDate.from(text).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from('00:00').add({ milliseconds: clockMs }) }).epochMilliseconds
  }
}
