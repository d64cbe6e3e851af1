import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importJWK } from 'jose'
import type * as v from 'valibot'
import { jwsTypes, QuoteClaimsSchema, ReceiptClaimsSchema, TimeClaimsSchema } from '../../../src/contract/http/claims.ts'
import { readJws } from '../../../src/gateway/jws.ts'
import { claimsOf, makeDevice, random32, type TestDevice } from '../../support/gateway-client.ts'
import { catalogue, startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

let world: TestWorld
let device: TestDevice
beforeAll(async () => {
  world = await startTestGateway()
  device = await world.client.enrolledDevice()
})
afterAll(() => world.close())

const lampOil = 'grubenglueck-oil'
const chargesFor = async (key: string) =>
  (await world.client.charges()).filter((charge) => charge.idempotencyKey === key)

/** The claims of something the gateway signed, with its signature verified. */
async function verified<S extends v.GenericSchema>(token: unknown, kind: 'quote' | 'receipt' | 'time', schema: S) {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: world.gateway.signingKey.x }, 'EdDSA')
  return readJws(token as string, key, jwsTypes[kind], schema)
}

describe('what is for sale', () => {
  it('lists the catalogue to anyone', async () => {
    expect((await world.client.send('/v1/catalogue')).body).toEqual(catalogue)
  })

  it('signs the time together with the nonce', async () => {
    const nonce = random32()
    const { body } = await world.client.send(`/v1/time?nonce=${nonce}`)
    const claims = await verified(body['time'], 'time', TimeClaimsSchema)
    expect(claims).toEqual({ now: '2026-11-23T09:00:00.000Z', nonce })
  })

  it('quotes one offer to one device for ten minutes, tax included', async () => {
    const claims = await verified(await world.client.quote(device, 'kobolde-crumbs-100'), 'quote', QuoteClaimsSchema)
    expect(claims).toMatchObject({
      deviceId: device.deviceId,
      payee: 'Käsekuchen & Kobolde',
      item: '100 Goldkrümel',
      bundle: { count: 100, unit: 'Goldkrümel' },
      price: { amount: '109', currency: 'EUR' },
      tax: { amount: '17', rateBasisPoints: 1900 },
      fundingSource: { id: 'sandbox-wallet', label: 'Sandbox wallet' },
      issuedAt: '2026-11-23T09:00:00.000Z',
      expiresAt: '2026-11-23T09:10:00.000Z',
    })
  })

  it('has no quote for an offer that is not for sale', async () => {
    expect((await world.client.askQuote(device, 'no-such-offer')).body).toMatchObject({ code: 'offerUnavailable' })
  })
})

