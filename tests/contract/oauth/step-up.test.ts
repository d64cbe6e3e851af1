/** The second factor for exactly one purchase, or one looser control: who wants it, and what passes for it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StepUpClaimsSchema } from '../../../src/contract/http/account-messages.ts'
import { jwsTypes, QuoteClaimsSchema } from '../../../src/contract/http/claims.ts'
import type { PurchaseRequest } from '../../../src/contract/http/messages.ts'
import { canonicalJson } from '../../../src/domain/canonical.ts'
import * as v from 'valibot'
import { type AccountPurchases, accountPurchases } from '../../support/account-purchases.ts'
import { type AccountWorld, startAccountWorld } from '../../support/account-world.ts'
import { hashOf, type SignedInDevice } from '../../support/signing-in.ts'
import { controlsWithLimit, looserDay, statementIn } from '../../support/control-calls.ts'
import { type Answer, claimsOf, random32, sign } from '../../support/gateway-client.ts'

/** 9 cents at one seller, 59 cents at the same, 99 cents at another. */
const [tea, map, canary] = ['nachtzug-tea', 'nachtzug-map', 'grubenglueck-canary']

let world: AccountWorld
let shop: AccountPurchases
let ada: SignedInDevice
beforeEach(async () => {
  world = await startAccountWorld()
  world.people.add('ada')
  shop = accountPurchases(world.client)
  ada = await world.signedIn('ada')
})
afterEach(() => world.close())

const reasons = async (offerId: string, by = ada) => v.parse(QuoteClaimsSchema, shop.terms(await shop.quote(by, offerId))).stepUp
const outcomeOf = (answer: Answer) => answer.body['status'] === 'succeeded' ? 'succeeded' : answer.body['code']
const charged = async () => (await world.client.charges()).length
const events = () => world.people.recorded.map(({ kind }) => kind)

describe('a purchase wants it', () => {
  it('when it is the first at a device, and the first at a seller; then no more', async () => {
    expect(await reasons(tea)).toEqual(['firstOnDevice', 'newSeller'])
    expect(outcomeOf(await shop.buy(ada, tea))).toBe('succeeded')
    expect(await reasons(tea)).toBeUndefined()
    expect(await reasons(map)).toBeUndefined()
    expect(await reasons(canary)).toEqual(['newSeller'])
    expect(outcomeOf(await shop.buy(ada, map))).toBe('succeeded')
  })

  it('at another device of the same account, and anew after the device was signed in anew', async () => {
    await shop.buy(ada, tea)
    const phone = await world.signedIn('ada')
    expect(await reasons(tea, phone)).toEqual(['firstOnDevice'])
    ada = await world.signedIn('ada', { device: ada.device })
    expect(await reasons(tea)).toEqual(['firstOnDevice'])
  })

  it('from the amount on that the person has chosen, counted in euros and rounded up', async () => {
    await shop.buy(ada, tea)
    await shop.buy(ada, 'copperline-bell')
    const above = (cents: bigint) => world.people.add('ada', { stepUpAboveCents: cents })
    above(60n)
    expect(await reasons(map)).toBeUndefined()
    above(59n)
    expect(await reasons(map)).toEqual(['aboveAmount'])
    // 0.39 USD at 0.9221 are 35.96 cents.
    above(37n)
    expect(await reasons('copperline-bell')).toBeUndefined()
    above(36n)
    expect(await reasons('copperline-bell')).toEqual(['aboveAmount'])
    above(0n)
    expect(await reasons(tea)).toEqual(['aboveAmount'])
  })

  it('at a seller that others have paid, and this account has not', async () => {
    world.people.add('bob')
    await shop.buy(await world.signedIn('bob'), tea)
    expect(await reasons(tea)).toEqual(['firstOnDevice', 'newSeller'])
  })

  it('never without an account', async () => {
    const device = await world.client.enrolledDevice()
    expect(shop.terms(await world.client.quote(device, tea))).not.toHaveProperty('stepUp')
  })

  it('a purchase that was declined counts for nothing', async () => {
    await world.client.setFaults({ kind: 'decline' })
    expect((await shop.buy(ada, tea)).body['status']).toBe('declined')
    expect(await reasons(tea)).toEqual(['firstOnDevice', 'newSeller'])
  })
})

