/**
 * A small honest client of the gateway for tests: it pins the certificate, proves possession of a device key and can
 * be bent one step at a time (own claims, other keys, raw requests) to play an attacker.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { CompactSign, calculateJwkThumbprint, decodeJwt } from 'jose'
import { Agent, buildConnector, request } from 'undici'
import { type AuthorisationClaims, jwsTypes, type ProofClaims, type QuoteClaims } from '../../src/contract/http/claims.ts'
import type { Charge, Fault, PurchaseRequest } from '../../src/contract/http/messages.ts'

export interface TestGateway {
  readonly url: string
  readonly pin: string
  readonly controlToken: string | null
}

export interface TestDevice {
  readonly deviceId: string
  readonly jwk: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  readonly privateKey: KeyObject
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Every answer of the gateway is a JSON object. */
  readonly body: Readonly<Record<string, unknown>>
}

export interface Send {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown
}

export async function makeDevice(): Promise<TestDevice> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: x as string } as const
  return { deviceId: await calculateJwkThumbprint(jwk), jwk, privateKey }
}

export function random32(): string {
  return randomBytes(32).toString('base64url')
}

/** Signs claims as a compact JWS; the header can be anything. */
export function sign(privateKey: KeyObject, header: Record<string, unknown>, claims: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(claims))
  return new CompactSign(bytes).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(privateKey)
}

export const withoutQuery = (path: string) => path.split('?')[0] ?? path

/** The claims of a token, unverified. */
export const claimsOf = (token: string): unknown => decodeJwt(token)

export type GatewayClient = ReturnType<typeof createGatewayClient>

/** `now` is the client's clock in milliseconds since the epoch. Call `close` when done. */
export function createGatewayClient(gateway: TestGateway, now: () => number = Date.now) {
  const agent = new Agent({ connect: pinnedConnect(gateway.pin), connections: 16 })

  async function send(path: string, { method = 'GET', headers = {}, body }: Send = {}): Promise<Answer> {
    const response = await request(`${gateway.url}${path}`, {
      dispatcher: agent,
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.body.text()
    return { status: response.statusCode, headers: response.headers, body: JSON.parse(text) as Answer['body'] }
  }

  /** A DPoP proof for one request; `change` bends its claims. */
  function proof(device: TestDevice, method: string, path: string, change: Partial<Record<keyof ProofClaims, unknown>> = {}) {
    const claims = { jti: randomUUID(), htm: method, htu: `${gateway.url}${path}`, iat: Math.floor(now() / 1000), ...change }
    return sign(device.privateKey, { typ: jwsTypes.proof, jwk: device.jwk }, claims)
  }

  /** Sends with a fresh proof by the device, which is for the address without its query (RFC 9449 §4.2). */
  async function sendAs(device: TestDevice, path: string, options: Send = {}): Promise<Answer> {
    const dpop = await proof(device, options.method ?? 'GET', withoutQuery(path))
    return send(path, { ...options, headers: { dpop, ...options.headers } })
  }

  function enrol(device: TestDevice): Promise<Answer> {
    return sendAs(device, '/v1/devices', { method: 'POST' })
  }

  async function enrolledDevice(): Promise<TestDevice> {
    const device = await makeDevice()
    const answer = await enrol(device)
    if (answer.status !== 200) throw new Error(`enrolment failed: ${JSON.stringify(answer.body)}`)
    return device
  }

  function askQuote(device: TestDevice, offerId: string): Promise<Answer> {
    return sendAs(device, '/v1/quotes', { method: 'POST', body: { offerId } })
  }

  /** The signed quote; throws when the gateway refuses. */
  async function quote(device: TestDevice, offerId: string): Promise<string> {
    const answer = await askQuote(device, offerId)
    if (answer.status !== 200) throw new Error(`no quote: ${JSON.stringify(answer.body)}`)
    return answer.body['quote'] as string
  }

  /** The device's yes to a quote; `change` bends its claims before they are signed. */
  async function authorise(device: TestDevice, quoteJws: string, change: Partial<AuthorisationClaims> = {}) {
    const terms = claimsOf(quoteJws) as QuoteClaims
    const claims: AuthorisationClaims = {
      deviceId: device.deviceId,
      idempotencyKey: randomUUID(),
      quoteId: terms.quoteId,
      sellerId: terms.sellerId,
      payee: terms.payee,
      amount: terms.price.amount,
      currency: terms.price.currency,
      nonce: random32(),
      challengeDigest: random32(),
      approvedAt: new Date(now()).toISOString(),
      ...change,
    }
    return sign(device.privateKey, { typ: jwsTypes.authorisation }, claims)
  }

  /** Sends a purchase; the key is the authorisation's own unless told. */
  function purchase(device: TestDevice, body: PurchaseRequest, key?: string): Promise<Answer> {
    const idempotencyKey = key ?? (claimsOf(body.authorisation) as AuthorisationClaims).idempotencyKey
    return sendAs(device, '/v1/purchases', { method: 'POST', body, headers: { 'idempotency-key': idempotencyKey } })
  }

  /** Quote and authorisation for an offer, ready to be sent. */
  async function approved(device: TestDevice, offerId: string, change: Partial<AuthorisationClaims> = {}): Promise<PurchaseRequest> {
    const quoteJws = await quote(device, offerId)
    return { quote: quoteJws, authorisation: await authorise(device, quoteJws, change) }
  }

  async function buy(device: TestDevice, offerId: string, change: Partial<AuthorisationClaims> = {}): Promise<Answer> {
    return purchase(device, await approved(device, offerId, change))
  }

  function purchaseByKey(device: TestDevice, key: string): Promise<Answer> {
    return sendAs(device, `/v1/purchases/${encodeURIComponent(key)}`)
  }

  const asTester = { authorization: `Bearer ${gateway.controlToken}` }

  async function setFaults(...faults: Fault[]): Promise<void> {
    const answer = await send('/sandbox/faults', { method: 'POST', headers: asTester, body: { faults } })
    if (answer.status !== 200) throw new Error(`faults refused: ${JSON.stringify(answer.body)}`)
  }

  async function charges(): Promise<Charge[]> {
    return (await send('/sandbox/charges', { headers: asTester })).body['charges'] as Charge[]
  }

  return {
    send, sendAs, proof, enrol, enrolledDevice, askQuote, quote, authorise, approved, purchase, buy, purchaseByKey,
    setFaults, charges,
    close: () => agent.destroy(),
  }
}

/**
 * Trust is the pin alone: the certificate is self-signed, so its chain proves nothing. Sessions are not cached because
 * a resumed one shows no certificate to compare.
 */
export function pinnedConnect(pin: string): buildConnector.connector {
  const connect = buildConnector({ rejectUnauthorized: false, allowH2: false, maxCachedSessions: 0 })
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null)
      const certificate = (socket as TLSSocket).getPeerX509Certificate()
      const spki = certificate?.publicKey.export({ type: 'spki', format: 'der' }) ?? ''
      if (createHash('sha256').update(spki).digest('base64') === pin) return callback(null, socket)
      socket.destroy()
      callback(new Error('the certificate is not the pinned one'), null)
    })
}
