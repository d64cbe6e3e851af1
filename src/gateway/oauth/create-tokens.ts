import type { Identity } from '../accounts/identity.ts'
import type { Environment } from '../environment.ts'
import type { Handlers } from '../http/route-types.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { Store } from '../store/open-store.ts'
import { type AccountRouteName, createAccountHandlers } from './account-handlers.ts'
import { type Admit, createAdmit } from './admit.ts'
import { createGrants } from './create-grants.ts'
import type { DeviceGrants } from './grants.ts'
import { createOAuthHandlers, type OAuthRouteName } from './oauth-handlers.ts'

export interface TokenService {
  /** For the pages on which people say yes. */
  readonly grants: DeviceGrants
  /** For the guard. */
  readonly admit: Admit
  readonly handlers: Handlers<OAuthRouteName | AccountRouteName>
}

/** What signing devices in has to know of people. */
export type TokenIdentity = Pick<Identity, 'account' | 'record' | 'codeWays' | 'sendCode' | 'checkCode' | 'endPageSessions'>

export type TokenParts = Environment & {
  readonly store: Store
  readonly signingKey: SigningKey
  readonly identity: TokenIdentity
  /** By which people and devices reach this gateway, for example `https://gateway.example`. */
  readonly publicOrigin: () => string
}

/** Signing devices in to accounts (RFC 8628), and what they may do then. */
export function createTokens(parts: TokenParts): TokenService {
  const grants = createGrants(parts)
  return { grants, admit: createAdmit(parts), handlers: { ...createOAuthHandlers(parts), ...createAccountHandlers({ ...parts, grants }) } }
}
