import { randomUUID } from 'node:crypto'
import { importJWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { jwsTypes, type QuoteClaims, QuoteClaimsSchema, ReceiptClaimsSchema } from '../../../src/contract/http/claims.ts'
import { readJws } from '../../../src/gateway/jws.ts'
import { claimsOf, type TestDevice } from '../../support/gateway-client.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

let world: TestWorld
let device: TestDevice
beforeAll(async () => {
  world = await startTestGateway()
  device = await world.client.enrolledDevice()
})
beforeEach(() => world.client.setFaults())
afterAll(() => world.close())

const offer = 'tidewright-shanty'

async function approved() {
  const key = randomUUID()
  return { key, request: await world.client.approved(device, offer, { idempotencyKey: key }) }
}
const chargesFor = async (key: string) =>
  (await world.client.charges()).filter((charge) => charge.idempotencyKey === key).length
const stateOf = async (key: string) => {
  const { body } = await world.client.purchaseByKey(device, key)
  return body['status'] === 404 ? body['code'] : body['status']
}
async function isSigned(token: unknown, kind: 'quote' | 'receipt'): Promise<boolean> {
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: world.gateway.signingKey.x }, 'EdDSA')
  const schema = kind === 'quote' ? QuoteClaimsSchema : ReceiptClaimsSchema
  return readJws(token as string, key, jwsTypes[kind], schema).then(
    () => true,
    () => false,
  )
}

describe('faults that a tester sets', () => {
  it('decline: nothing is charged, and the same key gets the same no', async () => {
    await world.client.setFaults({ kind: 'decline' })
    const { key, request } = await approved()
    const declined = { status: 'declined', reason: 'insufficientFunds' }
    expect((await world.client.purchase(device, request)).body).toEqual(declined)
    expect((await world.client.purchase(device, request)).body).toEqual(declined)
    expect(await stateOf(key)).toBe('declined')
    expect(await chargesFor(key)).toBe(0)
  })

  it('error500: nothing is charged, and the same request succeeds afterwards', async () => {
    await world.client.setFaults({ kind: 'error500' })
    const { key, request } = await approved()
    const failed = await world.client.purchase(device, request)
    expect([failed.status, failed.body['code']]).toEqual([500, 'internal'])
    expect([await stateOf(key), await chargesFor(key)]).toEqual(['purchaseNotFound', 0])
    expect((await world.client.purchase(device, request)).body['status']).toBe('succeeded')
  })

  it('timeoutBeforeCharge: the connection ends and nothing is charged', async () => {
    await world.client.setFaults({ kind: 'timeoutBeforeCharge', delayMs: 0 })
    const { key, request } = await approved()
    await expect(world.client.purchase(device, request)).rejects.toThrow(/other side closed|ECONNRESET|socket/i)
    expect([await stateOf(key), await chargesFor(key)]).toEqual(['purchaseNotFound', 0])
  })

  it('P2 timeoutAfterCharge: the connection ends, the charge is found by its key, sending again charges nothing more', async () => {
    await world.client.setFaults({ kind: 'timeoutAfterCharge', delayMs: 0 })
    const { key, request } = await approved()
    await expect(world.client.purchase(device, request)).rejects.toThrow(/other side closed|ECONNRESET|socket/i)
    expect([await stateOf(key), await chargesFor(key)]).toEqual(['succeeded', 1])
    const again = await world.client.purchase(device, request)
    expect(again.body).toEqual((await world.client.purchaseByKey(device, key)).body)
    expect(await chargesFor(key)).toBe(1)
  })

  it('P2 duplicateDelivery: one charge', async () => {
    await world.client.setFaults({ kind: 'duplicateDelivery', times: 5 })
    for (let count = 0; count < 5; count += 1) {
      const { key, request } = await approved()
      expect((await world.client.purchase(device, request)).body['status']).toBe('succeeded')
      expect(await chargesFor(key)).toBe(1)
    }
  })

  it('slow: a purchase that is held is pending, and closing the gateway does not wait out the delay', async () => {
    const slow = await startTestGateway()
    const buyer = await slow.client.enrolledDevice()
    const key = randomUUID()
    const request = await slow.client.approved(buyer, offer, { idempotencyKey: key })
    await slow.client.setFaults({ kind: 'slow', delayMs: 60_000 })
    const answer = slow.client.purchase(buyer, request)
    let state: unknown
    while (state !== 'pending') state = (await slow.client.purchaseByKey(buyer, key)).body['status']
    const closing = slow.gateway.close()
    expect((await answer).body['status']).toBe('succeeded')
    await closing
    await slow.close()
  })

  it('priceChangeAfterQuote: the price rises by a tenth, in the catalogue too, until the faults are cleared', async () => {
    const price = async () => (claimsOf(await world.client.quote(device, offer)) as QuoteClaims).price.amount
    const revision = async () => (await world.client.send('/v1/catalogue')).body['revision']
    const before = await revision()
    await world.client.setFaults({ kind: 'priceChangeAfterQuote' })
    expect([await price(), await price()]).toEqual(['49', '54'])
    expect(await revision()).not.toBe(before)
    await world.client.setFaults()
    expect(await price()).toBe('49')
  })

  it('quoteExpired: a quote that was over before it came', async () => {
    await world.client.setFaults({ kind: 'quoteExpired' })
    const { request } = await approved()
    const claims = claimsOf(request.quote) as QuoteClaims
    expect(Date.parse(claims.expiresAt)).toBeLessThan(world.clock.nowMs)
    expect(Date.parse(claims.issuedAt)).toBeLessThan(Date.parse(claims.expiresAt))
    expect((await world.client.purchase(device, request)).body['code']).toBe('quoteExpired')
  })

  it('quoteWrongSignature: a quote that does not verify and that the gateway does not take either', async () => {
    await world.client.setFaults({ kind: 'quoteWrongSignature' })
    const { key, request } = await approved()
    expect(await isSigned(request.quote, 'quote')).toBe(false)
    expect((await world.client.purchase(device, request)).body['code']).toBe('quoteInvalid')
    expect(await chargesFor(key)).toBe(0)
  })

  it('receiptWrongSignature: the answer does not verify, the receipt found by key does', async () => {
    await world.client.setFaults({ kind: 'receiptWrongSignature' })
    const { key, request } = await approved()
    const { body } = await world.client.purchase(device, request)
    expect(await isSigned(body['receipt'], 'receipt')).toBe(false)
    expect(await isSigned((await world.client.purchaseByKey(device, key)).body['receipt'], 'receipt')).toBe(true)
    expect(await chargesFor(key)).toBe(1)
  })

  it('act on as many fitting requests as told, together, and on no others', async () => {
    await world.client.setFaults({ kind: 'error500', times: 2 }, { kind: 'decline' })
    const { request } = await approved()
    const outcomes = []
    for (let count = 0; count < 3; count += 1) {
      const { body } = await world.client.purchase(device, request)
      outcomes.push(body['code'] ?? body['status'])
    }
    // The first request uses up both, the outer one hiding the inner.
    expect(outcomes).toEqual(['internal', 'internal', 'succeeded'])
  })
})
