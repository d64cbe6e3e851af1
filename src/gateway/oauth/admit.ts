/** In whose name a request is made: access tokens that are bound to the device key (RFC 9449 §7.1). */
import { createHash, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { TokenSchema } from '../../contract/http/account-messages.ts'
import type { Identity } from '../accounts/identity.ts'
import { type Environment, instant } from '../environment.ts'
import { problem, type ProblemError } from '../problems.ts'
import type { Store } from '../store/open-store.ts'
import type { CallingAccount } from './calling-account.ts'
import { admitAccessToken, endAllSessions, scopesIn } from './device-sessions.ts'

/**
 * Who is behind the `Authorization` of a request whose proof was taken: undefined where there is none. Throws `tokenInvalid`, and
 * `proofInvalid` where the proof is not about that very token.
 */
export type Admit = (authorization: string | undefined, proof: { readonly deviceId: string; readonly ath: string | undefined }) => Promise<CallingAccount | undefined>

type Parts = Environment & { readonly store: Store; readonly identity: Pick<Identity, 'account'> }

export function createAdmit(parts: Parts): Admit {
  return async (authorization, { deviceId, ath }) => {
    if (authorization === undefined && ath === undefined) return undefined
    // A proof that speaks of a token where none is: it was lost on the way.
    if (authorization === undefined) throw otherProof()
    const token = tokenIn(authorization)
    if (!isAbout(ath, token)) throw otherProof()
    const session = await admitAccessToken(parts, token, deviceId)
    if (!session) throw tokenInvalid()
    const details = await parts.identity.account(session.account_id)
    if (!details) {
      await endAllSessions(parts.store, session.account_id)
      throw tokenInvalid()
    }
    const signedInAt = instant(Number(session.signed_in_at_ms))
    return { accountId: session.account_id, sessionId: session.session_id, scopes: scopesIn(session.scope), signedInAt, details }
  }
}

function otherProof(): ProblemError {
  return problem('proofInvalid', { headers: { 'www-authenticate': 'DPoP error="invalid_dpop_proof", algs="EdDSA"' } })
}

function tokenInvalid(): ProblemError {
  return problem('tokenInvalid', { headers: { 'www-authenticate': 'DPoP error="invalid_token", algs="EdDSA"' } })
}

/** RFC 9449 §7.1. The scheme's name may be in any case (RFC 9110 §11.1); a bearer token is none of this gateway's. */
function tokenIn(authorization: string): string {
  const [scheme, token, ...more] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'dpop' || more.length > 0 || !v.is(TokenSchema, token)) throw tokenInvalid()
  return token
}

/** RFC 9449 §4.3, the last two steps: the proof has the token's hash, and, by the token, the right key. */
function isAbout(ath: string | undefined, token: string): boolean {
  const expected = createHash('sha256').update(token, 'ascii').digest()
  const claimed = Buffer.from(ath ?? '', 'base64url')
  return claimed.length === expected.length && timingSafeEqual(claimed, expected)
}
