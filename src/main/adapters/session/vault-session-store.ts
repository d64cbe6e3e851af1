/** The sign-in as one item of the keychain. */
import * as v from 'valibot'
import { AccountResponseSchema, TokenSchema } from '../../../contract/http/account-messages.ts'
import type { KeptSignIn, SessionStore } from '../../ports/session.ts'
import type { Vault } from '../../ports/vault.ts'

/** Credential Manager of Windows takes 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
const revokingAtMost = 10

const KeptSignInSchema = v.strictObject({
  session: v.nullable(
    v.strictObject({ isForTurn: v.boolean(), refreshToken: TokenSchema, account: v.nullable(AccountResponseSchema) }),
  ),
  revoking: v.array(TokenSchema),
})

const nothing: KeptSignIn = { session: null, revoking: [] }

/**
 * Text that is not as this app writes it counts as nobody being signed in: they sign in again. No error is made of it, because a
 * parser's message may quote a token.
 */
function parse(text: string): KeptSignIn {
  try {
    return v.parse(KeptSignInSchema, JSON.parse(text))
  } catch {
    return nothing
  }
}

export function createVaultSessionStore({ vault }: { readonly vault: Vault }): SessionStore {
  return {
    async read() {
      const text = await vault.get('session')
      return text === null ? nothing : parse(text)
    },
    write({ session, revoking }) {
      // The oldest end by themselves first.
      const kept = { session, revoking: revoking.slice(-revokingAtMost) }
      return session === null && revoking.length === 0 ? vault.remove('session') : vault.set('session', JSON.stringify(kept))
    },
  }
}
