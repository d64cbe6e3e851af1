/** A client by somebody else (oauth4webapi), which knows of the gateway only what the RFCs and its metadata say. */
import { randomUUID } from 'node:crypto'
import { CompactSign, exportJWK } from 'jose'
import * as oauth from 'oauth4webapi'
import { Agent, fetch as undiciFetch } from 'undici'
import type { Gateway } from '../../src/gateway/create-gateway.ts'
import { pinnedConnect } from './gateway-client.ts'

export type StandardClient = Awaited<ReturnType<typeof createStandardClient>>

/** `now` is the gateway's clock in milliseconds since the epoch. Call `close` when done. */
export async function createStandardClient(gateway: Pick<Gateway, 'pin' | 'publicUrl'>, now: () => number) {
  const agent = new Agent({ connect: pinnedConnect(gateway.pin) })
  const pinned = ((url: string, init: object) => undiciFetch(url, { ...init, dispatcher: agent })) as unknown as typeof fetch
  const client: oauth.Client = { client_id: 'tuppence-launcher' }
  const auth = oauth.None()
  const keys = await oauth.generateKeyPair('Ed25519')
  // The metadata asks for `EdDSA` (RFC 8037); this client would name the curve (RFC 9864) unless told, as its documentation says.
  const rename: oauth.ModifyAssertionOptions = { [oauth.modifyAssertion]: (header) => void (header['alg'] = 'EdDSA') }
  const options = { [oauth.customFetch]: pinned as never }

  /** The client's own clock, put to the gateway's. */
  function onTime<C extends oauth.Client>(of: C): C {
    return { ...of, [oauth.clockSkew]: Math.round((now() - Date.now()) / 1000) }
  }
  const DPoP = () => oauth.DPoP(onTime(client), keys, rename)

  /** RFC 9449 §4.2, for the end points where the library has no option for it. */
  async function proofHeader(url: string): Promise<Headers> {
    const { kty, crv, x } = await exportJWK(keys.publicKey)
    const claims = { jti: randomUUID(), htm: 'POST', htu: url, iat: Math.floor(now() / 1000) }
    const proof = await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'dpop+jwt', jwk: { kty, crv, x } as never })
      .sign(keys.privateKey)
    return new Headers({ dpop: proof })
  }

  const issuer = new URL(gateway.publicUrl)
  const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...options, algorithm: 'oauth2' }))

  return {
    as,
    async begin(parameters: Record<string, string> = { device_name: 'A device of somebody else', scope: 'profile:read purchase' }) {
      const headers = await proofHeader(as.device_authorization_endpoint ?? '')
      const response = await oauth.deviceAuthorizationRequest(as, client, auth, parameters, { ...options, headers })
      return oauth.processDeviceAuthorizationResponse(as, client, response)
    },
    async poll(deviceCode: string) {
      const response = await oauth.deviceCodeGrantRequest(as, client, auth, deviceCode, { ...options, DPoP: DPoP() })
      return oauth.processDeviceCodeResponse(as, client, response)
    },
    async refresh(refreshToken: string) {
      const response = await oauth.refreshTokenGrantRequest(as, client, auth, refreshToken, { ...options, DPoP: DPoP() })
      return oauth.processRefreshTokenResponse(as, client, response)
    },
    async revoke(token: string) {
      const headers = await proofHeader(as.revocation_endpoint ?? '')
      return oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, token, { ...options, headers }))
    },
    /** Makes the device key known to the gateway, which is none of OAuth's business. */
    async enrol(): Promise<void> {
      const url = `${gateway.publicUrl}/v1/devices`
      await pinned(url, { method: 'POST', headers: Object.fromEntries(await proofHeader(url)) })
    },
    get: (accessToken: string, path: string) =>
      oauth.protectedResourceRequest(accessToken, 'GET', new URL(path, gateway.publicUrl), undefined, undefined, { ...options, DPoP: DPoP() }),
    close: () => agent.destroy(),
  }
}

/** The code of RFC 6749 §5.2 with which the gateway refuses; throws where it does not. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof oauth.ResponseBodyError) return error.error
    throw error
  }
  throw new Error('it was not refused')
}
