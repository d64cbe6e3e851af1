/** The second factor of an account: what the client believes of it, and what the real gateway makes of what the client sends. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { jwsTypes } from '../../../src/contract/http/claims.ts'
import { looseningDigest } from '../../../src/domain/canonical.ts'
import { sha256 } from '../../../src/main/adapters/system/sha256.ts'
import { type AccountWorld, startAccountWorld } from '../../support/account-world.ts'
import { fakeAccount } from '../../support/fake-account-gateway.ts'
import { authenticatorCode } from '../../support/fake-identity.ts'
import { sign } from '../../support/gateway-client.ts'
import { answerJson, type HostileServer, type Identity, makeIdentity, makeSigningPair, startHostileServer } from '../../support/hostile-server.ts'
import { someone } from '../../support/signing-in.ts'
import { catalogue } from '../../support/test-gateway.ts'
import { createClient, problemOf } from './client-under-test.ts'

const digest = 'd'.repeat(43)
const cheapest = catalogue.offers.find(({ price }) => price.currency === 'EUR')!.id
const unbelieved = { kind: 'signatureNotTrusted', sent: true }
const session = (token: string) => () => ({ accessToken: async () => token, renewed: async () => null, over: async () => {}, signInNumber: () => 1, isForTurn: () => false, isSignedIn: async () => true })

describe('a step-up, as the client reads it', () => {
  const key = makeSigningPair()
  let identity: Identity
  let server: HostileServer
  let answer: unknown

  beforeAll(async () => {
    identity = await makeIdentity()
    server = await startHostileServer(async ({ url }, response) => {
      const { pathname, searchParams } = new URL(url, 'https://x')
      if (pathname === '/v1/devices') return answerJson(response, { deviceId: 'D'.repeat(43) })
      if (pathname !== '/v1/time') return answerJson(response, pathname === '/v1/account' ? fakeAccount : answer)
      const claims = { now: new Date().toISOString(), nonce: searchParams.get('nonce') }
      answerJson(response, { time: await sign(key.privateKey, { typ: jwsTypes.time, kid: key.kid }, claims) })
    }, { identity })
  })
  afterAll(() => server.close())
  beforeEach(() => void (server.requests.length = 0))

  const connect = (changes: Parameters<typeof createClient>[1] = { session: session('token-1') }) =>
    createClient({ url: server.url, pins: [identity.pin], signingKey: { kid: key.kid, x: key.x } }, changes)
  const given = { accountId: 'account-1', digest, method: 'totp', code: '246810' } as const
  const times = { givenAt: new Date().toISOString(), expiresAt: new Date(Date.now() + 300_000).toISOString() }
  const claimsFor = (deviceId: string) => ({ stepUpId: 'su-1', accountId: 'account-1', deviceId, digest, method: 'totp', ...times })
  const signed = async (claims: object, typ: string = jwsTypes.stepUp, by = key) => ({ kind: 'given', stepUp: await sign(by.privateKey, { typ, kid: key.kid }, claims) })

  it('is asked for with what was shown, the way and the code, and nothing else', async () => {
    const { gateway, device } = connect()
    const right = await signed(claimsFor(await device.id()))
    answer = right
    expect(await gateway.stepUp.give(given)).toEqual(right)
    const { body, headers, url } = server.requests.at(-1)!
    expect([url, JSON.parse(body)]).toEqual(['/v1/account/step-ups', { digest, method: 'totp', code: '246810' }])
    expect(headers.authorization).toBe('DPoP token-1')
  })

  it.each<[string, object]>([
    ['something else', { digest: 'e'.repeat(43) }],
    ['another account', { accountId: 'account-2' }],
    ['another device', { deviceId: 'E'.repeat(43) }],
    ['another way', { method: 'email' }],
    ['a moment that is over', { expiresAt: '2026-01-01T00:00:00.000Z' }],
    ['more than that', { andAlso: 'this' }],
  ])('P1 is not believed where it is for %s', async (_, changes) => {
    const { gateway, device } = connect()
    await gateway.time()
    answer = await signed({ ...claimsFor(await device.id()), ...changes })
    expect(await problemOf(gateway.stepUp.give(given))).toEqual(unbelieved)
  })

  it('P1 is not believed as another kind of message, nor by another key', async () => {
    const { gateway, device } = connect()
    answer = await signed(claimsFor(await device.id()), jwsTypes.receipt)
    expect(await problemOf(gateway.stepUp.give(given))).toEqual(unbelieved)
    answer = await signed(claimsFor(await device.id()), jwsTypes.stepUp, makeSigningPair())
    expect(await problemOf(gateway.stepUp.give(given))).toEqual(unbelieved)
    answer = { kind: 'given' }
    expect(await problemOf(gateway.stepUp.give(given))).toEqual(unbelieved)
  })

  it('P10 asks nothing of the gateway where nobody is signed in', async () => {
    expect(await connect({}).gateway.stepUp.account()).toBeNull()
    expect(server.requests).toEqual([])
  })
})

describe('a step-up at the real gateway', () => {
  let world: AccountWorld
  beforeAll(async () => {
    world = await startAccountWorld()
  })
  afterAll(() => world.close())

  let accounts = 0
  /** A device of somebody new, signed in the whole way. */
  async function signedIn() {
    const accountId = `somebody-${++accounts}`
    world.people.add(accountId)
    const { url, publicUrl, pin, signingKey } = world.gateway
    let token = ''
    const made = createClient({ url, publicUrl, pins: [pin], signingKey }, { session: () => session(token)() })
    made.clock.set(world.clock.nowMs)
    const { userCode, deviceCode } = await made.gateway.beginSignIn({ name: 'Tuppence on Linux', isKiosk: false })
    await world.grants.approve(userCode, accountId, someone)
    const answer = await made.gateway.askForTokens(deviceCode)
    if (answer.kind !== 'tokens') throw new Error(answer.kind)
    token = answer.tokens.accessToken
    return { ...made, accountId }
  }
  type SignedIn = Awaited<ReturnType<typeof signedIn>>

  async function buy({ gateway, device }: SignedIn, offerId: string, stepUpFor?: (digest: string) => Promise<string | undefined>) {
    const { claims, jws: quote } = await gateway.quote(offerId, null)
    const key = `key-${claims.quoteId}`
    const challengeDigest = sha256(key)
    const { quoteId, sellerId, payee, price } = claims
    const authorisation = await device.authorise({
      ...{ deviceId: await device.id(), idempotencyKey: key, quoteId, sellerId, payee, ...price, nonce: 'n'.repeat(43), challengeDigest },
      approvedAt: new Date(world.clock.nowMs).toISOString(),
    })
    const stepUp = await stepUpFor?.(challengeDigest)
    return { claims, answered: gateway.purchase(key, { quote, authorisation, ...(stepUp !== undefined && { stepUp }) }) }
  }

  async function give({ gateway, accountId }: SignedIn, digestOf: string, code: string = authenticatorCode) {
    const answer = await gateway.stepUp.give({ accountId, digest: digestOf, method: 'totp', code })
    return answer.kind === 'given' ? answer.stepUp : undefined
  }

  it('P1 charges a first purchase with it, and the next at the same seller without', async () => {
    const device = await signedIn()
    const first = await buy(device, cheapest, (shown) => give(device, shown))
    expect(first.claims.stepUp).toEqual(['firstOnDevice', 'newSeller'])
    expect(await first.answered).toMatchObject({ status: 'succeeded' })
    const next = await buy(device, cheapest)
    expect(next.claims.stepUp).toBeUndefined()
    expect(await next.answered).toMatchObject({ status: 'succeeded' })
  })

  it('P1 charges nothing without it, after a wrong code, or with one for something else', async () => {
    const device = await signedIn()
    const needed = { kind: 'refused', sent: true, code: 'stepUpNeeded' }
    expect(await problemOf((await buy(device, cheapest)).answered)).toEqual(needed)
    expect(await problemOf((await buy(device, cheapest, (shown) => give(device, shown, '135791'))).answered)).toEqual(needed)
    expect(await problemOf((await buy(device, cheapest, () => give(device, digest))).answered)).toEqual(needed)
    expect(await device.gateway.chargeList()).toEqual([])
  })

  it('says whose it is and how it can be given, and sends a code', async () => {
    const device = await signedIn()
    expect(await device.gateway.stepUp.account()).toMatchObject({ accountId: device.accountId, above: { amount: '2000', currency: 'EUR' } })
    expect(await device.gateway.stepUp.sendCode({ digest, method: 'email' })).toEqual({ kind: 'sent' })
    const sent = [...world.people.sent].find(([to]) => to.startsWith(`${device.accountId} `))![1]
    expect(await device.gateway.stepUp.give({ accountId: device.accountId, digest, method: 'email', code: sent })).toMatchObject({ kind: 'given' })
    expect(await device.gateway.stepUp.give({ accountId: device.accountId, digest, method: 'email', code: sent })).toMatchObject({ kind: 'wrong' })
  })

  it('P5 lets a looser control wait with it, and not without', async () => {
    const device = await signedIn()
    const household = { zone: 'Europe/Berlin', currency: 'EUR' }
    await device.gateway.tighten({ household, limits: [{ period: 'day', sellerId: null, amount: '500' }], quietHours: [], exclusion: null })
    const loosening = { changeId: 'change-1', change: { kind: 'limit', period: 'day', sellerId: null, amount: '900' } } as const
    expect(await problemOf(device.gateway.askLoosening(loosening))).toEqual({ kind: 'refused', sent: true, code: 'stepUpNeeded' })
    const stepUp = await give(device, looseningDigest(loosening, sha256))
    const { claims } = await device.gateway.askLoosening({ ...loosening, stepUp: stepUp! })
    expect(claims.pending).toMatchObject([loosening])
  })
})
