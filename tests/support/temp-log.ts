import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventLog } from '../../src/main/adapters/sqlite/open-event-log.ts'
import type { NewEvent } from '../../src/domain/events.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import { countingEventIds } from './events.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { createFakeVault, type FakeVault } from './fake-vault.ts'

export interface TempLog {
  readonly folder: string
  readonly file: string
  readonly vault: FakeVault
  readonly clock: FakeClock
  open(): Promise<EventLog>
  /** Opens the log, appends the events, closes it. */
  write(...events: NewEvent[]): Promise<void>
  /** Opens the log, does the work, closes it whatever happens. */
  with<T>(work: (log: EventLog) => T | Promise<T>): Promise<T>
  dispose(): void
}

/** A log on the disk in a folder of its own, with a vault in memory. */
export function tempLog(vault = createFakeVault(), clock = createFakeClock()): TempLog {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-log-'))
  const file = join(folder, 'ledger.sqlite')
  const ids = countingEventIds()
  const open = () => openEventLog({ file, vault, clock, ids })
  async function use<T>(work: (log: EventLog) => T | Promise<T>): Promise<T> {
    const log = await open()
    try {
      return await work(log)
    } finally {
      await log.close()
    }
  }
  return {
    folder,
    file,
    vault,
    clock,
    open,
    write: (...events) =>
      use(async (log) => {
        for (const event of events) await log.append(() => event)
      }),
    with: use,
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  }
}
