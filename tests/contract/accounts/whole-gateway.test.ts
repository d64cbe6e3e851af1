/** Accounts, devices and charges of one gateway together: what belongs to a person, and what is left when they have gone. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeviceAuthorization, Tokens } from '../../../src/contract/http/account-messages.ts'
import type { OutboxMessage } from '../../../src/contract/http/sandbox-routes.ts'
import type { Caller } from '../../../src/gateway/accounts/identity.ts'
import { type Accounts, createAccounts } from '../../../src/gateway/create-accounts.ts'
import { loadSigningKey } from '../../../src/gateway/keys/signing-key.ts'
import { openStore } from '../../../src/gateway/store/open-store.ts'
import type { TestDevice } from '../../support/gateway-client.ts'
import { controlsWithLimit, excludedUntil, statementIn } from '../../support/control-calls.ts'
import { claimsOf, random32 } from '../../support/gateway-client.ts'
import { cheapWork, goodPassword, sessionOf, solve } from '../../support/identity-world.ts'
import { oauthCalls, sendWithToken } from '../../support/signing-in.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

const person: Caller = { ip: '203.0.113.7', userAgent: 'Firefox/140 Linux', language: 'en' }
const email = 'ada@example.org'

let world: TestWorld
let pages: Accounts
let closePages: () => Promise<void>
beforeEach(async () => {
  world = await startTestGateway({ accountWork: cheapWork })
  const { dataDir, clock } = world
  const { store, close } = openStore(dataDir)
  const signingKey = await loadSigningKey(dataDir)
  const publicOrigin = () => world.gateway.publicUrl
  pages = createAccounts({ dataDir, store, signingKey, publicOrigin, accountWork: cheapWork, now: () => clock.nowMs, randomBytes, onError: (error) => expect.fail(String(error)) })
  closePages = async () => {
    await pages.close()
    await close()
  }
})
afterEach(async () => {
  await closePages()
  await world.close()
})

const codeIn = (messages: readonly OutboxMessage[]) => messages.flatMap(({ text }) => /^(\d{6})$/m.exec(text)?.[1] ?? []).at(-1)!

async function signUp(): Promise<string> {
  const proof = await solve((await pages.identity.proofOfWork(person)).challenge)
  const sent = await pages.identity.signUp({ email, password: goodPassword, proof }, person)
  return sessionOf(await pages.identity.confirmEmail({ pending: (sent as { pending: string }).pending, code: codeIn(await pages.outbox.messages()) }, person))
}

async function signInDevice(accountId: string): Promise<{ device: TestDevice; token: string }> {
  const device = await world.client.enrolledDevice()
  const oauth = oauthCalls(world.client)
  const asked = (await oauth.begin(device)).body as unknown as DeviceAuthorization
  await pages.tokens.grants.approve(asked.user_code, accountId, person)
  const tokens = (await oauth.redeem(device, asked.device_code)).body as unknown as Tokens
  return { device, token: tokens.access_token }
}

/** What the gateway itself has sent, as a tester reads it. */
async function sent(): Promise<readonly OutboxMessage[]> {
  const answer = await world.client.send('/sandbox/outbox', { headers: { authorization: `Bearer ${world.gateway.controlToken}` } })
  return answer.body['messages'] as OutboxMessage[]
}

/** A first purchase, with the second factor that it wants. */
async function buy({ device, token }: { device: TestDevice; token: string }) {
  const send = (path: string, body: object, headers = {}) => sendWithToken(world.client, device, token, path, { method: 'POST', body, headers })
  const quote = (await send('/v1/quotes', { offerId: 'hedgerow-teapot' })).body['quote'] as string
  const digest = random32()
  expect((await send('/v1/account/step-ups/codes', { digest, method: 'email' })).body).toEqual({ kind: 'sent' })
  const given = await send('/v1/account/step-ups', { digest, method: 'email', code: codeIn(await sent()) })
  const idempotencyKey = randomUUID()
  const authorisation = await world.client.authorise(device, quote, { challengeDigest: digest, idempotencyKey })
  return send('/v1/purchases', { quote, authorisation, stepUp: given.body['stepUp'] }, { 'idempotency-key': idempotencyKey })
}

type OnDevice = Awaited<ReturnType<typeof signInDevice>>
const dispute = ({ device, token }: OnDevice, idempotencyKey: string) =>
  sendWithToken(world.client, device, token, '/v1/disputes', { method: 'POST', body: { disputeId: randomUUID(), idempotencyKey, reason: 'other', note: 'It never came' } })
const tighten = ({ device, token }: OnDevice, controls: object) => sendWithToken(world.client, device, token, '/v1/controls', { method: 'POST', body: { nonce: random32(), controls } })
const controlsOf = async ({ device, token }: OnDevice) => statementIn(await sendWithToken(world.client, device, token, `/v1/controls?nonce=${random32()}`)).controls

/** What every signed text in it says that somebody pays from. */
function labelsIn(store: string): Set<string> {
  const signed = store.match(/eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g) ?? []
  return new Set(signed.flatMap((jws) => (claimsOf(jws) as { fundingSource?: { label: string } }).fundingSource?.label ?? []))
}

