/**
 * Durable appends through the log against bare inserts of the same rows with the same pragmas, on the same disk in the
 * same run. Alone: `node tests/bench/append.bench.ts`.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import type { EventId } from '../../src/domain/brands.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import { keytarVault } from '../../src/main/adapters/vault/keytar-vault.ts'
import type { Vault } from '../../src/main/ports/vault.ts'
import { approved, succeeded } from '../support/events.ts'
import { bareInserts, bareRows, type Contender } from './bare-inserts.ts'
import { realSized } from './long-log.ts'
import { median, round as rounded } from './statistics.ts'

export interface AppendFigures {
  /** Medians over all rounds, in events per second. */
  readonly bareInsertsPerSecond: number
  readonly appendsPerSecond: number
  readonly appendsWithKeytarPerSecond: number
  /** Appends with the anchor in memory against bare inserts; the goal is 0.7 or more. Median of the rounds' ratios. */
  readonly ratio: number
  readonly ratioWithKeytar: number
  /** Of one append and one bare insert, in microseconds, over all rounds. Goal: at most 1.5 times as long. */
  readonly appendP50: number
  readonly bareInsertP50: number
  readonly p50Ratio: number
  /** Appends against inserts of all rows that they write, in the same tables: what the log adds to its storage. No goal. */
  readonly ratioToAllRows: number
  readonly allRowsP50: number
}

/** Milliseconds of each insert and append. */
interface Samples {
  readonly bare: number[]
  readonly append: number[]
  readonly allRows: number[]
}

const rounds = 15
const warmUpRounds = 15
const purchasesPerRound = 50

function someEvents(): NewEvent[] {
  return Array.from({ length: purchasesPerRound }, () => {
    const id = randomUUID()
    return [realSized(approved(id)), realSized(succeeded(id))]
  }).flat()
}

function memoryVault(): Vault {
  const secrets = new Map<string, string>()
  return {
    get: (name) => Promise.resolve(secrets.get(name) ?? null),
    set: (name, value) => Promise.resolve(void secrets.set(name, value)),
    remove: (name) => Promise.resolve(void secrets.delete(name)),
  }
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (count * 1000) / (performance.now() - startedAt)
}

async function logAppends(file: string, vault: Vault, samples: number[] = []): Promise<Contender> {
  const ids = { eventId: () => randomUUID() as EventId }
  const log = await openEventLog({ file, vault, clock: { now: () => Date.now() }, ids })
  return {
    round: (events) =>
      perSecond(events.length, async () => {
        for (const event of events) {
          const startedAt = performance.now()
          await log.append(() => event)
          samples.push(performance.now() - startedAt)
        }
        await log.anchored()
      }),
    close: () => log.close(),
  }
}

/** `env` names the session bus of a keychain that may be written to; it is taken over for this process. */
export async function benchAppend(env: { readonly DBUS_SESSION_BUS_ADDRESS: string }): Promise<AppendFigures> {
  Object.assign(process.env, env)
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-bench-'))
  const samples: Samples = { bare: [], append: [], allRows: [] }
  const bare = bareInserts(join(folder, 'bare.sqlite'), samples.bare)
  const inMemory = await logAppends(join(folder, 'memory.sqlite'), memoryVault(), samples.append)
  const withKeytar = await logAppends(join(folder, 'keytar.sqlite'), keytarVault({ scope: `bench-${randomUUID()}` }))
  const allRows = bareRows(join(folder, 'rows.sqlite'), samples.allRows)
  const contenders = [bare, inMemory, withKeytar, allRows]
  const figures = contenders.map((): number[] => [])
  try {
    // Until the engine has compiled what both share; an application is measured as it runs, not as it starts.
    for (let count = 0; count < warmUpRounds; count++) for (const { round } of [bare, inMemory, allRows]) await round(someEvents())
    await withKeytar.round(someEvents())
    for (const list of [samples.bare, samples.append, samples.allRows]) list.length = 0
    for (let turn = 0; turn < rounds * contenders.length; turn++) {
      // Interleaved, and each round in another order, so that what else the computer does hits all alike.
      const index = (turn + Math.floor(turn / contenders.length)) % contenders.length
      figures[index]?.push((await contenders[index]?.round(someEvents())) ?? 0)
    }
  } finally {
    for (const { close } of contenders) await close()
    rmSync(folder, { recursive: true, force: true })
  }
  return summary(figures, samples)
}

function summary([bare = [], inMemory = [], withKeytar = [], allRows = []]: number[][], samples: Samples): AppendFigures {
  const [appendP50, bareInsertP50] = [median(samples.append) * 1000, median(samples.bare) * 1000]
  const ratio = (values: readonly number[], to: readonly number[]) =>
    rounded(median(values.map((value, index) => value / (to[index] ?? Number.NaN))))
  return {
    bareInsertsPerSecond: rounded(median(bare), 0),
    appendsPerSecond: rounded(median(inMemory), 0),
    appendsWithKeytarPerSecond: rounded(median(withKeytar), 0),
    ratio: ratio(inMemory, bare),
    ratioWithKeytar: ratio(withKeytar, bare),
    ...{ appendP50: rounded(appendP50, 0), bareInsertP50: rounded(bareInsertP50, 0), p50Ratio: rounded(appendP50 / bareInsertP50) },
    ...{ ratioToAllRows: ratio(inMemory, allRows), allRowsP50: rounded(median(samples.allRows) * 1000, 0) },
  }
}

if (import.meta.main) {
  const keychain = await startPrivateKeychain()
  console.log(await benchAppend(keychain.env))
  await keychain.stop()
}
