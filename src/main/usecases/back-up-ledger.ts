import type { Backup, BackupOutcome, Backups } from '../ports/backups.ts'
import type { Clock } from '../ports/clock.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'

export interface BackUpLedgerDeps {
  readonly backups: Backups
  readonly clock: Pick<Clock, 'now'>
  readonly ledger: Pick<LedgerAccess, 'log' | 'state'>
}

/** `ledgerUnavailable`: only what can be verified is worth a copy, and a backup never takes the place of a better one. */
type BackUpResult = BackupOutcome | { readonly kind: 'failed'; readonly problem: 'ledgerUnavailable' }

export interface BackupList {
  readonly folder: string
  /** Those with the most events first. */
  readonly backups: readonly Backup[]
  /** What came of the last attempt since the start, or null before there was one. */
  readonly latest: BackUpResult | null
}

/** The backups of the ledger: on demand, once a day, and a list of them. */
export function createBackUpLedger({ backups, clock, ledger }: BackUpLedgerDeps) {
  let latest: BackUpResult | null = null
  let running: Promise<unknown> = Promise.resolve()

  async function backUpLedger(): Promise<BackUpResult> {
    const attempt = ledger.state() === 'ready' ? backups.backUp() : ({ kind: 'failed', problem: 'ledgerUnavailable' } as const)
    running = Promise.resolve(attempt).catch(() => {})
    latest = await attempt
    return latest
  }

  return {
    backUpLedger,
    /** To be called now and then: backs up once a day (UTC), when something was added since the last time. */
    async backUpWhenDue(): Promise<void> {
      const head = ledger.state() === 'ready' ? ledger.log()?.head() : null
      if (head && isDue(head.seq, backups.list()[0], new Date(clock.now()).toISOString())) await backUpLedger()
    },
    listBackups: (): BackupList => ({ folder: backups.folder, backups: backups.list(), latest }),
    /** Resolves when no backup is under way. */
    idle: async () => void (await running),
  }
}

/** A new log holds one event and nothing to lose. */
function isDue(seq: number, newest: Backup | undefined, now: string): boolean {
  if (!newest) return seq > 1
  return seq > newest.seq && newest.at.slice(0, 10) !== now.slice(0, 10)
}
