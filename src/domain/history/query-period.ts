/** Periods as people type them: `2026`, `2026-10`, `3.10.2026`, `oct 2026`, `letzte Woche`, `2026-10-01..2026-10-15`. */
import { Temporal } from 'temporal-polyfill'
import { startOfDay } from '../export/export-text.ts'
import { notUnderstood, type QueryContext, type QueryPart } from './query-part.ts'

/** Days, both included. */
interface Days {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** `noSuch` is what looks like a period and is none: the thirtieth of February. */
type Found = Days | 'noSuch' | null

/** The folded text as a period; null where it is none. */
export function readPeriod(text: string, context: QueryContext): QueryPart | null {
  const today = Temporal.PlainDate.from(context.todayDay)
  const found = rangeIn(text, today) ?? daysIn(text, today)
  if (found === null) return null
  if (found === 'noSuch') return notUnderstood('noPeriod')
  const [from, to] = [found.from.toString(), found.to.toString()]
  return {
    means: { kind: 'period', from, to },
    asks: { from: startOfDay(from, context.zone), before: startOfDay(to, context.zone, 1) },
  }
}

function rangeIn(text: string, today: Temporal.PlainDate): Found {
  const [, left, sign = '', right] = /^(.*?)( ?\.{2,3} ?| ?– ?| - | to | bis )(.*)$/su.exec(text) ?? []
  if (left === undefined || right === undefined || (left === '' && right === '')) return null
  const isOpen = sign.includes('..')
  const one = left === '' && isOpen ? earliest : daysIn(left, today)
  const other = right === '' && isOpen ? { from: today, to: today } : daysIn(right, today)
  if (one === null || other === null) return null
  if (one === 'noSuch' || other === 'noSuch') return 'noSuch'
  const isInOrder = Temporal.PlainDate.compare(one.from, other.from) <= 0
  return isInOrder ? { from: one.from, to: other.to } : { from: other.from, to: one.to }
}

function daysIn(text: string, today: Temporal.PlainDate): Found {
  return named(text, today) ?? numbered(text, today) ?? withMonthName(text)
}

const units: Readonly<Record<string, 'week' | 'month' | 'year'>> = {
  ...{ week: 'week', woche: 'week', month: 'month', monat: 'month', year: 'year', jahr: 'year' },
}

function named(text: string, today: Temporal.PlainDate): Days | null {
  if (text === 'today' || text === 'heute') return { from: today, to: today }
  const yesterday = today.subtract({ days: 1 })
  if (text === 'yesterday' || text === 'gestern') return { from: yesterday, to: yesterday }
  const days = /^(?:last|letzten?) (\d{1,4}) (?:days|tagen?)$/.exec(text)?.[1]
  if (days !== undefined && Number(days) > 0) return { from: today.subtract({ days: Number(days) - 1 }), to: today }
  const [, which = '', name = ''] = /^(this|diese[mnrs]?|last|letzte[mnrs]?|vorige[mnrs]?) ([a-z]+)$/.exec(text) ?? []
  const unit = Object.hasOwn(units, name) ? units[name] : undefined
  if (!unit) return null
  const from = first(today, unit)
  return /^this|^diese/.test(which) ? whole(from, unit) : whole(from.subtract({ [`${unit}s`]: 1 }), unit)
}

function first(day: Temporal.PlainDate, unit: 'week' | 'month' | 'year'): Temporal.PlainDate {
  if (unit === 'week') return day.subtract({ days: day.dayOfWeek - 1 })
  return unit === 'month' ? day.with({ day: 1 }) : day.with({ month: 1, day: 1 })
}

function whole(from: Temporal.PlainDate, unit: 'week' | 'month' | 'year'): Days {
  return { from, to: from.add({ [`${unit}s`]: 1 }).subtract({ days: 1 }) }
}

/** A year alone, up to the next one. There were no stores to import from before that; other numbers are as likely part of a name. */
const firstYear = 1990
/** Where it is not said from when on. */
const earliest: Days = whole(Temporal.PlainDate.from({ year: firstYear, month: 1, day: 1 }), 'year')
/** With a month beside it fewer are anything else. */
const [firstDated, lastDated] = [1970, 2099]

function numbered(text: string, today: Temporal.PlainDate): Found {
  if (/^\d{4}$/.test(text)) return Number(text) >= firstYear && Number(text) <= today.year + 1 ? dated(text, '', '') : null
  const [, year = '', , month = '', day = ''] = /^(\d{4})([-/]|\.(?=\d+\.))(\d{1,2})(?:\2(\d{1,2}))?$/.exec(text) ?? []
  if (year !== '') return dated(year, month, day)
  const [, dayFirst = '', monthNext = '', yearLast = ''] = /^(?:(\d{1,2})\.)?(\d{1,2})[./](\d{4})$/.exec(text) ?? []
  if (yearLast !== '') return dated(yearLast, monthNext, dayFirst)
  // Of 3/10/2026 nobody knows which is the month.
  return /^\d{1,2}\/\d{1,2}\/(?:\d{2}|\d{4})$/.test(text) ? 'noSuch' : null
}

/** Empty for what is not said. Null where the year is none. */
function dated(year: string, month: string, day: string): Found {
  if (Number(year) < firstDated || Number(year) > lastDated) return null
  try {
    const from = Temporal.PlainDate.from({ year: Number(year), month: Number(month || 1), day: Number(day || 1) }, { overflow: 'reject' })
    if (day !== '') return { from, to: from }
    return whole(from, month === '' ? 'year' : 'month')
  } catch (error) {
    if (error instanceof RangeError) return 'noSuch'
    throw error
  }
}

/** Folded, in English and German, long and short. */
const monthNames: readonly string[] = [
  'jan|january|januar|janner|jaenner',
  'feb|february|februar|feber',
  'mar|march|marz|maerz|mrz',
  'apr|april',
  'may|mai',
  'jun|june|juni',
  'jul|july|juli',
  'aug|august',
  'sep|sept|september',
  'oct|okt|october|oktober',
  'nov|november',
  'dec|dez|december|dezember',
]

function withMonthName(text: string): Found {
  const [, dayFirst = '', name = '', dayNext = '', year = ''] =
    /^(?:(\d{1,2})(?:\.|st|nd|rd|th)? )?([a-z]{3,9})\.?(?: (\d{1,2})(?:st|nd|rd|th)?,?)? (\d{4})$/.exec(text) ?? []
  const month = monthNames.findIndex((names) => names.split('|').includes(name)) + 1
  if (month === 0 || (dayFirst !== '' && dayNext !== '')) return null
  return dated(year, String(month), dayFirst || dayNext)
}
