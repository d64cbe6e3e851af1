import type { LedgerState } from '../../contract/ipc/status.ts'
import type { VaultProblem } from './vault.ts'
import type { EventLog } from './event-log.ts'

/** The log as it could be opened, and why not more. `log` is there whenever history can at least be read. */
export interface LedgerAccess {
  state(): LedgerState
  vault(): 'ready' | VaultProblem
  log(): EventLog | null
  /** Tries to open what could not be opened, or only be read, before. */
  retry(): Promise<void>
}
