/** Migrations, restores, new logs and backups, killed right before every single step. */
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventId } from '../../../src/domain/brands.ts'
import { logBackups } from '../../../src/main/adapters/sqlite/log-backups.ts'
import { openEventLog } from '../../../src/main/adapters/sqlite/open-event-log.ts'
import { logRepair } from '../../../src/main/adapters/sqlite/repair-log.ts'
import { schemaVersion } from '../../../src/main/adapters/sqlite/schema.ts'
import type { EventLog } from '../../../src/main/ports/event-log.ts'
import { approved, cancelled, succeeded } from '../../support/events.ts'
import { fileVault } from '../../support/file-vault.ts'
import { bytesOf } from '../../support/files.ts'
import { tamper } from '../../support/tamper.ts'
import { version1Types, version2Types, version3Types, version4Types, writeVersion1Log, writeVersion2Log, writeVersion3Log, writeVersion4Log } from '../../support/old-logs.ts'

const dieAtStep = fileURLToPath(new URL('../../support/children/die-at-step.ts', import.meta.url))

/** How many processes are at work at once. */
const atOnce = 2

/** Every step is a process of its own; there are some dozens of them. */
const timeoutMs = 240_000

let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tuppence-kills-'))
})
afterEach(() => rmSync(base, { recursive: true, force: true }))

/** Which steps count. A new log is built under a name that nobody looks at, so its statements need no kill of their own. */
type Counted = 'all' | 'files'
type Action = 'open' | 'restore' | 'startNew' | 'backUp'

const at = (folder: string) => ({
  file: join(folder, 'ledger.sqlite'),
  vault: fileVault(join(folder, 'vault.json')),
  clock: { now: () => Date.now() },
  ids: { eventId: () => randomUUID() as EventId },
})

async function withLog<T>(folder: string, work: (log: EventLog) => T | Promise<T>): Promise<T> {
  const log = await openEventLog(at(folder))
  try {
    return await work(log)
  } finally {
    await log.close()
  }
}

const typesOf = (log: EventLog) => [...log.events()].map(({ type }) => type)

/** Resolves with what the child said when it came to its end, or null when it was killed. */
function run(folder: string, action: Action, step: number, counted: Counted): Promise<string | null> {
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  execFile(process.execPath, [dieAtStep, folder, action, String(step), counted], (error, stdout) => {
    if (!error) resolve(stdout.trim())
    else if (error.signal === 'SIGKILL') resolve(null)
    else reject(error)
  })
  return promise
}

