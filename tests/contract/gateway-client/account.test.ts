/** What the client sends to sign in and in somebody's name, letter by letter, and what it makes of the answers. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { jwsTypes, type ProofClaims } from '../../../src/contract/http/claims.ts'
import { GatewayError } from '../../../src/main/ports/gateway.ts'
import type { Session } from '../../../src/main/ports/session.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { sign } from '../../support/gateway-client.ts'
import { fakeAccount } from '../../support/fake-account-gateway.ts'
import { answerJson, type HostileServer, type Identity, makeIdentity, makeSigningPair, type Request, startHostileServer } from '../../support/hostile-server.ts'
import { claimsOf } from '../../support/tokens.ts'
import { anyBody, createClient, problemOf } from './client-under-test.ts'

const key = makeSigningPair()
let identity: Identity
let server: HostileServer
/** Answers for a path, used up one after the other. */
let answers: { readonly path: string; readonly status: number; readonly body: unknown }[] = []
let aheadMs = 0

const signed = (typ: string, claims: object) => sign(key.privateKey, { typ, kid: key.kid }, claims)
const now = () => new Date(Date.now() + aheadMs).toISOString()

async function contentAnswer({ url }: Request): Promise<unknown> {
  const { pathname, searchParams } = new URL(url, 'https://x')
  if (pathname === '/v1/devices') return { deviceId: 'D'.repeat(43) }
  if (pathname === '/v1/time') return { time: await signed(jwsTypes.time, { now: now(), nonce: searchParams.get('nonce') }) }
  if (pathname === '/v1/account') return fakeAccount
  if (pathname === '/oauth/device_authorization') return code(server.url)
  if (pathname === '/oauth/token') return tokens
  if (pathname.startsWith('/v1/purchases')) return { status: 'pending' }
  return {}
}

const code = (base: string) => ({
  device_code: 'C'.repeat(43),
  user_code: 'WDJB-MJHT',
  verification_uri: `${base}/device`,
  verification_uri_complete: `${base}/device?code=WDJB-MJHT`,
  expires_in: 600,
  interval: 5,
})
const tokens = { access_token: 'A'.repeat(43), token_type: 'DPoP', expires_in: 300, refresh_token: 'R'.repeat(43), scope: 'profile:read purchase' }
const oauth = (error: string) => ({ path: '/oauth', status: 400, body: { error } })
const problem = (path: string, status: number, named: string) => ({ path, status, body: { type: 'urn:x', title: 'no', status, code: named } })

beforeAll(async () => {
  identity = await makeIdentity()
  server = await startHostileServer(async (request, response) => {
    const index = answers.findIndex(({ path }) => request.url.startsWith(path))
    const [answer] = index < 0 ? [] : answers.splice(index, 1)
    answerJson(response, answer ? answer.body : await contentAnswer(request), answer?.status)
  }, { identity })
})
afterAll(() => server.close())
beforeEach(() => {
  answers = []
  aheadMs = 0
  server.requests.length = 0
})

const connect = (session?: Partial<Session>) =>
  createClient({ url: server.url, pins: [identity.pin], signingKey: { kid: key.kid, x: key.x } }, {
    session: session && (() => ({ accessToken: async () => 'token-1', renewed: async () => null, over: async () => {}, isSignedIn: async () => true, signInNumber: () => 1, isForTurn: () => false, ...session })),
  })
const last = () => server.requests.at(-1)!
const paths = () => server.requests.map(({ method, url }) => `${method} ${url.replace(/\?.*/, '')}`)
const proofOf = ({ headers }: Request) => claimsOf(String(headers['dpop'])) as ProofClaims
const form = ({ body }: Request) => Object.fromEntries(new URLSearchParams(body))
const athOf = (token: string) => createHash('sha256').update(token).digest('base64url')

