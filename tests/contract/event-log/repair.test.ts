/** A log that is put back, or begun anew beside what is left of it: only where needed, and with nothing overwritten. */
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EventId } from '../../../src/domain/brands.ts'
import { triesOf } from '../../../src/domain/access.ts'
import type { NewEvent } from '../../../src/domain/events.ts'
import { logBackups } from '../../../src/main/adapters/sqlite/log-backups.ts'
import { logRepair } from '../../../src/main/adapters/sqlite/repair-log.ts'
import type { EventLog, LogHead } from '../../../src/main/ports/event-log.ts'
import { begun, limitOf, tightened } from '../../support/control-events.ts'
import type { Vault } from '../../../src/main/ports/vault.ts'
import { approved, cancelled, succeeded } from '../../support/events.ts'
import { householdBegun, tried } from '../../support/household-events.ts'
import { bytesOf, filesOf } from '../../support/files.ts'
import { tamper } from '../../support/tamper.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'
import { version1Types, writeVersion1Log } from '../../support/old-logs.ts'

let temp: TempLog
let repairIds = 0
beforeEach(() => {
  temp = tempLog()
  repairIds = 0
})
afterEach(() => temp.dispose())

const repair = (vault: Vault = temp.vault) =>
  logRepair({
    file: temp.file,
    vault,
    clock: temp.clock,
    ids: { eventId: () => `repair-${++repairIds}` as EventId },
  })

const backUp = () => temp.with(() => logBackups({ file: temp.file, vault: temp.vault, clock: temp.clock }).backUp())
const backupFiles = () => readdirSync(join(temp.folder, 'backups')).map((name) => join(temp.folder, 'backups', name))
const anchor = () => JSON.parse(temp.vault.secrets.get('log-anchor') ?? 'null') as LogHead
const typesOf = (log: EventLog) => [...log.events()].map(({ type }) => type)
const newest = (log: EventLog) => [...log.events()].at(-1)
const setAside = () => readdirSync(temp.folder).filter((name) => name.startsWith('ledger-set-aside-'))

/** The log is whole, takes events, and is the one that the keychain means. */
async function expectReady(types: readonly string[]): Promise<void> {
  await temp.with(async (log) => {
    expect(log.state()).toEqual({ kind: 'ready' })
    expect(typesOf(log)).toEqual(types)
    expect((await log.verify()).kind).toBe('clean')
    expect((await log.append(() => cancelled('next')))?.seq).toBe(types.length + 1)
  })
}

/** Nothing is done, and every byte of the folder and of the keychain stays. */
async function expectRefusal(what: 'diagnose' | 'restore' | 'startNew', reason: string): Promise<void> {
  const before = [filesOf(temp.folder), new Map(temp.vault.secrets)]
  expect(await repair()[what](false)).toEqual({ kind: 'refused', reason })
  expect([filesOf(temp.folder), temp.vault.secrets]).toEqual(before)
}

const four: NewEvent[] = [approved('a'), succeeded('a'), approved('b'), succeeded('b')]
const fourTypes = ['log.opened', ...four.map(({ type }) => type)]
const edit = (seq: number) => tamper(temp.file, (db) => db.exec(`UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE seq = ${seq}`))

describe('P3 a ledger that is as it should be', () => {
  it.each(['diagnose', 'restore', 'startNew'] as const)('is left alone: %s', async (what) => {
    await temp.write(...four)
    await backUp()
    await temp.write(cancelled('newer'))
    await expectRefusal(what, 'notNeeded')
  })

  it.each(['diagnose', 'restore', 'startNew'] as const)('is left alone when its newest event was not anchored: %s', async (what) => {
    await temp.write(...four)
    const anchored = temp.vault.secrets.get('log-anchor') ?? ''
    await temp.write(cancelled('newer'))
    temp.vault.secrets.set('log-anchor', anchored)
    await expectRefusal(what, 'notNeeded')
  })

  it('needs no repair before its first start', async () => {
    await expectRefusal('diagnose', 'notNeeded')
    await expectRefusal('startNew', 'notNeeded')
  })

  it.each(['diagnose', 'startNew'] as const)('is left alone where the first version made it: %s', async (what) => {
    await writeVersion1Log(temp.file, temp.vault)
    const before = bytesOf(temp.file)
    expect(await repair()[what](false)).toEqual({ kind: 'refused', reason: 'notNeeded' })
    expect(bytesOf(temp.file)).toBe(before)
  })

  it('is not taken from a process that has it open', async () => {
    await temp.with(() => expectRefusal('restore', 'inUse'))
  })
})

