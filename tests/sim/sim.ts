/**
 * `npm run sim -- --seeds N [--from S] [--jobs J]` runs that many simulated lives and prints one line of figures;
 * `--only SEED` repeats one with its trace. Exit code 1 when a promise was broken, or a situation never came up.
 */
import { fork } from 'node:child_process'
import { parseArgs } from 'node:util'
import { addCoverage, createCoverage, type Situation, situations } from './coverage.ts'
import { simulate } from './simulate.ts'

interface Figures {
  seeds: number
  violations: string[]
  purchases: number
  charges: number
  coverage: Record<Situation, number>
}

const noFigures = (): Figures => ({ seeds: 0, violations: [], purchases: 0, charges: 0, coverage: { ...createCoverage().counts } })

/** Below so many seeds a rare situation may not come up by chance. */
const coverageNeedsSeeds = 1_000

async function runSeeds(from: number, count: number): Promise<Figures> {
  const figures = noFigures()
  for (let seed = from; seed < from + count; seed += 1) {
    const run = await simulate(seed)
    figures.seeds += 1
    figures.purchases += run.purchases
    figures.charges += run.charges
    addCoverage(figures.coverage, run.coverage)
    if (run.violation) figures.violations.push(run.violation)
  }
  return figures
}

/** A share of the seeds in a process of its own. */
function runElsewhere(from: number, count: number): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, ['--worker', '--from', String(from), '--seeds', String(count)])
    child.once('message', (figures) => resolve(figures as Figures))
    child.once('exit', (code) => reject(new Error(`a share of the seeds ended with code ${code}`)))
  })
}

function sum(all: readonly Figures[]): Figures {
  const total = noFigures()
  for (const { seeds, violations, purchases, charges, coverage } of all) {
    total.seeds += seeds
    total.violations.push(...violations)
    total.purchases += purchases
    total.charges += charges
    addCoverage(total.coverage, coverage)
  }
  return total
}

async function repeat(seed: number): Promise<number> {
  const { violation, trace, coverage } = await simulate(seed, { isTraced: true })
  for (const [step, what] of trace.entries()) console.log(`${String(step + 1).padStart(4)}  ${what}`)
  console.log(JSON.stringify({ seed, violation, coverage }))
  return violation ? 1 : 0
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '10000' },
      from: { type: 'string', default: '1' },
      jobs: { type: 'string', default: '1' },
      only: { type: 'string' },
      worker: { type: 'boolean', default: false },
    },
  })
  if (values.only !== undefined) return repeat(Number(values.only))
  const [seeds, from, jobs] = [Number(values.seeds), Number(values.from), Number(values.jobs)]
  if (values.worker) {
    const figures = await runSeeds(from, seeds)
    await new Promise((resolve) => process.send?.(figures, resolve))
    process.disconnect()
    return 0
  }
  const startedAt = performance.now()
  const share = Math.ceil(seeds / jobs)
  const shares = Array.from({ length: jobs }, (_, job) => [from + job * share, Math.min(share, seeds - job * share)] as const)
  const total = sum(jobs === 1 ? [await runSeeds(from, seeds)] : await Promise.all(shares.map(([start, count]) => runElsewhere(start, count))))
  const seconds = (performance.now() - startedAt) / 1000
  const never = situations.filter((situation) => total.coverage[situation] === 0)
  const { violations, coverage, ...counts } = total
  const figures = {
    ...{ from, ...counts, violations: violations.length, first: violations.slice(0, 5), never },
    seedsPerSecondPerCore: Math.round(total.seeds / seconds / jobs),
    ...{ seconds: Math.round(seconds), jobs, coverage, date: new Date().toISOString() },
  }
  console.log(JSON.stringify(figures))
  return violations.length > 0 || (seeds >= coverageNeedsSeeds && never.length > 0) ? 1 : 0
}

process.exitCode = await main()
