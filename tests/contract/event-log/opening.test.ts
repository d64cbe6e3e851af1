/** What happens when the log is opened: which files are taken, which are refused, and that none is ever harmed. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { schemaVersion } from '../../../src/main/adapters/sqlite/schema.ts'
import { logBackups } from '../../../src/main/adapters/sqlite/log-backups.ts'
import { verifyFolder } from '../../../src/main/adapters/sqlite/verify-folder.ts'
import { LogReadOnlyError, LogStorageError, type LogStorageProblem } from '../../../src/main/ports/event-log.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { approved, cancelled, succeeded } from '../../support/events.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { bytesOf, filesOf } from '../../support/files.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'
import { writeVersion1Log } from '../../support/old-logs.ts'

let temp: TempLog
beforeEach(() => {
  temp = tempLog()
})
afterEach(() => temp.dispose())

async function problemOfOpening(): Promise<LogStorageProblem> {
  const error: unknown = await temp.open().then(
    () => new Error('it opened'),
    (reason: unknown) => reason,
  )
  if (error instanceof LogStorageError) return error.problem
  throw error
}

/** Opening is refused with the problem, and every byte in the folder stays as it was. */
async function expectRefusal(problem: LogStorageProblem): Promise<void> {
  const before = filesOf(temp.folder)
  expect(await problemOfOpening()).toEqual(problem)
  expect(filesOf(temp.folder)).toEqual(before)
}

/** A copy of the log with what is in its write-ahead log, as a killed process leaves it. */
async function leaveUnfolded(change: (db: Database.Database) => void): Promise<void> {
  await temp.write(cancelled('a'))
  const db = new Database(temp.file)
  change(db)
  for (const suffix of ['', '-wal']) copyFileSync(`${temp.file}${suffix}`, `${temp.file}.copy${suffix}`)
  db.close()
  for (const suffix of ['', '-wal']) copyFileSync(`${temp.file}.copy${suffix}`, `${temp.file}${suffix}`)
  for (const suffix of ['', '-wal']) rmSync(`${temp.file}.copy${suffix}`)
}

describe('a file that is not our log', () => {
  it.each([
    ['text', Buffer.from('My diary. Dear diary, today I opened a shop and nobody came. '.repeat(20))],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['one byte', Buffer.from([0])],
    ['half a header', Buffer.from('SQLite format 3\0')],
    ['zeroes', Buffer.alloc(8192)],
  ])('refuses %s and leaves it alone', async (_name, bytes) => {
    writeFileSync(temp.file, bytes)
    await expectRefusal({ kind: 'notADatabase' })
  })

  it('refuses the database of another application and leaves it alone', async () => {
    const db = new Database(temp.file)
    db.exec("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('https://example.org')")
    db.pragma('application_id = 1234')
    db.close()
    await expectRefusal({ kind: 'foreignDatabase', applicationId: 1234 })
  })

  it('refuses a database that names no application', async () => {
    new Database(temp.file).exec('CREATE TABLE events (seq INTEGER)').close()
    await expectRefusal({ kind: 'foreignDatabase', applicationId: 0 })
  })

  it('refuses a folder', async () => {
    mkdirSync(temp.file)
    expect(await problemOfOpening()).toEqual({ kind: 'unreadable', code: 'EISDIR' })
  })

  it('refuses a path through a file', async () => {
    const file = join(temp.folder, 'file')
    writeFileSync(file, '')
    const inside = { ...temp, file: join(file, 'ledger.sqlite') }
    const { openEventLog } = await import('../../../src/main/adapters/sqlite/open-event-log.ts')
    const ids = { eventId: () => 'e' as never }
    await expect(openEventLog({ file: inside.file, vault: temp.vault, clock: temp.clock, ids })).rejects.toThrow(LogStorageError)
  })

  it('names nothing in the vault when it refuses a file', async () => {
    writeFileSync(temp.file, 'something else')
    await problemOfOpening()
    expect(temp.vault.calls).toEqual([])
  })
})

