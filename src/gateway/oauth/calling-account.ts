import type { Scope } from '../../contract/account.ts'
import type { Account } from '../accounts/identity.ts'

/** In whose name a device asks, proved by an access token that is good and bound to its key. */
export interface CallingAccount {
  readonly accountId: string
  /** Names the sign-in of this device. */
  readonly sessionId: string
  readonly scopes: readonly Scope[]
  readonly signedInAt: string
  readonly details: Account
}
