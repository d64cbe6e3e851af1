/**
 * Opening a long log against opening a short one, and verifying all of it. Alone:
 * `node tests/bench/long-log.bench.ts [EVENTS]`.
 */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { EventId } from '../../src/domain/brands.ts'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import type { Vault } from '../../src/main/ports/vault.ts'
import type { FakeVault } from '../support/fake-vault.ts'
import { writeLongLog } from './long-log.ts'
import { median, round } from './statistics.ts'

export interface LongLogFigures {
  readonly events: number
  readonly logMiB: number
  /** Medians, in milliseconds. Goal: at most 1.2 times that of the short log, plus 100 ms. */
  readonly openLongMs: number
  readonly openShortMs: number
  /** Every event, posting and purchase. Goals for 1,000,000 events: at most 6 s and 300 MB. */
  readonly verifySeconds: number
  /** The most that the verifying process had in memory (resident set), in MB. */
  readonly verifyPeakMB: number
}

const shortLog = 1_000
const openings = 9
const verifier = fileURLToPath(new URL('./verify-log-child.ts', import.meta.url))

export async function benchLongLog(events: number): Promise<LongLogFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-bench-'))
  const [long, short] = [join(folder, 'long.sqlite'), join(folder, 'short.sqlite')]
  try {
    const vaults = { long: await writeLongLog(long, events), short: await writeLongLog(short, shortLog) }
    const times = { long: [] as number[], short: [] as number[] }
    for (let turn = 0; turn <= openings; turn += 1) {
      const found = { short: await openingMs(short, vaults.short), long: await openingMs(long, vaults.long) }
      // The first one warms up what both share.
      if (turn === 0) continue
      times.short.push(found.short)
      times.long.push(found.long)
    }
    return {
      ...{ events, logMiB: round(statSync(long).size / 2 ** 20, 0) },
      ...{ openLongMs: round(median(times.long), 1), openShortMs: round(median(times.short), 1) },
      ...(await verifyInItsOwnProcess(folder, long, vaults.long)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function openingMs(file: string, vault: Vault): Promise<number> {
  const startedAt = performance.now()
  const log = await openEventLog({ file, vault, clock: { now: () => Date.now() }, ids: { eventId: () => randomUUID() as EventId } })
  const ms = performance.now() - startedAt
  if (log.state().kind !== 'ready') throw new Error(`the log is ${log.state().kind}`)
  await log.close()
  return ms
}

/** So that nothing else is in its memory. */
async function verifyInItsOwnProcess(folder: string, file: string, vault: FakeVault) {
  const secrets = join(folder, 'secrets.json')
  writeFileSync(secrets, JSON.stringify([...vault.secrets]))
  const { stdout } = await promisify(execFile)(process.execPath, [verifier, file, secrets])
  return JSON.parse(stdout) as Pick<LongLogFigures, 'verifySeconds' | 'verifyPeakMB'>
}

if (import.meta.main) console.log(await benchLongLog(Number(process.argv[2] ?? 1_000_000)))