describe('P3 what nothing is done about', () => {
  it('a keychain that does not answer', async () => {
    await temp.write(...four)
    edit(3)
    temp.vault.fail('locked')
    await expectRefusal('restore', 'vaultUnavailable')
    await expectRefusal('startNew', 'vaultUnavailable')
  })

  it('a folder in which the disk fails', async () => {
    await temp.write(...four)
    rmSync(`${temp.file}.lock`)
    mkdirSync(`${temp.file}.lock`)
    await expectRefusal('diagnose', 'diskFailed')
  })

  it('a bug: it is told as it is', async () => {
    await temp.write(...four)
    const broken: Vault = { ...temp.vault, get: () => Promise.reject(new TypeError('a bug')) }
    await expect(repair(broken).diagnose(false)).rejects.toThrow('a bug')
    expect(await repair().diagnose(false)).toEqual({ kind: 'refused', reason: 'notNeeded' })
  })

  it('the log of a newer version', async () => {
    await temp.write(...four)
    const db = new Database(temp.file)
    db.pragma('user_version = 99')
    db.close()
    await expectRefusal('restore', 'newerVersion')
    await expectRefusal('startNew', 'newerVersion')
  })
})

describe('P3 a restore', () => {
  it('P8 of a ledger that was damaged where the wrong PINs are gives nobody more tries', async () => {
    await temp.write(begun(), householdBegun(), tried('child'), tried('child'), tried('child'))
    edit(4)
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 3 }, lostEvents: 3 })
    await temp.with(async (log) => {
      expect(triesOf(log.family().tries, 'child')).toMatchObject({ failures: 7, codeFailures: 7, lastAt: null })
      expect((await log.verify()).kind).toBe('clean')
    })
  })

  it('loses nothing where only something beside the events was changed', async () => {
    await temp.write(...four)
    tamper(temp.file, (db) => db.exec("UPDATE purchases SET state = 'declined' WHERE purchase_id = 'a'"))
    const bad = bytesOf(temp.file)
    expect(await repair().diagnose(false)).toMatchObject({ kind: 'restorable', damage: 'tampered', head: { seq: 5 }, lostEvents: 0 })
    const outcome = await repair().restore(false)
    expect(outcome).toMatchObject({ kind: 'restored', head: { seq: 5 }, lostEvents: 0, setAside: setAside()[0] })
    expect(setAside().map((name) => bytesOf(join(temp.folder, name)))).toEqual([bad])
    await temp.with((log) => {
      expect(newest(log)).toMatchObject({ seq: 6, type: 'log.restored', actor: 'person', payload: { backup: { seq: 5 }, lost: null, lostEvents: 0 } })
      expect(log.purchases().map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
      expect(log.newestOf('log.restored')?.seq).toBe(6)
    })
    await expectReady([...fourTypes, 'log.restored'])
  })

  it('P4 makes what the limits are judged by anew from the events', async () => {
    await temp.write(...four, begun(), tightened(limitOf('500')))
    const before = await temp.with((log) => [log.usageSince(0), log.controls()])
    tamper(temp.file, (db) => db.exec('DELETE FROM usage; DELETE FROM controls'))
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', lostEvents: 0 })
    await temp.with((log) => expect([log.usageSince(0), log.controls()]).toEqual(before))
    expect(before).toMatchObject([[{ spent: 198n }], { limits: [{ amount: '500' }] }])
    await expectReady([...fourTypes, 'controls.begun', 'controls.tightened', 'log.restored'])
  })

  it('brings a log of the first version back in the form of today', async () => {
    await writeVersion1Log(temp.file, temp.vault)
    new Database(temp.file).exec('DROP TRIGGER events_stay').close()
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: version1Types.length }, lostEvents: 0 })
    await expectReady([...version1Types, 'log.restored'])
  })

  it('notices what was changed in a log of the first version', async () => {
    await writeVersion1Log(temp.file, temp.vault)
    new Database(temp.file).exec("UPDATE purchases SET payee = 'Evil Corp' WHERE purchase_id = 'a'").close()
    expect(await repair().diagnose(false)).toMatchObject({ kind: 'restorable', damage: 'tampered', lostEvents: 0 })
  })

  it('is possible where only a safeguard of the file was taken out', async () => {
    await temp.write(...four)
    new Database(temp.file).exec('DROP TRIGGER events_stay').close()
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 5 }, lostEvents: 0 })
    await expectReady([...fourTypes, 'log.restored'])
  })

  it.each<[string, number | null, () => void]>([
    ['not at all where the keychain has no place', null, () => temp.vault.secrets.delete('log-anchor')],
    ['not at all where the keychain has something else', null, () => temp.vault.secrets.set('log-anchor', '{}')],
    ['by one at least where the keychain has another event in the same place', 1, () => temp.vault.secrets.set('log-anchor', JSON.stringify({ seq: 5, mac: 'A'.repeat(43) }))],
    ['by the difference where the keychain is ahead', 3, () => temp.vault.secrets.set('log-anchor', JSON.stringify({ seq: 8, mac: 'A'.repeat(43) }))],
    ['by none where the keychain names an event that is still there', 0, () => edit(5)],
  ])('says how many events are lost: %s', async (_what, lostEvents, happen) => {
    await temp.write(...four.slice(0, 3))
    const behind = temp.vault.secrets.get('log-anchor') ?? ''
    await temp.write(...four.slice(3))
    if (lostEvents === 0) temp.vault.secrets.set('log-anchor', behind)
    happen()
    const found = await repair().diagnose(false)
    expect(found).toMatchObject({ kind: 'restorable', damage: 'tampered', lostEvents })
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', lostEvents })
  })

  it('gets by without backups that cannot be read', async () => {
    await temp.write(...four)
    edit(4)
    writeFileSync(join(temp.folder, 'backups'), 'not a folder')
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 3 }, lostEvents: 2 })
  })

  it('leaves out a backup that is no database', async () => {
    await temp.write(...four)
    await backUp()
    writeFileSync(join(temp.folder, 'backups', 'ledger-20991231T000000000Z-99.sqlite'), 'garbage')
    edit(4)
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 5 }, lostEvents: 0 })
  })

  it('P5 never lets time go backwards, also where the clock of the computer was', async () => {
    await temp.write(...four)
    edit(4)
    temp.clock.set(0)
    await repair().restore(false)
    await temp.with((log) => {
      const times = [...log.events()].map(({ at }) => at)
      expect(times).toEqual(times.toSorted())
      expect(newest(log)?.type).toBe('log.restored')
    })
  })

  it('says what the keychain knew of beyond what is left', async () => {
    await temp.write(...four)
    const before = anchor()
    edit(4)
    const outcome = await repair().restore(false)
    expect(outcome).toMatchObject({ kind: 'restored', head: { seq: 3 }, lostEvents: 2 })
    await temp.with((log) => expect(newest(log)?.payload).toMatchObject({ backup: { seq: 3 }, lost: before }))
    await expectReady([...fourTypes.slice(0, 3), 'log.restored'])
  })

  it('takes from a backup what was damaged, and from the damaged log what came after the backup', async () => {
    await temp.write(...four.slice(0, 2))
    await backUp()
    await temp.write(...four.slice(2))
    edit(2)
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 5 }, lostEvents: 0 })
    await expectReady([...fourTypes, 'log.restored'])
  })

  it.each<[string, string, () => void]>([
    ['is gone', 'logMissing', () => rmSync(temp.file)],
    ['was emptied', 'logMissing', () => truncateSync(temp.file, 0)],
    ['is something else', 'unreadable', () => writeFileSync(temp.file, 'My diary. '.repeat(500))],
    ['is a folder', 'unreadable', () => (rmSync(temp.file), mkdirSync(temp.file))],
    ['was cut short', 'unreadable', () => truncateSync(temp.file, 5000)],
  ])('brings the newest backup back where the ledger %s', async (_what, damage, happen) => {
    await temp.write(...four)
    await backUp()
    await temp.write(cancelled('lost'))
    happen()
    expect(await repair().diagnose(false)).toMatchObject({ kind: 'restorable', damage, lostEvents: 1 })
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 5 }, lostEvents: 1 })
    await expectReady([...fourTypes, 'log.restored'])
  })

  it('notices an older copy of the ledger and brings back what came after it', async () => {
    await temp.write(...four.slice(0, 2))
    copyFileSync(temp.file, `${temp.file}.old`)
    await temp.write(...four.slice(2))
    await backUp()
    renameSync(`${temp.file}.old`, temp.file)
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', lostEvents: 0 })
    await expectReady([...fourTypes, 'log.restored'])
  })

  it('believes a backup only as far as it verifies', async () => {
    await temp.write(...four)
    await backUp()
    const [file = ''] = backupFiles()
    tamper(file, (db) => db.exec("UPDATE events SET actor = 'person' WHERE seq = 4"))
    rmSync(temp.file)
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 3 }, lostEvents: 2 })
    await expectReady([...fourTypes.slice(0, 3), 'log.restored'])
  })

  it('believes no backup of another key', async () => {
    const other = tempLog()
    await other.write(...four)
    await other.with(() => logBackups({ file: other.file, vault: other.vault, clock: other.clock }).backUp())
    await temp.write(approved('mine'))
    rmSync(temp.file)
    cpSync(join(other.folder, 'backups'), join(temp.folder, 'backups'), { recursive: true })
    other.dispose()
    expect(await repair().diagnose(false)).toEqual({ kind: 'restartable', damage: 'logMissing' })
    await expectRefusal('restore', 'nothingToRestore')
  })

  it('follows the branch after an earlier restore, even when a backup of the other one turns up again', async () => {
    await temp.write(...four)
    await backUp()
    const [hidden = ''] = backupFiles()
    renameSync(hidden, join(temp.folder, 'hidden'))
    edit(3)
    await repair().restore(false)
    await temp.write(cancelled('after'))
    renameSync(join(temp.folder, 'hidden'), hidden)
    tamper(temp.file, (db) => db.exec("UPDATE purchases SET item = 'something else'"))
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', lostEvents: 0 })
    await expectReady(['log.opened', 'purchase.approved', 'log.restored', 'purchase.cancelled', 'log.restored'])
  })

  it('follows the branch after an earlier restore also where only backups are left, the other branch with more events', async () => {
    await temp.write(...four)
    await backUp()
    const [hidden = ''] = backupFiles()
    renameSync(hidden, join(temp.folder, 'hidden'))
    edit(3)
    await repair().restore(false)
    await temp.write(cancelled('after'))
    await backUp()
    renameSync(join(temp.folder, 'hidden'), hidden)
    rmSync(temp.file)
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', lostEvents: 0 })
    await expectReady(['log.opened', 'purchase.approved', 'log.restored', 'purchase.cancelled', 'log.restored'])
  })

  it.each(['long', 'short'])('follows the later of two branches after keychain and ledger were put back together: the %s one', async (later) => {
    await temp.write(approved('a'))
    const [old, anchored] = [readFileSync(temp.file), temp.vault.secrets.get('log-anchor') ?? '']
    const branches = { long: [succeeded('a'), cancelled('x')], short: [cancelled('y')] }
    for (const branch of later === 'long' ? [branches.short, branches.long] : [branches.long, branches.short]) {
      writeFileSync(temp.file, old)
      temp.vault.secrets.set('log-anchor', anchored)
      temp.clock.advance(1_000)
      await temp.write(...branch)
      expect((await backUp()).kind).toBe('backedUp')
    }
    rmSync(temp.file)
    await repair().restore(false)
    const kept = later === 'long' ? branches.long : branches.short
    await expectReady(['log.opened', 'purchase.approved', ...kept.map(({ type }) => type), 'log.restored'])
  })

  it('gets by with what other sources have where a page of one is broken', async () => {
    await temp.write(...four)
    await backUp()
    const [file = ''] = backupFiles()
    const bytes = readFileSync(file)
    bytes.fill(0xa5, 4096)
    writeFileSync(file, bytes)
    edit(4)
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 3 }, lostEvents: 2 })
  })

  it('sets the write-ahead log aside with its ledger, and never mixes it into the new one', async () => {
    await temp.write(approved('a'))
    const log = await temp.open()
    await log.append(() => succeeded('a'))
    for (const suffix of ['', '-wal']) copyFileSync(`${temp.file}${suffix}`, `${temp.file}.copy${suffix}`)
    await log.append(() => cancelled('b'))
    await log.close()
    for (const suffix of ['', '-wal']) renameSync(`${temp.file}.copy${suffix}`, `${temp.file}${suffix}`)
    const evidence = ['', '-wal'].map((suffix) => bytesOf(`${temp.file}${suffix}`))
    expect(await repair().restore(false)).toMatchObject({ kind: 'restored', head: { seq: 3 }, lostEvents: 1 })
    expect(setAside().sort().map((name) => bytesOf(join(temp.folder, name)))).toEqual(evidence)
    await expectReady(['log.opened', 'purchase.approved', 'purchase.succeeded', 'log.restored'])
  })

  it('never overwrites what was set aside before', async () => {
    await temp.write(...four)
    const kept: string[] = []
    for (let round = 0; round < 3; round++) {
      tamper(temp.file, (db) => db.exec(`UPDATE purchases SET item = 'forged ${round}'`))
      kept.push(bytesOf(temp.file))
      expect((await repair().restore(false)).kind).toBe('restored')
    }
    expect(setAside().map((name) => bytesOf(join(temp.folder, name))).sort()).toEqual(kept.sort())
  })

  it('overwrites nothing that has the name already', async () => {
    await temp.write(...four)
    edit(4)
    const bad = bytesOf(temp.file)
    const name = 'ledger-set-aside-20261123T090000000Z-repair-1.sqlite'
    for (const taken of [name, `${name}-2`]) writeFileSync(join(temp.folder, taken), 'was here first')
    expect((await repair().restore(false)).kind).toBe('restored')
    for (const taken of [name, `${name}-2`]) expect(readFileSync(join(temp.folder, taken), 'utf8')).toBe('was here first')
    expect(bytesOf(join(temp.folder, `${name}-3`))).toBe(bad)
    await expectReady([...fourTypes.slice(0, 3), 'log.restored'])
  })

  it('leaves all as it was when the keychain does not take the new head', async () => {
    await temp.write(...four)
    edit(4)
    const bad = bytesOf(temp.file)
    temp.vault.fail('locked', { operation: 'set' })
    expect(await repair().restore(false)).toEqual({ kind: 'refused', reason: 'vaultUnavailable' })
    temp.vault.recover()
    expect(bytesOf(temp.file)).toBe(bad)
    await temp.with((log) => expect(log.state().kind).toBe('tampered'))
    expect((await repair().restore(false)).kind).toBe('restored')
  })

  it('leaves all as it was when the keychain does not take the new head, also where no event would be lost', async () => {
    await temp.write(...four)
    tamper(temp.file, (db) => db.exec("UPDATE purchases SET item = 'forged'"))
    const bad = bytesOf(temp.file)
    temp.vault.fail('locked', { operation: 'set' })
    expect(await repair().restore(false)).toEqual({ kind: 'refused', reason: 'vaultUnavailable' })
    temp.vault.recover()
    expect(await repair().diagnose(false)).toMatchObject({ kind: 'restorable', damage: 'tampered', lostEvents: 0 })
    expect([bytesOf(temp.file), setAside()]).toEqual([bad, []])
  })

  it('puts down in a whole log that the gateway had seen a newer one', async () => {
    await temp.write(...four)
    expect(await repair().diagnose(true)).toMatchObject({ kind: 'restorable', damage: 'tampered', lostEvents: null })
    expect(await repair().restore(true)).toMatchObject({ kind: 'restored', head: { seq: 5 }, lostEvents: null })
    await expectReady([...fourTypes, 'log.restored'])
  })
})