describe('a log that this version cannot use', () => {
  it('refuses the log of a newer version and says which', async () => {
    await temp.write(cancelled('a'))
    const db = new Database(temp.file)
    db.pragma('user_version = 7')
    db.close()
    await expectRefusal({ kind: 'newerSchema', found: 7, known: schemaVersion })
  })

  it('sees the newer version also while it is only in the write-ahead log', async () => {
    await leaveUnfolded((db) => db.pragma('user_version = 7'))
    expect(statSync(`${temp.file}-wal`).size).toBeGreaterThan(0)
    await expectRefusal({ kind: 'newerSchema', found: 7, known: schemaVersion })
  })

  it('is not fooled by a version that was never committed', async () => {
    await leaveUnfolded((db) => db.pragma('user_version = 7'))
    const wal = readFileSync(`${temp.file}-wal`)
    // The second field of a frame's header is not zero exactly in the last frame of a transaction.
    for (let frame = 32; frame < wal.length; frame += 24 + 4096) wal.fill(0, frame + 4, frame + 8)
    writeFileSync(`${temp.file}-wal`, wal)
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it('refuses a log whose pages are broken and leaves it alone', async () => {
    await temp.write(approved('a'), succeeded('a'))
    const bytes = Buffer.alloc(4096 - 100, 0xa5)
    const db = await import('node:fs/promises').then((fs) => fs.open(temp.file, 'r+'))
    await db.write(bytes, 0, bytes.length, 100)
    await db.close()
    await expectRefusal({ kind: 'damaged' })
  })

  it('refuses a log that was cut short in the middle of a page', async () => {
    await temp.write(approved('a'), succeeded('a'))
    truncateSync(temp.file, 4096 + 1000)
    await expectRefusal({ kind: 'damaged' })
  })

  it('does not mix a stray write-ahead log into a new log', async () => {
    writeFileSync(`${temp.file}-wal`, Buffer.alloc(4152, 1))
    await expectRefusal({ kind: 'damaged' })
  })
})

describe('the first start', () => {
  it('P6 makes a key in the vault and a log that only the owner can read', async () => {
    await temp.with((log) => expect(log.head()?.seq).toBe(1))
    expect([...temp.vault.secrets.keys()].sort()).toEqual(['log-anchor', 'log-mac-key'])
    expect(Buffer.from(temp.vault.secrets.get('log-mac-key') ?? '', 'base64url')).toHaveLength(32)
    if (process.platform !== 'win32') expect(statSync(temp.file).mode & 0o777).toBe(0o600)
  })

  it('P6 never has the key in any file', async () => {
    const log = await temp.open()
    await log.append(() => approved('a'))
    const key = Buffer.from(temp.vault.secrets.get('log-mac-key') ?? '', 'base64url')
    for (const text of [key.toString('latin1'), key.toString('base64url'), key.toString('hex')]) {
      for (const [name, bytes] of Object.entries(filesOf(temp.folder))) {
        expect(Buffer.from(bytes, 'base64').toString('latin1').includes(text), name).toBe(false)
      }
    }
    await log.close()
  })

  it('P6 creates nothing while the vault is not usable, and a log once it is', async () => {
    temp.vault.fail('locked')
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'vaultUnavailable', problem: 'locked' })
      expect([log.head(), [...log.events()], log.purchases()]).toEqual([null, [], []])
      await expect(log.append(() => cancelled('a'))).rejects.toThrow(VaultError)
    })
    expect(filesOf(temp.folder)).toEqual({})
    temp.vault.recover()
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it('P6 creates nothing when the vault can be read but not written', async () => {
    temp.vault.fail('locked', { operation: 'set' })
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'vaultUnavailable', problem: 'locked' }))
    expect(filesOf(temp.folder)).toEqual({})
  })

  it('tells of a bug of the vault as it is, and creates nothing', async () => {
    const vault = { ...temp.vault, set: () => Promise.reject(new TypeError('a bug')) }
    const { openEventLog } = await import('../../../src/main/adapters/sqlite/open-event-log.ts')
    const ids = { eventId: () => 'e' as never }
    await expect(openEventLog({ file: temp.file, vault, clock: temp.clock, ids })).rejects.toThrow('a bug')
    expect(filesOf(temp.folder)).toEqual({})
  })

  it.each(['ledger-set-aside-x.sqlite', 'backups/ledger-20261124T020130123Z-12.sqlite'])('P3 is none where there was a log before: %s', async (name) => {
    mkdirSync(join(temp.folder, 'backups'))
    writeFileSync(join(temp.folder, name), '')
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'tampered', firstBadSeq: 1, finding: 'logMissing' }))
    expect(temp.vault.secrets.size).toBe(0)
  })

  it('goes on with the key of a first start that was killed before it had made the log', async () => {
    await temp.with(() => {})
    const key = temp.vault.secrets.get('log-mac-key')
    rmSync(temp.file)
    temp.vault.secrets.delete('log-anchor')
    writeFileSync(`${temp.file}.new`, 'half a log')
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
    expect(temp.vault.secrets.get('log-mac-key')).toBe(key)
    expect(readdirSync(temp.folder)).not.toContain('ledger.sqlite.new')
  })

  it('P3 takes a first start that was killed before it had anchored the log for what it is', async () => {
    await temp.with(() => {})
    temp.vault.secrets.delete('log-anchor')
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      await log.anchored()
    })
    expect(temp.vault.secrets.has('log-anchor')).toBe(true)
  })

  it('makes the folder when it is missing', async () => {
    temp.dispose()
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it('takes an empty file for no file', async () => {
    writeFileSync(temp.file, '')
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })
})

