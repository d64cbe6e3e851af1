import type { LedgerState } from '../../contract/ipc/status.ts'
import type { VaultProblem } from './vault.ts'
import type { EventLog, Verification } from './event-log.ts'

/** The last full check of the log that is open, when it ended (milliseconds since the epoch), or that one is going on. */
export type LastVerification =
  | { readonly kind: 'notYet' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ended'; readonly at: number; readonly found: Verification }

/**
 * The log as it could be opened, and why not more. `log` is there whenever history can at least be read; once a read has
 * failed with LogStorageError it is not, until it was opened anew.
 */
export interface LedgerAccess {
  state(): LedgerState
  vault(): 'ready' | VaultProblem
  log(): EventLog | null
  verification(): LastVerification
  /** Tries to open what could not be opened, or only be read, before. */
  retry(): Promise<void>
}
