// @ts-check

/**
 * @typedef {{ passed: number, failed: number, skipped: number, flaky: string[] }} Counts
 *   flaky: where each test is, and its title, that failed first and passed when tried again; also counted as passed
 */

/** @type {Counts} */
export const NO_TESTS = { passed: 0, failed: 0, skipped: 0, flaky: [] }

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests?: number, numTodoTests?: number }} report of vitest's JSON reporter
 * @returns {Counts}
 */
export const countsOfVitest = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  flaky: [],
})

/**
 * @typedef {{ file: string, line: number, title: string, tests: { status: string }[] }} Spec
 * @typedef {{ specs: Spec[], suites?: Suite[] }} Suite
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, suites: Suite[] }} report
 *   of Playwright's JSON reporter
 * @returns {Counts}
 */
export const countsOfPlaywright = ({ stats, suites }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
  flaky: suites
    .flatMap(specsOf)
    .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
    .map(({ file, line, title }) => `${file}:${line} ${title}`),
})

/**
 * @param {Suite} suite
 * @returns {Spec[]}
 */
function specsOf({ specs, suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)]
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export const sumOf = (all) =>
  all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
      flaky: [...sum.flaky, ...one.flaky],
    }),
    NO_TESTS,
  )

/** @param {Counts} counts */
export const describeCounts = ({ passed, failed, skipped, flaky }) =>
  [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : []), ...(flaky.length > 0 ? [`${flaky.length} flaky`] : [])].join(', ')

/**
 * Why a stage that reported these counts and this exit code is not a pass.
 *
 * @param {number} exitCode
 * @param {Counts | undefined} counts undefined when the runner left no report
 * @returns {string | undefined} undefined for a pass
 */
export function whyNotPassed(exitCode, counts) {
  if (counts === undefined) return 'it left no report'
  if (counts.failed > 0) return `${counts.failed} failed`
  if (exitCode !== 0) return `it ended with code ${exitCode}`
  if (counts.passed === 0) return 'it ran no test'
  return undefined
}