describe('a log and a vault that do not fit', () => {
  it('P6 shows the history but never makes a key beside events whose key is gone', async () => {
    await temp.write(approved('a'))
    temp.vault.secrets.delete('log-mac-key')
    const before = filesOf(temp.folder)
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'keyMissing' })
      expect(log.purchases()).toHaveLength(1)
      await expect(log.append(() => cancelled('b'))).rejects.toMatchObject({ reason: 'keyMissing' })
      expect(await log.verify()).toEqual({ kind: 'unverifiable', reason: 'keyMissing' })
    })
    expect(temp.vault.secrets.has('log-mac-key')).toBe(false)
    expect(filesOf(temp.folder)).toEqual(before)
  })

  it('P6 takes a vault of another computer for a missing key', async () => {
    await temp.write(approved('a'))
    const elsewhere = { ...temp, vault: createFakeVault() }
    temp.vault.secrets.clear()
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'keyMissing' }))
    expect(elsewhere.vault.secrets.size + temp.vault.secrets.size).toBe(0)
  })

  it.each(['', 'c2hvcnQ', 'not base64url at all, and of the wrong length too'])(
    'P6 takes %o for a key that is missing, with a log and without',
    async (key) => {
      await temp.write(approved('a'))
      temp.vault.secrets.set('log-mac-key', key)
      await temp.with((log) => expect(log.state()).toEqual({ kind: 'keyMissing' }))
      rmSync(temp.file)
      temp.vault.secrets.delete('log-anchor')
      await temp.with((log) => expect(log.state()).toEqual({ kind: 'keyMissing' }))
      expect(temp.vault.secrets.get('log-mac-key')).toBe(key)
      expect(filesOf(temp.folder)).toEqual({})
    },
  )

  it.each(['removed', 'emptied'])('P3 notices that the whole log was %s, and starts no new one', async (how) => {
    await temp.write(approved('a'))
    const secrets = new Map(temp.vault.secrets)
    if (how === 'removed') rmSync(temp.file)
    else truncateSync(temp.file, 0)
    const before = filesOf(temp.folder)
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'tampered', firstBadSeq: 1, finding: 'logMissing' })
      expect(log.purchases()).toEqual([])
      await expect(log.append(() => cancelled('b'))).rejects.toMatchObject({ reason: 'tampered' })
      expect(await log.verify()).toEqual(log.state())
    })
    expect(temp.vault.secrets).toEqual(secrets)
    expect(filesOf(temp.folder)).toEqual(before)
  })

  it.each(['absent', 'locked', 'timedOut'] as const)('shows the history while the vault is %s', async (problem) => {
    await temp.write(approved('a'), succeeded('a'))
    const before = filesOf(temp.folder)
    temp.vault.fail(problem)
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'vaultUnavailable', problem })
      expect(log.purchases()).toHaveLength(1)
      expect(log.postings()).toHaveLength(2)
      expect([...log.events()]).toHaveLength(3)
      await expect(log.append(() => cancelled('b'))).rejects.toMatchObject({ problem })
      await expect(log.anchored()).rejects.toThrow(VaultError)
      expect(await log.verify()).toEqual({ kind: 'unverifiable', reason: 'vaultUnavailable' })
    })
    expect(filesOf(temp.folder)).toEqual(before)
    temp.vault.recover()
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })
})