/** Everything in the database as text. */
function wholeStore(): string {
  const database = new Database(join(world.dataDir, 'gateway.sqlite'), { readonly: true })
  const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[]
  const rows = tables.map((name) => [name, database.prepare(`SELECT * FROM "${name}"`).all()])
  database.close()
  return JSON.stringify(rows)
}

describe('an account with a device and a purchase', () => {
  it('gives its owner all of it, and leaves the books without a name when it is deleted; its device is out at once', async () => {
    const session = await signUp()
    await pages.identity.setDisplayName(session, 'Ada of the Keys', person)
    const { accountId } = (await pages.identity.session(session))!.account
    const signedIn = await signInDevice(accountId)
    const bought = await buy(signedIn)
    expect(bought.body['status']).toBe('succeeded')
    const charge = (await world.client.charges())[0]!
    await dispute(signedIn, charge.idempotencyKey)
    await tighten(signedIn, controlsWithLimit('5000'))
    const open = (await sendWithToken(world.client, signedIn.device, signedIn.token, '/v1/quotes', { method: 'POST', body: { offerId: 'nachtzug-tea' } })).body['quote'] as string

    expect(await pages.identity.download(session, person)).toMatchObject({
      account: { accountId, email },
      devices: [{ name: 'Tuppence on Linux' }],
      charges: [{ receiptNumber: charge.receiptNumber, offerId: 'hedgerow-teapot', amount: charge.amount, currency: charge.currency, receipt: bought.body['receipt'], moneyBack: [] }],
      disputes: [{ receiptNumber: charge.receiptNumber, reason: 'other', note: 'It never came', outcome: null }],
      controls: { ...controlsWithLimit('5000'), pending: [] },
      controlSteps: [{ type: expect.any(String) as string, at: '2026-11-23T09:00:00.000Z' }],
      quotes: expect.arrayContaining([open]) as string[],
    })
    const before = wholeStore()
    for (const text of [email, 'Ada of the Keys', open, `"funding_source_id":"wallet-${accountId}","controls"`]) expect(before).toContain(text)
    // What was signed says enough of the address for its owner to know it, and never the name.
    expect(claimsOf(String(bought.body['receipt']))).toMatchObject({ fundingSource: { label: 'Wallet of a…a@example.org' } })

    expect(await pages.identity.deleteAccount(session, person)).toEqual({ kind: 'done' })
    const answer = await sendWithToken(world.client, signedIn.device, signedIn.token, '/v1/account')
    expect([answer.status, answer.body['code']]).toEqual([401, 'tokenInvalid'])
    expect(await world.client.charges()).toEqual([charge])
    const left = wholeStore()
    for (const text of [email, 'Ada of the Keys', open, `"funding_source_id":"wallet-${accountId}","controls"`, `"funding_source_id":"wallet-${accountId}","device_id"`]) expect(left).not.toContain(text)
    expect(labelsIn(left)).toEqual(new Set(['Wallet of a…a@example.org']))
  })

  it('that is deleted while an exclusion runs is held to it when its address comes back, and to nothing once it would be over', async () => {
    const until = '2027-01-01T00:00:00.000Z'
    const first = await signUp()
    const { accountId } = (await pages.identity.session(first))!.account
    const device = await signInDevice(accountId)
    await tighten(device, excludedUntil(until, '2026-11-23T09:00:00.000Z'))
    expect(await pages.identity.deleteAccount(first, person)).toEqual({ kind: 'done' })
    expect(wholeStore()).not.toContain(accountId)
    expect(wholeStore()).not.toContain(email)

    const second = await signUp()
    const again = (await pages.identity.session(second))!.account.accountId
    const back = await signInDevice(again)
    expect(await controlsOf(back)).toMatchObject({ exclusion: { until } })
    expect((await buy(back)).body['code']).toBe('excluded')
    await pages.identity.deleteAccount(second, person)

    // By then a return that was asked for at the very end has acted.
    world.clock.nowMs = Date.parse(until) + 24 * 60 * 60_000
    const third = (await pages.identity.session(await signUp()))!.account.accountId
    expect(await controlsOf(await signInDevice(third))).toMatchObject({ exclusion: null })
    expect(wholeStore()).not.toContain(until)
  })

  it('is told of step-ups by the gateway, to the address alone, which the tester’s outbox shows', async () => {
    const session = await signUp()
    const { accountId } = (await pages.identity.session(session))!.account
    await buy(await signInDevice(accountId))
    expect((await sent()).map(({ to, subject }) => [to, subject])).toEqual([
      [email, 'Tuppence: Your code to confirm what the window of Tuppence shows'],
      [email, 'Tuppence: Your second factor confirmed something on a device'],
    ])
    expect((await world.client.send('/sandbox/outbox', {})).status).toBe(401)
  })

  it('is signed out on every device by a password that is set anew', async () => {
    const session = await signUp()
    const { accountId } = (await pages.identity.session(session))!.account
    const { device, token } = await signInDevice(accountId)
    const proof = await solve((await pages.identity.proofOfWork(person)).challenge)
    await pages.identity.requestReset({ email, proof }, person)
    const link = (await pages.outbox.messages()).flatMap(({ text }) => /\?token=([\w-]+)$/m.exec(text)?.[1] ?? []).at(-1)!
    await pages.identity.resetPassword({ token: link, password: 'another good set of words' }, person)
    expect((await sendWithToken(world.client, device, token, '/v1/account')).status).toBe(401)
  })
})
