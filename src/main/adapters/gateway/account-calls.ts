/** Signing in by RFC 8628, and what a device that is signed in may ask, over the gateway's connection. */
import type * as v from 'valibot'
import { clientId, deviceGrantType, type OAuthError, type Tokens } from '../../../contract/http/account-messages.ts'
import type { RouteName, routes } from '../../../contract/http/routes.ts'
import type { AccountGateway, CodeAnswer, NewTokens } from '../../ports/account-gateway.ts'
import { GatewayError } from '../../ports/gateway.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { isPageOf, pagesOf } from './gateway-pages.ts'
import type { CallOptions } from './http-client.ts'
import { SignatureError } from './signed-message.ts'

type Answer<N extends RouteName> = v.InferOutput<(typeof routes)[N]['response']>

/** A connection, as these calls need it. */
export interface AccountConnection {
  readonly config: GatewayConfig
  /** With a proof of the device key alone. */
  asKey<N extends RouteName>(name: N, call: CallOptions): Promise<Answer<N>>
  /** As an enrolled device, in the name of whose account it is signed in to. */
  asDevice<N extends RouteName>(name: N, call: CallOptions): Promise<Answer<N>>
}

export interface AccountCallsDeps {
  readonly config: () => Promise<GatewayConfig>
  readonly exchange: <T>(act: (to: AccountConnection) => Promise<T>) => Promise<T>
}

const client = { client_id: clientId }

export function createAccountCalls({ config, exchange }: AccountCallsDeps): AccountGateway {
  return {
    beginSignIn: ({ name, isKiosk }) =>
      exchange(async (to) => {
        const body = { ...client, device_name: name, is_kiosk: String(isKiosk) }
        const given = await to.asKey('deviceAuthorization', { body })
        const [address, addressWithCode] = [given.verification_uri, given.verification_uri_complete]
        // Whatever it says, nobody is sent to somebody else's page.
        if (!isPageOf(to.config, address) || !isPageOf(to.config, addressWithCode)) throw new SignatureError()
        const { device_code: deviceCode, user_code: userCode, expires_in: expiresIn, interval } = given
        return { deviceCode, userCode, address, addressWithCode, expiresInMs: expiresIn * 1_000, intervalMs: interval * 1_000 }
      }),
    askForTokens: (deviceCode) =>
      exchange((to) => to.asKey('token', { body: { ...client, grant_type: deviceGrantType, device_code: deviceCode } })).then(
        (tokens): CodeAnswer => ({ kind: 'tokens', tokens: asTokens(tokens) }),
        (error: unknown): CodeAnswer => ({ kind: codeAnswerOf(error) }),
      ),
    refresh: (refreshToken) =>
      exchange((to) => to.asKey('token', { body: { ...client, grant_type: 'refresh_token', refresh_token: refreshToken } })).then(
        asTokens,
        nullIfOver,
      ),
    async revoke(refreshToken) {
      await exchange((to) => to.asKey('revoke', { body: { ...client, token: refreshToken, token_type_hint: 'refresh_token' } }))
    },
    account: () => exchange((to) => to.asDevice('account', {})),
    devices: () => exchange(async (to) => (await to.asDevice('accountDevices', {})).devices),
    signOutDevice: (sessionId) =>
      exchange(async (to) => (await to.asDevice('signOutDevice', { params: { sessionId } })).devices),
    async signOutEverywhere() {
      await exchange((to) => to.asDevice('signOutEverywhere', {}))
    },
    settingsAddress: async () => `${pagesOf(await config())}/account`,
  }
}

function asTokens({ access_token: accessToken, expires_in: expiresIn, refresh_token: refreshToken }: Tokens): NewTokens {
  return { accessToken, expiresInMs: expiresIn * 1_000, refreshToken }
}

function oauthOf(error: unknown): OAuthError['error'] | null {
  return error instanceof GatewayError && error.problem.kind === 'refused' ? (error.problem.oauth ?? null) : null
}

/** RFC 6749 §5.2: expired, revoked, used before, or another key's. */
function nullIfOver(error: unknown): null {
  if (oauthOf(error) === 'invalid_grant') return null
  throw error
}

/** RFC 8628 §3.5. Throws what is no answer of a gateway. */
function codeAnswerOf(error: unknown): Exclude<CodeAnswer['kind'], 'tokens'> {
  if (!(error instanceof GatewayError)) throw error
  if (error.problem.kind !== 'refused') return error.problem.kind === 'signatureNotTrusted' ? 'refused' : 'failed'
  switch (oauthOf(error)) {
    case 'authorization_pending':
      return 'pending'
    case 'slow_down':
      return 'slowDown'
    case 'access_denied':
      return 'denied'
    case 'expired_token':
      return 'expired'
    case 'temporarily_unavailable':
      return 'failed'
    default:
      return error.problem.code === 'tooManyRequests' ? 'failed' : 'refused'
  }
}
