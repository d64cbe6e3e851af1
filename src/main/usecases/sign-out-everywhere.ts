/** Signing out on every device that is signed in to the account. Needs the gateway: without it nothing changes. */
import type { AccountGateway } from '../ports/account-gateway.ts'
import type { SessionKeeper } from './session.ts'
import { reasonFor } from './account-devices.ts'

export interface SignOutEverywhereDeps {
  readonly gateway: Pick<AccountGateway, 'signOutEverywhere'>
  readonly session: Pick<SessionKeeper, 'current' | 'load'>
  readonly signOut: () => Promise<void>
}

export function createSignOutEverywhere({ gateway, session, signOut }: SignOutEverywhereDeps) {
  return async function signOutEverywhere(): Promise<void> {
    try {
      await session.load()
      if (!session.current()) return
      await gateway.signOutEverywhere()
    } catch (error) {
      // Whoever asks sees that they are signed in still.
      if (reasonFor(error) !== 'signedOut') return
    }
    await signOut()
  }
}