describe('a write-ahead log that a killed process left', () => {
  /** The newest event is in it alone. */
  beforeEach(() =>
    leaveUnfolded((db) => {
      db.exec(`INSERT INTO purchases (purchase_id, approved_seq, state, offer_id, seller_id, payee, item, game, amount,
        currency, funding_source_id, at) VALUES ('x', 2, 'approved', 'o', 's', 'p', 'i', 'g', 1, 'EUR', 'f', 'now')`)
    }),
  )

  it.each<[string, () => unknown]>([
    ['vaultUnavailable', () => temp.vault.fail('locked')],
    ['keyMissing', () => temp.vault.secrets.delete('log-mac-key')],
    ['tampered', () => temp.vault.secrets.set('log-anchor', '{}')],
  ])('P3 is read, and left as it is while the log is %s', async (kind, cause) => {
    cause()
    const before = [temp.file, `${temp.file}-wal`].map(bytesOf)
    await temp.with(async (log) => {
      expect(log.state().kind).toBe(kind)
      expect(log.purchases()).toHaveLength(1)
      await log.verify()
    })
    expect([temp.file, `${temp.file}-wal`].map(bytesOf)).toEqual(before)
  })
})

describe('one process at a time', () => {
  it('refuses to open a log that is open, and lets go of it on closing', async () => {
    const log = await temp.open()
    await log.append(() => cancelled('a'))
    expect(await problemOfOpening()).toEqual({ kind: 'inUse' })
    expect((await log.append(() => cancelled('b')))?.seq).toBe(3)
    await log.close()
    await temp.with((again) => expect(again.head()?.seq).toBe(3))
  })

  it('lets go of the log also when it could not be opened', async () => {
    writeFileSync(temp.file, 'not a log')
    await problemOfOpening()
    rmSync(temp.file)
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it('lets go of the log also when a bug kept it from being opened', async () => {
    await temp.write(cancelled('a'))
    const vault = { ...temp.vault, get: () => Promise.reject(new TypeError('a bug')) }
    const { openEventLog } = await import('../../../src/main/adapters/sqlite/open-event-log.ts')
    const ids = { eventId: () => 'e' as never }
    await expect(openEventLog({ file: temp.file, vault, clock: temp.clock, ids })).rejects.toThrow('a bug')
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it('can be closed twice', async () => {
    const log = await temp.open()
    await log.close()
    await log.close()
    await expect(log.append(() => cancelled('a'))).rejects.toThrow(LogReadOnlyError)
  })

  it.skipIf(process.platform !== 'linux')('P3 leaves no file open, whose locks would be in the way of whoever comes next', async () => {
    const openFiles = () => readdirSync('/proc/self/fd').length
    const look = () => verifyFolder({ dataDir: temp.folder, vault: temp.vault, signatures: null })
    await writeVersion1Log(temp.file, temp.vault)
    const before = openFiles()
    expect((await look()).kind).toBe('clean')
    temp.vault.fail('locked')
    await temp.with(() => {})
    temp.vault.recover()
    await temp.with(async () => {
      expect((await logBackups({ file: temp.file, vault: temp.vault, clock: temp.clock }).backUp()).kind).toBe('backedUp')
      await look()
    })
    expect(openFiles()).toBe(before)
  })

  it('leaves nothing but the log and its lock behind', async () => {
    await temp.write(cancelled('a'))
    expect(readdirSync(temp.folder).sort()).toEqual(['ledger.sqlite', 'ledger.sqlite.lock'])
    expect(bytesOf(`${temp.file}.lock`)).toBe('')
  })
})
