import { describe, expect, it } from 'vitest'
import { createLedgerAccess } from '../../../src/main/adapters/ledger-access.ts'
import { type EventLog, LogStorageError, type LogState, type LogStorageProblem } from '../../../src/main/ports/event-log.ts'
import type { LogRepair } from '../../../src/main/ports/ledger-repair.ts'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { createFakeEventLog, type FakeEventLog } from '../../support/fake-event-log.ts'
import { createFakeVault } from '../../support/fake-vault.ts'

/** Access whose log opens as the test says: a state, or an error. */
function createAccess(first: LogState | Error = { kind: 'ready' }) {
  const vault = createFakeVault()
  const opened: FakeEventLog[] = []
  const closed: EventLog[] = []
  let next = first
  let failing: Partial<EventLog> = {}
  let changes = 0
  async function openLog(): Promise<EventLog> {
    await Promise.resolve()
    if (next instanceof Error) throw next
    const log = createFakeEventLog({ clock: createFakeClock() })
    log.setState(next)
    opened.push(log)
    return { ...log, ...failing, close: () => log.close().then(() => void closed.push(log)) }
  }
  const repairs: string[] = []
  const repaired = (what: string) => {
    repairs.push(`${what}, state ${access.state()}, ${opened.length - closed.length} open`)
    return Promise.resolve({ kind: 'refused', reason: 'nothingToRestore' } as const)
  }
  const repair: LogRepair = {
    diagnose: (isDistrusted) => repaired(isDistrusted ? 'diagnose distrusted' : 'diagnose'),
    restore: (isDistrusted) => repaired(isDistrusted ? 'restore distrusted' : 'restore'),
    startNew: () => repaired('startNew'),
  }
  const access = createLedgerAccess({ clock: { now: () => 0 }, vault, openLog, repair, onChanged: () => void (changes += 1) })
  return {
    ...{ access, vault, opened, closed, repair, repairs },
    changes: () => changes,
    /** What the logs that are opened from now on do instead. */
    nextLogs(do_: Partial<EventLog>) {
      failing = do_
    },
    openAs(state: LogState | Error) {
      next = state
      return access.retry()
    },
  }
}

describe('the state of the ledger', () => {
  it('P3 is not ready before it was opened', () => {
    const { access } = createAccess()
    expect(access.state()).toBe('vaultUnavailable')
    expect(access.log()).toBeNull()
  })

  it.each<[LogState, string, string]>([
    [{ kind: 'ready' }, 'ready', 'ready'],
    [{ kind: 'tampered', firstBadSeq: 3, finding: 'macMismatch' }, 'tampered', 'ready'],
    [{ kind: 'keyMissing' }, 'keyMissing', 'ready'],
    [{ kind: 'notWritable' }, 'unreadable', 'ready'],
    [{ kind: 'vaultUnavailable', problem: 'locked' }, 'vaultUnavailable', 'locked'],
    [{ kind: 'vaultUnavailable', problem: 'absent' }, 'vaultUnavailable', 'absent'],
  ])('P3 follows a log that opens as %j, and its history can be read', async (opened, state, vault) => {
    const { access, openAs } = createAccess()
    await openAs(opened)
    expect(access.state()).toBe(state)
    expect(access.vault()).toBe(vault)
    expect(access.log()?.purchases()).toEqual([])
  })

  it.each<[LogStorageProblem, string]>([
    [{ kind: 'notADatabase' }, 'notADatabase'],
    [{ kind: 'foreignDatabase', applicationId: 1 }, 'foreignDatabase'],
    [{ kind: 'newerSchema', found: 9, known: 1 }, 'newerVersion'],
    [{ kind: 'inUse' }, 'inUse'],
    [{ kind: 'damaged' }, 'unreadable'],
    [{ kind: 'unreadable', code: 'EACCES' }, 'unreadable'],
    [{ kind: 'outOfSpace' }, 'unreadable'],
    [{ kind: 'unsupported', what: 'journal_mode' }, 'unreadable'],
  ])('P3 names why the file cannot be the log: %j', async (problem, state) => {
    const { access, openAs, vault } = createAccess()
    await openAs(new LogStorageError(problem))
    expect(access.state()).toBe(state)
    expect(access.log()).toBeNull()
    expect(access.vault()).toBe('ready')
    expect(vault.calls).toEqual(['get log-anchor'])
  })

  it.each(['absent', 'locked', 'timedOut'] as const)('P6 names a keychain that is %s', async (problem) => {
    const byLog = createAccess(new VaultError(problem))
    await byLog.access.retry()
    expect([byLog.access.state(), byLog.access.vault()]).toEqual(['vaultUnavailable', problem])
    const beside = createAccess(new LogStorageError({ kind: 'damaged' }))
    beside.vault.fail(problem)
    await beside.access.retry()
    expect([beside.access.state(), beside.access.vault()]).toEqual(['unreadable', problem])
  })

  it('P3 becomes tampered when the log finds that out while it is open', async () => {
    const { access, opened } = createAccess()
    await access.retry()
    opened[0]?.append(() => null).catch(() => {})
    ;(opened[0] as ReturnType<typeof createFakeEventLog>).setState({ kind: 'tampered', firstBadSeq: 1, finding: 'gap' })
    expect(access.state()).toBe('tampered')
  })
})

