import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LogStorageError, type EventLog } from '../../../src/main/ports/event-log.ts'
import { cancelled } from '../../support/events.ts'
import { importedRow, importMade, importUndone } from '../../support/import-events.ts'
import { tempLog, type TempLog } from '../../support/temp-log.ts'
import { describeEventLog, type OpenSubject } from './event-log-contract.ts'
import { describeFamilyOf } from './family-contract.ts'
import { describeImportsOf } from './imports-contract.ts'
import { describeLimitsOf } from './limits-contract.ts'
import { describeRiskOf } from './risk-contract.ts'

const open: OpenSubject = async (clock, vault) => {
  const temp = tempLog(vault, clock)
  const log = await temp.open()
  return {
    log,
    async dispose() {
      await log.close()
      temp.dispose()
    },
  }
}

describeEventLog('on SQLite', open)
describeLimitsOf('on SQLite', open)
describeFamilyOf('on SQLite', open)
describeImportsOf('on SQLite', open)
describeRiskOf('on SQLite', open)

describe('a commit that fails', () => {
  let temp: TempLog
  let log: EventLog
  /** Whether the next commit fails, and whether the event is on the disk then all the same. */
  let failing: 'no' | 'withNothingWritten' | 'afterItWasWritten'

  beforeEach(async () => {
    failing = 'no'
    const transaction = Database.prototype.transaction
    vi.spyOn(Database.prototype, 'transaction').mockImplementation(function (this: Database.Database, work) {
      const run = transaction.call(this, work)
      const immediate: typeof run.immediate = (...args) => {
        const how = failing
        failing = 'no'
        const result: unknown = how === 'withNothingWritten' ? null : run.immediate(...args)
        if (how !== 'no') throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' })
        return result as ReturnType<typeof run.immediate>
      }
      return { immediate } as unknown as typeof run
    })
    temp = tempLog()
    log = await temp.open()
    await log.anchored()
  })
  afterEach(async () => {
    await log.close()
    vi.restoreAllMocks()
    temp.dispose()
  })

  const anchorSeq = () => (JSON.parse(temp.vault.secrets.get('log-anchor') ?? '{}') as { seq: number }).seq

  it('P3 and has reached the disk all the same is anchored before anything is added to it', async () => {
    failing = 'afterItWasWritten'
    await expect(log.append(() => cancelled('a'))).rejects.toThrow(LogStorageError)
    const release = temp.vault.holdWrites()
    let isSecondDone = false
    const second = log.append(() => cancelled('b')).then((event) => {
      isSecondDone = true
      return event
    })
    await vi.waitFor(() => expect(temp.vault.calls.at(-1)).toBe('set log-anchor'))
    expect([isSecondDone, log.head()?.seq, anchorSeq()]).toEqual([false, 2, 1])
    release()
    expect((await second)?.seq).toBe(3)
    expect([...log.events(2)].map(({ payload }) => 'purchaseId' in payload && payload.purchaseId)).toEqual(['a', 'b'])
    expect(await log.verify()).toMatchObject({ kind: 'clean', events: 3 })
  })

  it('P3 and has written nothing leaves its place to the next event', async () => {
    failing = 'withNothingWritten'
    await expect(log.append(() => cancelled('a'))).rejects.toThrow(LogStorageError)
    expect((await log.append(() => cancelled('b')))?.seq).toBe(2)
    expect([...log.events(2)].map(({ payload }) => 'purchaseId' in payload && payload.purchaseId)).toEqual(['b'])
    expect(await log.verify()).toMatchObject({ kind: 'clean', events: 2 })
  })

  it('P3 and has reached the disk all the same is found by whoever opens the log next', async () => {
    failing = 'afterItWasWritten'
    await expect(log.append(() => cancelled('a'))).rejects.toThrow(LogStorageError)
    await log.close()
    await temp.with(async (again) => {
      expect([again.state(), again.head()?.seq]).toEqual([{ kind: 'ready' }, 2])
      await again.anchored()
      expect(anchorSeq()).toBe(2)
    })
  })
})

describe('a log that somebody outside has seen newer', () => {
  const rolledBack = { kind: 'tampered', firstBadSeq: 3, finding: 'rolledBack' } as const

  it('P3 is only read from then on, though it is whole, and keeps to what was found first', async () => {
    const temp = tempLog()
    await temp.with(async (log) => {
      await log.append(() => cancelled('a'))
      log.distrust(rolledBack)
      log.distrust({ ...rolledBack, firstBadSeq: 9 })
      expect(log.state()).toEqual(rolledBack)
      await expect(log.append(() => cancelled('b'))).rejects.toMatchObject({ reason: 'tampered' })
      expect(await log.verify()).toEqual(rolledBack)
    })
    temp.dispose()
  })
})

describe('an import that was cut short', () => {
  it('P3 is there as far as it came after a new start, takes the next part, or is undone', async () => {
    const temp = tempLog()
    try {
      await temp.write(importMade({ parts: 3 }), importMade({ part: 2, parts: 3, rows: [importedRow(2)] }))
      await temp.with(async (log) => {
        expect(log.family().imports).toMatchObject([{ partsThere: 2, parts: 3, lastRow: 2 }])
        await log.append(() => importMade({ part: 3, parts: 3, rows: [importedRow(3)] }))
        expect(log.family().imports).toMatchObject([{ partsThere: 3, parts: 3 }])
      })
      await temp.with(async (log) => {
        await log.append(() => importUndone())
        expect([log.family().imports?.[0]?.isUndone, (await log.verify()).kind]).toEqual([true, 'clean'])
      })
    } finally {
      temp.dispose()
    }
  })
})
