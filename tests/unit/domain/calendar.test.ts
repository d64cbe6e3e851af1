import { describe, expect, it } from 'vitest'
import { addCalendar, clockChangeWithin, isZone, minuteOfWeek, type Period, spanOf } from '../../../src/domain/calendar.ts'
import { quarterMs } from '../../../src/domain/usage.ts'

const at = (text: string) => Date.parse(text)
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z')

function spanAt(period: Period, text: string, zone: string): [string, string] {
  const { startMs, endMs } = spanOf(period, at(text), zone)
  return [iso(startMs), iso(endMs)]
}

const hoursOfDay = (text: string, zone: string) => {
  const { startMs, endMs } = spanOf('day', at(text), zone)
  return (endMs - startMs) / 3_600_000
}

describe('a day', () => {
  it('begins and ends at midnight on the wall', () => {
    expect(spanAt('day', '2026-11-23T22:59:59.999Z', 'Europe/Berlin')).toEqual(['2026-11-22T23:00Z', '2026-11-23T23:00Z'])
    expect(spanAt('day', '2026-11-23T23:00:00.000Z', 'Europe/Berlin')).toEqual(['2026-11-23T23:00Z', '2026-11-24T23:00Z'])
  })

  it('has 23 or 25 hours where the clocks are changed', () => {
    expect(hoursOfDay('2026-03-29T12:00:00Z', 'Europe/Berlin')).toBe(23)
    expect(hoursOfDay('2026-10-25T12:00:00Z', 'Europe/Berlin')).toBe(25)
    expect(hoursOfDay('2026-10-26T12:00:00Z', 'Europe/Berlin')).toBe(24)
    expect(hoursOfDay('2026-04-05T12:00:00Z', 'Australia/Lord_Howe')).toBe(24.5)
  })

  it('begins at one where the clocks skip midnight', () => {
    expect(spanAt('day', '2026-09-06T12:00:00Z', 'America/Santiago')).toEqual(['2026-09-06T04:00Z', '2026-09-07T03:00Z'])
    expect(spanAt('day', '2026-03-29T12:00:00Z', 'Asia/Beirut')).toEqual(['2026-03-28T22:00Z', '2026-03-29T21:00Z'])
    expect(minuteOfWeek(at('2026-09-06T04:00:00Z'), 'America/Santiago')).toBe(6 * 1440 + 60)
  })

  it('begins at the first midnight where there are two', () => {
    expect(hoursOfDay('2026-04-04T12:00:00Z', 'America/Santiago')).toBe(25)
    const { startMs } = spanOf('day', at('2026-10-31T12:00:00Z'), 'Asia/Beirut')
    expect(spanOf('day', startMs, 'Asia/Beirut').startMs).toBe(startMs)
  })

  it('begins at a quarter of an hour in every zone', () => {
    expect(spanAt('day', '2026-11-23T12:00:00Z', 'Asia/Kathmandu')).toEqual(['2026-11-22T18:15Z', '2026-11-23T18:15Z'])
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      for (const month of [1, 4, 7, 10]) expect(Math.abs(spanOf('day', Date.UTC(2026, month, 9, 12), zone).startMs % quarterMs), zone).toBe(0)
    }
  })
})

describe('a week', () => {
  it('begins on Monday, also around New Year (ISO 8601)', () => {
    expect(spanAt('week', '2026-12-31T12:00:00Z', 'UTC')).toEqual(['2026-12-28T00:00Z', '2027-01-04T00:00Z'])
    expect(spanAt('week', '2027-01-03T23:59:59.999Z', 'UTC')).toEqual(['2026-12-28T00:00Z', '2027-01-04T00:00Z'])
    expect(spanAt('week', '2027-01-04T00:00:00Z', 'UTC')).toEqual(['2027-01-04T00:00Z', '2027-01-11T00:00Z'])
  })

  it('has an hour less or more where the clocks are changed', () => {
    expect(spanAt('week', '2026-03-25T12:00:00Z', 'Europe/Berlin')).toEqual(['2026-03-22T23:00Z', '2026-03-29T22:00Z'])
    expect(spanAt('week', '2026-10-25T22:59:59.999Z', 'Europe/Berlin')).toEqual(['2026-10-18T22:00Z', '2026-10-25T23:00Z'])
  })

  it('is the one of the place: it may be Monday there already', () => {
    expect(spanAt('week', '2026-11-22T12:00:00Z', 'Pacific/Kiritimati')[0]).toBe('2026-11-22T10:00Z')
    expect(spanAt('week', '2026-11-23T08:00:00Z', 'Pacific/Pago_Pago')[0]).toBe('2026-11-16T11:00Z')
  })
})