describe('trying again', () => {
  it('leaves a log that is ready alone', async () => {
    const { access, opened, closed } = createAccess()
    await access.retry()
    const log = access.log()
    await access.retry()
    expect(access.log()).toBe(log)
    expect([opened.length, closed.length]).toEqual([1, 0])
  })

  it.each<LogState | Error>([
    { kind: 'keyMissing' },
    { kind: 'vaultUnavailable', problem: 'locked' },
    { kind: 'notWritable' },
    new LogStorageError({ kind: 'inUse' }),
    new VaultError('locked'),
  ])('opens the log when what was missing is there: %s', async (first) => {
    const { access, openAs, opened, closed } = createAccess(first)
    await access.retry()
    await openAs({ kind: 'ready' })
    expect([access.state(), access.vault()]).toEqual(['ready', 'ready'])
    expect(closed).toHaveLength(opened.length - 1)
  })

  it('P3 many times at once opens the log once: a second one would find it in use', async () => {
    const { access, opened } = createAccess()
    await Promise.all([access.retry(), access.retry(), access.retry()])
    expect(opened).toHaveLength(1)
    expect(access.state()).toBe('ready')
  })

  it('tells that something changed each time it opened, and when the check begins and ends', async () => {
    const { access, changes } = createAccess()
    await access.retry()
    expect(changes()).toBeGreaterThanOrEqual(1)
    await new Promise(setImmediate)
    expect(changes()).toBe(3)
    expect(access.verification()).toMatchObject({ kind: 'ended', at: 0, found: { kind: 'clean' } })
  })

  it('hands on what nobody expected', async () => {
    const { access } = createAccess(new TypeError('a bug'))
    await expect(access.retry()).rejects.toThrow('a bug')
  })
})

describe('a disk that fails while the ledger is open', () => {
  const failed = new LogStorageError({ kind: 'unreadable', code: 'SQLITE_IOERR_READ' })
  const fails = () => {
    throw failed
  }

  it('P3 P9 is told to whoever reads, and to everybody else by the state, until the ledger was opened anew', async () => {
    const { access, nextLogs, closed, changes } = createAccess()
    nextLogs({ unsettled: fails })
    await access.retry()
    const before = changes()
    const log = access.log()
    expect(() => log?.unsettled()).toThrow(failed)
    expect([access.state(), access.log(), changes() - before]).toEqual(['unreadable', null, 1])
    nextLogs({})
    await access.retry()
    expect([access.state(), closed.length, access.log()?.unsettled()]).toEqual(['ready', 1, []])
  })

  it('leaves nothing open behind it', async () => {
    const { access, nextLogs, closed } = createAccess()
    nextLogs({ head: fails })
    await access.retry()
    expect(() => access.log()?.head()).toThrow(failed)
    await access.close()
    expect(closed).toHaveLength(1)
  })
})

