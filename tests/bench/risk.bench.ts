/**
 * Scoring purchases: one at a time as the app does, a file as `npm run risk` does, and what a profile takes up. Alone:
 * `node tests/bench/risk.bench.ts [LINES]`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { observe, scorePurchase } from '../../src/domain/risk/observe.ts'
import { newProfile } from '../../src/domain/risk/profile.ts'
import { reportingSeeds, simulateHousehold } from '../sim/risk/simulate-household.ts'
import { median, quantile, round } from './statistics.ts'

export interface RiskFigures {
  /** Of scoring one purchase and learning it, in milliseconds. Goal: at most 0.2. */
  readonly medianMs: number
  readonly p95Ms: number
  /** Of scoring alone, as before a question. */
  readonly scoreMedianMs: number
  /** Beside it reading one such line as JSON, so that machines can be compared: how many times as long scoring takes. */
  readonly toParse: number
  /** The largest profile that came up, as JSON. Goal: at most 100. */
  readonly profileKB: number
  readonly lines: number
  /** Of the whole file through the command, its start included. Goal for 100,000 lines: at most 6. */
  readonly seconds: number
  /** Of the processor, which says more than seconds where others use it as well. */
  readonly cpuSeconds: number
}

const households = 30

export function benchRisk(lines = 100_000): RiskFigures {
  const purchases = purchasesOf(households)
  const [times, scoreTimes, parseTimes]: [number[], number[], number[]] = [[], [], []]
  let profileBytes = 0
  for (const round of [0, 1]) {
    for (const household of purchases) {
      let profile = newProfile
      for (const purchase of household) {
        const text = JSON.stringify(purchase)
        const startedAt = performance.now()
        JSON.parse(text)
        const parsedAt = performance.now()
        scorePurchase(profile, purchase)
        const scoredAt = performance.now()
        profile = observe(profile, purchase).profile
        const learnedAt = performance.now()
        if (round === 0) continue
        parseTimes.push(parsedAt - startedAt)
        scoreTimes.push(scoredAt - parsedAt)
        times.push(learnedAt - scoredAt)
      }
      profileBytes = Math.max(profileBytes, Buffer.byteLength(JSON.stringify(profile)))
    }
  }
  return {
    ...{ medianMs: round(median(times), 4), p95Ms: round(quantile(times, 0.95), 4), scoreMedianMs: round(median(scoreTimes), 4) },
    toParse: round(median(times) / median(parseTimes), 0),
    profileKB: round(profileBytes / 1000, 1),
    ...benchFile(lines),
  }
}

const purchasesOf = (count: number) => reportingSeeds(count).map((seed) => simulateHousehold(seed).steps.flatMap(({ observation }) => (observation.type === 'purchase' ? [observation] : [])))

/** Lines of simulated households, one household after the other. */
function benchFile(lines: number): Pick<RiskFigures, 'lines' | 'seconds' | 'cpuSeconds'> {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-bench-'))
  try {
    const [input, out] = [join(folder, 'in.jsonl'), join(folder, 'out.jsonl')]
    const some = purchasesOf(200).flatMap((household, index) => household.map(({ atMs, seller, item, kind, amount, currency }) => ({ at: new Date(atMs ?? 0).toISOString(), profile: `p${index}`, seller, item, kind, amount, currency })))
    writeFileSync(input, Array.from({ length: lines }, (_, index) => `${JSON.stringify({ ...some[index % some.length], profile: `p${Math.floor(index / 500)}` })}\n`).join(''))
    const script = fileURLToPath(new URL('../../scripts/risk.ts', import.meta.url))
    const startedAt = performance.now()
    const cpuMs = JSON.parse(execFileSync(process.execPath, ['--import', cpuReport, script, '--input', input, '--out', out], { encoding: 'utf8' }).split('\n').at(-2) ?? '0') as number
    const seconds = (performance.now() - startedAt) / 1000
    return { lines, seconds: round(seconds, 2), cpuSeconds: round(cpuMs / 1000, 2) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Has the command say in the end how long it kept the processor busy, in milliseconds. */
const cpuReport = `data:text/javascript,${encodeURIComponent("process.on('exit', () => { const { user, system } = process.cpuUsage(); console.log(Math.round((user + system) / 1000)) })")}`

if (import.meta.main) console.log(benchRisk(Number(process.argv[2] ?? 100_000)))
