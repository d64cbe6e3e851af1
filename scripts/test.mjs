// @ts-check
/**
 * `npm test`: every check and every test, cheapest first, up to the first stage that fails. The last
 * line of the output is the sum over all runners: `123 passed, 0 failed`.
 *
 * `node scripts/test.mjs unit e2e` runs only those stages. All together may take an hour, or TUPPENCE_TEST_MINUTES.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { electronEnvironment } from './lib/electron-runtime.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'
import { seconds } from './lib/report.mjs'
import { ending, exitCodeOf, passSignals } from './lib/run.mjs'
import { countsOfPlaywright, countsOfVitest, describeCounts, sumOf, whyNotPassed } from './lib/test-counts.mjs'

/** For all stages together: what hangs ends here rather than never. Several times what a slow machine needs. */
const limitMinutes = Number(process.env['TUPPENCE_TEST_MINUTES'] ?? 60)
const endsAt = Date.now() + limitMinutes * 60_000
const END_WITHIN_MS = 15_000

const reports = inRepo('out', 'test')
const windowed = ['node', inRepo('scripts', 'windowed.mjs')]

/**
 * @typedef {{ name: string, command: string[], report?: string, count?: (report: any) => import('./lib/test-counts.mjs').Counts }} Stage
 * @type {Stage[]}
 */
const STAGES = [
  { name: 'check', command: ['node', inRepo('scripts', 'check.mjs')] },
  {
    name: 'unit',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reports}/unit.json`],
    report: 'unit.json',
    count: countsOfVitest,
  },
  {
    name: 'conformance',
    command: [...windowed, 'playwright', 'test', '-c', 'tests/conformance/playwright.config.ts', '--reporter=list,json'],
    report: 'conformance.json',
    count: countsOfPlaywright,
  },
  {
    name: 'e2e',
    command: [...windowed, 'playwright', 'test', '--reporter=list,json'],
    report: 'e2e.json',
    count: countsOfPlaywright,
  },
]

/** @typedef {{ name: string, ms: number, counts?: import('./lib/test-counts.mjs').Counts | undefined, problem?: string | undefined }} Result */

/**
 * @param {Stage} stage
 * @returns {Promise<Result>}
 */
async function runStage({ name, command: [program = '', ...args], report, count }) {
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`)
  const reportFile = report === undefined ? undefined : `${reports}/${report}`
  if (reportFile !== undefined) fs.rmSync(reportFile, { force: true })
  const startedAt = Date.now()
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: repoRoot,
    env: { ...electronEnvironment(), ...(reportFile === undefined ? {} : { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile }) },
    shell: process.platform === 'win32',
  })
  const release = passSignals(child)
  let outOfTime = false
  const limit = setTimeout(() => {
    outOfTime = true
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS).unref()
  }, endsAt - startedAt)
  const exitCode = exitCodeOf(await ending(child))
  clearTimeout(limit)
  release()
  const ms = Date.now() - startedAt
  if (outOfTime) return { name, ms, problem: `out of time, since all stages together may take ${limitMinutes} minutes (TUPPENCE_TEST_MINUTES)` }
  if (reportFile === undefined || count === undefined) return { name, ms, problem: exitCode === 0 ? undefined : `it ended with code ${exitCode}` }
  const counts = readCounts(reportFile, count)
  return { name, ms, counts, problem: whyNotPassed(exitCode, counts) }
}

/**
 * @param {string} file
 * @param {(report: any) => import('./lib/test-counts.mjs').Counts} count
 */
function readCounts(file, count) {
  try {
    return count(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** @param {Result[]} results */
function summarise(results) {
  console.log(`\n── summary ${'─'.repeat(63)}`)
  for (const { name, ms, counts, problem } of results) {
    const outcome = problem === undefined ? 'passed' : `FAILED: ${problem}`
    console.log(`${name.padEnd(12)} ${seconds(ms).padStart(7)}  ${outcome}${counts === undefined ? '' : ` (${describeCounts(counts)})`}`)
  }
  const left = wanted.slice(results.length).map((stage) => stage.name)
  if (left.length > 0) console.log(`${'not run'.padEnd(12)} ${''.padStart(7)}  ${left.join(', ')}`)
  const sum = sumOf(results.flatMap(({ counts }) => (counts === undefined ? [] : [counts])))
  for (const test of sum.flaky) console.log(`passed only when tried again: ${test}`)
  if (sum.skipped > 0 || sum.flaky.length > 0) console.log(`${sum.skipped} skipped, ${sum.flaky.length} passed only when tried again`)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
}

if (!(limitMinutes > 0)) {
  console.error(`TUPPENCE_TEST_MINUTES is ${process.env['TUPPENCE_TEST_MINUTES']}. It has to be a number of minutes above 0.`)
  process.exit(2)
}
const names = process.argv.slice(2)
const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name))
if (unknown.length > 0) {
  console.error(`Unknown stage: ${unknown.join(', ')}. There are: ${STAGES.map((stage) => stage.name).join(', ')}.`)
  process.exit(2)
}
const wanted = STAGES.filter((stage) => names.length === 0 || names.includes(stage.name))

fs.mkdirSync(reports, { recursive: true })
/** @type {Result[]} */
const results = []
for (const stage of wanted) {
  const result = await runStage(stage)
  results.push(result)
  if (result.problem !== undefined) break
}
summarise(results)
process.exitCode = results.every(({ problem }) => problem === undefined) ? 0 : 1