describe('signing in', () => {
  it('P10 begins with what kind of device it is, by a proof of its key, and nothing else', async () => {
    expect(await connect().gateway.beginSignIn({ name: 'Tuppence on Linux', isKiosk: true })).toEqual({
      ...{ deviceCode: 'C'.repeat(43), userCode: 'WDJB-MJHT', expiresInMs: 600_000, intervalMs: 5_000 },
      ...{ address: `${server.url}/device`, addressWithCode: `${server.url}/device?code=WDJB-MJHT` },
    })
    expect(paths()).toEqual(['POST /oauth/device_authorization'])
    expect(last().headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.keys(last().headers).toSorted()).toEqual(['accept', 'connection', 'content-length', 'content-type', 'dpop', 'host'])
    expect(form(last())).toEqual({ client_id: 'tuppence-launcher', device_name: 'Tuppence on Linux', is_kiosk: 'true' })
    expect(proofOf(last())).toMatchObject({ htm: 'POST', htu: `${server.url}/oauth/device_authorization` })
  })

  it.each([
    ['https://evil.example'],
    ['http://127.0.0.1'],
    ['https://127.0.0.1:1'],
  ])('sends nobody to %s', async (base) => {
    answers = [{ path: '/oauth', status: 200, body: { ...code(server.url), verification_uri_complete: `${base}/device?code=WDJB-MJHT` } }]
    expect(await problemOf(connect().gateway.beginSignIn({ name: 'x', isKiosk: false }))).toEqual({ kind: 'signatureNotTrusted', sent: true })
  })

  it('asks for tokens with the code alone', async () => {
    const { gateway } = connect()
    expect(await gateway.askForTokens('C'.repeat(43))).toEqual({
      ...{ kind: 'tokens', tokens: { accessToken: 'A'.repeat(43), refreshToken: 'R'.repeat(43), expiresInMs: 300_000 } },
    })
    expect(form(last())).toEqual({ client_id: 'tuppence-launcher', grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: 'C'.repeat(43) })
  })

  it.each([
    ['authorization_pending', 'pending'],
    ['slow_down', 'slowDown'],
    ['access_denied', 'denied'],
    ['expired_token', 'expired'],
    ['temporarily_unavailable', 'failed'],
    ['invalid_grant', 'refused'],
    ['invalid_client', 'refused'],
  ])('understands %s', async (error, kind) => {
    answers = [oauth(error)]
    expect(await connect().gateway.askForTokens('C'.repeat(43))).toEqual({ kind })
  })

  it.each([
    ['too many requests', problem('/oauth', 429, 'tooManyRequests'), 'failed'],
    ['a failure of the gateway', { path: '/oauth', status: 503, body: { error: 'access_denied' } }, 'failed'],
    ['tokens that are none', { path: '/oauth', status: 200, body: { ...tokens, token_type: 'Bearer' } }, 'refused'],
  ])('takes %s for what it is', async (_what, answer, kind) => {
    answers = [answer]
    expect(await connect().gateway.askForTokens('C'.repeat(43))).toEqual({ kind })
  })

  it('goes by the gateway’s time once it was told that its own is wrong', async () => {
    aheadMs = 7_200_000
    answers = [oauth('invalid_dpop_proof')]
    expect((await connect().gateway.askForTokens('C'.repeat(43))).kind).toBe('tokens')
    expect(paths()).toEqual(['POST /oauth/token', 'GET /v1/time', 'POST /oauth/token'])
    expect(proofOf(last()).iat * 1_000).toBeGreaterThan(Date.now() + 7_000_000)
  })

  it('renews, and tells a sign-in that is over from a gateway that cannot be asked', async () => {
    const { gateway } = connect()
    expect(await gateway.refresh('R'.repeat(43))).toMatchObject({ accessToken: 'A'.repeat(43) })
    expect(form(last())).toEqual({ client_id: 'tuppence-launcher', grant_type: 'refresh_token', refresh_token: 'R'.repeat(43) })
    answers = [oauth('invalid_grant')]
    expect(await gateway.refresh('R'.repeat(43))).toBeNull()
    answers = [oauth('temporarily_unavailable')]
    expect(await problemOf(gateway.refresh('R'.repeat(43)))).toMatchObject({ kind: 'refused', oauth: 'temporarily_unavailable' })
  })

  it('revokes', async () => {
    await connect().gateway.revoke('R'.repeat(43))
    expect([paths(), form(last())]).toEqual([['POST /oauth/revoke'], { client_id: 'tuppence-launcher', token: 'R'.repeat(43), token_type_hint: 'refresh_token' }])
  })
})

