/** Backups of the real log: whole, checked, never at the cost of the log. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { noControls } from '../../../src/domain/controls.ts'
import { noFamily } from '../../../src/domain/family.ts'
import { logBackups } from '../../../src/main/adapters/sqlite/log-backups.ts'
import { schemaVersion } from '../../../src/main/adapters/sqlite/schema.ts'
import { type EventLog, LogStorageError } from '../../../src/main/ports/event-log.ts'
import type { BackupOutcome } from '../../../src/main/ports/backups.ts'
import { approved, cancelled, declined, succeeded } from '../../support/events.ts'
import { createFakeVault } from '../../support/fake-vault.ts'
import { filesOf } from '../../support/files.ts'
import { householdBegun } from '../../support/household-events.ts'
import { tamper } from '../../support/tamper.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'
import { version1Types, version2Types, version3Types, version4Types, writeVersion1Log, writeVersion2Log, writeVersion3Log, writeVersion4Log } from '../../support/old-logs.ts'

let temp: TempLog
let folder: string
beforeEach(() => {
  temp = tempLog()
  folder = join(temp.folder, 'backups')
})
afterEach(() => temp.dispose())

const backups = (vault = temp.vault) => logBackups({ file: temp.file, vault, clock: temp.clock })

const dayMs = 24 * 60 * 60 * 1000

function seqsIn(file: string): bigint[] {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return db.defaultSafeIntegers(true).prepare<[], bigint>('SELECT seq FROM events ORDER BY seq').pluck().all()
  } finally {
    db.close()
  }
}

function nameOf(outcome: BackupOutcome): string {
  if (outcome.kind !== 'backedUp') throw new Error(`no backup: ${outcome.problem}`)
  return outcome.backup.name
}

describe('a backup', () => {
  it('P3 is one file that only the owner can read, named after its time and its newest event', async () => {
    await temp.with(async (log) => {
      await log.append(() => approved('a'))
      const outcome = await backups().backUp()
      const name = 'ledger-20261123T090000000Z-2.sqlite'
      const backup = { name, at: '2026-11-23T09:00:00.000Z', seq: 2, beforeVersion: null }
      expect(outcome).toMatchObject({ kind: 'backedUp', backup })
      expect(backups().list()).toEqual([{ ...backup, bytes: statSync(join(folder, name)).size }])
    })
    expect(readdirSync(folder)).toHaveLength(1)
    expect(seqsIn(join(folder, backups().list()[0]?.name ?? ''))).toEqual([1n, 2n])
    // Its header asks for no write-ahead log (file format §1.3.4), so it can be read where nothing may be written.
    expect([...readFileSync(join(folder, backups().list()[0]?.name ?? '')).subarray(18, 20)]).toEqual([1, 1])
    if (process.platform === 'win32') return
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, backups().list()[0]?.name ?? '')).mode & 0o777).toBe(0o600)
  })

  it('P3 is of one moment while purchases go on', async () => {
    await temp.with(async (log) => {
      for (let count = 0; count < 150; count++) await log.append(() => cancelled(`before-${count}`))
      const outcomes: BackupOutcome[] = []
      const backup = backups().backUp().then((outcome) => outcomes.push(outcome))
      let during = 0
      while (outcomes.length === 0) {
        await log.append(() => cancelled(`during-${during}`))
        during += 1
      }
      await backup
      expect(outcomes).toMatchObject([{ kind: 'backedUp' }])
      expect(during).toBeGreaterThan(1)
      expect((await log.verify()).kind).toBe('clean')
      const seqs = seqsIn(join(folder, backups().list()[0]?.name ?? ''))
      expect(seqs.length).toBeGreaterThanOrEqual(151)
      expect(seqs).toEqual(seqs.map((_, index) => BigInt(index + 1)))
    })
  })

  it('is made once for all who ask at once', async () => {
    await temp.with(async () => {
      const taken = backups()
      const outcomes = await Promise.all([taken.backUp(), taken.backUp()])
      expect(outcomes[0]).toBe(outcomes[1])
    })
  })

  it('P3 does not count when one of its events does not verify, and takes no other one away', async () => {
    await temp.write(approved('a'), succeeded('a'))
    await temp.with(() => backups().backUp())
    const before = filesOf(folder)
    tamper(temp.file, (db) => db.exec(`UPDATE events SET payload = replace(payload, '99', '98') WHERE seq = 2`))
    temp.clock.advance(dayMs)
    expect(await backups().backUp()).toEqual({ kind: 'failed', problem: 'damaged' })
    expect(filesOf(folder)).toEqual(before)
  })

  it('P3 is not made of something that is no log any more', async () => {
    await temp.write(approved('a'))
    writeFileSync(temp.file, 'My diary. '.repeat(1000))
    expect(await backups().backUp()).toEqual({ kind: 'failed', problem: 'damaged' })
    rmSync(temp.file)
    expect(await backups().backUp()).toEqual({ kind: 'failed', problem: 'notWritable' })
    expect(backups().list()).toEqual([])
  })

  it('P6 is not made without the key that it is checked with', async () => {
    await temp.write(approved('a'))
    temp.vault.fail('locked')
    expect(await backups().backUp()).toEqual({ kind: 'failed', problem: 'vaultUnavailable' })
    expect(await backups(createFakeVault()).backUp()).toEqual({ kind: 'failed', problem: 'keyMissing' })
    expect(readdirSync(temp.folder)).not.toContain('backups')
  })

  it('removes what a killed one left, and nothing else that lies there', async () => {
    mkdirSync(folder)
    for (const name of ['ledger-x.sqlite.part', 'ledger-x.sqlite.part-journal', 'notes.txt']) writeFileSync(join(folder, name), '')
    await temp.with(async () => {
      const name = nameOf(await backups().backUp())
      expect(readdirSync(folder).sort()).toEqual([name, 'notes.txt'])
    })
  })

  it('keeps the newest of seven days', async () => {
    for (let day = 0; day < 10; day++) {
      await temp.with(async (log) => {
        await log.append(() => cancelled(`day-${day}`))
        nameOf(await backups().backUp())
      })
      temp.clock.advance(dayMs)
    }
    const days = backups().list().map(({ at }) => at.slice(0, 10))
    expect(days).toEqual(['02', '01'].map((day) => `2026-12-${day}`).concat(['30', '29', '28', '27', '26'].map((day) => `2026-11-${day}`)))
  })
})

it('P3 a backup is kept also where one of the same day has more events, from before ledger and keychain were put back together', async () => {
  await temp.write(approved('a'))
  const [old, anchor] = [readFileSync(temp.file), temp.vault.secrets.get('log-anchor') ?? '']
  await temp.write(succeeded('a'))
  const first = nameOf(await temp.with(() => backups().backUp()))
  writeFileSync(temp.file, old)
  temp.vault.secrets.set('log-anchor', anchor)
  temp.clock.advance(1_000)
  const second = nameOf(await temp.with(() => backups().backUp()))
  expect(readdirSync(folder).sort()).toEqual([first, second])
})

describe('a backup that cannot be written', () => {
  it('P3 is a problem of its own, and the log goes on', async () => {
    writeFileSync(folder, 'not a folder')
    await temp.with(async (log) => {
      await log.append(() => approved('a'))
      expect(await backups().backUp()).toEqual({ kind: 'failed', problem: 'notWritable' })
      expect(backups().list()).toEqual([])
      expect((await log.append(() => succeeded('a')))?.seq).toBe(3)
      expect((await log.verify()).kind).toBe('clean')
    })
    expect(readFileSync(folder, 'utf8')).toBe('not a folder')
  })

  it.skipIf(!canMount())('P3 leaves the log the room that is left on a disk that is nearly full', async () => {
    mkdirSync(folder)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder])
    try {
      await temp.with(async (log) => {
        await log.append(() => approved('a'))
        expect(await backups().backUp()).toEqual({ kind: 'failed', problem: 'outOfSpace' })
        expect(readdirSync(folder)).toEqual([])
        expect((await log.append(() => succeeded('a')))?.seq).toBe(3)
      })
    } finally {
      execFileSync('umount', [folder])
    }
  })
})

/** Only for those who may: a small disk to fill. */
function canMount(): boolean {
  const probe = tempLog()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe.folder], { stdio: 'ignore' })
    execFileSync('umount', [probe.folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    probe.dispose()
  }
}

