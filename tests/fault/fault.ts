/**
 * `npm run fault -- [--only disk,full,bytes,keychain] [--bytes N] [--stride N] [--seed S]`: what the app does when its disk
 * and its keychain fail, at each single call.
 *
 *   disk      each write, sync, read and opened file fails, once and from then on (Linux with a C compiler)
 *   full      a disk with room for so many pages (Linux, as root)
 *   bytes     so many changes to the bytes of the ledger and its write-ahead log
 *   keychain  each operation is refused, slow, silent or carried out and denied; wiped, wrong, locked and gone
 *
 * The last line on stdout is the figures as JSON. Exit codes: 0 nothing is wrong, 1 something is, and stderr says what,
 * 3 a part could not be done here.
 */
import { parseArgs } from 'node:util'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { wholeNumber } from '../crash/options.ts'
import { seededRandom } from '../crash/random.ts'
import { breakBytes } from './broken-bytes.ts'
import { diskFaults, failEveryCall } from './disk-faults.ts'
import { fillTheDisk, mayMount } from './full-disk.ts'
import { changeTheKeychain } from './keychain-changes.ts'
import { failTheKeychain, keychainWays } from './keychain-faults.ts'
import { acts } from './world.ts'

const say = (line: string) => console.error(line)
const parts = ['disk', 'full', 'bytes', 'keychain'] as const

interface Options {
  readonly bytes: number
  readonly stride: number
  readonly seed: number
}

/** Null where it cannot be done here. */
async function runPart(part: (typeof parts)[number], { bytes, stride, seed }: Options) {
  if (part === 'bytes') {
    const figures = await breakBytes(bytes, seededRandom(seed), say)
    return { ...figures, violations: figures.accepted + figures.overwritten }
  }
  const { env, stop } = await startPrivateKeychain()
  try {
    if (part === 'full') return mayMount() ? await fillTheDisk({ env, acts: acts.filter((act) => act !== 'closing'), stride, say }) : null
    if (part === 'disk') return process.platform === 'linux' ? await failEveryCall({ env, faults: diskFaults, acts, stride, say }) : null
    const failed = await failTheKeychain({ env, ways: keychainWays, acts, say })
    const changed = await changeTheKeychain(say)
    return { ...failed, cases: failed.cases + changed.cases, violations: failed.violations + changed.violations, changed: changed.told }
  } finally {
    await stop()
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      ...{ only: { type: 'string', default: parts.join() }, bytes: { type: 'string', default: '10000' } },
      ...{ stride: { type: 'string', default: '1' }, seed: { type: 'string' } },
    },
  })
  const unknown = values.only.split(',').filter((name) => !(parts as readonly string[]).includes(name))
  if (unknown.length > 0) throw new Error(`--only takes ${parts.join(', ')}, not ${unknown.join()}`)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : wholeNumber('--seed', values.seed)
  const options = { bytes: wholeNumber('--bytes', values.bytes), stride: Math.max(1, wholeNumber('--stride', values.stride)), seed }
  const date = new Date().toISOString()
  const startedAt = performance.now()
  const figures: Record<string, Awaited<ReturnType<typeof runPart>>> = {}
  for (const part of parts) if (values.only.split(',').includes(part)) figures[part] = await runPart(part, options)
  const done = Object.values(figures).filter((one) => one !== null)
  const sum = (of: 'cases' | 'violations') => done.reduce((total, one) => total + one[of], 0)
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(JSON.stringify({ cases: sum('cases'), violations: sum('violations'), seconds, seed, date, ...figures }))
  if (sum('violations') > 0) return 1
  return done.length === Object.keys(figures).length ? 0 : 3
}

process.exitCode = await main()