describe('a purchase that wants it is refused, and nothing charged,', () => {
  let request: PurchaseRequest
  beforeEach(async () => {
    request = await shop.approved(ada, tea)
  })
  const digest = () => shop.digestOf(request.authorisation)
  const refused = async (stepUp?: string) => {
    expect(outcomeOf(await shop.send(ada, { ...request, ...(stepUp !== undefined && { stepUp }) }))).toBe('stepUpNeeded')
    expect(await charged()).toBe(0)
    // It was refused for that alone.
    expect(outcomeOf(await shop.send(ada, { ...request, stepUp: await shop.stepUp(ada, digest()) }))).toBe('succeeded')
  }

  it('without any', () => refused())

  it('with one for another challenge', async () => refused(await shop.stepUp(ada, random32())))

  it('with one from another device of the same account', async () => refused(await shop.stepUp(await world.signedIn('ada'), digest())))

  it('with one of another account, also from the same device', async () => {
    world.people.add('bob')
    const bob = await world.signedIn('bob', { device: ada.device })
    const stepUp = await shop.stepUp(bob, digest())
    ada = await world.signedIn('ada', { device: ada.device })
    request = await shop.approved(ada, tea, { challengeDigest: digest() })
    await refused(stepUp)
  })

  it('with one that is five minutes old', async () => {
    const stepUp = await shop.stepUp(ada, digest())
    world.clock.nowMs += 5 * 60_000
    ada = { ...ada, ...(await refreshed()) }
    await refused(stepUp)
  })

  it('with one that the device has signed itself', async () => {
    const claims = claimsOf(await shop.stepUp(ada, digest())) as object
    await refused(await sign(ada.device.privateKey, { typ: jwsTypes.stepUp, kid: world.gateway.signingKey.kid }, claims))
  })

  it('with something else that the gateway has signed', () => refused(request.quote))

  it('with one that was used', async () => {
    const stepUp = await shop.stepUp(ada, digest())
    const other = await shop.approved(ada, tea, { challengeDigest: digest() })
    expect(outcomeOf(await shop.send(ada, { ...other, stepUp }))).toBe('succeeded')
    expect(outcomeOf(await shop.send(ada, { ...request, stepUp }))).toBe('stepUpNeeded')
    expect(await charged()).toBe(1)
  })

  it('with one that is used by two purchases at once: one is charged', async () => {
    const stepUp = await shop.stepUp(ada, digest())
    const other = await shop.approved(ada, tea, { challengeDigest: digest() })
    const answers = await Promise.all([request, other].map((each) => shop.send(ada, { ...each, stepUp })))
    expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['stepUpNeeded', 'succeeded']))
    expect(await charged()).toBe(1)
  })
})

/** The device after its access token has run out. */
async function refreshed(): Promise<Pick<SignedInDevice, 'tokens' | 'send'>> {
  const { body } = await world.oauth.refresh(ada.device, ada.tokens.refresh_token)
  const tokens = body as unknown as SignedInDevice['tokens']
  return { tokens, send: world.sendWith(ada.device, tokens.access_token) }
}

it('the same purchase again gives the same answer, though its second factor was used', async () => {
  const request = await shop.approved(ada, tea)
  const body = { ...request, stepUp: await shop.stepUp(ada, shop.digestOf(request.authorisation)) }
  const answers = [await shop.send(ada, body), await shop.send(ada, body)]
  expect(answers[1]?.body).toEqual(answers[0]?.body)
  expect([await charged(), outcomeOf(answers[0] as Answer)]).toEqual([1, 'succeeded'])
})

it('a purchase that is refused for another reason leaves the second factor good', async () => {
  await ada.send('/v1/controls', { method: 'POST', body: { nonce: random32(), controls: controlsWithLimit('0') } })
  const request = await shop.approved(ada, tea)
  const stepUp = await shop.stepUp(ada, shop.digestOf(request.authorisation))
  expect(outcomeOf(await shop.send(ada, { ...request, stepUp }))).toBe('limitReached')
  expect(await charged()).toBe(0)
  expect(await usedStepUps()).toBe(0)
})

async function usedStepUps(): Promise<number> {
  return (await world.store.selectFrom('used_step_ups').selectAll().execute()).length
}

