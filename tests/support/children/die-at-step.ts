/**
 * Does one thing with the log of a folder and kills itself right before its step number `step`: a statement that writes, or
 * a change in the file system (that of the keychain's file included); with `files`, only the latter. Says on stdout how many steps there were when it
 * comes to its end.
 */
import { randomUUID } from 'node:crypto'
import fs, { writeSync } from 'node:fs'
import { registerHooks, syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import type { EventId } from '../../../src/domain/brands.ts'
import { fileVault } from '../file-vault.ts'
import { watcher } from './watched-sqlite.ts'

const [folder = '', action = '', dieAt = '', counted = ''] = process.argv.slice(2)
let steps = 0

function step(): void {
  steps += 1
  if (steps === Number(dieAt)) process.kill(process.pid, 'SIGKILL')
}

watchFiles()
if (counted !== 'files') watchStatements()

function watchFiles(): void {
  for (const name of ['renameSync', 'rmSync', 'mkdirSync', 'writeFileSync', 'fsyncSync'] as const) {
    const real = fs[name] as (...args: unknown[]) => unknown
    Object.assign(fs, {
      [name](...args: unknown[]) {
        step()
        return real(...args)
      },
    })
  }
  const open = fs.openSync
  fs.openSync = (path, flags, mode) => {
    if (flags !== 'wx') return open(path, flags, mode)
    step()
    const made = open(path, flags, mode)
    // Dying here leaves an empty file.
    step()
    return made
  }
  syncBuiltinESMExports()
}

function watchStatements(): void {
  watcher.onWrite = step
  const url = 'watched:better-sqlite3'
  const watched = new URL('./watched-sqlite.ts', import.meta.url).href
  const source = `export { WatchedDatabase as default } from '${watched}'`
  registerHooks({
    resolve: (name, context, next) => (name === 'better-sqlite3' ? { url, shortCircuit: true } : next(name, context)),
    load: (at, context, next) => (at === url ? { format: 'module', source, shortCircuit: true } : next(at, context)),
  })
}

// Only now, so that they get what is watched.
const { openEventLog } = await import('../../../src/main/adapters/sqlite/open-event-log.ts')
const { logRepair } = await import('../../../src/main/adapters/sqlite/repair-log.ts')
const { logBackups } = await import('../../../src/main/adapters/sqlite/log-backups.ts')

const options = {
  file: join(folder, 'ledger.sqlite'),
  vault: fileVault(join(folder, 'vault.json')),
  clock: { now: () => Date.now() },
  ids: { eventId: () => randomUUID() as EventId },
}

async function act(): Promise<string> {
  if (action === 'restore') return (await logRepair(options).restore(false)).kind
  if (action === 'startNew') return (await logRepair(options).startNew()).kind
  const log = await openEventLog(options)
  const { kind } = action === 'backUp' ? await logBackups(options).backUp() : log.state()
  await log.close()
  return kind
}

const outcome = await act()
writeSync(1, `${outcome} ${steps}\n`)
