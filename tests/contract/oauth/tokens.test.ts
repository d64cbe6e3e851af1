/** What tokens are good for, and what a copied one is not: RFC 9449, RFC 6749 §6, RFC 9700 §4.14. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Tokens } from '../../../src/contract/http/account-messages.ts'
import { type AccountWorld, startAccountWorld } from '../../support/account-world.ts'
import { hashOf, sendWithToken, type SignedInDevice, someone } from '../../support/signing-in.ts'
import type { Answer, TestDevice } from '../../support/gateway-client.ts'

const path = '/v1/account'
const dayMs = 24 * 60 * 60_000

let world: AccountWorld
let ada: SignedInDevice
beforeEach(async () => {
  world = await startAccountWorld()
  world.people.add('ada')
  ada = await world.signedIn('ada')
})
afterEach(() => world.close())

const codeOf = (answer: Answer) => [answer.status, answer.body['code']]
const later = (ms: number) => (world.clock.nowMs += ms)
const events = () => world.people.recorded.map(({ kind }) => kind)

describe('an access token', () => {
  it('shows its own account for five minutes, and then no more', async () => {
    later(5 * 60_000 - 1)
    expect((await ada.send(path)).body['accountId']).toBe('ada')
    later(1)
    const answer = await ada.send(path)
    expect(codeOf(answer)).toEqual([401, 'tokenInvalid'])
    expect(answer.headers['www-authenticate']).toBe('DPoP error="invalid_token", algs="EdDSA"')
  })

  it('that was stolen is worthless with another key, enrolled or not, and for the thief’s own account', async () => {
    world.people.add('mallory')
    const thief = await world.signedIn('mallory')
    expect(codeOf(await sendWithToken(world.client, thief.device, ada.tokens.access_token, path))).toEqual([401, 'tokenInvalid'])
    expect((await ada.send(path)).status).toBe(200)
  })

  const proofs: readonly [string, (token: string, device: TestDevice) => Promise<string | undefined>, string][] = [
    ['without a proof', async () => undefined, 'proofInvalid'],
    ['with a proof that does not name it', (_token, device) => world.client.proof(device, 'GET', path), 'proofInvalid'],
    ['with a proof that names another', (_token, device) => world.client.proof(device, 'GET', path, { ath: hashOf('another') }), 'proofInvalid'],
    ['with a proof that names half of it', (token, device) => world.client.proof(device, 'GET', path, { ath: hashOf(token).slice(0, 42) }), 'proofInvalid'],
    ['with a proof for another route', (token, device) => world.client.proof(device, 'GET', '/v1/account/devices', { ath: hashOf(token) }), 'proofInvalid'],
    ['with an old proof', (token, device) => world.client.proof(device, 'GET', path, { ath: hashOf(token), iat: world.clock.nowMs / 1000 - 301 }), 'clockSkew'],
  ]
  it.each(proofs)('%s is refused', async (_name, proof, code) => {
    const { tokens, device } = ada
    const dpop = await proof(tokens.access_token, device)
    const answer = await world.client.send(path, { headers: { authorization: `DPoP ${tokens.access_token}`, ...(dpop !== undefined && { dpop }) } })
    expect(codeOf(answer)).toEqual([401, code])
  })

  it('with a replayed proof is refused', async () => {
    const { tokens, device } = ada
    const dpop = await world.client.proof(device, 'GET', path, { ath: hashOf(tokens.access_token) })
    const send = () => sendWithToken(world.client, device, tokens.access_token, path, { headers: { dpop } })
    expect((await send()).status).toBe(200)
    expect(codeOf(await send())).toEqual([401, 'proofReplayed'])
  })

  it.each<[string, (token: string) => string]>([
    ['as a bearer token', (token) => `Bearer ${token}`],
    ['without a scheme', (token) => token],
    ['with something behind it', (token) => `DPoP ${token} x`],
    ['cut off', (token) => `DPoP ${token.slice(0, 42)}`],
    ['in other letters', (token) => `DPoP ${token.toLowerCase()}`],
    ['that nobody was given', () => `DPoP ${'A'.repeat(43)}`],
    ['that is none', () => 'DPoP'],
  ])('%s is refused, also where a route needs none', async (_name, write) => {
    const { tokens, device } = ada
    const authorization = write(tokens.access_token)
    const ath = hashOf(authorization.split(' ')[1] ?? '')
    const dpop = await world.client.proof(device, 'POST', '/v1/quotes', { ath })
    const answer = await world.client.send('/v1/quotes', { method: 'POST', headers: { dpop, authorization }, body: { offerId: 'nachtzug-tea' } })
    expect(codeOf(answer)).toEqual([401, 'tokenInvalid'])
  })

  it('that was taken out on the way is missed: nothing is asked in nobody’s name by mistake', async () => {
    const { tokens, device } = ada
    const dpop = await world.client.proof(device, 'POST', '/v1/quotes', { ath: hashOf(tokens.access_token) })
    expect(codeOf(await world.client.send('/v1/quotes', { method: 'POST', headers: { dpop }, body: { offerId: 'nachtzug-tea' } }))).toEqual([401, 'proofInvalid'])
  })

  it('is needed where the account is asked about, and a refresh token is none', async () => {
    const answer = await world.client.sendAs(ada.device, path)
    expect(codeOf(answer)).toEqual([401, 'accountNeeded'])
    expect(answer.headers['www-authenticate']).toBe('DPoP algs="EdDSA"')
    expect(codeOf(await sendWithToken(world.client, ada.device, ada.tokens.refresh_token, path))).toEqual([401, 'tokenInvalid'])
  })

  it('of an account that is no more is good for nothing', async () => {
    world.people.people.delete('ada')
    expect(codeOf(await ada.send(path))).toEqual([401, 'tokenInvalid'])
    expect((await world.oauth.refresh(ada.device, ada.tokens.refresh_token)).body['error']).toBe('invalid_grant')
  })
})

describe('scopes', () => {
  it('a device that may only buy sees nothing of the account', async () => {
    const { send } = await world.signedIn('ada', { scope: 'purchase' })
    const answer = await send(path)
    expect(codeOf(answer)).toEqual([403, 'scopeMissing'])
    expect(answer.headers['www-authenticate']).toBe('DPoP error="insufficient_scope", scope="profile:read", algs="EdDSA"')
    expect((await send('/v1/quotes', { method: 'POST', body: { offerId: 'nachtzug-tea' } })).status).toBe(200)
  })

  it('a device that may only look buys nothing, changes no control and gives no second factor', async () => {
    const { send } = await world.signedIn('ada', { scope: 'profile:read' })
    expect((await send(path)).body['scopes']).toEqual(['profile:read'])
    const digest = 'd'.repeat(43)
    const asked: readonly [string, object][] = [
      ['/v1/quotes', { offerId: 'nachtzug-tea' }],
      ['/v1/purchases', {}],
      ['/v1/controls', {}],
      ['/v1/controls/loosenings', {}],
      ['/v1/exclusion/return', {}],
      ['/v1/account/step-ups', { digest, method: 'totp', code: '424242' }],
      ['/v1/account/step-ups/codes', { digest, method: 'email' }],
    ]
    for (const [route, body] of asked) expect(codeOf(await send(route, { method: 'POST', body })), route).toEqual([403, 'scopeMissing'])
  })
})

describe('a refresh token', () => {
  const refresh = async (token: string, device = ada.device) => (await world.oauth.refresh(device, token)).body as unknown as Tokens & { readonly error?: string }
  const isGood = async ({ access_token }: Tokens) => (await sendWithToken(world.client, ada.device, access_token, path)).status === 200

  it('gives new tokens, and the ones of before last no more', async () => {
    const second = await refresh(ada.tokens.refresh_token)
    expect(second).toMatchObject({ token_type: 'DPoP', expires_in: 300, scope: 'profile:read purchase' })
    expect(new Set([ada.tokens.access_token, ada.tokens.refresh_token, second.access_token, second.refresh_token]).size).toBe(4)
    expect(await isGood(second)).toBe(true)
  })

  it('that comes again after its successor was used ends the whole sign-in, and the person is told', async () => {
    const second = await refresh(ada.tokens.refresh_token)
    expect(await isGood(second)).toBe(true)
    expect((await refresh(ada.tokens.refresh_token)).error).toBe('invalid_grant')
    expect(await isGood(second)).toBe(false)
    expect((await refresh(second.refresh_token)).error).toBe('invalid_grant')
    expect(world.people.recorded.at(-1)).toEqual({ accountId: 'ada', kind: 'tokenReused' })
    expect(await world.grants.signedIn('ada')).toEqual([])
  })

  it('of before last ends it as well', async () => {
    const second = await refresh(ada.tokens.refresh_token)
    const third = await refresh(second.refresh_token)
    expect((await refresh(ada.tokens.refresh_token)).error).toBe('invalid_grant')
    expect((await refresh(third.refresh_token)).error).toBe('invalid_grant')
    expect(events()).toEqual(['deviceSignedIn', 'tokenReused'])
  })

  it('whose answer was lost is taken again, and the tokens that were lost are worth nothing', async () => {
    const lost = await refresh(ada.tokens.refresh_token)
    const again = await refresh(ada.tokens.refresh_token)
    const andAgain = await refresh(ada.tokens.refresh_token)
    expect([await isGood(lost), await isGood(again), await isGood(andAgain)]).toEqual([false, false, true])
    expect(events()).toEqual(['deviceSignedIn'])
    expect((await refresh(lost.refresh_token)).error).toBe('invalid_grant')
    expect(events()).toEqual(['deviceSignedIn', 'tokenReused'])
  })

  it('that is used many times at once leaves one good pair, and whoever comes late with another ends it', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(ada.tokens.refresh_token)))
    expect(answers.every(({ error }) => error === undefined)).toBe(true)
    const good = await Promise.all(answers.map(isGood))
    expect(good.filter(Boolean)).toHaveLength(1)
    const stale = answers[good.indexOf(false)]
    expect((await refresh(stale?.refresh_token ?? '')).error).toBe('invalid_grant')
    expect(await Promise.all(answers.map(isGood))).toEqual(good.map(() => false))
  })

  it('that was stolen is worthless with another key, also for ending the sign-in', async () => {
    const thief = await world.client.enrolledDevice()
    expect((await refresh(ada.tokens.refresh_token, thief)).error).toBe('invalid_grant')
    expect((await world.oauth.revoke(thief, ada.tokens.refresh_token)).status).toBe(200)
    expect(events()).toEqual(['deviceSignedIn'])
    expect((await refresh(ada.tokens.refresh_token)).error).toBeUndefined()
  })

  it('is good for thirty days, and an access token is none', async () => {
    expect((await refresh(ada.tokens.access_token)).error).toBe('invalid_grant')
    later(30 * dayMs - 1)
    const second = await refresh(ada.tokens.refresh_token)
    expect(second.error).toBeUndefined()
    later(30 * dayMs)
    expect((await refresh(second.refresh_token)).error).toBe('invalid_grant')
    expect(await world.grants.signedIn('ada')).toEqual([])
    expect(events()).toEqual(['deviceSignedIn'])
  })

  it('is good for 180 days in all, however often it is used', async () => {
    let { refresh_token: token } = ada.tokens
    for (let month = 0; month < 6; month += 1) {
      later(30 * dayMs - 1)
      ;({ refresh_token: token } = await refresh(token))
    }
    later(5)
    expect(token).toBeTypeOf('string')
    later(1)
    expect((await refresh(token)).error).toBe('invalid_grant')
  })

  it('of a kiosk is good for half a day, should nobody have told that the turn is over', async () => {
    const kiosk = await world.signedIn('ada', { isKiosk: true })
    later(dayMs / 2 - 1000)
    const second = await refresh(kiosk.tokens.refresh_token, kiosk.device)
    expect(second.expires_in).toBe(1)
    later(1000)
    expect((await refresh(second.refresh_token, kiosk.device)).error).toBe('invalid_grant')
  })
})

describe('signing out', () => {
  it('by revocation of either token acts at the next request; a token that is not known is no error', async () => {
    for (const kind of ['access_token', 'refresh_token'] as const) {
      const { device, tokens, send } = await world.signedIn('ada')
      expect((await send(path)).status).toBe(200)
      expect((await world.oauth.revoke(device, tokens[kind])).status).toBe(200)
      expect(codeOf(await send(path))).toEqual([401, 'tokenInvalid'])
      expect((await world.oauth.refresh(device, tokens.refresh_token)).body['error']).toBe('invalid_grant')
      expect((await world.oauth.revoke(device, tokens[kind])).status).toBe(200)
    }
    expect(events().filter((kind) => kind === 'deviceSignedOut')).toHaveLength(2)
  })

  it('of one device from another leaves the others alone', async () => {
    later(1000)
    const phone = await world.signedIn('ada')
    const devices = (await phone.send('/v1/account/devices')).body['devices'] as { sessionId: string; isThis: boolean }[]
    expect(devices).toMatchObject([{ isThis: true, name: 'Tuppence on Linux', signedInAt: '2026-11-23T09:00:01.000Z' }, { isThis: false, signedInAt: '2026-11-23T09:00:00.000Z' }])
    const left = await phone.send(`/v1/account/devices/${devices[1]?.sessionId}/sign-out`, { method: 'POST' })
    expect(left.body['devices']).toMatchObject([{ isThis: true }])
    expect(codeOf(await ada.send(path))).toEqual([401, 'tokenInvalid'])
    expect((await phone.send(path)).status).toBe(200)
  })

  it('of somebody else’s device does nothing', async () => {
    world.people.add('mallory')
    const thief = await world.signedIn('mallory')
    const [device] = await world.grants.signedIn('ada')
    await thief.send(`/v1/account/devices/${device?.sessionId}/sign-out`, { method: 'POST' })
    expect((await ada.send(path)).status).toBe(200)
    expect(events()).not.toContain('deviceSignedOut')
  })

  it('everywhere acts at the next request of each, and nobody comes in by a yes from before', async () => {
    const phone = await world.signedIn('ada')
    const late = await world.client.enrolledDevice()
    const asked = (await world.oauth.begin(late)).body as { user_code: string; device_code: string }
    await world.grants.approve(asked.user_code, 'ada', someone)
    expect((await phone.send('/v1/account/sign-out', { method: 'POST' })).status).toBe(200)
    for (const each of [ada, phone]) expect(codeOf(await each.send(path))).toEqual([401, 'tokenInvalid'])
    expect((await world.oauth.redeem(late, asked.device_code)).body['error']).toBe('invalid_grant')
    expect(events().at(-1)).toBe('signedOutEverywhere')
    expect(world.people.browsersOut).toEqual(['ada'])
  })

  it('from the pages does the same', async () => {
    const [device] = await world.grants.signedIn('ada')
    await world.grants.signOut('ada', device?.sessionId ?? '', someone)
    expect(codeOf(await ada.send(path))).toEqual([401, 'tokenInvalid'])
    const again = await world.signedIn('ada')
    await world.grants.signOutEverywhere('ada', someone)
    expect(codeOf(await again.send(path))).toEqual([401, 'tokenInvalid'])
  })
})

it('however many devices somebody has, their requests count as one person’s, and nobody else’s', async () => {
  const busy = await startAccountWorld({ requestsPerMinute: 6 })
  for (const name of ['ada', 'bob']) busy.people.add(name)
  const [first, second, bob] = [await busy.signedIn('ada'), await busy.signedIn('ada'), await busy.signedIn('bob')]
  const ask = async ({ send }: SignedInDevice) => (await send('/v1/quotes', { method: 'POST', body: { offerId: 'nachtzug-tea' } })).status
  const asked: number[] = []
  for (const each of [first, second, first, second, first, second]) asked.push(await ask(each))
  expect(asked).toEqual([200, 200, 200, 200, 200, 200])
  expect([await ask(first), await ask(second), await ask(bob)]).toEqual([429, 429, 200])
  await busy.close()
})

describe('what the gateway keeps', () => {
  it('is no token, only hashes', async () => {
    await ada.send(path)
    const asked = (await world.oauth.begin(await world.client.enrolledDevice())).body as { device_code: string }
    const bytes = ['gateway.sqlite', 'gateway.sqlite-wal'].map((name) => readFileSync(join(world.dataDir, name)))
    const kept = Buffer.concat(bytes)
    for (const secret of [ada.tokens.access_token, ada.tokens.refresh_token, asked.device_code]) {
      expect(kept.includes(secret)).toBe(false)
      expect(kept.includes(hashOf(secret))).toBe(true)
    }
  })

  it('is forgotten once it has run out, as soon as somebody signs in anew', async () => {
    later(30 * dayMs - 1)
    await world.signedIn('ada')
    expect(await world.store.selectFrom('device_sessions').selectAll().execute()).toHaveLength(2)
    later(1)
    await world.signedIn('ada')
    expect(await world.store.selectFrom('device_sessions').selectAll().execute()).toHaveLength(2)
    expect(await world.store.selectFrom('device_tokens').selectAll().where('expires_at_ms', '<=', BigInt(world.clock.nowMs)).execute()).toEqual([])
  })

  it('is there after a restart: who is signed in, and what was used', async () => {
    const second = (await world.oauth.refresh(ada.device, ada.tokens.refresh_token)).body as unknown as Tokens
    await sendWithToken(world.client, ada.device, second.access_token, path)
    const restarted = await world.restart()
    expect((await sendWithToken(restarted.client, ada.device, second.access_token, path)).status).toBe(200)
    await restarted.close()
  })

  it('when a device was last used is told to the minute', async () => {
    await ada.send(path)
    later(59_999)
    await ada.send(path)
    expect((await world.grants.signedIn('ada'))[0]?.lastUsedAt).toBe('2026-11-23T09:00:00.000Z')
    later(1)
    await ada.send(path)
    expect((await world.grants.signedIn('ada'))[0]?.lastUsedAt).toBe('2026-11-23T09:01:00.000Z')
  })
})