describe('the log of the first version', () => {
  beforeEach(() => writeVersion1Log(temp.file, temp.vault))

  it('P3 is brought up to date with nothing lost, after a backup as it was', async () => {
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      expect([...log.events()].map(({ type }) => type)).toEqual(version1Types)
      expect(log.purchases().map(({ purchaseId, state }) => [purchaseId, state])).toEqual([['c', 'approved'], ['a', 'succeeded']])
      expect((await log.verify()).kind).toBe('clean')
      await log.append(() => succeeded('c'))
    })
    expect(backups().list()).toMatchObject([{ seq: 5, beforeVersion: schemaVersion }])
    const db = new Database(join(folder, backups().list()[0]?.name ?? ''), { readonly: true })
    expect(db.pragma('user_version', { simple: true })).toBe(1)
    expect(db.prepare('SELECT state FROM purchases ORDER BY approved_seq').pluck().all()).toEqual(['succeeded', 'approved'])
    db.close()
  })

  it('P3 stays as it is while it cannot be backed up', async () => {
    writeFileSync(folder, 'not a folder')
    const before = filesOf(temp.folder)
    const error: unknown = await temp.open().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(LogStorageError)
    const untouched = Object.entries(filesOf(temp.folder)).filter(([name]) => !name.endsWith('-shm'))
    expect(Object.fromEntries(untouched)).toEqual(before)
    rmSync(folder)
    await temp.with((log) => expect(log.state()).toEqual({ kind: 'ready' }))
  })

  it.each<[string, () => unknown]>([
    ['keyMissing', () => temp.vault.secrets.delete('log-mac-key')],
    ['vaultUnavailable', () => temp.vault.fail('locked')],
    ['tampered', () => temp.vault.secrets.set('log-anchor', '{}')],
  ])('P3 can be read, and is left as it is while it is %s', async (kind, cause) => {
    cause()
    const before = filesOf(temp.folder)
    await temp.with((log) => {
      expect(log.state().kind).toBe(kind)
      expect(log.purchases().map(({ purchaseId, refunded }) => [purchaseId, refunded])).toEqual([['c', 0n], ['a', 0n]])
      expect([...log.events()]).toHaveLength(version1Types.length)
    })
    const untouched = Object.entries(filesOf(temp.folder)).filter(([name]) => !name.endsWith('-shm'))
    expect(Object.fromEntries(untouched)).toEqual(before)
  })
})

