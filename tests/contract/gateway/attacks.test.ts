import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jwsTypes } from '../../../src/contract/http/claims.ts'
import { type Answer, claimsOf, makeDevice, random32, sign, type TestDevice } from '../../support/gateway-client.ts'
import { noMailServer, startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

let world: TestWorld
let device: TestDevice
beforeAll(async () => {
  world = await startTestGateway()
  device = await world.client.enrolledDevice()
})
afterAll(() => world.close())

const offer = 'copperline-bell'
const path = '/v1/quotes'
const askWith = (dpop: string): Promise<Answer> =>
  world.client.send(path, { method: 'POST', headers: { dpop }, body: { offerId: offer } })
const codeOf = (answer: Answer) => [answer.status, answer.body['code']]

describe('proof of possession', () => {
  it('a request without a proof is refused, and told what is wanted', async () => {
    const answer = await world.client.send(path, { method: 'POST', body: { offerId: offer } })
    expect(codeOf(answer)).toEqual([401, 'proofInvalid'])
    expect(answer.headers['www-authenticate']).toBe('DPoP algs="EdDSA"')
  })

  it('a replayed proof is refused', async () => {
    const proof = await world.client.proof(device, 'POST', path)
    expect((await askWith(proof)).status).toBe(200)
    expect(codeOf(await askWith(proof))).toEqual([401, 'proofReplayed'])
  })

  it('of many requests with one proof at once a single one is served', async () => {
    const proof = await world.client.proof(device, 'POST', path)
    const answers = await Promise.all(Array.from({ length: 6 }, () => askWith(proof)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  })

  it('a proof for another address, path, method or with a query is refused', async () => {
    const { url } = world.gateway
    const wrong = [
      { htu: `${url}/v1/purchases` },
      { htu: `https://127.0.0.1:1${path}` },
      { htu: `https://gateway.example${path}` },
      { htu: `http://${new URL(url).host}${path}` },
      { htu: `${url}${path}?a=b` },
      { htu: `${url}${path}#a` },
      { htu: path },
      { htm: 'GET' },
      { htm: 'post' },
    ]
    for (const change of wrong)
      expect(codeOf(await askWith(await world.client.proof(device, 'POST', path, change)))).toEqual([401, 'proofInvalid'])
  })

  it('the Host header does not decide which proofs fit', async () => {
    const dpop = await world.client.proof(device, 'POST', path, { htu: `https://gateway.example${path}` })
    const headers = { dpop, host: 'gateway.example' }
    const answer = await world.client.send(path, { method: 'POST', headers, body: { offerId: offer } })
    expect(codeOf(answer)).toEqual([401, 'proofInvalid'])
  })

  it('a proof by the name localhost fits as well: the certificate bears both', async () => {
    const htu = `${world.gateway.url.replace('127.0.0.1', 'localhost')}${path}`
    expect((await askWith(await world.client.proof(device, 'POST', path, { htu }))).status).toBe(200)
  })

  it('a proof is good within five minutes of the gateway\'s time and no longer', async () => {
    const nowSeconds = world.clock.nowMs / 1000
    for (const iat of [nowSeconds - 300, nowSeconds + 300])
      expect((await askWith(await world.client.proof(device, 'POST', path, { iat }))).status).toBe(200)
    for (const iat of [nowSeconds - 301, nowSeconds + 301])
      expect(codeOf(await askWith(await world.client.proof(device, 'POST', path, { iat })))).toEqual([401, 'clockSkew'])
  })

  it('other algorithms are refused: none, HMAC with the public key, a foreign key', async () => {
    const claims = { jti: randomUUID(), htm: 'POST', htu: `${world.gateway.url}${path}`, iat: world.clock.nowMs / 1000 }
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const tokenWith = (alg: string, signature: (input: string) => string) => {
      const input = `${encode({ typ: 'dpop+jwt', alg, jwk: device.jwk })}.${encode(claims)}`
      return `${input}.${signature(input)}`
    }
    const hmac = (input: string) =>
      createHmac('sha256', Buffer.from(device.jwk.x, 'base64url')).update(input).digest('base64url')
    const foreign = await makeDevice()
    const tokens = [
      tokenWith('none', () => ''),
      tokenWith('none', () => 'AA'),
      tokenWith('HS256', hmac),
      tokenWith('EdDSA', hmac),
      await sign(foreign.privateKey, { typ: 'dpop+jwt', jwk: device.jwk }, claims),
      await sign(device.privateKey, { typ: 'jwt', jwk: device.jwk }, claims),
      await sign(device.privateKey, { typ: 'dpop+jwt' }, claims),
      await sign(device.privateKey, { typ: 'dpop+jwt', jwk: { ...device.jwk, d: random32() } }, claims),
      await sign(device.privateKey, { typ: 'dpop+jwt', jwk: device.jwk }, { ...claims, extra: 1 }),
    ]
    for (const token of tokens) expect(codeOf(await askWith(token))).toEqual([401, 'proofInvalid'])
  })

  it('a proof of one device does not open what another device bought', async () => {
    const request = await world.client.approved(device, offer)
    const other = await world.client.enrolledDevice()
    const answer = await world.client.purchase(other, request)
    expect(codeOf(answer)).toEqual([422, 'quoteInvalid'])
    expect((await world.client.purchase(device, request)).body['status']).toBe('succeeded')
  })
})

describe('signed messages', () => {
  it('P1 a receipt or a time cannot be given as a quote', async () => {
    const request = await world.client.approved(device, offer)
    const { body } = await world.client.purchase(device, request)
    const time = (await world.client.send(`/v1/time?nonce=${random32()}`)).body['time'] as string
    for (const quote of [body['receipt'] as string, time]) {
      const authorisation = await world.client.authorise(device, request.quote)
      expect(codeOf(await world.client.purchase(device, { quote, authorisation }))).toEqual([422, 'quoteInvalid'])
    }
  })

  it('P1 a proof or a quote cannot be given as an authorisation', async () => {
    const { quote, authorisation } = await world.client.approved(device, offer)
    const claims = claimsOf(authorisation) as { idempotencyKey: string }
    const asProof = await sign(device.privateKey, { typ: jwsTypes.proof, jwk: device.jwk }, claims)
    const untyped = await sign(device.privateKey, {}, claims)
    for (const token of [asProof, untyped, quote])
      expect(codeOf(await world.client.purchase(device, { quote, authorisation: token }, claims.idempotencyKey))).toEqual([
        422,
        'authorisationInvalid',
      ])
  })

  it('P1 a quote that the device made itself is refused, with its own key and even under the name of the gateway\'s', async () => {
    const { quote } = await world.client.approved(device, offer)
    const cheaper = { ...(claimsOf(quote) as object), price: { amount: '1', currency: 'USD' } }
    for (const kid of [undefined, world.gateway.signingKey.kid]) {
      const made = await sign(device.privateKey, { typ: jwsTypes.quote, kid }, cheaper)
      const authorisation = await world.client.authorise(device, made)
      expect(codeOf(await world.client.purchase(device, { quote: made, authorisation }))).toEqual([422, 'quoteInvalid'])
    }
  })

  it('P1 an authorisation signed by another enrolled device is refused', async () => {
    const other = await world.client.enrolledDevice()
    const quote = await world.client.quote(device, offer)
    const authorisation = await world.client.authorise({ ...device, privateKey: other.privateKey }, quote)
    expect(codeOf(await world.client.purchase(device, { quote, authorisation }))).toEqual([422, 'authorisationInvalid'])
  })

  it('P1 the header\'s key must be the authorisation\'s key', async () => {
    const request = await world.client.approved(device, offer)
    expect(codeOf(await world.client.purchase(device, request, randomUUID()))).toEqual([422, 'authorisationInvalid'])
  })

  it('P1 a price that has changed since the quote is not charged, neither the old nor the new', async () => {
    await world.client.setFaults({ kind: 'priceChangeAfterQuote' })
    const request = await world.client.approved(device, offer)
    const before = await world.client.charges()
    expect(codeOf(await world.client.purchase(device, request))).toEqual([409, 'priceChanged'])
    expect(await world.client.charges()).toEqual(before)
    await world.client.setFaults()
    expect((await world.client.purchase(device, request)).body['status']).toBe('succeeded')
  })
})

describe("the tester's routes", () => {
  it('need the control token', async () => {
    for (const authorization of ['', 'Bearer ', 'Bearer wrong', `Basic ${world.gateway.controlToken}`]) {
      const answer = await world.client.send('/sandbox/charges', { headers: { authorization } })
      expect(codeOf(answer)).toEqual([401, 'proofInvalid'])
    }
  })

  it('do not exist in live mode', async () => {
    const live = await startTestGateway({ mode: 'live', accounts: 'optional', mail: noMailServer })
    expect(live.gateway.controlToken).toBeNull()
    for (const authorization of ['Bearer null', 'Bearer undefined', 'Bearer ']) {
      const answer = await live.client.send('/sandbox/charges', { headers: { authorization } })
      expect(codeOf(answer)).toEqual([404, 'notFound'])
    }
    const buyer = await live.client.enrolledDevice()
    expect((await live.client.buy(buyer, offer)).body['status']).toBe('succeeded')
    await live.close()
  })
})
