/** What the gateway does to charges later, tells of them, lists and countersigns, and how it holds against those who ask for more. */
import { createPublicKey, verify } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { jwsTypes, type AuthorisationClaims, type ChargeListClaims, type LogHeadClaims } from '../../../src/contract/http/claims.ts'
import type { MessageBody } from '../../../src/contract/http/messages.ts'
import type { SignedMessage } from '../../../src/domain/events.ts'
import { claimsOf, random32, type TestDevice } from '../../support/gateway-client.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

const offer = 'copperline-bell'

let world: TestWorld
let device: TestDevice
let stranger: TestDevice
beforeAll(async () => {
  world = await startTestGateway()
})
afterAll(() => world.close())
beforeEach(async () => {
  device = await world.client.enrolledDevice()
  stranger = await world.client.enrolledDevice()
})

const control = (path: string, body: object, token = world.gateway.controlToken) =>
  world.client.send(path, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body })
const refund = (idempotencyKey: string, amount?: string) => control('/sandbox/refunds', { idempotencyKey, ...(amount && { amount }) })
const chargeBack = (idempotencyKey: string) => control('/sandbox/chargebacks', { idempotencyKey })
const reverse = (idempotencyKey: string) => control('/sandbox/chargebacks/reversals', { idempotencyKey })

/** The key of a charge, and its amount in minor units. */
async function charged(by = device): Promise<{ key: string; amount: bigint }> {
  const request = await world.client.approved(by, offer)
  const { idempotencyKey: key, amount } = claimsOf(request.authorisation) as AuthorisationClaims
  const answer = await world.client.purchase(by, request)
  expect(answer.body['status']).toBe('succeeded')
  return { key, amount: BigInt(amount) }
}

async function messagesOf(by = device): Promise<{ messages: SignedMessage[]; hasMore: boolean }> {
  return (await world.client.sendAs(by, '/v1/messages')).body as unknown as { messages: SignedMessage[]; hasMore: boolean }
}

async function bodiesOf(by = device): Promise<MessageBody[]> {
  return (await messagesOf(by)).messages.map(({ body }) => JSON.parse(body) as MessageBody)
}

const acknowledge = (ids: readonly string[], by = device) =>
  world.client.sendAs(by, '/v1/messages/acknowledgements', { method: 'POST', body: { ids } })

describe('messages', () => {
  it('P2 tell of the charge and of all that came after it, numbered in the order in which it was done', async () => {
    const { key, amount } = await charged()
    await refund(key, '1')
    await chargeBack(key)
    await reverse(key)
    await refund(key)
    const told = await bodiesOf()
    expect(told.map((body) => [body.type, 'sequence' in body ? body.sequence : null])).toEqual([
      ['purchase.succeeded', 1],
      ['purchase.refunded', 2],
      ['purchase.chargedBack', 3],
      ['purchase.chargebackReversed', 4],
      ['purchase.refunded', 5],
    ])
    expect(told.at(-1)).toMatchObject({ amount: { amount: String(amount - 1n) } })
  })

  it('P3 are signed over id, time and body with the key that signs receipts', async () => {
    await charged()
    const [message] = (await messagesOf()).messages
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: world.gateway.signingKey.x }, format: 'jwk' })
    const isBy = (signed: string) => {
      const signature = Buffer.from(message!.signature.replace('v1a,', ''), 'base64')
      return verify(null, Buffer.from(signed), key, signature)
    }
    const { id, timestamp, body } = message!
    expect(isBy(`${id}.${timestamp}.${body}`)).toBe(true)
    expect([isBy(`${id}.${timestamp + 1}.${body}`), isBy(`x.${timestamp}.${body}`), isBy(`${id}.${timestamp}.${body} `)]).toEqual([false, false, false])
  })

  it('come again until they are acknowledged, and page by page where there are many', async () => {
    const { key } = await charged()
    for (let count = 0; count < 60; count += 1) {
      expect((await chargeBack(key)).status).toBe(200)
      expect((await reverse(key)).status).toBe(200)
    }
    const first = await messagesOf()
    expect([first.messages.length, first.hasMore, await messagesOf()]).toEqual([100, true, first])
    expect((await acknowledge(first.messages.map(({ id }) => id))).status).toBe(200)
    const second = await messagesOf()
    expect([second.messages.length, second.hasMore]).toEqual([21, false])
    await acknowledge(second.messages.map(({ id }) => id))
    expect(await messagesOf()).toEqual({ messages: [], hasMore: false })
  })

  it('P7 go to their own device only, and nobody else can make them go away', async () => {
    await charged()
    const { messages } = await messagesOf()
    expect(await messagesOf(stranger)).toEqual({ messages: [], hasMore: false })
    const ids = messages.map(({ id }) => id)
    const answers = [await acknowledge(ids, stranger), await acknowledge(['msg_unheard-of'], stranger)]
    expect(answers.map(({ status, body }) => [status, body])).toEqual([[200, {}], [200, {}]])
    expect((await messagesOf()).messages).toEqual(messages)
  })

  it('P2 that wait survive a restart', async () => {
    const { key } = await charged()
    await refund(key)
    const before = await messagesOf()
    world = await world.restart()
    expect(await messagesOf()).toEqual(before)
    expect((await refund(key)).body['code']).toBe('refundTooLarge')
  })

  it.each(['/v1/messages', `/v1/charges?nonce=${'n'.repeat(43)}&after=0`])('P7 are told to nobody who is not enrolled: %s', async (path) => {
    expect((await world.client.send(path)).body['code']).toBe('proofInvalid')
  })
})