describe('P4 the log of the second version', () => {
  beforeEach(() => writeVersion2Log(temp.file, temp.vault))
  const nineOClock = Date.parse('2026-11-23T09:00:00.000Z')

  it('counts what was bought before there were limits, also while it can only be read', async () => {
    const expected = [{ atMs: nineOClock, sellerId: 'seller-1', memberId: null, currency: 'EUR', spent: 198n, reserved: 139n }]
    temp.vault.fail('locked')
    await temp.with((log) => expect(log.usageSince(0)).toEqual(expected))
    temp.vault.recover()
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      expect([...log.events()].map(({ type }) => type)).toEqual(version2Types)
      expect(log.usageSince(0)).toEqual(expected)
      expect(log.purchases().map(({ counted, countedAt }) => [counted.amount, countedAt.slice(17)])).toEqual([
        [40n, '00.000Z'],
        [99n, '00.000Z'],
        [99n, '01.000Z'],
        [99n, '00.000Z'],
        [99n, '00.000Z'],
      ])
      expect(log.controls()).toEqual(noControls)
      expect((await log.verify()).kind).toBe('clean')
      await log.append(() => declined('e'))
      expect(log.usageSince(0)).toMatchObject([{ spent: 198n, reserved: 40n }])
      expect((await log.verify()).kind).toBe('clean')
    })
  })
})

describe('P4 the log of the third version', () => {
  beforeEach(() => writeVersion3Log(temp.file, temp.vault))

  it('is that of somebody without members: nothing is lost, and all of it is nobody’s in particular', async () => {
    const quarter = Date.parse('2026-11-23T08:15:00.000Z')
    const lines = [
      { atMs: quarter, sellerId: 'seller-2', memberId: null, currency: 'EUR', spent: 0n, reserved: 99n },
      { atMs: quarter + 45 * 60_000, sellerId: 'seller-1', memberId: null, currency: 'EUR', spent: 99n, reserved: 99n },
    ]
    const expectAll = (log: EventLog) => {
      expect([...log.events()].map(({ type }) => type)).toEqual(version3Types)
      expect(log.usageSince(0)).toEqual(lines)
      expect(log.purchases().map(({ purchaseId, memberId }) => [purchaseId, memberId])).toEqual([['d', null], ['c', null], ['a', null]])
      expect(log.controls().limits).toEqual([{ period: 'week', sellerId: null, amount: '500' }])
      expect(log.family()).toEqual(noFamily)
    }
    temp.vault.fail('locked')
    await temp.with(expectAll)
    temp.vault.recover()
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      expectAll(log)
      expect((await log.verify()).kind).toBe('clean')
    })
    expect(backups().list()).toMatchObject([{ seq: version3Types.length, beforeVersion: schemaVersion }])
  })

  it('goes on with members: what one of them buys counts beside what was there', async () => {
    await temp.with(async (log) => {
      for (const event of [householdBegun(), approved('e', { memberId: 'teen' }), declined('d')]) await log.append(() => event)
      expect(log.usageSince(0)).toEqual([
        { atMs: Date.parse('2026-11-23T09:00:00.000Z'), sellerId: 'seller-1', memberId: null, currency: 'EUR', spent: 99n, reserved: 99n },
        { atMs: Date.parse('2026-11-23T09:00:00.000Z'), sellerId: 'seller-1', memberId: 'teen', currency: 'EUR', spent: 0n, reserved: 99n },
      ])
      expect((await log.verify()).kind).toBe('clean')
    })
    await temp.with((log) => expect(log.family().names).toEqual({ guardian: 'Ada', adult: 'Ben', teen: 'Cleo', child: 'Dot' }))
  })
})

describe('the log of the fourth version', () => {
  beforeEach(() => writeVersion4Log(temp.file, temp.vault))

  it('has habits as if they had been kept from the first event on', async () => {
    const purchasesOf = (log: EventLog) => [null, 'teen', 'child'].map((memberId) => log.riskProfile(memberId).purchases)
    temp.vault.fail('locked')
    await temp.with((log) => expect(purchasesOf(log)).toEqual([3, 1, 0]))
    temp.vault.recover()
    await temp.with(async (log) => {
      expect(log.state()).toEqual({ kind: 'ready' })
      expect(purchasesOf(log)).toEqual([3, 1, 0])
      expect(log.riskProfile('teen')).toMatchObject({ declines: [expect.any(Number)], wrongPins: [expect.any(Number)] })
      expect((await log.verify()).kind).toBe('clean')
    })
    expect(backups().list()).toMatchObject([{ seq: version4Types.length, beforeVersion: schemaVersion }])
  })
})
