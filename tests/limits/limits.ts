/**
 * `npm run limits -- --traces N [--seed S]` plays that many random traces against the rules and prints one line of figures.
 * Exit code 1 when a promise was broken, with the shortest trace that does, or when a situation never came up.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { createCoverage, situations } from './coverage.ts'
import { runTrace } from './run-trace.ts'
import { arbitraryTrace } from './steps.ts'

/** Below so many traces a rare situation may not come up by chance. */
const coverageNeedsTraces = 2_000

function main(): number {
  const { values } = parseArgs({ options: { traces: { type: 'string', default: '10000' }, seed: { type: 'string' } } })
  const traces = Number(values.traces)
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
  const coverage = createCoverage()
  let steps = 0
  const startedAt = performance.now()
  const property = fc.property(arbitraryTrace, (trace) => {
    steps += trace.steps.length
    runTrace(trace, coverage)
  })
  const found = fc.check(property, { numRuns: traces, seed })
  const seconds = (performance.now() - startedAt) / 1000
  const never = situations.filter((situation) => coverage.counts[situation] === 0)
  const broken = found.failed ? { law: String(found.errorInstance), trace: found.counterexample?.[0], path: found.counterexamplePath } : null
  const figures = { seed, traces: found.numRuns, steps, violations: found.failed ? 1 : 0, never, seconds: Math.round(seconds), coverage: coverage.counts }
  console.log(JSON.stringify({ ...figures, ...(broken && { broken }), date: new Date().toISOString() }))
  return found.failed || (traces >= coverageNeedsTraces && never.length > 0) ? 1 : 0
}

process.exitCode = main()