describe('giving it', () => {
  const digest = random32()
  const give = (body: object, by = ada) => by.send('/v1/account/step-ups', { method: 'POST', body: { digest, ...body } })

  it('says in the gateway’s name who gave what for which digest, for five minutes', async () => {
    const { body } = await give({ method: 'totp', code: '424242' })
    expect(v.parse(StepUpClaimsSchema, claimsOf(String(body['stepUp'])))).toMatchObject({
      ...{ accountId: 'ada', deviceId: ada.device.deviceId, digest, method: 'totp' },
      ...{ givenAt: '2026-11-23T09:00:00.000Z', expiresAt: '2026-11-23T09:05:00.000Z' },
    })
    expect(events().at(-1)).toBe('stepUpGiven')
  })

  it('with a wrong code gives nothing, and the person is told', async () => {
    expect((await give({ method: 'totp', code: '000000' })).body).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(events().at(-1)).toBe('stepUpFailed')
  })

  it('with a code that was sent for this, and for nothing else, at this device', async () => {
    const sent = () => [...world.people.sent.values()].at(-1) ?? ''
    const askCode = (by: SignedInDevice, forDigest: string) => by.send('/v1/account/step-ups/codes', { method: 'POST', body: { digest: forDigest, method: 'email' } })
    expect((await askCode(ada, random32())).body).toEqual({ kind: 'sent' })
    expect((await give({ method: 'email', code: sent() })).body['kind']).toBe('wrong')
    await askCode(await world.signedIn('ada'), digest)
    expect((await give({ method: 'email', code: sent() })).body['kind']).toBe('wrong')
    await askCode(ada, digest)
    expect((await give({ method: 'email', code: sent() })).body['kind']).toBe('given')
    expect((await give({ method: 'email', code: sent() })).body['kind']).toBe('wrong')
  })

  it('a code cannot be sent where the person has no such way', async () => {
    const answer = await ada.send('/v1/account/step-ups/codes', { method: 'POST', body: { digest, method: 'sms' } })
    expect([answer.status, answer.body['code']]).toEqual([400, 'badRequest'])
  })

  it('waits where the account has to wait', async () => {
    world.people.checkCode = async () => ({ kind: 'wait', waitMs: 30_000 })
    expect((await give({ method: 'totp', code: '424242' })).body).toEqual({ kind: 'wait', waitMs: 30_000 })
  })
})

describe('P5 a looser control of an account', () => {
  const change = looserDay('900')
  const digestOfChange = (changeId: string, of: object = change) => hashOf(canonicalJson({ changeId, change: of }))
  const ask = (changeId: string, stepUp?: string, of: object = change) =>
    ada.send('/v1/controls/loosenings', { method: 'POST', body: { nonce: random32(), changeId, change: of, ...(stepUp !== undefined && { stepUp }) } })
  const code = async (answer: Promise<Answer>) => (await answer).body['code']
  beforeEach(async () => {
    await ada.send('/v1/controls', { method: 'POST', body: { nonce: random32(), controls: controlsWithLimit('500') } })
  })

  it('is refused without the second factor for exactly it, and nothing waits then', async () => {
    expect(await code(ask('change-1'))).toBe('stepUpNeeded')
    expect(await code(ask('change-1', await shop.stepUp(ada, digestOfChange('change-2'))))).toBe('stepUpNeeded')
    expect(await code(ask('change-1', await shop.stepUp(ada, digestOfChange('change-1', looserDay('901')))))).toBe('stepUpNeeded')
    expect(await code(ask('change-1', await shop.stepUp(await world.signedIn('ada'), digestOfChange('change-1'))))).toBe('stepUpNeeded')
    const read = await ada.send(`/v1/controls?nonce=${random32()}`)
    expect(statementIn(read).pending).toEqual([])
  })

  it('is asked for with it, once; the same request again changes nothing and needs no other', async () => {
    const stepUp = await shop.stepUp(ada, digestOfChange('change-1'))
    expect(statementIn(await ask('change-1', stepUp)).pending).toMatchObject([{ changeId: 'change-1', change }])
    expect(statementIn(await ask('change-1', stepUp)).pending).toHaveLength(1)
    expect(await code(ask('change-1', stepUp, looserDay('9000')))).toBe('stepUpNeeded')
    const withdrawn = await ada.send('/v1/controls/loosenings/change-1/withdrawal', { method: 'POST', body: { nonce: random32() } })
    expect(statementIn(withdrawn).pending).toEqual([])
  })

  it('a step-up for a purchase is none for a control, nor the other way round', async () => {
    const request = await shop.approved(ada, tea, { challengeDigest: digestOfChange('change-1') })
    const stepUp = await shop.stepUp(ada, digestOfChange('change-1'))
    expect(statementIn(await ask('change-1', stepUp)).pending).toHaveLength(1)
    expect(outcomeOf(await shop.send(ada, { ...request, stepUp }))).toBe('stepUpNeeded')
  })

  it('tightening needs none', async () => {
    expect(statementIn(await ada.send('/v1/controls', { method: 'POST', body: { nonce: random32(), controls: controlsWithLimit('100') } })).controls).toMatchObject(controlsWithLimit('100'))
  })
})
