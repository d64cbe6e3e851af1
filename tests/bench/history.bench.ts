/** Finding and adding up in a long history. Alone: `node tests/bench/history.bench.ts [PURCHASES] [SEED]`. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { which } from '../../scripts/lib/which.mjs'
import { everyLine } from '../../src/domain/history/filter.ts'
import { runExport } from '../../src/main/adapters/export/run-export.ts'
import { pythonOfBeancount } from '../support/export-lines.ts'
import { generateLedger } from '../support/generated-ledger.ts'
import { round } from './statistics.ts'

interface HistoryFigures {
  readonly lines: number
  readonly buildSeconds: number
  readonly openSeconds: number
  /** Over a mix of filters; goal at 1,000,000: at most 30. */
  readonly firstPageP95Ms: number
  readonly firstPageMedianMs: number
  /** 200 lines at any place; goal at 1,000,000: at most 50. */
  readonly scrollP95Ms: number
  /** Of everything, by each column: the first time, and again the other way round. */
  readonly sortMs: Record<string, [number, number]>
  readonly summaryP95Ms: number
  readonly monthsBySellerMs: number
  readonly afterAPurchaseP95Ms: number
  readonly memoryWhileBuildingMB: number
  readonly memoryAboveRestMB: number
}

/** How many times as long as the index another program takes for the same; null where it is not installed. Goal: at least 100. */
interface Peers {
  readonly purchases: number
  readonly monthsBySellerMs: number
  readonly hledgerTimes: number | null
  readonly beancountTimes: number | null
}

const child = (name: string) => fileURLToPath(new URL(name, import.meta.url))

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function figuresOf(ledger: string, index: string, seed: number): Promise<HistoryFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, [child('./history-child.ts'), ledger, index, String(seed)])
  return JSON.parse(stdout) as HistoryFigures
}

/** The same purchases as a hundred thousand lines of the others, who read their file each time. */
const peerPurchases = 100_000

function comparePeers(seed: number): Promise<Peers> {
  return inFolder(async (folder) => {
    const ledgerFile = join(folder, 'ledger.sqlite')
    generateLedger(ledgerFile, { purchases: peerPurchases, seed })
    const { monthsBySellerMs } = await figuresOf(ledgerFile, join(folder, 'history.sqlite'), seed)
    const question = { filter: everyLine, seen: null, names: {}, zone: 'Europe/Berlin' }
    const timesOf = (format: 'hledger' | 'beancount', program: string | undefined | null, args: (file: string) => string[]): number | null => {
      if (!program) return null
      const file = join(folder, `history.${format}`)
      runExport({ ledgerFile, indexFile: null, file, wish: { format, question }, nowMs: 0 }, { isCancelled: () => false, onProgress: () => {} })
      const startedAt = performance.now()
      const { status, stderr } = spawnSync(program, args(file), { env: { ...process.env, LC_ALL: 'C.UTF-8' }, encoding: 'utf8', maxBuffer: 1e9 })
      if (status !== 0) throw new Error(stderr)
      return round((performance.now() - startedAt) / monthsBySellerMs, 0)
    }
    const sums = `
import sys, collections
from beancount import loader
from beancount.core import data
sums = collections.Counter()
for one in loader.load_file(sys.argv[1])[0]:
  if isinstance(one, data.Transaction):
    for posting in one.postings:
      if posting.account.startswith('Expenses:'): sums[(one.date.year, one.date.month, posting.account, posting.units.currency)] += posting.units.number
print(len(sums))
`
    return {
      purchases: peerPurchases,
      monthsBySellerMs,
      hledgerTimes: timesOf('hledger', which('hledger'), (file) => ['-f', file, 'balance', 'Expenses', '--monthly', '--flat', '-O', 'csv']),
      beancountTimes: timesOf('beancount', pythonOfBeancount(), (file) => ['-c', sums, file]),
    }
  })
}

async function exportFigures(ledger: string, index: string, folder: string) {
  const file = join(folder, 'history.csv')
  const { stdout } = await promisify(execFile)(process.execPath, [child('./export-child.ts'), ledger, file, 'csv', index])
  return { ...(JSON.parse(stdout) as Record<string, number>), fileMB: round(statSync(file).size / 1e6, 0) }
}

export async function benchHistory(purchases: number, seed = 1) {
  const own = await inFolder(async (folder) => {
    const [ledger, index] = [join(folder, 'ledger.sqlite'), join(folder, 'history.sqlite')]
    generateLedger(ledger, { purchases, seed })
    const figures = await figuresOf(ledger, index, seed)
    return { ...figures, indexMB: round(statSync(index).size / 1e6, 0), ledgerMB: round(statSync(ledger).size / 1e6, 0), csvFromIndex: await exportFigures(ledger, index, folder) }
  })
  return { purchases, seed, ...own, peers: await comparePeers(seed) }
}

if (import.meta.main) console.log(JSON.stringify(await benchHistory(Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 1)), null, 2))
