import type { LedgerState } from '../../src/contract/ipc/status.ts'
import type { EventLog } from '../../src/main/ports/event-log.ts'
import type { LedgerAccess } from '../../src/main/ports/ledger-access.ts'
import type { VaultProblem } from '../../src/main/ports/vault.ts'

export interface FakeLedgerAccess extends LedgerAccess {
  setState(state: LedgerState): void
  setVault(vault: 'ready' | VaultProblem): void
  setLog(log: EventLog | null): void
}

/** Access to a log that is simply there, until a test says otherwise. */
export function createFakeLedgerAccess(log: EventLog | null): FakeLedgerAccess {
  let current = log
  let state: LedgerState = 'ready'
  let vault: 'ready' | VaultProblem = 'ready'
  return {
    setState: (next) => void (state = next),
    setVault: (next) => void (vault = next),
    setLog: (next) => void (current = next),
    state: () => state,
    vault: () => vault,
    log: () => current,
    verification: () => ({ kind: 'notYet' }),
    retry: async () => {},
  }
}