describe('a month', () => {
  it('has as many days as on the wall', () => {
    expect(spanAt('month', '2028-02-29T12:00:00Z', 'UTC')).toEqual(['2028-02-01T00:00Z', '2028-03-01T00:00Z'])
    expect(spanAt('month', '2026-12-31T23:30:00Z', 'Europe/Berlin')).toEqual(['2026-12-31T23:00Z', '2027-01-31T23:00Z'])
    expect(spanAt('month', '2026-03-31T12:00:00Z', 'Europe/Berlin')).toEqual(['2026-02-28T23:00Z', '2026-03-31T22:00Z'])
  })
})

describe('a span', () => {
  it.each<Period>(['day', 'week', 'month'])('%s holds its own start and is followed by the next', (period) => {
    for (const zone of ['Europe/Berlin', 'America/Santiago', 'Asia/Beirut', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns']) {
      let span = spanOf(period, Date.UTC(2026, 0, 1), zone)
      for (let count = 0; count < 400 && span.startMs < Date.UTC(2027, 2); count += 1) {
        expect(spanOf(period, span.startMs, zone)).toEqual(span)
        expect(spanOf(period, span.endMs - 1, zone)).toEqual(span)
        const next = spanOf(period, span.endMs, zone)
        expect(next.startMs).toBe(span.endMs)
        span = next
      }
    }
  })

  it('of an unknown zone is a mistake', () => expect(() => spanOf('day', 0, 'Mars/Olympus')).toThrow(RangeError))
})

describe('a change of the clocks', () => {
  it('is found within a time, to the second', () => {
    const span = { startMs: at('2026-10-24T20:00:00Z'), endMs: at('2026-10-25T05:00:00Z') }
    expect(clockChangeWithin(span, 'Europe/Berlin')).toBe(at('2026-10-25T01:00:00Z'))
    expect(clockChangeWithin(span, 'Asia/Kathmandu')).toBeNull()
    expect(clockChangeWithin({ ...span, endMs: at('2026-10-25T00:59:59.999Z') }, 'Europe/Berlin')).toBeNull()
  })
})

describe('a name of a zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'Asia/Kathmandu', 'America/Argentina/Buenos_Aires'])('%s is one', (zone) => expect(isZone(zone)).toBe(true))
  it.each(['', 'IST', 'BST', '+01:00', '-05', 'Europe/Atlantis', 'berlin', ' UTC'])('%o is none', (zone) => expect(isZone(zone)).toBe(false))
})

describe('the minute of the week', () => {
  it('is counted from Monday', () => {
    expect(minuteOfWeek(at('2026-11-23T00:00:00Z'), 'UTC')).toBe(0)
    expect(minuteOfWeek(at('2026-11-29T23:59:59.999Z'), 'UTC')).toBe(10_079)
    expect(minuteOfWeek(at('2026-11-22T18:15:00Z'), 'Asia/Kathmandu')).toBe(0)
  })
})

describe('calendar time in UTC', () => {
  it.each([
    ['2026-08-31T09:00:00.000Z', { months: 6 }, '2027-02-28T09:00:00.000Z'],
    ['2027-08-31T09:00:00.000Z', { months: 6 }, '2028-02-29T09:00:00.000Z'],
    ['2028-02-29T09:00:00.000Z', { years: 1 }, '2029-02-28T09:00:00.000Z'],
    ['2028-02-29T09:00:00.000Z', { years: 5 }, '2033-02-28T09:00:00.000Z'],
    ['2026-03-28T23:30:00.123Z', { days: 1 }, '2026-03-29T23:30:00.123Z'],
  ])('%s and %j is %s', (start, duration, end) => {
    expect(new Date(addCalendar(at(start), duration)).toISOString()).toBe(end)
  })
})
