import { beforeEach, describe, expect, it } from 'vitest'
import type { Backup, BackupOutcome, Backups } from '../../../src/main/ports/backups.ts'
import { createBackUpLedger } from '../../../src/main/usecases/back-up-ledger.ts'
import { cancelled } from '../../support/events.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeEventLog } from '../../support/fake-event-log.ts'
import { createFakeLedgerAccess } from '../../support/fake-ledger-access.ts'

const dayMs = 24 * 60 * 60 * 1000

function createWorld() {
  const clock = createFakeClock()
  const log = createFakeEventLog({ clock })
  const ledger = createFakeLedgerAccess(log)
  const made: Backup[] = []
  let next: BackupOutcome | null = null
  const backups: Backups = {
    folder: '/data/backups',
    list: () => [...made].reverse(),
    backUp() {
      const seq = log.head()?.seq ?? 0
      const backup = { name: `ledger-${seq}`, at: new Date(clock.now()).toISOString(), seq, bytes: 1, beforeVersion: null }
      if (!next) made.push(backup)
      return Promise.resolve(next ?? { kind: 'backedUp', backup })
    },
  }
  const care = createBackUpLedger({ backups, clock, ledger })
  return {
    ...{ care, clock, ledger, log, made },
    fail: () => void (next = { kind: 'failed', problem: 'outOfSpace' }),
    add: () => log.append(() => cancelled(`c-${made.length}-${log.head()?.seq}`)),
  }
}

let world: ReturnType<typeof createWorld>
beforeEach(() => {
  world = createWorld()
})

describe('a backup that is due', () => {
  it('is made once a day, when something was added', async () => {
    const { care, clock, made, add } = world
    await add()
    await care.backUpWhenDue()
    await care.backUpWhenDue()
    expect(made).toHaveLength(1)
    await add()
    await care.backUpWhenDue()
    expect(made).toHaveLength(1)
    clock.advance(dayMs)
    await care.backUpWhenDue()
    await care.backUpWhenDue()
    expect(made).toHaveLength(2)
    clock.advance(dayMs)
    await care.backUpWhenDue()
    expect(made).toHaveLength(2)
  })

  it('is not made of a log that holds nothing yet', async () => {
    const { care, made, add, log } = world
    if (!log.head()) await add()
    await care.backUpWhenDue()
    expect(made).toHaveLength(0)
  })

  it.each(['tampered', 'keyMissing', 'vaultUnavailable'] as const)('P3 is not made of a ledger that is %s', async (state) => {
    const { care, ledger, made, add } = world
    await add()
    ledger.setState(state)
    await care.backUpWhenDue()
    expect(await care.backUpLedger()).toEqual({ kind: 'failed', problem: 'ledgerUnavailable' })
    expect(made).toEqual([])
  })
})

describe('the list of backups', () => {
  it('says what became of the last attempt', async () => {
    const { care, fail, add } = world
    expect(care.listBackups()).toEqual({ folder: '/data/backups', backups: [], latest: null })
    await add()
    const outcome = await care.backUpLedger()
    expect(outcome.kind).toBe('backedUp')
    fail()
    expect(await care.backUpLedger()).toEqual({ kind: 'failed', problem: 'outOfSpace' })
    const { backups, latest } = care.listBackups()
    expect(backups).toHaveLength(1)
    expect(latest).toEqual({ kind: 'failed', problem: 'outOfSpace' })
    await care.idle()
  })
})