describe('a request in somebody’s name', () => {
  it('has the access token, and a proof of the device key over it (RFC 9449 §7)', async () => {
    const { gateway } = connect({})
    expect(await gateway.account()).toEqual(fakeAccount)
    expect(last().headers['authorization']).toBe('DPoP token-1')
    expect(proofOf(last())).toMatchObject({ htm: 'GET', htu: `${server.url}/v1/account`, ath: athOf('token-1') })
    await gateway.purchase('key-1', anyBody)
    expect(last().headers['authorization']).toBe('DPoP token-1')
    expect(Object.keys(last().headers).toSorted()).toEqual([
      'accept', 'authorization', 'connection', 'content-length', 'content-type', 'dpop', 'host', 'idempotency-key',
    ])
    expect(proofOf(last()).ath).toBe(athOf('token-1'))
  })

  it('P6 is the only kind that has it: not the catalogue, the time, enrolling or OAuth’s own', async () => {
    const { gateway } = connect({})
    await gateway.time()
    await gateway.purchaseByKey('key-1')
    await gateway.revoke('R'.repeat(43))
    expect(server.requests.map(({ url, headers }) => [url.replace(/\?.*/, ''), 'authorization' in headers, 'dpop' in headers && 'ath' in proofOf({ headers } as Request)])).toEqual([
      ['/v1/time', false, false],
      ['/v1/devices', false, false],
      ['/v1/purchases/key-1', true, true],
      ['/oauth/revoke', false, false],
    ])
  })

  it('is not sent where it needs an account and nobody is signed in', async () => {
    expect(await problemOf(connect().gateway.account())).toEqual({ kind: 'refused', sent: false, code: 'accountNeeded' })
    expect(await problemOf(connect({ accessToken: async () => null }).gateway.devices())).toMatchObject({ code: 'accountNeeded', sent: false })
    expect(paths().filter((path) => path.includes('account'))).toEqual([])
  })

  it('is sent once more with a token that was renewed for it', async () => {
    const renewed: string[] = []
    const { gateway } = connect({ renewed: async (refused) => (renewed.push(refused), 'token-2') })
    answers = [problem('/v1/purchases', 401, 'tokenInvalid')]
    expect(await gateway.purchase('key-1', anyBody)).toEqual({ status: 'pending' })
    expect(renewed).toEqual(['token-1'])
    expect(server.requests.slice(1).map(({ headers }) => [headers['authorization'], headers['idempotency-key']])).toEqual([['DPoP token-1', 'key-1'], ['DPoP token-2', 'key-1']])
    expect(proofOf(last()).ath).toBe(athOf('token-2'))
  })

  it('ends the sign-in where not even that one is taken, and is not sent a third time', async () => {
    const over: string[] = []
    const { gateway } = connect({ renewed: async () => 'token-2', over: async (refused) => void over.push(refused) })
    answers = [problem('/v1/account', 401, 'tokenInvalid'), problem('/v1/account', 401, 'tokenInvalid')]
    expect(await problemOf(gateway.account())).toMatchObject({ code: 'tokenInvalid' })
    expect([over, paths().length]).toEqual([['token-2'], 3])
  })

  it('P2 was certainly not carried out where the token cannot be had, before it or for the second time', async () => {
    const lost = () => Promise.reject(new GatewayError({ kind: 'unreachable', sent: true }))
    expect(await problemOf(connect({ accessToken: lost }).gateway.purchase('key-1', anyBody))).toEqual({ kind: 'unreachable', sent: false })
    answers = [problem('/v1/purchases', 401, 'tokenInvalid')]
    expect(await problemOf(connect({ renewed: lost }).gateway.purchase('key-1', anyBody))).toEqual({ kind: 'unreachable', sent: false })
    const locked = () => Promise.reject(new VaultError('locked'))
    await expect(connect({ accessToken: locked }).gateway.purchase('key-1', anyBody)).rejects.toThrow(VaultError)
  })
})

describe('controls', () => {
  const asked = () => paths().filter((path) => path.includes('controls'))
  const refusal = { kind: 'refused', sent: false, code: 'accountNeeded' }
  const nothing = { household: null, limits: [], quietHours: [], exclusion: null }

  it('P5 are never spoken of in the name of whoever is signed in for a turn, also where that came while it was asked for', async () => {
    const { gateway } = connect({ isForTurn: () => true })
    expect(await problemOf(gateway.controls())).toEqual(refusal)
    const turn = { signIn: 1, isForTurn: false }
    const late = connect({
      signInNumber: () => turn.signIn,
      isForTurn: () => turn.isForTurn,
      async accessToken() {
        Object.assign(turn, { signIn: 2, isForTurn: true })
        return 'visitor'
      },
    })
    expect(await problemOf(late.gateway.controls())).toEqual(refusal)
    expect(asked()).toEqual([])
  })

  it('P5 are told in the name of the sign-in that they were read for, and of none after it', async () => {
    const { gateway } = connect({ signInNumber: () => 2 })
    expect(await problemOf(gateway.tighten(nothing, 1))).toEqual(refusal)
    expect(asked()).toEqual([])
    expect(await problemOf(gateway.tighten(nothing, 2))).not.toEqual(refusal)
    expect(asked()).toHaveLength(1)
  })

  it('P5 are not told with a token that was renewed for somebody else', async () => {
    let signIn = 1
    answers = [problem('/v1/controls', 401, 'tokenInvalid')]
    const { gateway } = connect({
      signInNumber: () => signIn,
      async renewed() {
        signIn = 2
        return 'token-2'
      },
    })
    expect(await problemOf(gateway.tighten(nothing))).toEqual(refusal)
    expect(asked()).toHaveLength(1)
  })
})
