import type { Backup, Backups } from '../../src/main/ports/backups.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'

export interface FakeBackups extends Backups {
  /** Those made so far, newest first. */
  readonly made: Backup[]
}

/** Copies that are only counted. */
export function createFakeBackups(log: EventLog): FakeBackups {
  const made: Backup[] = []
  return {
    made,
    folder: '/backups',
    list: () => made,
    async backUp() {
      const seq = log.head()?.seq ?? 0
      const at = new Date(log.newestAtMs()).toISOString()
      const backup = { name: `ledger-${seq}.sqlite`, at, seq, bytes: 4096, beforeVersion: null }
      made.unshift(backup)
      return { kind: 'backedUp', backup }
    },
  }
}
