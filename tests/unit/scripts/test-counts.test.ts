import { describe, expect, it } from 'vitest'
import { countsOfPlaywright, countsOfVitest, NO_TESTS, sumOf, whyNotPassed } from '../../../scripts/lib/test-counts.mjs'

describe('the sum over all test runners', () => {
  it('adds what vitest and Playwright report', () => {
    const vitest = countsOfVitest({ numPassedTests: 100, numFailedTests: 1, numPendingTests: 2 })
    const playwright = countsOfPlaywright({ stats: { expected: 20, unexpected: 1, flaky: 1, skipped: 3 } })
    expect(sumOf([vitest, playwright])).toEqual({ passed: 121, failed: 2, skipped: 5, flaky: 1 })
  })

  it('calls a stage passed only when tests ran, none failed and the runner agrees', () => {
    const passed = { ...NO_TESTS, passed: 3 }
    expect(whyNotPassed(0, passed)).toBeUndefined()
    expect(whyNotPassed(1, passed)).toBe('it ended with code 1')
    expect(whyNotPassed(0, { ...passed, failed: 1 })).toBe('1 failed')
    expect(whyNotPassed(0, NO_TESTS)).toBe('it ran no test')
    expect(whyNotPassed(0, { ...NO_TESTS, skipped: 5 })).toBe('it ran no test')
    expect(whyNotPassed(0, undefined)).toBe('it left no report')
  })
})
