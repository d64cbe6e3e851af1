/** Signing in from a device (RFC 8628), by a client that somebody else has written, and by clients that do it wrong. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AccountResponseSchema, type DeviceAuthorization } from '../../../src/contract/http/account-messages.ts'
import * as v from 'valibot'
import { type AccountWorld, startAccountWorld } from '../../support/account-world.ts'
import { someone } from '../../support/signing-in.ts'
import type { TestDevice } from '../../support/gateway-client.ts'
import { createStandardClient, refusalOf, type StandardClient } from '../../support/standard-client.ts'

let world: AccountWorld
beforeEach(async () => {
  world = await startAccountWorld()
  world.people.add('ada', { displayName: 'Ada' })
})
afterEach(() => world.close())

const secondsLater = (seconds: number) => (world.clock.nowMs += seconds * 1000)
const events = () => world.people.recorded.map(({ kind }) => kind)

describe('a client that knows nothing but the RFCs and the metadata', () => {
  let client: StandardClient
  beforeEach(async () => {
    client = await createStandardClient(world.gateway, () => world.clock.nowMs)
    await client.enrol()
  })
  afterEach(() => client.close())

  it('finds the end points where RFC 8414 says, below the issuer that it asked', () => {
    const { publicUrl: url } = world.gateway
    expect(client.as).toMatchObject({
      issuer: url,
      device_authorization_endpoint: `${url}/oauth/device_authorization`,
      token_endpoint: `${url}/oauth/token`,
      scopes_supported: ['profile:read', 'purchase'],
      dpop_signing_alg_values_supported: ['EdDSA'],
    })
  })

  it('signs in, sees the account, stays signed in with new tokens, and signs out', async () => {
    const asked = await client.begin()
    expect(asked.user_code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
    expect(asked).toMatchObject({ expires_in: 600, interval: 5, verification_uri: `${world.gateway.publicUrl}/device` })
    expect(asked.verification_uri_complete).toBe(`${world.gateway.publicUrl}/device?code=${asked.user_code}`)
    expect(await refusalOf(client.poll(asked.device_code))).toBe('authorization_pending')
    expect(await world.grants.approve(asked.user_code, 'ada', someone)).toBe('approved')

    const tokens = await client.poll(asked.device_code)
    expect(tokens).toMatchObject({ token_type: 'dpop', expires_in: 300, scope: 'profile:read purchase' })
    const account = v.parse(AccountResponseSchema, await (await client.get(tokens.access_token, '/v1/account')).json())
    expect(account).toMatchObject({ accountId: 'ada', displayName: 'Ada', email: 'a…a@example.org', stepUpAbove: { amount: '2000', currency: 'EUR' } })

    const renewed = await client.refresh(tokens.refresh_token ?? '')
    expect((await client.get(renewed.access_token, '/v1/account')).status).toBe(200)
    await client.revoke(renewed.refresh_token ?? '')
    expect(await refusalOf(client.refresh(renewed.refresh_token ?? ''))).toBe('invalid_grant')
    expect(events()).toEqual(['deviceSignedIn', 'deviceSignedOut'])
  })

  it('learns that the person said no, once and for all', async () => {
    const asked = await client.begin()
    await world.grants.deny(asked.user_code, 'ada', someone)
    expect(await refusalOf(client.poll(asked.device_code))).toBe('access_denied')
    expect(await refusalOf(client.poll(asked.device_code))).toBe('invalid_grant')
    expect(events()).toEqual(['deviceDenied'])
  })

  it('learns after ten minutes that the code has run out, and nobody can answer it any more', async () => {
    const asked = await client.begin()
    secondsLater(599)
    expect(await refusalOf(client.poll(asked.device_code))).toBe('authorization_pending')
    secondsLater(1)
    expect(await refusalOf(client.poll(asked.device_code))).toBe('expired_token')
    expect(await world.grants.approve(asked.user_code, 'ada', someone)).toBe('gone')
    expect(events()).toEqual([])
  })
})

describe('polling', () => {
  let device: TestDevice
  let asked: DeviceAuthorization
  beforeEach(async () => {
    device = await world.client.enrolledDevice()
    asked = (await world.oauth.begin(device)).body as unknown as DeviceAuthorization
  })
  const poll = async (as = device) => (await world.oauth.redeem(as, asked.device_code)).body['error']

  it('before the interval is over it is told to slow down, five seconds more each time', async () => {
    expect(await poll()).toBe('authorization_pending')
    secondsLater(4)
    expect(await poll()).toBe('slow_down')
    secondsLater(9)
    expect(await poll()).toBe('slow_down')
    secondsLater(15)
    expect(await poll()).toBe('authorization_pending')
  })

  it('a code is bound to the key that asked: to another it is unknown, and stays good for the right one', async () => {
    await world.grants.approve(asked.user_code, 'ada', someone)
    expect(await poll(await world.client.enrolledDevice())).toBe('invalid_grant')
    expect(await poll()).toBeUndefined()
  })

  it('a code gives tokens once', async () => {
    await world.grants.approve(asked.user_code, 'ada', someone)
    expect(await poll()).toBeUndefined()
    expect(await poll()).toBe('invalid_grant')
  })

  it('of many polls at once a single one gets tokens', async () => {
    await world.grants.approve(asked.user_code, 'ada', someone)
    const answers = await Promise.all(Array.from({ length: 6 }, () => poll()))
    expect(answers.filter((error) => error === undefined)).toHaveLength(1)
  })

  it('the answer of the person stands: a second one comes too late', async () => {
    expect(await world.grants.deny(asked.user_code, 'ada', someone)).toBe('denied')
    expect(await world.grants.approve(asked.user_code, 'ada', someone)).toBe('gone')
    expect(await poll()).toBe('access_denied')
  })

  it('a device that begins anew gives up what it asked before', async () => {
    await world.oauth.begin(device)
    expect(await world.grants.approve(asked.user_code, 'ada', someone)).toBe('gone')
    expect(await poll()).toBe('invalid_grant')
  })

  it('whoever is signed in at a device makes room for the next', async () => {
    world.people.add('bob')
    const first = await world.signedIn('ada', { device })
    const second = await world.signedIn('bob', { device })
    expect((await first.send('/v1/account')).body['code']).toBe('tokenInvalid')
    expect((await second.send('/v1/account')).body['accountId']).toBe('bob')
    expect(await world.grants.signedIn('ada')).toEqual([])
  })
})

describe('the page that asks', () => {
  it('shows what the device has said, and finds it however the code is typed', async () => {
    const device = await world.client.enrolledDevice()
    const { body } = await world.oauth.begin(device, { device_name: 'Tuppence on a kiosk', is_kiosk: 'true', scope: 'purchase' })
    const code = String(body['user_code'])
    for (const typed of [code, code.toLowerCase(), code.replace('-', ''), ` ${code.replace('-', ' ')} `])
      expect(await world.grants.find(typed, someone)).toEqual({
        ...{ userCode: code, deviceName: 'Tuppence on a kiosk', scopes: ['purchase'], isKiosk: true, askedAt: '2026-11-23T09:00:00.000Z', ip: '127.0.0.1' },
      })
  })

  it('a device name cannot hide what it says', async () => {
    const device = await world.client.enrolledDevice()
    for (const name of ['', 'a\nb', 'a\u202e', ' x', 'x'.repeat(81)])
      expect((await world.oauth.begin(device, { device_name: name })).body['error'], JSON.stringify(name)).toBe('invalid_request')
  })

  it('after five codes that nobody was given an address has to wait, ever longer, also to answer; others need not', async () => {
    const device = await world.client.enrolledDevice()
    const code = String((await world.oauth.begin(device)).body['user_code'])
    for (const wrong of ['BBBB-BBBB', 'nonsense', '', 'BBBB-BBBC', 'BBBB-BBBD']) expect(await world.grants.find(wrong, someone)).toBeNull()
    expect(await world.grants.find(code, someone)).toEqual({ kind: 'wait', waitMs: 30_000 })
    expect(await world.grants.approve(code, 'ada', someone)).toBe('gone')
    expect(await world.grants.find(code, { ...someone, ip: '192.0.2.8' })).toMatchObject({ userCode: code })
    secondsLater(30)
    expect(await world.grants.find('BBBB-BBBF', someone)).toBeNull()
    expect(await world.grants.find(code, someone)).toEqual({ kind: 'wait', waitMs: 60_000 })
    secondsLater(60)
    expect(await world.grants.approve(code, 'ada', someone)).toBe('approved')
  })

  it('addresses of one network are one (RFC 4291 §2.5.4)', async () => {
    const from = (host: number) => ({ ...someone, ip: `2001:db8:1:2::${host}` })
    for (let host = 1; host <= 5; host += 1) expect(await world.grants.find('BBBB-BBBB', from(host))).toBeNull()
    expect(await world.grants.find('BBBB-BBBB', from(6))).toEqual({ kind: 'wait', waitMs: 30_000 })
    expect(await world.grants.find('BBBB-BBBB', { ...someone, ip: '2001:db8:1:3::1' })).toBeNull()
  })

  it('trying to answer codes counts as well', async () => {
    for (let tries = 0; tries < 5; tries += 1) expect(await world.grants.approve('BBBB-BBBB', 'ada', someone)).toBe('gone')
    expect(await world.grants.find('BBBB-BBBB', someone)).toEqual({ kind: 'wait', waitMs: 30_000 })
  })
})