describe('P3 a log that waits to replace the ledger', () => {
  const next = () => `${temp.file}.next`

  /** As when the app ends right after the keychain has taken the head of the new log. */
  async function restoreHalf(): Promise<void> {
    const ending: Vault = {
      ...temp.vault,
      async set(name, value) {
        await temp.vault.set(name, value)
        temp.vault.fail('locked', { operation: 'get' })
      },
    }
    expect(await repair(ending).restore(false)).toEqual({ kind: 'refused', reason: 'vaultUnavailable' })
    temp.vault.recover()
  }

  it.each(['opened', 'repaired'])('takes its place when it is the one that the keychain means and the folder is %s', async (how) => {
    await temp.write(...four)
    edit(4)
    const bad = bytesOf(temp.file)
    await restoreHalf()
    for (const suffix of ['-wal', '-journal', '-shm']) writeFileSync(`${next()}${suffix}`, '')
    writeFileSync(`${temp.file}-journal`, '')
    if (how === 'repaired') expect(await repair().diagnose(false)).toEqual({ kind: 'refused', reason: 'notNeeded' })
    await expectReady([...fourTypes.slice(0, 3), 'log.restored'])
    const aside = setAside()[0] ?? ''
    expect(bytesOf(join(temp.folder, aside))).toBe(bad)
    expect(readdirSync(temp.folder).sort()).toEqual([aside, `${aside}-journal`, 'ledger.sqlite', 'ledger.sqlite.lock'].sort())
  })

  it('does not take its place while the keychain does not say that it is the one', async () => {
    await temp.write(...four)
    edit(4)
    const bad = bytesOf(temp.file)
    await restoreHalf()
    temp.vault.fail('locked')
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'vaultUnavailable', problem: 'locked' }))
    temp.vault.recover()
    const key = temp.vault.secrets.get('log-mac-key') ?? ''
    temp.vault.secrets.delete('log-mac-key')
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'keyMissing' }))
    expect([bytesOf(temp.file), setAside()]).toEqual([bad, []])
    temp.vault.secrets.set('log-mac-key', key)
    await expectReady([...fourTypes.slice(0, 3), 'log.restored'])
  })

  it('is nothing where one of its events was changed', async () => {
    await temp.write(...four)
    edit(4)
    await restoreHalf()
    tamper(next(), (db) => db.exec("UPDATE events SET actor = 'nobody' WHERE seq = 2"))
    await temp.with((log) => expect(log.state().kind).toBe('tampered'))
    expect(setAside()).toEqual([])
  })

  it('is nothing where it does not end with a restore or a new beginning: a copy of the ledger changes nothing', async () => {
    await temp.write(...four)
    copyFileSync(temp.file, next())
    await temp.with((log) => expect([log.state().kind, log.head()?.seq]).toEqual(['ready', 5]))
    expect(setAside()).toEqual([])
  })

  it('is nothing without the anchor: a copy of an older ledger that somebody puts there changes nothing', async () => {
    await temp.write(approved('a'))
    copyFileSync(temp.file, next())
    await temp.write(succeeded('a'))
    await temp.with((log) => expect([log.state().kind, log.head()?.seq]).toEqual(['ready', 3]))
    expect(setAside()).toEqual([])
  })

  it('is nothing when the anchor has moved on: a restored log of some time ago changes nothing', async () => {
    await temp.write(approved('a'))
    tamper(temp.file, (db) => db.exec("UPDATE purchases SET item = 'forged'"))
    await repair().restore(false)
    copyFileSync(temp.file, `${temp.file}.copy`)
    await temp.write(succeeded('a'))
    renameSync(`${temp.file}.copy`, next())
    await temp.with((log) => expect([log.state().kind, log.head()?.seq]).toEqual(['ready', 4]))
    expect(setAside()).toHaveLength(1)
  })

  it.each<[string, () => unknown]>([
    ['is garbage', () => writeFileSync(next(), 'garbage')],
    ['is empty', () => writeFileSync(next(), '')],
    ['is a folder', () => mkdirSync(next())],
  ])('does not keep the ledger from being opened when it %s', async (_what, happen) => {
    await temp.write(approved('a'))
    happen()
    await temp.with((log) => expect([log.state().kind, log.head()?.seq]).toEqual(['ready', 2]))
  })
})

