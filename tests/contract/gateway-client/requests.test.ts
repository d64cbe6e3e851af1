import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { jwsTypes, type ProofClaims } from '../../../src/contract/http/claims.ts'
import type { ProblemCode } from '../../../src/contract/http/messages.ts'
import { sign } from '../../support/gateway-client.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { makeQuoteClaims, smallCatalogue } from '../../support/fake-offers.ts'
import { answerJson, type HostileServer, type Identity, makeIdentity, makeSigningPair, type Request, startHostileServer } from '../../support/hostile-server.ts'
import { claimsOf, headerOf } from '../../support/tokens.ts'
import { anyBody, createClient, problemOf } from './client-under-test.ts'

const key = makeSigningPair()
let identity: Identity
let server: HostileServer
/** What the server refuses, by path, one after the other; then it is content. */
let refusals: { readonly path: string; readonly code: ProblemCode }[] = []
/** Where the next request finds its connection cut instead of an answer. */
let broken: string[] = []
let gatewayAheadMs = 0

async function contentAnswer({ url }: Request): Promise<unknown> {
  const { pathname, searchParams } = new URL(url, 'https://x')
  const now = new Date(Date.now() + gatewayAheadMs).toISOString()
  if (pathname === '/v1/catalogue') return smallCatalogue
  if (pathname === '/v1/devices') return { deviceId: 'D'.repeat(43) }
  if (pathname === '/v1/time') return { time: await signed(jwsTypes.time, { now, nonce: searchParams.get('nonce') }) }
  if (pathname === '/v1/quotes') return { quote: await signed(jwsTypes.quote, makeQuoteClaims()) }
  return { status: 'pending' }
}

const signed = (typ: string, claims: object) => sign(key.privateKey, { typ, kid: key.kid }, claims)

beforeAll(async () => {
  identity = await makeIdentity()
  server = await startHostileServer(async (request, response) => {
    const brokenAt = broken.findIndex((path) => request.url.startsWith(path))
    if (brokenAt >= 0 && broken.splice(brokenAt, 1)) return response.socket?.destroy()
    const index = refusals.findIndex(({ path }) => request.url.startsWith(path))
    const [refusal] = index < 0 ? [] : refusals.splice(index, 1)
    if (refusal) return answerJson(response, { type: 'urn:x', title: 'no', status: 400, code: refusal.code }, 400)
    answerJson(response, await contentAnswer(request))
  }, { identity })
})
afterAll(() => server.close())
beforeEach(() => {
  refusals = []
  broken = []
  gatewayAheadMs = 0
  server.requests.length = 0
})

const connect = () => createClient({ url: server.url, pins: [identity.pin], signingKey: { kid: key.kid, x: key.x } })
const paths = () => server.requests.map(({ method, url }) => `${method} ${url.replace(/\?.*/, '')}`)
const proofOf = (request: Request | undefined) => claimsOf(String(request?.headers['dpop'])) as ProofClaims

describe('what leaves this computer', () => {
  it('P10 is a purchase with exactly these headers and this body', async () => {
    await connect().gateway.purchase('key-1', anyBody)
    const { headers, body } = server.requests.at(-1) ?? {}
    expect(Object.keys(headers ?? {}).toSorted()).toEqual([
      'accept', 'connection', 'content-length', 'content-type', 'dpop', 'host', 'idempotency-key',
    ])
    expect(headers).toMatchObject({ 'idempotency-key': 'key-1', 'content-type': 'application/json' })
    expect(JSON.parse(body ?? '')).toEqual(anyBody)
  })

  it('P10 is a dispute with the number of the purchase, the reason and the note, and nothing else', async () => {
    const said = { disputeId: 'key-1.d01', idempotencyKey: 'key-1', reason: 'notReceived', note: 'Nothing came' } as const
    await problemOf(connect().gateway.dispute(said))
    const { headers, body, url } = server.requests.at(-1) ?? {}
    expect(url).toBe('/v1/disputes')
    expect(Object.keys(headers ?? {}).toSorted()).toEqual(['accept', 'connection', 'content-length', 'content-type', 'dpop', 'host'])
    expect(JSON.parse(body ?? '')).toEqual(said)
  })

  it('P10 is a look at the catalogue and at the time that does not say who asks', async () => {
    const { gateway } = connect()
    await gateway.catalogue()
    await gateway.time()
    for (const { headers } of server.requests) {
      expect(Object.keys(headers).toSorted()).toEqual(['accept', 'connection', 'host'])
    }
  })

  it('is a proof of the device key for exactly this request, never the same twice', async () => {
    const { gateway, device, clock } = connect()
    await gateway.purchaseByKey('key 1/../2')
    await gateway.purchaseByKey('key-2')
    const [, first, second] = server.requests
    expect(first?.url).toBe('/v1/purchases/key%201%2F..%2F2')
    expect(proofOf(first)).toMatchObject({
      htm: 'GET',
      htu: `${server.url}/v1/purchases/key%201%2F..%2F2`,
      iat: Math.floor(clock.now() / 1000),
    })
    expect(proofOf(second).jti).not.toBe(proofOf(first).jti)
    const { typ, alg, jwk } = headerOf(String(first?.headers['dpop']))
    expect({ typ, alg }).toEqual({ typ: 'dpop+jwt', alg: 'EdDSA' })
    expect(Object.keys(jwk as object).toSorted()).toEqual(['crv', 'kty', 'x'])
    expect(await device.id()).toMatch(/^[\w-]{43}$/)
  })
})

