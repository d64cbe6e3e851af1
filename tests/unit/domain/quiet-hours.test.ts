import { describe, expect, it } from 'vitest'
import { leavesGap, type QuietHours, quietUntil } from '../../../src/domain/quiet-hours.ts'

const at = (text: string) => Date.parse(text)
const from = (weekday: number, start: string, end: string): QuietHours => ({ weekday, fromMinute: minute(start), toMinute: minute(end) })

function minute(text: string): number {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

function untilOf(hours: readonly QuietHours[], text: string, zone = 'UTC'): string | null {
  const until = quietUntil(hours, at(text), zone)
  return until === null ? null : new Date(until).toISOString().slice(0, 16)
}

/** 23 November 2026 is a Monday. */
describe('quiet hours', () => {
  it('are quiet from their first minute up to their last', () => {
    const hours = [from(1, '20:00', '22:30')]
    expect(untilOf(hours, '2026-11-23T19:59:59.999Z')).toBeNull()
    expect(untilOf(hours, '2026-11-23T20:00:00.000Z')).toBe('2026-11-23T22:30')
    expect(untilOf(hours, '2026-11-23T22:29:59.999Z')).toBe('2026-11-23T22:30')
    expect(untilOf(hours, '2026-11-23T22:30:00.000Z')).toBeNull()
    expect(untilOf(hours, '2026-11-24T21:00:00.000Z')).toBeNull()
  })

  it('go past midnight', () => {
    const hours = [from(1, '22:00', '06:00')]
    expect(untilOf(hours, '2026-11-23T23:00:00.000Z')).toBe('2026-11-24T06:00')
    expect(untilOf(hours, '2026-11-24T05:59:00.000Z')).toBe('2026-11-24T06:00')
    expect(untilOf(hours, '2026-11-23T05:59:00.000Z')).toBeNull()
  })

  it('go past the end of the week', () => {
    const hours = [from(7, '22:00', '06:00')]
    expect(untilOf(hours, '2026-11-29T23:00:00.000Z')).toBe('2026-11-30T06:00')
    expect(untilOf(hours, '2026-11-23T05:59:00.000Z')).toBe('2026-11-23T06:00')
  })

  it('that touch or overlap are one', () => {
    const hours = [from(1, '22:00', '00:00'), from(2, '00:00', '03:00'), from(2, '02:00', '04:15')]
    expect(untilOf(hours, '2026-11-23T22:00:00.000Z')).toBe('2026-11-24T04:15')
  })

  it('of a whole day end at the same minute of the next', () => {
    expect(untilOf([from(3, '00:00', '00:00')], '2026-11-25T12:00:00.000Z')).toBe('2026-11-26T00:00')
  })

  it('of a whole week end a week later', () => {
    const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => from(weekday, '00:00', '00:00'))
    expect(untilOf(week, '2026-11-25T12:00:30.000Z')).toBe('2026-12-02T12:00')
  })

  it('are by the clock on the wall', () => {
    const hours = [from(1, '22:00', '06:00')]
    expect(untilOf(hours, '2026-11-23T21:00:00.000Z', 'Europe/Berlin')).toBe('2026-11-24T05:00')
    expect(untilOf(hours, '2026-11-23T16:15:00.000Z', 'Asia/Kathmandu')).toBe('2026-11-24T00:15')
    expect(untilOf(hours, '2026-11-23T16:14:59.999Z', 'Asia/Kathmandu')).toBeNull()
  })

  it('are none without any', () => expect(quietUntil([], 0, 'UTC')).toBeNull())
})

/** Berlin, on Sunday: 29 March from 2 to 3 (01:00 UTC), 25 October from 3 to 2 (01:00 UTC). */
describe('quiet hours while the clocks are changed', () => {
  it('are an hour shorter, or longer', () => {
    const night = [from(6, '22:00', '06:00')]
    expect(untilOf(night, '2026-03-28T22:00:00.000Z', 'Europe/Berlin')).toBe('2026-03-29T04:00')
    expect(untilOf(night, '2026-10-24T21:00:00.000Z', 'Europe/Berlin')).toBe('2026-10-25T05:00')
  })

  it('that end in the skipped hour end when it is skipped', () => {
    expect(untilOf([from(6, '22:00', '02:30')], '2026-03-28T23:00:00.000Z', 'Europe/Berlin')).toBe('2026-03-29T01:00')
    expect(untilOf([from(6, '22:00', '02:30'), from(7, '02:45', '04:00')], '2026-03-28T23:00:00.000Z', 'Europe/Berlin')).toBe('2026-03-29T02:00')
  })

  it('that end in the hour that comes twice end twice', () => {
    const hours = [from(6, '22:00', '02:30')]
    expect(untilOf(hours, '2026-10-25T00:10:00.000Z', 'Europe/Berlin')).toBe('2026-10-25T00:30')
    expect(untilOf(hours, '2026-10-25T00:40:00.000Z', 'Europe/Berlin')).toBeNull()
    expect(untilOf(hours, '2026-10-25T01:10:00.000Z', 'Europe/Berlin')).toBe('2026-10-25T01:30')
  })

  it('that begin in the hour that comes twice end when it comes again', () => {
    expect(untilOf([from(7, '02:30', '05:00')], '2026-10-25T00:45:00.000Z', 'Europe/Berlin')).toBe('2026-10-25T01:00')
  })

  it('end at the first moment that is not quiet, whenever they are looked at', () => {
    const hours = [from(6, '22:00', '02:30'), from(7, '02:45', '03:15'), from(7, '03:20', '03:40')]
    for (const [start, zone] of [['2026-03-28T20:00:00Z', 'Europe/Berlin'], ['2026-10-24T19:00:00Z', 'Europe/Berlin'], ['2026-04-04T12:00:00Z', 'Australia/Lord_Howe']] as const) {
      for (let ms = at(start); ms < at(start) + 10 * 3_600_000; ms += 300_000) {
        const until = quietUntil(hours, ms, zone)
        let expected: number | null = null
        for (let later = ms; quietUntil(hours, later, zone) !== null; later += 300_000) expected = later + 300_000
        expect(until, new Date(ms).toISOString()).toBe(expected)
      }
    }
  })
})

describe('other quiet hours', () => {
  const night = [from(1, '22:00', '06:00')]

  it.each<[string, QuietHours[], boolean]>([
    ['the same', night, false],
    ['the same in two parts', [from(1, '22:00', '00:00'), from(2, '00:00', '06:00')], false],
    ['more', [from(1, '21:00', '06:00')], false],
    ['none', [], true],
    ['one minute less', [from(1, '22:01', '06:00')], true],
    ['others that are longer', [from(2, '00:00', '00:00')], true],
  ])('that are %s leave a gap: %s', (_name, after, isGap) => expect(leavesGap(night, after)).toBe(isGap))
})