describe('P6 a new ledger beside an old one', () => {
  it('has a key of its own and says why, by whom and beside what it was begun', async () => {
    await temp.write(...four)
    await backUp()
    temp.vault.secrets.clear()
    const old = readFileSync(temp.file)
    expect(await repair().diagnose(false)).toEqual({ kind: 'restartable', damage: 'keyMissing' })
    const outcome = await repair().startNew()
    expect(outcome).toEqual({ kind: 'restarted', damage: 'keyMissing', setAside: setAside()[0] })
    expect(setAside().map((name) => bytesOf(join(temp.folder, name)))).toEqual([old.toString('base64')])
    await temp.with((log) => {
      const sha256 = createHash('sha256').update(old).digest('hex')
      const payload = { reason: 'keyMissing', setAside: setAside()[0], sha256 }
      expect(newest(log)).toMatchObject({ seq: 2, type: 'log.restarted', actor: 'person', payload })
    })
    await expectReady(['log.opened', 'log.restarted'])
  })

  it('leaves the backups of the old one beside it, where they are not taken for its own', async () => {
    await temp.write(...four)
    await backUp()
    const kept = backupFiles().map(bytesOf)
    temp.vault.secrets.delete('log-mac-key')
    await repair().startNew()
    expect(readdirSync(temp.folder)).not.toContain('backups')
    const [aside = ''] = readdirSync(temp.folder).filter((name) => name.startsWith('backups-ledger-set-aside-'))
    expect(readdirSync(join(temp.folder, aside)).map((name) => bytesOf(join(temp.folder, aside, name)))).toEqual(kept)
  })

  it.each<[string, string, () => void]>([
    ['garbage without a backup', 'unreadable', () => writeFileSync(temp.file, 'garbage')],
    ['gone without a backup', 'logMissing', () => rmSync(temp.file)],
    ['the ledger of somebody else', 'tampered', () => tamper(temp.file, (db) => db.exec('DELETE FROM events WHERE seq = 1'))],
  ])('is possible where the ledger is %s, and never with the old key', async (_what, damage, happen) => {
    await temp.write(...four)
    const key = temp.vault.secrets.get('log-mac-key')
    happen()
    expect(await repair().startNew()).toMatchObject({ kind: 'restarted', damage })
    expect(temp.vault.secrets.get('log-mac-key')).not.toBe(key)
    await expectReady(['log.opened', 'log.restarted'])
  })

  it('is possible where the ledger is a folder, of which there is no digest', async () => {
    mkdirSync(temp.file)
    temp.vault.secrets.set('log-anchor', JSON.stringify({ seq: 3, mac: 'A'.repeat(43) }))
    temp.vault.secrets.set('log-mac-key', Buffer.alloc(32, 1).toString('base64url'))
    temp.clock.set(0)
    expect(await repair().startNew()).toEqual({ kind: 'restarted', damage: 'unreadable', setAside: setAside()[0] })
    await temp.with((log) => {
      expect(newest(log)?.payload).toEqual({ reason: 'unreadable', setAside: setAside()[0], sha256: null })
      expect(newest(log)?.at).toBe('1970-01-01T00:00:00.000Z')
    })
  })

  it.each<[string, () => void]>([
    ['a key that is no key', () => temp.vault.secrets.set('log-mac-key', 'hunter2')],
    ['a write-ahead log', () => writeFileSync(`${temp.file}-wal`, 'something')],
    ['a ledger that was set aside', () => writeFileSync(join(temp.folder, 'ledger-set-aside-x.sqlite'), '')],
  ])('is possible where all that is left of the old one is %s', async (_what, happen) => {
    happen()
    expect(await repair().diagnose(false)).toEqual({ kind: 'restartable', damage: 'logMissing' })
    expect(await repair().startNew()).toMatchObject({ kind: 'restarted', damage: 'logMissing', setAside: null })
    await expectReady(['log.opened', 'log.restarted'])
  })

  it('is not taken for needed where the folder holds only what has nothing to do with a ledger', async () => {
    mkdirSync(join(temp.folder, 'backups'))
    writeFileSync(join(temp.folder, 'backups', 'notes.txt'), '')
    writeFileSync(join(temp.folder, 'my-ledger-set-aside-x.sqlite'), '')
    await expectRefusal('startNew', 'notNeeded')
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it('is refused where anything can be put back: it would only forget limits and exclusions', async () => {
    await temp.write(...four)
    edit(4)
    await expectRefusal('startNew', 'restorable')
  })

  it('is asked for also where keychain and ledger are gone and only backups are left', async () => {
    await temp.write(...four)
    await backUp()
    rmSync(temp.file)
    temp.vault.secrets.clear()
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'tampered', firstBadSeq: 1, finding: 'logMissing' }))
    expect(temp.vault.secrets.size).toBe(0)
    expect(await repair().startNew()).toMatchObject({ kind: 'restarted', damage: 'logMissing', setAside: null })
    await expectReady(['log.opened', 'log.restarted'])
  })

  it('leaves the old one as it was when the keychain takes the anchor but not the key', async () => {
    await temp.write(...four)
    temp.vault.secrets.delete('log-mac-key')
    const old = bytesOf(temp.file)
    temp.vault.fail('locked', { operation: 'set', name: 'log-mac-key' })
    expect(await repair().startNew()).toEqual({ kind: 'refused', reason: 'vaultUnavailable' })
    temp.vault.recover()
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'keyMissing' }))
    expect(bytesOf(temp.file)).toBe(old)
    expect((await repair().startNew()).kind).toBe('restarted')
  })
})
