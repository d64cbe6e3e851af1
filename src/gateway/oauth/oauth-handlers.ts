/** The end points by which a device signs in, stays signed in, and signs out. */
import { scopes } from '../../contract/account.ts'
import { deviceGrantType, type Tokens } from '../../contract/http/account-messages.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { hasUnusualCharacters } from '../../domain/challenge.ts'
import type { Caller, Identity } from '../accounts/identity.ts'
import type { Environment } from '../environment.ts'
import type { Handlers } from '../http/route-types.ts'
import { inTransaction, type Store } from '../store/open-store.ts'
import { beginGrant, type Poll, pollGrant } from './device-codes.ts'
import { beginSession, exchangeRefreshToken, revokeToken, scopesIn } from './device-sessions.ts'
import { oauthError } from './oauth-error.ts'

export type OAuthRouteName = 'authorizationServer' | 'deviceAuthorization' | 'token' | 'revoke'

export type OAuthParts = Environment & {
  readonly store: Store
  readonly identity: Pick<Identity, 'account' | 'record'>
  /** By which people and devices reach this gateway, for example `https://gateway.example`. */
  readonly publicOrigin: () => string
}

export function createOAuthHandlers(parts: OAuthParts): Handlers<OAuthRouteName> {
  const { store, identity, publicOrigin } = parts
  return {
    authorizationServer: () => metadata(publicOrigin()),
    async deviceAuthorization({ device: { deviceId }, body, caller }) {
      // A person decides by it.
      if (hasUnusualCharacters(body.device_name)) throw oauthError('invalid_request', 'device_name has characters that hide what it says')
      const asked = { deviceId, deviceName: body.device_name, isKiosk: body.is_kiosk === 'true', scope: askedScope(body.scope), ip: caller.ip }
      const { deviceCode, userCode, expiresInSeconds, intervalSeconds } = await beginGrant(parts, asked)
      const page = `${publicOrigin()}/device`
      return {
        ...{ device_code: deviceCode, user_code: userCode, verification_uri: page, verification_uri_complete: `${page}?code=${userCode}` },
        ...{ expires_in: expiresInSeconds, interval: intervalSeconds },
      }
    },
    token({ device: { deviceId }, body, caller }) {
      switch (body.grant_type) {
        case deviceGrantType:
          return redeem(parts, body.device_code, deviceId)
        case 'refresh_token':
          return refresh(parts, body.refresh_token, deviceId, caller)
        default:
          return assertNever(body)
      }
    },
    async revoke({ device: { deviceId }, body: { token }, caller }) {
      const accountId = await revokeToken({ ...parts, store }, token, deviceId)
      if (accountId !== undefined) await identity.record(accountId, 'deviceSignedOut', caller)
      return {}
    },
  }
}

/** In the order of the contract, each once; RFC 6749 §3.3 leaves it to the server which it gives. */
function askedScope(text: string): string {
  const asked = text.split(' ').filter((scope) => scope !== '')
  const known = scopesIn(text)
  if (asked.length === 0 || asked.some((scope) => !known.some((each) => each === scope))) throw oauthError('invalid_scope', 'there is no such scope')
  return known.join(' ')
}

const pollWords: Readonly<Record<Exclude<Poll['kind'], 'approved'>, string>> = {
  authorization_pending: 'the person has not answered yet',
  slow_down: 'wait five seconds more before each poll',
  expired_token: 'the code has run out; begin again',
  access_denied: 'the person has said no',
  invalid_grant: 'there is no such code for this key',
}

async function redeem(parts: OAuthParts, deviceCode: string, deviceId: string): Promise<Tokens> {
  const answer = await inTransaction(parts.store, async (store) => {
    const polled = await pollGrant({ ...parts, store }, deviceCode, deviceId)
    if (polled.kind !== 'approved') return polled.kind
    const { account_id: accountId, device_name: deviceName, is_kiosk, scope } = polled.grant
    return beginSession({ ...parts, store }, { accountId, deviceId, deviceName, isKiosk: is_kiosk === 1n, scope })
  })
  if (typeof answer !== 'string') return answer
  throw oauthError(answer, pollWords[answer])
}

async function refresh(parts: OAuthParts, token: string, deviceId: string, caller: Caller): Promise<Tokens> {
  const result = await exchangeRefreshToken(parts, token, deviceId)
  if (result.kind === 'exchanged') return result.tokens
  if (result.kind === 'reused') await parts.identity.record(result.accountId, 'tokenReused', caller)
  throw oauthError('invalid_grant', 'this refresh token is not good, or not for this key')
}

function metadata(issuer: string) {
  return {
    issuer,
    device_authorization_endpoint: `${issuer}/oauth/device_authorization`,
    token_endpoint: `${issuer}/oauth/token`,
    revocation_endpoint: `${issuer}/oauth/revoke`,
    grant_types_supported: [deviceGrantType, 'refresh_token'],
    // There is no authorization end point that answers in a redirect.
    response_types_supported: [],
    scopes_supported: [...scopes],
    // A public client, which names itself by client_id; there is one.
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    dpop_signing_alg_values_supported: ['EdDSA'],
  }
}