describe('money back', () => {
  it('P2 is never more than what was charged, in one go or in many', async () => {
    const { key, amount } = await charged()
    expect((await refund(key, String(amount + 1n))).body['code']).toBe('refundTooLarge')
    expect((await refund(key, '0')).body['code']).toBe('refundTooLarge')
    expect((await refund(key, String(amount - 1n))).status).toBe(200)
    expect((await refund(key, '2')).body['code']).toBe('refundTooLarge')
    expect((await refund(key, '1')).status).toBe(200)
    expect((await refund(key)).body['code']).toBe('refundTooLarge')
    expect((await chargeBack(key)).body['code']).toBe('refundTooLarge')
  })

  it('P2 of two refunds at once that are too much together, one is made', async () => {
    const { key, amount } = await charged()
    const answers = await Promise.all(Array.from({ length: 8 }, () => refund(key, String(amount / 2n + 1n))))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await bodiesOf()).toHaveLength(2)
  })

  it('P2 stands once: no second chargeback, and no reversal of none', async () => {
    const { key } = await charged()
    expect((await reverse(key)).body['code']).toBe('chargebackStands')
    expect((await chargeBack(key)).status).toBe(200)
    expect((await chargeBack(key)).body['code']).toBe('chargebackStands')
    expect((await refund(key)).body['code']).toBe('refundTooLarge')
    expect((await reverse(key)).status).toBe(200)
    expect((await refund(key)).status).toBe(200)
  })

  it.each(['/sandbox/refunds', '/sandbox/chargebacks', '/sandbox/chargebacks/reversals'])('P7 takes the testers’ token: %s', async (path) => {
    const { key } = await charged()
    expect((await control(path, { idempotencyKey: key }, 'x'.repeat(43))).status).toBe(401)
    expect((await world.client.sendAs(device, path, { method: 'POST', body: { idempotencyKey: key } })).status).toBe(401)
    expect((await control(path, { idempotencyKey: 'unheard-of' })).body['code']).toBe('purchaseNotFound')
    expect(await bodiesOf()).toHaveLength(1)
  })
})

describe('a dispute', () => {
  const say = (key: string, change: object = {}, by = device) =>
    world.client.sendAs(by, '/v1/disputes', { method: 'POST', body: { disputeId: `${key}.d01`, idempotencyKey: key, reason: 'notReceived', ...change } })
  const decide = (idempotencyKey: string, outcome: string) => control('/sandbox/disputes/decisions', { idempotencyKey, outcome })

  it('P3 is acknowledged with a signature over just what was said, of a kind of its own', async () => {
    const { key } = await charged()
    const jws = (await say(key, { note: 'Nothing came' })).body['acknowledgement'] as string
    expect(decodeProtectedHeader(jws)).toMatchObject({ typ: 'tuppence-dispute+jws', alg: 'EdDSA', kid: world.gateway.signingKey.kid })
    expect(claimsOf(jws)).toEqual({
      ...{ deviceId: device.deviceId, disputeId: `${key}.d01`, idempotencyKey: key, reason: 'notReceived', note: 'Nothing came' },
      openedAt: new Date(world.clock.nowMs).toISOString(),
    })
  })

  it('P7 is about a charge of one’s own device, and nobody else learns that there is one', async () => {
    const { key } = await charged()
    const [others, none] = [await say(key, {}, stranger), await say('unheard-of', {}, stranger)]
    expect([others.status, others.body['code']]).toEqual([404, 'purchaseNotFound'])
    expect(others.body).toEqual(none.body)
    expect((await world.client.send('/v1/disputes', { method: 'POST', body: {} })).body['code']).toBe('proofInvalid')
  })

  it.each([
    ['an unknown reason', { reason: 'boredom' }],
    ['two lines', { note: 'a\nb' }],
    ['too long a note', { note: 'x'.repeat(141) }],
    ['something else besides', { email: 'mia@example.org' }],
  ])('P10 takes nothing but number, reason and a short note: %s', async (_what, change) => {
    const { key } = await charged()
    expect((await say(key, change)).body['code']).toBe('badRequest')
  })

  it('P2 of many at once one is opened', async () => {
    const { key } = await charged()
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => say(key, { disputeId: `${key}.d0${index}` })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body['code'] === 'disputeOpen')).toHaveLength(7)
  })

  it('P2 outlives a restart, and is decided once, by whoever has the testers’ token', async () => {
    const { key, amount } = await charged()
    const said = (await say(key)).body
    world = await world.restart()
    expect((await say(key)).body).toEqual(said)
    const token = await control('/sandbox/disputes/decisions', { idempotencyKey: key, outcome: 'refunded' }, 'x'.repeat(43))
    expect(token.status).toBe(401)
    const decisions = await Promise.all([decide(key, 'refunded'), decide(key, 'refunded'), decide(key, 'refused')])
    expect(decisions.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 404, 404])
    expect((await bodiesOf()).map(({ type }) => type).filter((type) => type === 'dispute.closed')).toHaveLength(1)
    world = await world.restart()
    expect((await say(key)).body['code']).toBe('disputeClosed')
    const told = await bodiesOf()
    const back = told.flatMap((body) => (body.type === 'purchase.refunded' ? [body.amount.amount] : []))
    const decided = told.flatMap((body) => (body.type === 'dispute.closed' ? [body.outcome] : []))
    expect(back).toEqual(decided[0] === 'refunded' ? [String(amount)] : [])
  })

  it('P2 takes no purchase away from anybody: the same device is quoted and charged on', async () => {
    const { key } = await charged()
    await say(key)
    await charged()
    await decide(key, 'refused')
    await charged()
  })
})