describe('a purchase', () => {
  it('P1 charges exactly what was quoted and signs a receipt for it', async () => {
    const request = await world.client.approved(device, 'tsukiusagi-garden')
    const { status, body } = await world.client.purchase(device, request)
    expect([status, body['status']]).toEqual([200, 'succeeded'])
    const receipt = await verified(body['receipt'], 'receipt', ReceiptClaimsSchema)
    const { idempotencyKey, challengeDigest } = claimsOf(request.authorisation) as Record<string, string>
    const quote = claimsOf(request.quote) as v.InferOutput<typeof QuoteClaimsSchema>
    const { quoteId, deviceId, offerId, sellerId, payee, item, price, tax, fundingSource } = quote
    expect(receipt).toEqual({
      receiptNumber: receipt.receiptNumber,
      idempotencyKey, challengeDigest, quoteId, deviceId, offerId, sellerId, payee, item, price, tax, fundingSource,
      chargedAt: '2026-11-23T09:00:00.000Z',
    })
    expect(receipt.receiptNumber).toMatch(/^T-2026-[0-9A-HJKMNP-TV-Z]{8}$/)
    expect(await chargesFor(idempotencyKey as string)).toEqual([
      { idempotencyKey, offerId, sellerId, amount: '480', currency: 'JPY', receiptNumber: receipt.receiptNumber },
    ])
  })

  it('P2 the same key and body charges once and gets the same answer, even after the quote has expired', async () => {
    const request = await world.client.approved(device, lampOil)
    const first = await world.client.purchase(device, request)
    world.clock.nowMs += 11 * 60_000
    const second = await world.client.purchase(device, request)
    expect(first.body['status']).toBe('succeeded')
    expect(second.body).toEqual(first.body)
    const { idempotencyKey } = claimsOf(request.authorisation) as { idempotencyKey: string }
    expect(await chargesFor(idempotencyKey)).toHaveLength(1)
  })

  it('P2 many equal requests at once charge once and all get the same answer', async () => {
    const key = randomUUID()
    const request = await world.client.approved(device, lampOil, { idempotencyKey: key })
    const answers = await Promise.all(Array.from({ length: 12 }, () => world.client.purchase(device, request)))
    expect(new Set(answers.map((answer) => answer.body['receipt'])).size).toBe(1)
    expect(answers.every((answer) => answer.status === 200)).toBe(true)
    expect(await chargesFor(key)).toHaveLength(1)
  })

  it('P2 the same key with another body is refused, whatever that body is', async () => {
    const key = randomUUID()
    const first = await world.client.approved(device, lampOil, { idempotencyKey: key })
    await world.client.purchase(device, first)
    const others = [
      await world.client.approved(device, 'kobolde-broom', { idempotencyKey: key }),
      { ...first, authorisation: await world.client.authorise(device, first.quote, { idempotencyKey: key }) },
      { authorisation: first.authorisation, quote: first.quote },
      { ...first, authorisation: 'a.b.c' },
    ]
    // The third is the same content in another order of members: not the bytes that were decided on.
    for (const other of others) {
      const answer = await world.client.purchase(device, other, key)
      expect([answer.status, answer.body['code']]).toEqual([409, 'idempotencyConflict'])
    }
    expect(await chargesFor(key)).toHaveLength(1)
  })

  it('P2 two keys cannot use one quote, not even at once', async () => {
    const quote = await world.client.quote(device, lampOil)
    const keys = [randomUUID(), randomUUID()]
    const answers = await Promise.all(
      keys.map(async (idempotencyKey) =>
        world.client.purchase(device, { quote, authorisation: await world.client.authorise(device, quote, { idempotencyKey }) }),
      ),
    )
    expect(new Set(answers.map(({ body }) => body['code'] ?? body['status']))).toEqual(new Set(['quoteUsed', 'succeeded']))
    expect((await Promise.all(keys.map(chargesFor))).flat()).toHaveLength(1)
  })

  it('P2 one device learns nothing from, and loses nothing to, the same key of another', async () => {
    const key = randomUUID()
    const other = await world.client.enrolledDevice()
    const mine = await world.client.purchase(device, await world.client.approved(device, lampOil, { idempotencyKey: key }))
    expect((await world.client.purchaseByKey(other, key)).body).toMatchObject({ status: 404, code: 'purchaseNotFound' })
    const theirs = await world.client.purchase(other, await world.client.approved(other, lampOil, { idempotencyKey: key }))
    expect(theirs.body['status']).toBe('succeeded')
    expect((await world.client.purchaseByKey(device, key)).body).toEqual(mine.body)
    expect((await world.client.purchaseByKey(other, key)).body).toEqual(theirs.body)
  })

  it('refuses an expired quote and leaves the key free', async () => {
    const request = await world.client.approved(device, lampOil)
    world.clock.nowMs += 10 * 60_000
    const answer = await world.client.purchase(device, request)
    expect([answer.status, answer.body['code']]).toEqual([409, 'quoteExpired'])
    const { idempotencyKey } = claimsOf(request.authorisation) as { idempotencyKey: string }
    expect((await world.client.purchaseByKey(device, idempotencyKey)).body).toMatchObject({ code: 'purchaseNotFound' })
    expect(await chargesFor(idempotencyKey)).toEqual([])
  })
})

describe('devices', () => {
  it('enrolment can be repeated', async () => {
    const again = await world.client.enrol(device)
    expect([again.status, again.body]).toEqual([200, { deviceId: device.deviceId }])
  })

  it('P1 a device that is not enrolled gets no quote', async () => {
    const answer = await world.client.askQuote(await makeDevice(), lampOil)
    expect([answer.status, answer.body['code']]).toEqual([403, 'deviceUnknown'])
  })
})
