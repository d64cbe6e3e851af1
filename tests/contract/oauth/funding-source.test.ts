/** Whose money it is: each account has its wallet, which its devices share and nobody else can reach. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ReceiptClaims } from '../../../src/contract/http/claims.ts'
import { type AccountPurchases, accountPurchases } from '../../support/account-purchases.ts'
import { type AccountWorld, startAccountWorld } from '../../support/account-world.ts'
import type { SignedInDevice } from '../../support/signing-in.ts'
import { controlsWithLimit, excludedUntil, statementIn } from '../../support/control-calls.ts'
import { type Answer, claimsOf, random32, type TestDevice } from '../../support/gateway-client.ts'
import { noMailServer } from '../../support/test-gateway.ts'

const tea = 'nachtzug-tea'

let world: AccountWorld
let shop: AccountPurchases
let ada: SignedInDevice
beforeEach(async () => {
  world = await startAccountWorld()
  world.people.add('ada', { displayName: 'Ada' })
  world.people.add('bob', { email: `bob@${'b'.repeat(60)}.example` })
  shop = accountPurchases(world.client)
  ada = await world.signedIn('ada')
})
afterEach(() => world.close())

const outcomeOf = (answer: Answer) => answer.body['status'] === 'succeeded' ? 'succeeded' : answer.body['code']
const tighten = (by: SignedInDevice, controls: object) => by.send('/v1/controls', { method: 'POST', body: { nonce: random32(), controls } })
const controlsOf = async (by: SignedInDevice) => statementIn(await by.send(`/v1/controls?nonce=${random32()}`)).controls
const asNobody = (device: TestDevice): SignedInDevice => ({ device, tokens: ada.tokens, send: (path, options) => world.client.sendAs(device, path, options) })

describe('the funding source', () => {
  it('is the account’s wallet, with as much of the address as its owner knows it by and without the name, in quote and receipt', async () => {
    const { fundingSource } = shop.terms(await shop.quote(ada, tea))
    expect(fundingSource).toEqual({ id: 'wallet-ada', label: 'Wallet of a…a@example.org' })
    const { body } = await shop.buy(ada, tea)
    expect((claimsOf(String(body['receipt'])) as ReceiptClaims).fundingSource).toEqual(fundingSource)
  })

  it('shows the masked address however long it is', async () => {
    const { fundingSource } = shop.terms(await shop.quote(await world.signedIn('bob'), tea))
    expect(fundingSource.label).toBe(`Wallet of b…b@…${'b'.repeat(31)}.example`)
    expect(fundingSource.label.length).toBeLessThanOrEqual(60)
  })

  it('without an account is the sandbox’s own, as before', async () => {
    const device = await world.client.enrolledDevice()
    expect(shop.terms(await world.client.quote(device, tea)).fundingSource).toEqual({ id: 'sandbox-wallet', label: 'Sandbox wallet' })
    expect(outcomeOf(await world.client.buy(device, tea))).toBe('succeeded')
  })
})

describe('P4 P5 controls and spending', () => {
  it('are shared by the devices of one account, and by nobody else', async () => {
    const [phone, bob] = [await world.signedIn('ada'), await world.signedIn('bob')]
    const nobody = asNobody(await world.client.enrolledDevice())
    await tighten(ada, controlsWithLimit('17'))
    expect(outcomeOf(await shop.buy(ada, tea))).toBe('succeeded')
    expect(outcomeOf(await shop.buy(phone, tea))).toBe('limitReached')
    expect(outcomeOf(await shop.buy(bob, tea))).toBe('succeeded')
    expect(outcomeOf(await world.client.buy(nobody.device, tea))).toBe('succeeded')
    expect(await controlsOf(phone)).toMatchObject(controlsWithLimit('17'))
    for (const other of [bob, nobody]) expect((await controlsOf(other)).limits).toEqual([])
  })

  it('an exclusion of one account is not one of another at the same device', async () => {
    await tighten(ada, excludedUntil('2027-01-01T00:00:00.000Z', '2026-11-23T09:00:00.000Z'))
    expect(outcomeOf(await shop.buy(ada, tea))).toBe('excluded')
    const bob = await world.signedIn('bob', { device: ada.device })
    expect(outcomeOf(await shop.buy(bob, tea))).toBe('succeeded')
  })
})

describe('P1 nobody buys in the name of an account', () => {
  it('from another device, not even of the same account: the quote is that device’s own', async () => {
    const phone = await world.signedIn('ada')
    const request = await shop.approved(ada, tea)
    const stepUp = await shop.stepUp(ada, shop.digestOf(request.authorisation))
    for (const other of [phone, await world.signedIn('bob')]) expect(outcomeOf(await shop.send(other, { ...request, stepUp }))).toBe('quoteInvalid')
    expect(await world.client.charges()).toEqual([])
  })

  it('without the token by which the price was asked for', async () => {
    const request = await shop.approved(ada, tea)
    const stepUp = await shop.stepUp(ada, shop.digestOf(request.authorisation))
    expect(outcomeOf(await shop.send(asNobody(ada.device), { ...request, stepUp }))).toBe('accountNeeded')
    await shop.buy(ada, tea)
    expect(outcomeOf(await shop.send(asNobody(ada.device), await shop.approved(ada, tea)))).toBe('accountNeeded')
    expect(await world.client.charges()).toHaveLength(1)
  })

  it('with a quote of whoever was signed in there before, or of nobody', async () => {
    await shop.buy(ada, tea)
    const request = await shop.approved(ada, tea)
    const bob = await world.signedIn('bob', { device: ada.device })
    expect(outcomeOf(await shop.send(bob, request))).toBe('quoteInvalid')
    expect(outcomeOf(await shop.send(bob, await world.client.approved(ada.device, tea)))).toBe('quoteInvalid')
    expect(await world.client.charges()).toHaveLength(1)
  })

  it('with a quote from before they signed out and in again', async () => {
    await shop.buy(ada, tea)
    const request = await shop.approved(ada, tea)
    const again = await world.signedIn('ada', { device: ada.device })
    expect(outcomeOf(await shop.send(again, request))).toBe('quoteInvalid')
  })
})

describe('a gateway that needs accounts', () => {
  let live: AccountWorld
  beforeEach(async () => {
    live = await startAccountWorld({ accounts: 'needed' })
    live.people.add('ada')
  })
  afterEach(() => live.close())

  it('sells to whoever is signed in, and to nobody else', async () => {
    const device = await live.client.enrolledDevice()
    const answer = await live.client.askQuote(device, tea)
    expect([answer.status, answer.body['code']]).toEqual([401, 'accountNeeded'])
    expect(outcomeOf(await accountPurchases(live.client).buy(await live.signedIn('ada', { device }), tea))).toBe('succeeded')
  })

  it('lets no stranger set the controls of another: until somebody signs in, a device has its own', async () => {
    const [first, second] = [await live.client.enrolledDevice(), await live.client.enrolledDevice()]
    const post = await live.client.sendAs(first, '/v1/controls', { method: 'POST', body: { nonce: random32(), controls: controlsWithLimit('0') } })
    expect(statementIn(post).controls).toMatchObject(controlsWithLimit('0'))
    expect(statementIn(await live.client.sendAs(second, `/v1/controls?nonce=${random32()}`)).controls.limits).toEqual([])
  })
})

it('a live gateway needs accounts unless told, a sandbox does not', async () => {
  const live = await startAccountWorld({ mode: 'live', mail: noMailServer })
  expect((await live.client.askQuote(await live.client.enrolledDevice(), tea)).body['code']).toBe('accountNeeded')
  await live.close()
  expect((await world.client.askQuote(await world.client.enrolledDevice(), tea)).status).toBe(200)
})
