/**
 * `npm run mutation -- [--mutate FILES]`: runs Stryker over the modules of `stryker.config.mjs`, or those that match. What
 * survived goes to stderr; the last line on stdout is the figures as JSON. Exit codes: 0 at least nine of ten mutants were
 * noticed, 1 fewer, 2 Stryker did not run.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>
}

interface Mutant {
  readonly mutatorName: string
  readonly replacement?: string
  readonly status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'CompileError' | 'RuntimeError' | 'Ignored'
  readonly location: { readonly start: { readonly line: number; readonly column: number } }
}

interface Score {
  killed: number
  survived: number
  noCoverage: number
  /** Killed of all that count, in per cent. */
  score: number
}

const project = fileURLToPath(new URL('../..', import.meta.url))
const wanted = 90

/** Which of the three kinds of modules a file is. */
function groupOf(file: string): 'money' | 'lifeCycle' | 'log' {
  if (file.endsWith('domain/money.ts')) return 'money'
  return /sqlite|chain|canonical/.test(file) ? 'log' : 'lifeCycle'
}

function scoreOf(mutants: readonly Mutant[]): Score {
  const count = (...statuses: Mutant['status'][]) => mutants.filter(({ status }) => statuses.includes(status)).length
  const [killed, survived, noCoverage] = [count('Killed', 'Timeout'), count('Survived'), count('NoCoverage')]
  return { killed, survived, noCoverage, score: Math.round((10_000 * killed) / (killed + survived + noCoverage)) / 100 }
}

function main(): number {
  const startedAt = performance.now()
  const date = new Date().toISOString()
  const { status } = spawnSync('stryker', ['run', ...process.argv.slice(2)], { cwd: project, stdio: ['ignore', 2, 2] })
  if (status !== 0) return 2
  const { files } = JSON.parse(readFileSync(`${project}/out/mutation/report.json`, 'utf8')) as Report
  for (const [file, { mutants }] of Object.entries(files)) {
    for (const { status: found, location, mutatorName, replacement } of mutants) {
      if (found === 'Survived' || found === 'NoCoverage') console.error(`${file}:${location.start.line} ${found} ${mutatorName} ${replacement ?? ''}`)
    }
  }
  const groups = Map.groupBy(Object.entries(files), ([file]) => groupOf(file))
  const byGroup = [...groups].map(([group, entries]) => [group, scoreOf(entries.flatMap(([, { mutants }]) => mutants))] as const)
  const all = scoreOf(Object.values(files).flatMap(({ mutants }) => mutants))
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(JSON.stringify({ ...all, ...Object.fromEntries(byGroup), seconds, date }))
  return all.score >= wanted ? 0 : 1
}

process.exitCode = main()
