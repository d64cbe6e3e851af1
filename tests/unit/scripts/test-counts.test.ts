import { describe, expect, it } from 'vitest'
import { countsOfPlaywright, countsOfVitest, describeCounts, NO_TESTS, sumOf, whyNotPassed } from '../../../scripts/lib/test-counts.mjs'

const spec = (line: number, title: string, status: string) => ({ file: 'buy.spec.ts', line, title, tests: [{ status }] })
const suites = [{ specs: [spec(3, 'opens', 'expected')], suites: [{ specs: [spec(7, 'P1 pays once', 'flaky')] }] }]

describe('the sum over all test runners', () => {
  it('adds what vitest and Playwright report', () => {
    const vitest = countsOfVitest({ numPassedTests: 100, numFailedTests: 1, numPendingTests: 2 })
    const playwright = countsOfPlaywright({ stats: { expected: 20, unexpected: 1, flaky: 1, skipped: 3 }, suites })
    expect(sumOf([vitest, playwright])).toEqual({ passed: 121, failed: 2, skipped: 5, flaky: ['buy.spec.ts:7 P1 pays once'] })
  })

  it('counts a test that passed when tried again as passed, and says so', () => {
    const counts = countsOfPlaywright({ stats: { expected: 1, unexpected: 0, flaky: 1, skipped: 0 }, suites })
    expect(whyNotPassed(0, counts)).toBeUndefined()
    expect(describeCounts(counts)).toBe('2 passed, 0 failed, 1 flaky')
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
