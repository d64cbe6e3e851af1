/** The calls of the launcher that look after the ledger, as steps from what the use cases say to what the page is told. */
import type { Handlers } from '../contract/ipc/channel.ts'
import type { LedgerCare } from '../contract/ipc/ledger.ts'
import type { LauncherContract } from '../contract/ipc/launcher.ts'
import { hasMembers, isGuardian } from '../domain/roles.ts'
import type { createLedgerCare } from './create-ledger-care.ts'
import type { AskPerson } from './ports/ask-person.ts'
import { LogStorageError } from './ports/event-log.ts'
import type { LedgerAccess } from './ports/ledger-access.ts'
import type { LedgerRepair } from './ports/ledger-repair.ts'
import { refusalFor } from './usecases/refusals.ts'
import { createRepairLedger, type RepairLedgerDeps } from './usecases/repair-ledger.ts'
import type { Actor } from './usecases/who-decides.ts'

type LedgerCall = Extract<keyof LauncherContract['calls'], `ledger.${string}`>

function unlessStorage(error: unknown): void {
  if (!(error instanceof LogStorageError)) throw error
}

/**
 * Once there are members, a guardian looks after the ledger, which is about everybody's purchases. One that is not ready can be
 * repaired by whoever is there: then nobody could say who they are.
 */
function mayTendLedger(ledger: LedgerAccess, actor: Actor): boolean {
  try {
    const controls = ledger.log()?.controls()
    return !controls || !hasMembers(controls) || isGuardian(controls, actor())
  } catch (error) {
    unlessStorage(error)
    return true
  }
}

function withoutPurchases(care: LedgerCare): LedgerCare {
  return { ...care, reconciliation: null, openPurchases: [] }
}

export function createLedgerHandlers(parts: {
  readonly care: ReturnType<typeof createLedgerCare>
  readonly ledger: LedgerAccess & LedgerRepair
  /** Whose profile is open. */
  readonly actor: Actor
  /** A box of the system. */
  readonly askPerson: AskPerson
  readonly language: RepairLedgerDeps['language']
}): Pick<Handlers<LauncherContract>, LedgerCall> {
  const { actor, care, ledger } = parts
  const mayTend = () => mayTendLedger(ledger, actor)
  const reportCare = () => (mayTend() ? care.reportCare() : withoutPurchases(care.reportCare()))
  return {
    'ledger.care': reportCare,
    async 'ledger.verify'() {
      // That it could not be done is part of what the care tells.
      if (mayTend()) await ledger.log()?.verify().catch(unlessStorage)
      return reportCare()
    },
    async 'ledger.reconcile'() {
      if (!mayTend()) return { kind: 'unavailable', reason: 'profileLocked' }
      const result = await care.reconcileLedger()
      switch (result.kind) {
        case 'compared':
          return { kind: 'compared', matched: result.matched, differences: [...result.differences] }
        case 'gatewayProblem':
          return { kind: 'unavailable', reason: refusalFor(result.problem) }
        case 'keychainUnavailable':
        case 'ledgerUnavailable':
          return { kind: 'unavailable', reason: result.kind }
      }
    },
    async 'ledger.backUp'() {
      if (!mayTend()) return { kind: 'failed', problem: 'ledgerUnavailable' }
      const result = await care.backUpLedger()
      if (result.kind === 'failed') return result
      const { name, at, seq, bytes } = result.backup
      return { kind: 'backedUp', backup: { name, at, seq, bytes } }
    },
    async 'ledger.diagnose'() {
      const found = await ledger.diagnose()
      if (found.kind !== 'restorable') return found.kind === 'refused' ? found : { kind: 'restartable' }
      return { kind: 'restorable', events: found.head.seq, lostEvents: found.lostEvents }
    },
    'ledger.repair': createRepairLedger(parts),
  }
}
