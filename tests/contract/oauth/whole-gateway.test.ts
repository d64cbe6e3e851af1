/** Real accounts at a real gateway: codes that come by mail over SMTP, and what happens to devices when the account changes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboxMessage } from '../../../src/contract/http/sandbox-routes.ts'
import { createGrants } from '../../../src/gateway/oauth/create-grants.ts'
import type { DeviceGrants } from '../../../src/gateway/oauth/grants.ts'
import { loadAccountKey } from '../../../src/gateway/keys/account-key.ts'
import { accountPurchases } from '../../support/account-purchases.ts'
import { oauthCalls, sendWithToken, type SignedInDevice } from '../../support/signing-in.ts'
import type { TestDevice } from '../../support/gateway-client.ts'
import { caller, cheapWork, type IdentityWorld, openIdentityWorld } from '../../support/identity-world.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

const email = 'ada@example.org'

let world: TestWorld
/** What the pages have, on the gateway's own database. */
let pages: IdentityWorld
let grants: DeviceGrants
let person: Awaited<ReturnType<IdentityWorld['signUp']>>
beforeEach(async () => {
  world = await startTestGateway({ accountWork: cheapWork })
  const { dataDir, clock } = world
  pages = await openIdentityWorld({
    place: { dataDir, clock, key: loadAccountKey(dataDir) },
    parts: { signOutDevices: (accountId, from) => grants.signOutEverywhere(accountId, from) },
  })
  grants = createGrants({ store: pages.store, identity: pages.identity, now: () => clock.nowMs, randomBytes: () => new Uint8Array() })
  person = await pages.signUp(email)
})
afterEach(async () => {
  await pages.close()
  await world.close().catch((error: NodeJS.ErrnoException) => {
    // The folder went with the pages.
    if (error.code !== 'ENOENT') throw error
  })
})

async function signIn(device: TestDevice): Promise<SignedInDevice> {
  const oauth = oauthCalls(world.client)
  const asked = (await oauth.begin(device)).body as { user_code: string; device_code: string }
  expect(await grants.approve(asked.user_code, person.accountId, caller)).toBe('approved')
  const tokens = (await oauth.redeem(device, asked.device_code)).body as unknown as SignedInDevice['tokens']
  return { device, tokens, send: (path, options) => sendWithToken(world.client, device, tokens.access_token, path, options) }
}

/** What the gateway itself has sent, newest last. */
async function mails(): Promise<readonly OutboxMessage[]> {
  const { body } = await world.client.send('/sandbox/outbox', { headers: { authorization: `Bearer ${world.gateway.controlToken}` } })
  return body['messages'] as OutboxMessage[]
}

async function codeFromMail(): Promise<string> {
  await expect.poll(async () => (await mails()).some(({ text }) => /^\d{6}\b/m.test(text))).toBe(true)
  return (await mails()).flatMap(({ text }) => /^(\d{6})\b/m.exec(text)?.[1] ?? []).at(-1) ?? ''
}

describe('a person without an authenticator', () => {
  it('signs a device in and buys with a code that comes by mail; list and mails tell of it', async () => {
    const device = await signIn(await world.client.enrolledDevice())
    const account = (await device.send('/v1/account')).body
    expect(account).toMatchObject({ accountId: person.accountId, email: 'a…a@example.org', codeWays: [{ method: 'email', destination: 'a…a@example.org' }] })

    const shop = accountPurchases(world.client)
    const request = await shop.approved(device, 'nachtzug-tea')
    expect(shop.terms(request.quote)).toMatchObject({ stepUp: ['firstOnDevice', 'newSeller'], fundingSource: { label: 'Wallet of a…a@example.org' } })
    const digest = shop.digestOf(request.authorisation)
    expect((await device.send('/v1/account/step-ups/codes', { method: 'POST', body: { digest, method: 'email' } })).body).toEqual({ kind: 'sent' })
    const given = await device.send('/v1/account/step-ups', { method: 'POST', body: { digest, method: 'email', code: await codeFromMail() } })
    expect((await shop.send(device, { ...request, stepUp: String(given.body['stepUp']) })).body['status']).toBe('succeeded')

    const kinds = (await pages.identity.events(person.accountId)).map(({ kind }) => kind)
    expect(kinds.slice(0, 2)).toEqual(['stepUpGiven', 'deviceSignedIn'])
    await expect.poll(async () => (await mails()).filter(({ to }) => to === email).length).toBe(2)
    await expect.poll(async () => (await pages.mailsTo(email)).map(({ subject }) => subject)).toContain('Tuppence: A device was signed in to your account')
  })

  it('who guesses the code has to wait after five tries, whatever else they ask it for', async () => {
    const device = await signIn(await world.client.enrolledDevice())
    const guess = async (digest: string) => (await device.send('/v1/account/step-ups', { method: 'POST', body: { digest, method: 'email', code: '000000' } })).body
    for (const digit of '12345') expect(await guess(digit.repeat(43))).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(await guess('6'.repeat(43))).toEqual({ kind: 'wait', waitMs: 30_000 })
  })
})

describe('when the account changes hands or goes', () => {
  let device: SignedInDevice
  beforeEach(async () => {
    device = await signIn(await world.client.enrolledDevice())
  })

  it('deleting it signs every device out at the next request', async () => {
    expect((await device.send('/v1/account')).status).toBe(200)
    expect(await pages.identity.deleteAccount(person.session, caller)).toEqual({ kind: 'done' })
    expect((await device.send('/v1/account')).body['code']).toBe('tokenInvalid')
  })

  it('signing out everywhere from a device ends the pages’ sessions as well', async () => {
    expect((await device.send('/v1/account/sign-out', { method: 'POST' })).status).toBe(200)
    expect((await device.send('/v1/account')).body['code']).toBe('tokenInvalid')
    expect(await pages.identity.session(person.session)).toBeNull()
  })
})