/** Kills the action before each of its steps, each time on a fresh copy of the base folder, and has each copy looked at. */
async function killEverywhere(
  action: Action,
  expected: string,
  look: (folder: string, step: number) => Promise<void>,
  counted: Counted = 'all',
) {
  const world = join(base, 'world')
  const whole = join(base, 'whole')
  cpSync(world, whole, { recursive: true })
  const [outcome, count] = (await run(whole, action, 0, counted))?.split(' ') ?? []
  expect(outcome).toBe(expected)
  const steps = Array.from({ length: Number(count) }, (_, index) => index + 1)
  expect(steps.length).toBeGreaterThan(4)
  const worker = async () => {
    for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
      const folder = join(base, `step-${step}`)
      cpSync(world, folder, { recursive: true })
      expect(await run(folder, action, step, counted), `step ${step}`).toBeNull()
      await look(folder, step)
      rmSync(folder, { recursive: true, force: true })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** The folder that everything begins with. */
async function prepare(fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(base, 'world')
  cpSync(mkdtempSync(join(base, 'empty-')), folder, { recursive: true })
  await fill(folder)
  return folder
}

async function write(folder: string, ...purchases: string[]): Promise<void> {
  await withLog(folder, async (log) => {
    for (const id of purchases) for (const event of [approved(id), succeeded(id)]) await log.append(() => event)
  })
}

const setAsideIn = (folder: string) => readdirSync(folder).filter((name) => /^ledger-set-aside-.*\.sqlite$/.test(name))

describe('P3 a migration that is killed before each of its statements', () => {
  it.each([
    ['1', writeVersion1Log, version1Types],
    ['2', writeVersion2Log, version2Types],
    ['3', writeVersion3Log, version3Types],
    ['4', writeVersion4Log, version4Types],
  ])('from version %s leaves one version or the next one, and goes on at the next start with nothing lost', { timeout: timeoutMs }, async (_version, writeLog, types) => {
    await prepare((folder) => writeLog(join(folder, 'ledger.sqlite'), fileVault(join(folder, 'vault.json'))))
    await killEverywhere('open', 'ready', async (folder, step) => {
      await withLog(folder, async (log) => {
        expect(log.state(), `step ${step}`).toEqual({ kind: 'ready' })
        expect(typesOf(log)).toEqual(types)
        expect((await log.verify()).kind, `step ${step}`).toBe('clean')
        expect((await log.append(() => cancelled('next')))?.seq).toBe(types.length + 1)
      })
      const backups = readdirSync(join(folder, 'backups'))
      expect(backups.every((name) => name.endsWith(`-${types.length}-before-v${schemaVersion}.sqlite`)), backups.join()).toBe(true)
      expect(backups).toHaveLength(1)
    })
  })
})

describe('P3 a backup that is killed before each of its steps', () => {
  it('leaves no file that only looks like one, and the log as it was', { timeout: timeoutMs }, async () => {
    await prepare((folder) => write(folder, 'a'))
    await killEverywhere('backUp', 'backedUp', async (folder) => {
      await withLog(folder, async (log) => {
        expect((await log.verify()).kind).toBe('clean')
        expect(log.head()?.seq).toBe(3)
        expect((await logBackups(at(folder)).backUp()).kind).toBe('backedUp')
      })
      // Each that has the name of a backup is whole: it can be put back.
      for (const { name } of logBackups(at(folder)).list()) {
        cpSync(join(folder, 'backups', name), join(folder, 'ledger.sqlite'))
        expect(await withLog(folder, (log) => log.verify())).toMatchObject({ kind: 'clean', events: 3 })
      }
      expect(readdirSync(join(folder, 'backups')).filter((name) => !name.endsWith('.sqlite'))).toEqual([])
    })
  })
})

/** Two events, a backup, a third event; and what then becomes of the ledger. */
const accidents: readonly (readonly [string, (folder: string) => Promise<void>])[] = [
  [
    'an event was deleted',
    async (folder) => {
      await backedUp(folder)
      tamper(join(folder, 'ledger.sqlite'), (db) => db.exec('DELETE FROM events WHERE seq = 2'))
    },
  ],
  [
    'an older copy was put back, with a write-ahead log',
    async (folder) => {
      const files = ['ledger.sqlite', 'ledger.sqlite-wal']
      await withLog(folder, async (log) => {
        await log.append(() => approved('a'))
        for (const name of files) cpSync(join(folder, name), join(base, name))
      })
      await backedUp(folder)
      for (const name of files) cpSync(join(base, name), join(folder, name))
    },
  ],
  [
    'the file is gone',
    async (folder) => {
      await backedUp(folder)
      rmSync(join(folder, 'ledger.sqlite'))
    },
  ],
]

async function backedUp(folder: string): Promise<void> {
  await withLog(folder, async (log) => {
    if (log.head()?.seq === 1) await log.append(() => approved('a'))
    await logBackups(at(folder)).backUp()
    await log.append(() => succeeded('a'))
    if (!existsSync(join(base, 'ledger.sqlite'))) return
    await logBackups(at(folder)).backUp()
  })
}

describe('P3 a restore that is killed before each of its steps', () => {
  it.each(accidents)(
    'leaves what was wrong or ends with the restore in the log, and nothing in between: %s',
    { timeout: timeoutMs },
    async (name, happen) => {
      const seen = new Set<string>()
      const world = await prepare(happen)
      const evidence = ['ledger.sqlite', 'ledger.sqlite-wal'].map((file) => bytesOf(join(world, file)))
      const isGone = name === 'the file is gone'
      expect(evidence[1] === 'missing').toBe(!name.endsWith('write-ahead log'))
      const whole = ['log.opened', 'purchase.approved', ...(isGone ? [] : ['purchase.succeeded']), 'log.restored']
      const lostEvents = isGone ? 1 : 0
      await killEverywhere('restore', 'restored', async (folder, step) => {
        const kind = await withLog(folder, (log) => log.state().kind)
        seen.add(kind)
        if (kind !== 'ready') {
          expect(kind, `step ${step}`).toBe('tampered')
          expect(['ledger.sqlite', 'ledger.sqlite-wal'].map((file) => bytesOf(join(folder, file)))).toEqual(evidence)
          expect(await logRepair(at(folder)).restore(false)).toMatchObject({ kind: 'restored', lostEvents })
        }
        await withLog(folder, async (log) => {
          expect(log.state()).toEqual({ kind: 'ready' })
          expect(typesOf(log), `step ${step}`).toEqual(whole)
          expect((await log.verify()).kind).toBe('clean')
        })
        const aside = setAsideIn(folder).flatMap((file) => [file, `${file}-wal`].map((each) => bytesOf(join(folder, each))))
        expect(aside, `step ${step}`).toEqual(isGone ? [] : evidence)
      }, 'files')
      expect([...seen].sort()).toEqual(['ready', 'tampered'])
    },
  )
})

describe('P6 a new log beside one without its key, killed before each of its steps', () => {
  it('leaves the old one unusable or ends with the decision in the log', { timeout: timeoutMs }, async () => {
    const seen = new Set<string>()
    const world = await prepare(async (folder) => {
      await write(folder, 'a')
      await withLog(folder, () => logBackups(at(folder)).backUp())
      rmSync(join(folder, 'vault.json'))
    })
    const old = bytesOf(join(world, 'ledger.sqlite'))
    await killEverywhere('startNew', 'restarted', async (folder, step) => {
      const kind = await withLog(folder, (log) => log.state().kind)
      seen.add(kind)
      if (kind !== 'ready') {
        expect(kind, `step ${step}`).toBe('keyMissing')
        const secrets = existsSync(join(folder, 'vault.json')) ? readFileSync(join(folder, 'vault.json'), 'utf8') : ''
        expect(secrets).not.toContain('log-mac-key')
        expect(await logRepair(at(folder)).startNew()).toMatchObject({ kind: 'restarted', damage: 'keyMissing' })
      }
      await withLog(folder, async (log) => {
        expect(log.state()).toEqual({ kind: 'ready' })
        expect(typesOf(log), `step ${step}`).toEqual(['log.opened', 'log.restarted'])
        expect((await log.verify()).kind).toBe('clean')
      })
      expect(setAsideIn(folder).map((name) => bytesOf(join(folder, name)))).toEqual([old])
      expect(existsSync(join(folder, 'backups'))).toBe(false)
      expect(readdirSync(folder).filter((name) => name.startsWith('backups-')), `step ${step}`).toHaveLength(1)
    }, 'files')
    expect([...seen].sort()).toEqual(['keyMissing', 'ready'])
  })
})