describe('a repair', () => {
  it.each(['diagnose', 'restore', 'startNew'] as const)('P3 never touches a ledger that is ready: %s', async (what) => {
    const { access, closed, repairs } = createAccess()
    await access.retry()
    expect(await access[what]()).toEqual({ kind: 'refused', reason: 'notNeeded' })
    expect([repairs, closed]).toEqual([[], []])
    expect(access.log()).not.toBeNull()
  })

  it.each(['diagnose', 'restore', 'startNew'] as const)('closes the log, works, and opens it again: %s', async (what) => {
    const { access, opened, repairs } = createAccess({ kind: 'tampered', firstBadSeq: 3, finding: 'gap' })
    await access.retry()
    expect(await access[what]()).toEqual({ kind: 'refused', reason: 'nothingToRestore' })
    expect(repairs).toEqual([`${what}, state tampered, 0 open`])
    expect([opened.length, access.state()]).toEqual([2, 'tampered'])
    expect(access.log()).not.toBeNull()
  })

  it('P3 passes on that the gateway has seen the log newer than it is', async () => {
    const { access, repairs } = createAccess({ kind: 'tampered', firstBadSeq: 3, finding: 'rolledBack' })
    await access.retry()
    await access.diagnose()
    await access.restore()
    expect(repairs.map((line) => line.split(',')[0])).toEqual(['diagnose distrusted', 'restore distrusted'])
  })

  it('P3 is done one at a time, and nobody opens the log meanwhile', async () => {
    const { access, opened, closed, repair } = createAccess({ kind: 'keyMissing' })
    await access.retry()
    const gate = Promise.withResolvers<void>()
    const calls: number[] = []
    repair.startNew = async () => {
      calls.push(opened.length - closed.length)
      await gate.promise
      return { kind: 'restarted', damage: 'keyMissing', setAside: null }
    }
    const both = Promise.all([access.startNew(), access.startNew(), access.retry()])
    await new Promise(setImmediate)
    expect([calls, opened.length]).toEqual([[0], 1])
    gate.resolve()
    await both
    expect(calls).toEqual([0, 0])
  })

  it('opens the log again also after a bug', async () => {
    const { access, repair } = createAccess({ kind: 'keyMissing' })
    await access.retry()
    repair.restore = () => Promise.reject(new TypeError('a bug'))
    await expect(access.restore()).rejects.toThrow('a bug')
    expect([access.state(), access.log() === null]).toEqual(['keyMissing', false])
  })
})

describe('a keychain that goes away while the app runs', () => {
  const event = { type: 'purchase.declined', actor: 'gateway', payload: { purchaseId: 'p' as PurchaseId, reason: 'r' } } as const

  it('P6 is told at the append that needed it, and found again by trying again', async () => {
    const { access, changes, opened } = createAccess()
    await access.retry()
    const before = changes()
    opened[0]?.failNextAppend(new VaultError('locked'))
    await expect(access.log()?.append(() => event)).rejects.toThrow(VaultError)
    expect(access.vault()).toBe('locked')
    expect(changes()).toBe(before + 1)
    await access.retry()
    expect(access.vault()).toBe('ready')
    expect(opened).toHaveLength(1)
  })

  it('P6 is found out by trying again while the log itself is in order', async () => {
    const { access, vault } = createAccess()
    await access.retry()
    vault.fail('timedOut')
    await access.retry()
    expect(access.vault()).toBe('timedOut')
    vault.recover()
    await access.retry()
    expect(access.vault()).toBe('ready')
  })
})
