import { describe, expect, it } from 'vitest'
import { beforeSoFar, bucketsOf, periodAround, periodBefore } from '../../../src/domain/history/insight-period.ts'

describe('the period that a day lies in', () => {
  it.each([
    ['week', '2026-11-25', '2026-11-23', '2026-11-29', '2026-11-16', '2026-11-22'],
    ['week', '2026-01-01', '2025-12-29', '2026-01-04', '2025-12-22', '2025-12-28'],
    ['month', '2026-03-31', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['month', '2024-03-01', '2024-03-01', '2024-03-31', '2024-02-01', '2024-02-29'],
    ['year', '2026-07-01', '2026-01-01', '2026-12-31', '2025-01-01', '2025-12-31'],
  ] as const)('%s of %s', (unit, day, from, to, fromBefore, toBefore) => {
    expect(periodAround(unit, day)).toEqual({ from, to })
    expect(periodBefore(unit, day)).toEqual({ from: fromBefore, to: toBefore })
  })

  it('is refused for no such day', () => {
    expect(() => periodAround('month', '2026-02-30')).toThrow(RangeError)
  })
})

describe('as much of the period before as has passed of this one', () => {
  it.each([
    ['month', '2026-11-10', '2026-11-10', '2026-10-01', '2026-10-10'],
    ['month', '2026-03-31', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['month', '2026-10-05', '2026-11-10', '2026-09-01', '2026-09-30'],
    ['month', '2027-01-05', '2026-11-10', '2026-12-01', '2026-12-31'],
    ['week', '2026-11-23', '2026-11-25', '2026-11-16', '2026-11-18'],
    ['year', '2026-11-25', '2026-01-01', '2025-01-01', '2025-01-01'],
  ] as const)('%s of %s on %s', (unit, day, today, from, to) => {
    expect(beforeSoFar(unit, day, today)).toEqual({ from, to })
  })
})

describe('the bars of a chart', () => {
  it('are the days of a week or month and the months of a year, none left out', () => {
    expect(bucketsOf('week', periodAround('week', '2026-11-25'))).toHaveLength(7)
    expect(bucketsOf('month', periodAround('month', '2026-02-03'))).toHaveLength(28)
    expect(bucketsOf('year', periodAround('year', '2026-02-03'))).toEqual(
      ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2026-${month}`),
    )
  })
})
