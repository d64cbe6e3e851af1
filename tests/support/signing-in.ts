/** Devices that sign in to accounts as the launcher does, and people who say yes to them. */
import { createHash } from 'node:crypto'
import { deviceGrantType, clientId, type DeviceAuthorization, type Tokens } from '../../src/contract/http/account-messages.ts'
import type { Caller } from '../../src/gateway/accounts/identity.ts'
import { createGrants } from '../../src/gateway/oauth/create-grants.ts'
import type { DeviceGrants } from '../../src/gateway/oauth/grants.ts'
import { openStore, type Store } from '../../src/gateway/store/open-store.ts'
import type { FakeIdentity } from './fake-identity.ts'
import { type Answer, type GatewayClient, type Send, type TestDevice, withoutQuery } from './gateway-client.ts'

export const someone: Caller = { ip: '192.0.2.7', userAgent: 'Some browser', language: 'en' }

/** SHA-256 of a token in base64url: what a proof that goes with it has to name. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

export interface SignInOptions {
  readonly device?: TestDevice
  readonly scope?: string
  readonly isKiosk?: boolean
}

export interface SignedInDevice {
  readonly device: TestDevice
  readonly tokens: Tokens
  /** Sends with the access token, and a proof that names it. */
  readonly send: (path: string, options?: Send) => Promise<Answer>
}

export interface SigningIn {
  /** What the pages have, on the gateway's own database. */
  readonly grants: DeviceGrants
  /** What is in that database. */
  readonly store: Store
  readonly oauth: OAuthCalls
  readonly sendWith: (device: TestDevice, accessToken: string) => SignedInDevice['send']
  /** The whole way: a device of its own, with the person's yes. */
  readonly signedIn: (accountId: string, options?: SignInOptions) => Promise<SignedInDevice>
}

export interface SigningInParts {
  readonly client: GatewayClient
  readonly dataDir: string
  readonly people: FakeIdentity
  readonly now: () => number
}

export function signingIn({ client, dataDir, people, now }: SigningInParts): SigningIn & { readonly close: () => Promise<void> } {
  const { store, close } = openStore(dataDir)
  const grants = createGrants({ store, identity: people, now, randomBytes: () => new Uint8Array() })
  const oauth = oauthCalls(client)
  const sendWith: SigningIn['sendWith'] = (device, token) => (path, more) => sendWithToken(client, device, token, path, more)
  return {
    ...{ grants, store, oauth, sendWith, close },
    async signedIn(accountId, { device: given, scope = 'profile:read purchase', isKiosk = false } = {}) {
      const device = given ?? (await client.enrolledDevice())
      const asked = await oauth.begin(device, { scope, is_kiosk: String(isKiosk) })
      const { user_code, device_code } = asked.body as unknown as DeviceAuthorization
      const said = await grants.approve(user_code, accountId, someone)
      if (said !== 'approved') throw new Error(`no yes: ${said}`)
      const tokens = (await oauth.redeem(device, device_code)).body as unknown as Tokens
      return { device, tokens, send: sendWith(device, tokens.access_token) }
    },
  }
}

/** With a proof that fits, unless the headers have another. */
export async function sendWithToken(client: GatewayClient, device: TestDevice, token: string, path: string, options: Send = {}): Promise<Answer> {
  const dpop = await client.proof(device, options.method ?? 'GET', withoutQuery(path), { ath: hashOf(token) })
  return client.send(path, { ...options, headers: { dpop, authorization: `DPoP ${token}`, ...options.headers } })
}

export type OAuthCalls = ReturnType<typeof oauthCalls>

/** The end points of signing in, with forms that can be bent. */
export function oauthCalls(client: GatewayClient) {
  async function post(device: TestDevice, path: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
    return client.sendAs(device, path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ client_id: clientId, ...fields }).toString(),
    })
  }
  return {
    post,
    begin: (device: TestDevice, fields: Readonly<Record<string, string>> = {}) => post(device, '/oauth/device_authorization', { device_name: 'Tuppence on Linux', ...fields }),
    redeem: (device: TestDevice, deviceCode: string) => post(device, '/oauth/token', { grant_type: deviceGrantType, device_code: deviceCode }),
    refresh: (device: TestDevice, token: string) => post(device, '/oauth/token', { grant_type: 'refresh_token', refresh_token: token }),
    revoke: (device: TestDevice, token: string) => post(device, '/oauth/revoke', { token }),
  }
}
