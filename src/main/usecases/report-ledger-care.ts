import type { LedgerCare, OpenPurchase, VerificationView } from '../../contract/ipc/ledger.ts'
import type { BackupList } from './back-up-ledger.ts'
import { LogStorageError } from '../ports/event-log.ts'
import type { LastVerification, LedgerAccess } from '../ports/ledger-access.ts'

/** How the ledger is looked after: what was checked, compared, signed and copied, and what is still open. */
export function createReportLedgerCare(deps: {
  readonly ledger: LedgerAccess
  readonly listBackups: () => BackupList
  readonly listOpenPurchases: () => OpenPurchase[]
}) {
  return function reportLedgerCare(): LedgerCare {
    try {
      return report()
    } catch (error) {
      // The ledger is closed to reading from then on, which is what there is to report.
      if (error instanceof LogStorageError) return report()
      throw error
    }
  }

  function report(): LedgerCare {
    const log = deps.ledger.log()
    const { folder, backups } = deps.listBackups()
    const signed = log?.newestOf('log.countersigned')
    const compared = log?.newestOf('ledger.reconciled')
    return {
      events: log?.head()?.seq ?? null,
      verification: viewOf(deps.ledger.verification()),
      countersigned: signed ? { seq: signed.payload.seq, at: signed.at } : null,
      reconciliation: compared
        ? { at: compared.at, matched: compared.payload.matched, differences: [...compared.payload.differences] }
        : null,
      backups: backups.map(({ name, at, seq, bytes }) => ({ name, at, seq, bytes })),
      backupFolder: folder,
      openPurchases: deps.listOpenPurchases(),
      repaired: repairOf(deps.ledger),
    }
  }
}

function viewOf(verification: LastVerification): VerificationView {
  if (verification.kind !== 'ended') return verification
  const { found } = verification
  const at = new Date(verification.at).toISOString()
  if (found.kind === 'clean') return { kind: 'clean', at, events: found.events }
  if (found.kind === 'unverifiable') return { kind: 'notPossible', at }
  return { kind: 'tampered', at, firstBadSeq: found.firstBadSeq, finding: found.finding }
}

function repairOf(ledger: LedgerAccess): LedgerCare['repaired'] {
  const log = ledger.log()
  const restored = log?.newestOf('log.restored')
  if (restored) return { kind: 'restored', at: restored.at, lostEvents: restored.payload.lostEvents }
  const restarted = log?.newestOf('log.restarted')
  return restarted ? { kind: 'restarted', at: restarted.at } : null
}
