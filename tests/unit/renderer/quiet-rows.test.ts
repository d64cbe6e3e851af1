import { describe, expect, it } from 'vitest'
import {
  groupHours,
  minuteOf,
  problemOf,
  timeText,
  ungroupHours,
  type QuietRow,
} from '../../../src/renderer/launcher/features/limits/quiet-rows.ts'

const night = { fromMinute: 1320, toMinute: 420 }
const everyNight: QuietRow = { weekdays: [1, 2, 3, 4, 5, 6, 7], ...night }

describe('quiet hours as lines', () => {
  it('put days with the same hours together, in the order of the week', () => {
    const hours = [{ weekday: 6, fromMinute: 0, toMinute: 60 }, { weekday: 2, ...night }, { weekday: 1, ...night }]
    expect(groupHours(hours)).toEqual([{ weekdays: [1, 2], ...night }, { weekdays: [6], fromMinute: 0, toMinute: 60 }])
  })

  it('become the same hours again', () => {
    const hours = ungroupHours([everyNight, { weekdays: [6, 7], fromMinute: 720, toMinute: 780 }])
    expect(hours).toHaveLength(9)
    expect(ungroupHours(groupHours(hours))).toHaveLength(9)
    expect(groupHours(ungroupHours(groupHours(hours)))).toEqual(groupHours(hours))
  })

  it.each([
    ['nothing', [everyNight], null],
    ['nothing where there are no hours at all', [], null],
    ['a line without a day', [{ weekdays: [], ...night }], 'noDay'],
    ['a time that is not filled in', [{ weekdays: [1], fromMinute: Number.NaN, toMinute: 5 }], 'noTime'],
    ['hours that end as they begin', [{ weekdays: [1], fromMinute: 5, toMinute: 5 }], 'sameTime'],
    ['more than can be set', [everyNight, everyNight, everyNight, everyNight, everyNight], 'tooMany'],
  ])('say what is wrong with %s', (_, rows, problem) => {
    expect(problemOf(rows)).toBe(problem)
  })

  it('write each minute of the day as a field for times does', () => {
    const minutes = Array.from({ length: 1440 }, (_, minute) => minute)
    expect(minutes.map((minute) => minuteOf(timeText(minute)))).toEqual(minutes)
    expect(minuteOf('')).toBeNaN()
    expect(timeText(Number.NaN)).toBe('')
  })
})
