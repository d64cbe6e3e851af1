import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AuthorisationClaims, jwsTypes } from '../../../src/contract/http/claims.ts'
import type { PurchaseRequest } from '../../../src/contract/http/messages.ts'
import type { GatewayProblem, GatewayState, SignedQuote } from '../../../src/main/ports/gateway.ts'
import { bundleOffer, itemOffer, passOffer, smallCatalogue } from '../../support/fake-offers.ts'
import { unsignedToken } from '../../support/tokens.ts'
import { fakeWorld, type GatewayWorld, realWorld } from './gateway-worlds.ts'

const digest = 'd'.repeat(43)
const quoteLifeMs = 10 * 60_000

async function bodyFor(world: GatewayWorld, quote: SignedQuote, key: string, changes: Partial<AuthorisationClaims> = {}): Promise<PurchaseRequest> {
  const { quoteId, sellerId, payee, price } = quote.claims
  const authorisation = await world.device.authorise({
    deviceId: await world.device.id(),
    idempotencyKey: key,
    ...{ quoteId, sellerId, payee, ...price },
    nonce: 'n'.repeat(43),
    challengeDigest: digest,
    approvedAt: new Date(world.now()).toISOString(),
    ...changes,
  })
  return { quote: quote.jws, authorisation }
}

/** A quote for the lamp oil and an approved request for it. */
async function approved(world: GatewayWorld, key: string) {
  const quote = await world.gateway.quote(itemOffer.id, null)
  return { quote, body: await bodyFor(world, quote, key) }
}

function problemOf(work: Promise<unknown>): Promise<GatewayProblem | null> {
  return work.then(
    () => null,
    (error: { problem: GatewayProblem }) => error.problem,
  )
}

const refusal = (code: string) => ({ kind: 'refused', sent: true, code })

