/**
 * Importing a made-up shop's table end to end: the file is read in its thread, told apart, compared with what is there, and written part by
 * part into the log on the disk, with each anchor in a keychain. Alone:
 * `node tests/bench/import.bench.ts [rows [folder of @actual-app/api]]`.
 */
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { createThreadImportReader } from '../../src/main/adapters/import/thread-import-reader.ts'
import { createThreadHistoryIndex } from '../../src/main/adapters/sqlite/history-index/thread-history-index.ts'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import { createRandomIds } from '../../src/main/adapters/system/random-ids.ts'
import { keytarVault } from '../../src/main/adapters/vault/keytar-vault.ts'
import { createImportHistory } from '../../src/main/usecases/import-history.ts'
import { createFakeLedgerAccess } from '../support/fake-ledger-access.ts'
import { shopRows, tableOf } from './shop-rows.ts'
import { round } from './statistics.ts'

export interface ImportFigures {
  readonly rows: number
  /** From choosing the file to what would go in, then to all of it being in; in seconds. Goal for 100,000 rows: 15 in all. */
  readonly readSeconds: number
  readonly writeSeconds: number
  readonly seconds: number
  /** The same file once more: nothing of it is new. */
  readonly againSeconds: number
  /** The longest that the main process answered nobody meanwhile, in milliseconds. */
  readonly longestTurnMs: number
  /** The whole log checked afterwards, in seconds. */
  readonly verifySeconds: number
}

/** `env` names the session bus of a keychain that may be written to; it is taken over for this process. */
export async function benchImport(env: { readonly DBUS_SESSION_BUS_ADDRESS: string }, rows = 100_000): Promise<ImportFigures> {
  Object.assign(process.env, env)
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-import-bench-'))
  const [file, ledgerFile] = [join(folder, 'shop.csv'), join(folder, 'ledger.sqlite')]
  writeFileSync(file, tableOf(shopRows(rows)))
  const worker = (path: string) => join(import.meta.dirname, '../../src/main/adapters', path)
  const [clock, ids] = [{ now: () => Date.now() }, createRandomIds()]
  const log = await openEventLog({ file: ledgerFile, vault: keytarVault({ scope: `bench-${randomUUID()}` }), clock, ids })
  const index = createThreadHistoryIndex({ ledgerFile, indexFile: join(folder, 'index.sqlite'), workerFile: worker('sqlite/history-index/history-worker.ts') })
  const imports = createImportHistory({
    ...{ clock, ids, index, actor: () => null, gateway: clock, quoteNow: clock.now, language: () => 'en', systemZone: () => 'Europe/Berlin' },
    ...{ askFile: async () => file, ledger: createFakeLedgerAccess(log), nextTurn: () => nextTurn(), onHistoryChanged: () => {}, onProgress: () => {} },
    reader: createThreadImportReader({ workerFile: worker('import/import-worker.ts') }),
  })
  try {
    const delays = monitorEventLoopDelay({ resolution: 5 })
    delays.enable()
    const readSeconds = await timed(() => imports.choose({ source: null }), 'preview')
    const writeSeconds = await timed(() => imports.commit({ memberId: null, counts: true }), 'written')
    delays.disable()
    const againSeconds = await timed(() => imports.choose({ source: null }), 'preview')
    const verifySeconds = await timed(() => log.verify(), 'clean')
    const [longestTurnMs, seconds] = [round(delays.max / 1e6, 0), round(readSeconds + writeSeconds, 2)]
    return { rows, readSeconds, writeSeconds, seconds, againSeconds, longestTurnMs, verifySeconds }
  } finally {
    await imports.stop()
    await index.close()
    await log.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Seconds; throws where it ended otherwise. */
async function timed(work: () => Promise<{ readonly kind: string }>, kind: string): Promise<number> {
  const startedAt = performance.now()
  const end = await work()
  if (end.kind !== kind) throw new Error(`not ${kind}: ${JSON.stringify(end).slice(0, 500)}`)
  return round((performance.now() - startedAt) / 1000, 2)
}

/**
 * The same rows, importing into Actual Budget through its own package, in a process of its own; seconds. `folder` is where that was installed as a
 * tool of this measurement (docs/BENCH.md): it is no dependency of the project.
 */
export function benchActual(folder: string, rows: number): number {
  const child = join(import.meta.dirname, 'actual-child.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, folder, String(rows)], { encoding: 'utf8', maxBuffer: 1 << 30 })
  const seconds = /^seconds (\d+(?:\.\d+)?)$/m.exec(stdout)?.[1]
  if (status !== 0 || seconds === undefined) throw new Error(`Actual did not import: ${stderr.slice(-500)}`)
  return round(Number(seconds), 2)
}

if (import.meta.main) {
  const [rows = '100000', actual] = process.argv.slice(2)
  const keychain = await startPrivateKeychain()
  console.log(await benchImport(keychain.env, Number(rows)))
  await keychain.stop()
  if (actual !== undefined) console.log({ actualSeconds: benchActual(actual, Number(rows)) })
}