describe('enrolling', () => {
  it('happens once, before the first request that needs it, also for many at once', async () => {
    const { gateway } = connect()
    await Promise.all(Array.from({ length: 5 }, () => gateway.quote('lamp-oil', null)))
    expect(paths().filter((path) => path === 'POST /v1/devices')).toHaveLength(1)
    expect(paths()[0]).toBe('POST /v1/devices')
  })

  it('that the gateway lost is mended once, and the request is repeated with a new proof', async () => {
    const { gateway } = connect()
    await gateway.quote('lamp-oil', null)
    refusals = [{ path: '/v1/purchases', code: 'deviceUnknown' }]
    expect(await gateway.purchase('key-1', anyBody)).toEqual({ status: 'pending' })
    const attempts = server.requests.filter(({ url }) => url === '/v1/purchases')
    expect(attempts).toHaveLength(2)
    expect(attempts[1]?.headers['idempotency-key']).toBe('key-1')
    expect(attempts[1]?.body).toBe(attempts[0]?.body)
    expect(proofOf(attempts[1]).jti).not.toBe(proofOf(attempts[0]).jti)
    expect(paths().filter((path) => path === 'POST /v1/devices')).toHaveLength(2)
  })

  it('that the gateway will not do is told, after one attempt to mend it', async () => {
    const { gateway } = connect()
    refusals = Array.from({ length: 9 }, () => ({ path: '/v1/purchases', code: 'deviceUnknown' as const }))
    expect(await problemOf(gateway.purchase('key-1', anyBody))).toEqual({ kind: 'refused', sent: true, code: 'deviceUnknown' })
    expect(paths().filter((path) => path === 'POST /v1/purchases')).toHaveLength(2)
  })

  it('that failed is tried again by the next request', async () => {
    const { gateway } = connect()
    refusals = [{ path: '/v1/devices', code: 'tooManyRequests' }]
    expect(await problemOf(gateway.quote('lamp-oil', null))).toMatchObject({ code: 'tooManyRequests' })
    expect(paths()).toEqual(['POST /v1/devices'])
    expect((await gateway.quote('lamp-oil', null)).claims.quoteId).toBe('quote-1')
  })
})

describe('P2 a purchase request that was certainly not carried out is told as not sent', () => {
  it('when the enrolling before it is refused', async () => {
    const { gateway } = connect()
    refusals = [{ path: '/v1/devices', code: 'tooManyRequests' }]
    expect(await problemOf(gateway.purchase('key-1', anyBody))).toEqual({ kind: 'refused', sent: false, code: 'tooManyRequests' })
    expect(paths()).toEqual(['POST /v1/devices'])
  })

  it('when the answer to the enrolling before it gets lost', async () => {
    const { gateway } = connect()
    broken = ['/v1/devices']
    expect(await problemOf(gateway.purchase('key-1', anyBody))).toEqual({ kind: 'unreachable', sent: false })
    expect(paths()).toEqual(['POST /v1/devices'])
  })

  it.each<[string, ProblemCode]>([
    ['/v1/time', 'clockSkew'],
    ['/v1/time', 'deviceUnknown'],
    ['/v1/devices', 'deviceUnknown'],
  ])('when %s breaks off after it was refused as %s', async (path, code) => {
    const { gateway } = connect()
    await gateway.quote('lamp-oil', null)
    refusals = [{ path: '/v1/purchases', code }]
    broken = [path]
    expect(await problemOf(gateway.purchase('key-1', anyBody))).toEqual({ kind: 'unreachable', sent: false })
    expect(paths().filter((one) => one === 'POST /v1/purchases')).toHaveLength(1)
  })

  it('and not when it broke off itself', async () => {
    const { gateway } = connect()
    broken = ['/v1/purchases']
    expect(await problemOf(gateway.purchase('key-1', anyBody))).toEqual({ kind: 'unreachable', sent: true })
  })
})

