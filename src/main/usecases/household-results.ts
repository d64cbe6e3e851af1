/** What the use cases about requests share: why something is refused. */
import type { HouseholdRefusal } from '../../contract/ipc/household.ts'
import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import { LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { VaultError } from '../ports/vault.ts'

/** The refusal that an expected failure of keychain or ledger is; everything else is a bug and thrown on. */
export function refusalOfFailure(error: unknown): 'keychainUnavailable' | 'ledgerUnavailable' {
  if (error instanceof VaultError) return 'keychainUnavailable'
  if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return 'ledgerUnavailable'
  throw error
}

/** Why there is no price to ask about. */
export function refusalOfQuote(reason: RefusalReason): HouseholdRefusal {
  return reason === 'offerUnavailable' || reason === 'keychainUnavailable' ? reason : 'gatewayUnreachable'
}
