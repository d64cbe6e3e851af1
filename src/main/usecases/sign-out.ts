/** Signing out here: this computer forgets at once, and the gateway is told as soon as it can be. */
import { VaultError } from '../ports/vault.ts'
import type { SessionKeeper } from './session.ts'
import type { SignIn } from './sign-in.ts'

export interface SignOutDeps {
  /** Told of what can only be a bug. */
  readonly onUnexpected: (error: unknown) => void
  readonly session: Pick<SessionKeeper, 'forget' | 'load' | 'revokeWaiting'>
  readonly signIn: Pick<SignIn, 'cancel' | 'forgetEnd'>
}

export function createSignOut({ onUnexpected, session, signIn }: SignOutDeps) {
  /** Resolves when this computer has forgotten. */
  return async function signOut(): Promise<void> {
    signIn.cancel()
    signIn.forgetEnd()
    try {
      await session.load()
      await session.forget()
    } catch (error) {
      // The keychain cannot forget now. The gateway is told all the same, and then what is kept is worth nothing.
      if (!(error instanceof VaultError)) throw error
    }
    session.revokeWaiting().catch(onUnexpected)
  }
}