describe.each([
  ['in memory', fakeWorld],
  ['over pinned TLS', realWorld],
])('a gateway %s', (_, create) => {
  let world: GatewayWorld
  beforeEach(async () => {
    world = await create()
  })
  afterEach(() => world.close())

  it('lists its offers', async () => {
    expect(await world.gateway.catalogue()).toEqual(smallCatalogue)
  })

  it('quotes for exactly the offer and this device', async () => {
    const { claims, jws } = await world.gateway.quote(itemOffer.id, null)
    expect(claims).toMatchObject({ offerId: itemOffer.id, deviceId: await world.device.id(), price: itemOffer.price })
    expect(Date.parse(claims.expiresAt) - world.now()).toBe(quoteLifeMs)
    expect(world.gateway.readQuote(jws)).toEqual({ quoteId: claims.quoteId, expiresAt: claims.expiresAt })
    expect(await problemOf(world.gateway.quote('no-such-offer', null))).toEqual(refusal('offerUnavailable'))
  })

  it('reads of a stored quote only what settling needs, whatever else an earlier version wrote', () => {
    const stored = { quoteId: 'quote-1', expiresAt: '2026-03-02T12:10:00.000Z', payee: '  ', fee: 3 }
    const { quoteId, expiresAt } = stored
    expect(world.gateway.readQuote(unsignedToken(jwsTypes.quote, stored))).toEqual({ quoteId, expiresAt })
  })

  it('P1 P2 charges once for a key and gives a receipt for exactly that', async () => {
    const { body, quote } = await approved(world, 'key-1')
    const answer = await world.gateway.purchase('key-1', body)
    expect(answer).toMatchObject({
      status: 'succeeded',
      receipt: {
        claims: {
          idempotencyKey: 'key-1',
          quoteId: quote.claims.quoteId,
          payee: quote.claims.payee,
          item: quote.claims.item,
          price: itemOffer.price,
          challengeDigest: digest,
        },
      },
    })
    expect(await world.gateway.purchase('key-1', body)).toEqual(answer)
    expect(await world.gateway.purchaseByKey('key-1')).toEqual(answer)
    expect(await world.charges()).toMatchObject([{ idempotencyKey: 'key-1', offerId: itemOffer.id, ...itemOffer.price }])
  })

  it.each([bundleOffer, passOffer])('P1 states in the receipt what the quote said of $kind $id', async ({ id }) => {
    const quote = await world.gateway.quote(id, null)
    const answer = await world.gateway.purchase('key-1', await bodyFor(world, quote, 'key-1'))
    const { bundle, passDays, tax, fundingSource } = quote.claims
    const contents = { ...(bundle && { bundle }), ...(passDays !== undefined && { passDays }) }
    expect(contents).not.toEqual({})
    expect(answer).toMatchObject({ receipt: { claims: { ...contents, tax, fundingSource } } })
  })

  it('P2 answers null for a key that it has never seen', async () => {
    expect(await world.gateway.purchaseByKey('key-1')).toBeNull()
    expect(world.gateway.state()).toBe('ready')
  })

  it('P2 refuses another request under the same key, and another key for the same quote', async () => {
    const first = await approved(world, 'key-1')
    await world.gateway.purchase('key-1', first.body)
    const second = await approved(world, 'key-1')
    expect(await problemOf(world.gateway.purchase('key-1', second.body))).toEqual(refusal('idempotencyConflict'))
    const again = await bodyFor(world, first.quote, 'key-2')
    expect(await problemOf(world.gateway.purchase('key-2', again))).toEqual(refusal('quoteUsed'))
    expect(await world.charges()).toHaveLength(1)
  })

  it.each([
    ['amount', { amount: '98' }],
    ['currency', { currency: 'USD' }],
    ['payee', { payee: 'Someone else' }],
    ['key', { idempotencyKey: 'key-2' }],
    ['device', { deviceId: 'E'.repeat(43) }],
  ])('P1 refuses an approval of another %s', async (_name, changes) => {
    const quote = await world.gateway.quote(itemOffer.id, null)
    const body = await bodyFor(world, quote, 'key-1', changes)
    expect(await problemOf(world.gateway.purchase('key-1', body))).toEqual(refusal('authorisationInvalid'))
    expect(await world.charges()).toEqual([])
  })

  it('refuses a quote that has run out', async () => {
    const { body } = await approved(world, 'key-1')
    world.advance(quoteLifeMs)
    expect(await problemOf(world.gateway.purchase('key-1', body))).toEqual(refusal('quoteExpired'))
    expect(await world.gateway.purchaseByKey('key-1')).toBeNull()
  })

  it('P1 refuses when the price has changed since', async () => {
    await world.raisePriceAfterQuote()
    const { body } = await approved(world, 'key-1')
    expect(await problemOf(world.gateway.purchase('key-1', body))).toEqual(refusal('priceChanged'))
    expect(await world.charges()).toEqual([])
  })

  it('declines, and says so again when asked by key', async () => {
    const { body } = await approved(world, 'key-1')
    await world.meet('decline')
    const answer = { status: 'declined', reason: 'insufficientFunds' }
    expect(await world.gateway.purchase('key-1', body)).toEqual(answer)
    expect(await world.gateway.purchaseByKey('key-1')).toEqual(answer)
    expect(await world.charges()).toEqual([])
  })

  it('P2 a request that got lost may have been sent, and was never received', async () => {
    const { body } = await approved(world, 'key-1')
    await world.meet('requestLost')
    expect(await problemOf(world.gateway.purchase('key-1', body))).toEqual({ kind: 'unreachable', sent: true })
    expect(await world.gateway.purchaseByKey('key-1')).toBeNull()
    expect(await world.charges()).toEqual([])
  })

  it('P2 an answer that got lost is found by the key', async () => {
    const { body } = await approved(world, 'key-1')
    await world.meet('answerLost')
    expect(await problemOf(world.gateway.purchase('key-1', body))).toEqual({ kind: 'unreachable', sent: true })
    expect(await world.gateway.purchaseByKey('key-1')).toMatchObject({ status: 'succeeded' })
    expect(await world.charges()).toHaveLength(1)
  })

  it('P1 a forged receipt is no receipt, and the true one is found by the key', async () => {
    const { body } = await approved(world, 'key-1')
    await world.meet('receiptForged')
    expect(await problemOf(world.gateway.purchase('key-1', body))).toEqual({ kind: 'signatureNotTrusted', sent: true })
    expect(world.gateway.state()).toBe('signatureNotTrusted')
    expect(await world.gateway.purchaseByKey('key-1')).toMatchObject({ status: 'succeeded' })
    expect(world.gateway.state()).toBe('ready')
  })

  it('P1 a forged quote is no quote', async () => {
    await world.forgeNextQuote()
    expect(await problemOf(world.gateway.quote(itemOffer.id, null))).toEqual({ kind: 'signatureNotTrusted', sent: true })
  })

  describe('after a charge', () => {
    const numbers = async () => (await world.gateway.messages()).map(({ content }) => [content.type, 'sequence' in content ? content.sequence : null])
    const charge = async (key: string) => world.gateway.purchase(key, (await approved(world, key)).body)

    it('P2 tells what became of it, in order and until it is acknowledged', async () => {
      await charge('key-1')
      await world.afterwards('refund', 'key-1', 1n)
      await world.afterwards('chargeBack', 'key-1')
      await world.afterwards('reverseChargeback', 'key-1')
      const messages = await world.gateway.messages()
      expect(await numbers()).toEqual([
        ['purchase.succeeded', 1],
        ['purchase.refunded', 2],
        ['purchase.chargedBack', 3],
        ['purchase.chargebackReversed', 4],
      ])
      const left = BigInt(itemOffer.price.amount) - 1n
      expect(messages.map(({ content }) => ('amount' in content ? content.amount.amount : null))).toEqual([null, '1', String(left), null])
      expect(new Set(messages.map(({ message }) => message.id)).size).toBe(4)
      await world.gateway.acknowledge(messages.slice(0, 3).map(({ message }) => message.id))
      expect(await world.gateway.messages()).toEqual(messages.slice(3))
      await world.gateway.acknowledge(messages.map(({ message }) => message.id))
      expect(await world.gateway.messages()).toEqual([])
    })

    const said = { disputeId: 'key-1.d01', idempotencyKey: 'key-1', reason: 'notReceived', note: 'Nichts kam an 🐟' } as const

    it('P2 P3 takes in what is wrong with a charge once, signs just that, and opens no second one', async () => {
      await charge('key-1')
      const taken = await world.gateway.dispute(said)
      expect(taken.claims).toEqual({ ...said, deviceId: await world.device.id(), openedAt: new Date(world.now()).toISOString() })
      world.advance(60_000)
      expect(await world.gateway.dispute(said)).toEqual(taken)
      expect(await world.gateway.dispute({ ...said, reason: 'other', note: 'something else' })).toEqual(taken)
      expect(await problemOf(world.gateway.dispute({ ...said, disputeId: 'key-1.d02' }))).toEqual(refusal('disputeOpen'))
      expect((await numbers()).map(([type]) => type)).toEqual(['purchase.succeeded'])
    })

    it('P2 takes in nothing about what was not charged', async () => {
      expect(await problemOf(world.gateway.dispute(said))).toEqual(refusal('purchaseNotFound'))
      const { body } = await approved(world, 'key-1')
      await world.meet('decline')
      await world.gateway.purchase('key-1', body)
      expect(await problemOf(world.gateway.dispute(said))).toEqual(refusal('purchaseNotFound'))
    })

    it.each([
      ['refunded', ['purchase.succeeded', 'purchase.refunded', 'dispute.closed']],
      ['refused', ['purchase.succeeded', 'dispute.closed']],
    ] as const)('P2 decides it once: %s, and gives all that is left back where it says so', async (outcome, types) => {
      await charge('key-1')
      await world.gateway.dispute(said)
      await world.decideDispute('key-1', outcome)
      const messages = await world.gateway.messages()
      expect(messages.map(({ content }) => content.type)).toEqual(types)
      expect(messages.at(-1)?.content).toEqual({ type: 'dispute.closed', idempotencyKey: 'key-1', disputeId: 'key-1.d01', outcome, closedAt: new Date(world.now()).toISOString() })
      expect(await problemOf(world.gateway.dispute(said))).toEqual(refusal('disputeClosed'))
      await expect(world.decideDispute('key-1', outcome)).rejects.toThrow()
      expect((await world.gateway.dispute({ ...said, disputeId: 'key-1.d02' })).claims.disputeId).toBe('key-1.d02')
    })

    it('P2 gives back only what is left, and nothing where all came back meanwhile', async () => {
      await charge('key-1')
      await world.afterwards('refund', 'key-1', 5n)
      await world.gateway.dispute(said)
      await world.decideDispute('key-1', 'refunded')
      await charge('key-2')
      await world.gateway.dispute({ ...said, idempotencyKey: 'key-2', disputeId: 'key-2.d01' })
      await world.afterwards('refund', 'key-2')
      await world.decideDispute('key-2', 'refunded')
      const { amount } = itemOffer.price
      expect((await world.gateway.chargeList()).map(({ refunded }) => refunded)).toEqual([amount, amount])
    })

    it('P2 goes on charging while a dispute is open', async () => {
      await charge('key-1')
      await world.gateway.dispute(said)
      expect(await charge('key-2')).toMatchObject({ status: 'succeeded' })
    })

    it('P2 brings the receipt with the message of the charge', async () => {
      const answer = await charge('key-1')
      const [told] = await world.gateway.messages()
      expect(told?.content).toMatchObject({ type: 'purchase.succeeded', idempotencyKey: 'key-1', receipt: (answer as { receipt: object }).receipt })
    })

    it('P2 may lose, repeat and reorder what it tells, and tells it all in the end', async () => {
      await charge('key-1')
      await world.afterwards('refund', 'key-1', 1n)
      const all = await world.gateway.messages()
      await world.deliver('lost')
      expect(await world.gateway.messages()).toEqual([])
      await world.deliver('reversed')
      expect(await world.gateway.messages()).toEqual(all.toReversed())
      await world.gateway.acknowledge(all.map(({ message }) => message.id))
      await world.deliver('repeated')
      expect(await world.gateway.messages()).toEqual(all)
      expect(await world.gateway.messages()).toEqual([])
    })

    it('P3 lists every charge with what came back of it', async () => {
      expect(await world.gateway.chargeList()).toEqual([])
      await charge('key-1')
      await charge('key-2')
      await world.afterwards('refund', 'key-1', 5n)
      await world.afterwards('chargeBack', 'key-2')
      const { price } = itemOffer
      expect(await world.gateway.chargeList()).toMatchObject([
        { idempotencyKey: 'key-1', price, refunded: '5', chargedBack: '0' },
        { idempotencyKey: 'key-2', price, refunded: '0', chargedBack: price.amount },
      ])
    })
  })

  describe('the head of a log', () => {
    const [a, b] = ['A'.repeat(43), 'B'.repeat(43)]
    const sign = (seq: number, mac: string, afterRestore = false) => world.gateway.countersign({ logId: 'log-1', seq, mac, afterRestore })

    it('P3 is signed with the one before it, and refused where it falls behind or is another', async () => {
      expect((await sign(3, a)).claims).toMatchObject({ logId: 'log-1', seq: 3, mac: a, previous: null })
      expect((await sign(4, b)).claims.previous).toEqual({ seq: 3, mac: a })
      expect(await problemOf(sign(3, a))).toEqual(refusal('logRolledBack'))
      expect(await problemOf(sign(4, a))).toEqual(refusal('logRolledBack'))
      expect((await sign(2, b, true)).claims.previous).toEqual({ seq: 4, mac: b })
    })
  })

  it('tells its time, and the newest moment that it has signed', async () => {
    expect(world.gateway.latestTime()).toBe(0)
    expect(await world.gateway.time()).toBe(world.now())
    const first = world.now()
    world.advance(1_000)
    expect(world.gateway.latestTime()).toBe(first)
    await world.gateway.time()
    expect(world.gateway.latestTime()).toBe(first + 1_000)
  })

  it.each([10_000, 4 * 60_000, 10 * 3_600_000])('P1 knows the time again once it has quoted, after a sleep of %d ms', async (ms) => {
    await world.gateway.time()
    world.suspend(ms)
    const { claims } = await world.gateway.quote(itemOffer.id, null)
    expect(world.gateway.now()).toBe(world.now())
    expect(Date.parse(claims.issuedAt)).toBe(world.now())
  })

  it('P2 knows that nothing was sent where there is no connection', async () => {
    const { body } = await approved(world, 'key-1')
    await world.goOffline()
    const notSent = { kind: 'unreachable', sent: false }
    expect(await problemOf(world.gateway.purchase('key-1', body))).toEqual(notSent)
    expect(await problemOf(world.gateway.quote(itemOffer.id, null))).toEqual(notSent)
    expect(await problemOf(world.gateway.purchaseByKey('key-1'))).toEqual(notSent)
    expect(await problemOf(world.gateway.catalogue())).toEqual(notSent)
    expect(await problemOf(world.gateway.time())).toEqual(notSent)
  })

  it('tells what changes about the way to it, once for each change, until the listener has had enough', async () => {
    const seen: GatewayState[] = []
    const stop = world.gateway.onStateChanged((state) => seen.push(state))
    expect(world.gateway.state()).toBe('starting')
    await world.gateway.catalogue()
    await world.gateway.time()
    await world.goOffline()
    await problemOf(world.gateway.catalogue())
    stop()
    expect(seen).toEqual(['ready', 'unreachable'])
  })
})