describe('the list of charges', () => {
  async function page(after: number, by = device, nonce = random32()): Promise<ChargeListClaims> {
    // A proof is for the address without what is asked of it (RFC 9449 §4.2).
    const dpop = await world.client.proof(by, 'GET', '/v1/charges')
    const answer = await world.client.send(`/v1/charges?nonce=${nonce}&after=${after}`, { headers: { dpop } })
    const jws = answer.body['page'] as string
    expect(decodeProtectedHeader(jws)).toMatchObject({ typ: jwsTypes.chargeList, alg: 'EdDSA' })
    return claimsOf(jws) as ChargeListClaims
  }

  it('P3 holds every charge of the device with what came back of it, and the nonce it was asked with', async () => {
    const [one, other] = [await charged(), await charged()]
    await refund(one.key, '1')
    await chargeBack(other.key)
    await charged(stranger)
    const nonce = random32()
    const claims = await page(0, device, nonce)
    expect(claims).toMatchObject({ deviceId: device.deviceId, nonce, after: 0, next: null })
    expect(claims.charges.map(({ idempotencyKey, refunded, chargedBack }) => [idempotencyKey, refunded, chargedBack])).toEqual([
      [one.key, '1', '0'],
      [other.key, '0', String(other.amount)],
    ])
    expect((await page(0, await world.client.enrolledDevice())).charges).toEqual([])
  })

  it('P3 comes in pages that carry on where the one before ended', async () => {
    const keys: string[] = []
    for (let count = 0; count < 53; count += 1) keys.push((await charged()).key)
    const first = await page(0)
    const second = await page(first.next ?? -1)
    expect([first.charges.length, second.charges.length, second.after, second.next]).toEqual([50, 3, first.next, null])
    expect([...first.charges, ...second.charges].map(({ idempotencyKey }) => idempotencyKey)).toEqual(keys)
  })
})

describe('heads of the log', () => {
  const sign = (head: object, by = device) =>
    world.client.sendAs(by, '/v1/log-heads', { method: 'POST', body: { logId: 'log-1', afterRestore: false, ...head } })
  const claims = async (answer: ReturnType<typeof sign>) => claimsOf((await answer).body['countersignature'] as string) as LogHeadClaims
  const [a, b, c] = ['A', 'B', 'C'].map((letter) => letter.repeat(43))

  it('P3 are signed as they grow, each with the one before', async () => {
    expect(await claims(sign({ seq: 3, mac: a }))).toMatchObject({ deviceId: device.deviceId, logId: 'log-1', seq: 3, mac: a, previous: null })
    expect(await claims(sign({ seq: 9, mac: b }))).toMatchObject({ seq: 9, previous: { seq: 3, mac: a } })
    expect(await claims(sign({ seq: 9, mac: b }))).toMatchObject({ seq: 9, previous: { seq: 9, mac: b } })
  })

  it('P3 are refused where they fall behind or are another one, unless they say that the log was restored', async () => {
    await sign({ seq: 9, mac: a })
    expect((await sign({ seq: 8, mac: b })).body['code']).toBe('logRolledBack')
    expect((await sign({ seq: 9, mac: b })).body['code']).toBe('logRolledBack')
    world = await world.restart()
    expect((await sign({ seq: 8, mac: b })).body['code']).toBe('logRolledBack')
    expect(await claims(sign({ seq: 8, mac: c, afterRestore: true }))).toMatchObject({ seq: 8, previous: { seq: 9, mac: a } })
    expect((await sign({ seq: 9, mac: a })).status).toBe(200)
  })

  it('P3 are each device’s own, and each log’s', async () => {
    await sign({ seq: 9, mac: a })
    expect(await claims(sign({ seq: 1, mac: b }, stranger))).toMatchObject({ deviceId: stranger.deviceId, previous: null })
    expect(await claims(sign({ seq: 1, mac: b, logId: 'log-2' }))).toMatchObject({ previous: null })
  })
})