describe('a computer whose clock is wrong', () => {
  it('learns the time of the gateway once, and proves by that from then on', async () => {
    gatewayAheadMs = 3_600_000
    refusals = [{ path: '/v1/devices', code: 'clockSkew' }]
    const { gateway, clock } = connect()
    await gateway.quote('lamp-oil', null)
    expect(paths()).toEqual(['POST /v1/devices', 'GET /v1/time', 'POST /v1/devices', 'POST /v1/quotes'])
    const aheadMs = proofOf(server.requests.at(-1)).iat * 1000 - clock.now()
    expect(Math.abs(aheadMs - gatewayAheadMs)).toBeLessThan(gatewayAheadMs / 2)
    await gateway.quote('lamp-oil', null)
    expect(paths()).toHaveLength(5)
  })

  it('asks for the time again when its clocks no longer agree, and only then', async () => {
    const { gateway, clock } = connect()
    await gateway.time()
    clock.advance(3_600_000)
    clock.set(clock.now() + 4_000)
    await gateway.quote('lamp-oil', null)
    expect(paths()).toEqual(['GET /v1/time', 'POST /v1/devices', 'POST /v1/quotes'])
    for (const jumpMs of [6_000, -60_000]) {
      server.requests.length = 0
      clock.set(clock.now() + jumpMs)
      await gateway.quote('lamp-oil', null)
      expect(paths()).toEqual(['POST /v1/quotes', 'GET /v1/time'])
      await gateway.quote('lamp-oil', null)
      expect(paths()).toHaveLength(3)
    }
  })

  it('has no quote when it cannot tell by which time to judge it', async () => {
    const { gateway, clock } = connect()
    await gateway.time()
    clock.suspend(60_000)
    refusals = [{ path: '/v1/time', code: 'tooManyRequests' }]
    expect(await problemOf(gateway.quote('lamp-oil', null))).toMatchObject({ code: 'tooManyRequests' })
  })

  it('is refused when that does not help', async () => {
    refusals = Array.from({ length: 9 }, () => ({ path: '/v1/quotes', code: 'clockSkew' as const }))
    expect(await problemOf(connect().gateway.quote('lamp-oil', null))).toMatchObject({ code: 'clockSkew' })
    expect(paths().filter((path) => path === 'POST /v1/quotes')).toHaveLength(2)
  })
})

describe('other refusals', () => {
  it.each<ProblemCode>(['proofInvalid', 'proofReplayed', 'quoteUsed', 'idempotencyConflict', 'tooManyRequests', 'badRequest'])(
    'P2 %s is told at once, and nothing is repeated',
    async (code) => {
      const { gateway } = connect()
      refusals = [{ path: '/v1/purchases', code }]
      expect(await problemOf(gateway.purchase('key-1', anyBody))).toEqual({ kind: 'refused', sent: true, code })
      expect(paths().filter((path) => path === 'POST /v1/purchases')).toHaveLength(1)
      expect(gateway.state()).toBe('ready')
    },
  )
})

describe('without the device key', () => {
  it('P6 nothing is sent, and the keychain is named as the cause', async () => {
    const device = { ...connect().device, prove: () => Promise.reject(new VaultError('locked')) }
    const config = { url: server.url, pins: [identity.pin], signingKey: { kid: key.kid, x: key.x } }
    const { gateway } = createClient(config, { device })
    await expect(gateway.purchase('key-1', anyBody)).rejects.toBeInstanceOf(VaultError)
    expect(server.requests).toEqual([])
    expect(gateway.state()).toBe('starting')
  })
})
