/** What all formats share in writing names, times and amounts. */
import { Temporal } from 'temporal-polyfill'
import { minorUnitDigits } from '../money.ts'

/**
 * One line of text that every reader takes: control characters and line breaks, which no name has, become spaces, and halves
 * of characters the replacement character, as encoding them in UTF-8 would make them.
 */
export function oneLine(text: string): string {
  if (isPlain(text)) return text
  return text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
}

/** Letters, digits and what is as harmless in every format, a letter or digit first: most text is, and needs no second look. */
export function isPlain(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9 .:_-]*$/.test(text)
}

export interface LocalTime {
  /** `2026-11-23T10:00:00.000+01:00` */
  readonly iso: string
  /** `2026-11-23` */
  readonly date: string
  readonly offsetMinutes: number
}

const minuteMs = 60_000

/** So many are remembered, which is a few years: it is seldom more than one that a ledger goes through at a time. */
const rememberedStretches = 16

/**
 * Instants (RFC 3339 in UTC with milliseconds) on the clock of an IANA zone. Stretches in which the clocks are not changed are
 * remembered, since to ask for one takes a hundred times as long as to write a time.
 */
export function localTimeIn(zone: string): (instant: string) => LocalTime {
  const known: Stretch[] = []
  const stretchOf = (instant: string): Stretch => {
    const found = known.find(({ from, to }) => from <= instant && instant < to)
    if (found) return found
    known.unshift(stretchAt(Date.parse(instant), zone))
    known.splice(rememberedStretches)
    return stretchOf(instant)
  }
  return (instant) => {
    const { offsetMinutes, offset } = stretchOf(instant)
    const iso = shifted(instant, offsetMinutes) + offset
    return { iso, date: iso.slice(0, 10), offsetMinutes }
  }
}

/** The time so many minutes later, without its Z. Within the same day only the hour changes, and no date has to be worked out. */
function shifted(instant: string, minutes: number): string {
  const hour = Number(instant.slice(11, 13)) + minutes / 60
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) return new Date(Date.parse(instant) + minutes * minuteMs).toISOString().slice(0, -1)
  return `${instant.slice(0, 11)}${hour < 10 ? '0' : ''}${hour}${instant.slice(13, -1)}`
}

interface Stretch {
  /** RFC 3339 in UTC with milliseconds, whose order is that of the letters; the empty text is before and a tilde after all of them. */
  readonly from: string
  readonly to: string
  readonly offsetMinutes: number
  /** `+01:00` */
  readonly offset: string
}

function stretchAt(ms: number, zone: string): Stretch {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
  const next = at.getTimeZoneTransition('next')
  // What is before is asked for from a moment later: a change at this very moment is the beginning of this stretch.
  const last = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  const offsetMinutes = Math.round(at.offsetNanoseconds / 60e9)
  const pad = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(offsetMinutes)
  return {
    from: last ? new Date(last.epochMilliseconds).toISOString() : '',
    to: next ? new Date(next.epochMilliseconds).toISOString() : '~',
    offsetMinutes,
    offset: `${offsetMinutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`,
  }
}

/** Later, years have a sign before them, and no longer compare as text. */
const lastMoment = '9999-12-31T23:59:59.999Z'

/**
 * The first moment of a calendar day (`2026-11-23`) plus so many days, as RFC 3339 in UTC; the last moment that can be written where it would be
 * later than that. Throws RangeError for no such day.
 */
export function startOfDay(day: string, zone: string, plusDays = 0): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`not a day: ${day}`)
  const start = Temporal.PlainDate.from(day, { overflow: 'reject' }).add({ days: plusDays }).toZonedDateTime(zone)
  return new Date(Math.min(start.epochMilliseconds, Date.parse(lastMoment))).toISOString()
}

const digitsOf = new Map<string, number>()

/** As toDecimal in money.ts, many times as fast, which a million lines notice. */
export function decimalOf(amount: bigint, currency: string): string {
  const digits = digitsOf.get(currency) ?? minorUnitDigits(currency)
  digitsOf.set(currency, digits)
  if (digits === 0) return amount.toString()
  const text = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0')
  return `${amount < 0n ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** A rate in basis points as a decimal of per cent: 1900 is `19`. */
export function percentOf(basisPoints: number): string {
  return decimalOf(BigInt(basisPoints), 'EUR').replace(/\.?0+$/, '')
}
