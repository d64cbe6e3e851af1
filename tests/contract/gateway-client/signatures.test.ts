import { createHmac, sign as signBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChargeListClaims, type ControlsClaims, type DisputeClaims, jwsTypes, type LogHeadClaims, type ReceiptClaims, type TimeClaims } from '../../../src/contract/http/claims.ts'
import type { SignedMessage } from '../../../src/domain/events.ts'
import type { Device } from '../../../src/main/ports/device.ts'
import { sign } from '../../support/gateway-client.ts'
import {
  answerJson,
  type HostileServer,
  type Identity,
  makeIdentity,
  makeSigningPair,
  type Request,
  startHostileServer,
} from '../../support/hostile-server.ts'
import { makeQuoteClaims } from '../../support/fake-offers.ts'
import { anyBody, createClient, problemOf } from './client-under-test.ts'

const key = makeSigningPair()
const otherKey = makeSigningPair()
const quoteClaims = makeQuoteClaims()
const receiptClaims: ReceiptClaims = {
  receiptNumber: 'T-2026-1',
  idempotencyKey: 'key-1',
  quoteId: 'quote-1',
  deviceId: quoteClaims.deviceId,
  offerId: quoteClaims.offerId,
  sellerId: quoteClaims.sellerId,
  payee: quoteClaims.payee,
  item: quoteClaims.item,
  price: quoteClaims.price,
  tax: quoteClaims.tax,
  fundingSource: quoteClaims.fundingSource,
  challengeDigest: 'd'.repeat(43),
  chargedAt: '2026-03-02T12:00:01.000Z',
}
const timeFor = (nonce: string): TimeClaims => ({ now: '2026-03-02T12:00:00.000Z', nonce })

const pageFor = (nonce: string, changes: Partial<ChargeListClaims> = {}): ChargeListClaims => ({
  ...{ deviceId: quoteClaims.deviceId, nonce, after: 0, asOf: '2026-03-02T12:00:00.000Z', charges: [], next: null },
  ...changes,
})
const head = { logId: 'log-1', seq: 7, mac: 'M'.repeat(43) }
const headClaims: LogHeadClaims = { ...head, deviceId: quoteClaims.deviceId, at: '2026-03-02T12:00:00.000Z', previous: null }
const countersign = (gateway: ReturnType<typeof connect>) => gateway.countersign({ ...head, afterRestore: false })

const said = { disputeId: 'key-1.d01', idempotencyKey: 'key-1', reason: 'other' } as const
const disputeClaims = async (): Promise<DisputeClaims> => ({ ...said, deviceId: await connected.id(), openedAt: '2026-03-02T12:00:00.000Z' })
const dispute = (gateway: ReturnType<typeof connect>) => gateway.dispute(said)

const controlsFor = async (nonce: string): Promise<ControlsClaims> => ({
  ...{ deviceId: await connected.id(), nonce, asOf: '2026-03-02T12:00:00.000Z', pending: [] },
  controls: { household: null, limits: [], quietHours: [], exclusion: null },
})

const refundBody = JSON.stringify({
  ...{ type: 'purchase.refunded', idempotencyKey: 'key-1', sequence: 2, refundId: 'refund-1' },
  ...{ amount: { amount: '1', currency: 'EUR' }, refundedAt: '2026-03-02T12:00:00.000Z' },
})

/** As Standard Webhooks sign it: Ed25519 over id, time and body. */
function messageBy({ privateKey }: typeof key, changes: Partial<SignedMessage> = {}): SignedMessage {
  const [id, timestamp] = ['msg-1', 1_772_452_800]
  const signature = signBytes(null, Buffer.from(`${id}.${timestamp}.${refundBody}`), privateKey).toString('base64')
  return { id, timestamp, body: refundBody, signature: `v1a,${signature}`, ...changes }
}

/** Turns honest claims into the token that the server answers with. */
type Forge = (typ: string, claims: object) => Promise<string> | string

const honest: Forge = (typ, claims) => sign(key.privateKey, { typ, kid: key.kid }, claims)
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

const forgeries: [string, Forge][] = [
  ['signed by another key', (typ, claims) => sign(otherKey.privateKey, { typ, kid: key.kid }, claims)],
  ['naming another key', (typ, claims) => sign(key.privateKey, { typ, kid: 'L'.repeat(43) }, claims)],
  ['naming no key', (typ, claims) => sign(key.privateKey, { typ }, claims)],
  ['without a type', (_, claims) => sign(key.privateKey, { kid: key.kid }, claims)],
  ['with alg none', (typ, claims) => `${part({ alg: 'none', typ, kid: key.kid })}.${part(claims)}.${part({})}`],
  [
    'with HS256 over the public key',
    (typ, claims) => {
      const signed = `${part({ alg: 'HS256', typ, kid: key.kid })}.${part(claims)}`
      return `${signed}.${createHmac('sha256', Buffer.from(key.x, 'base64url')).update(signed).digest('base64url')}`
    },
  ],
  [
    'with other claims under an honest signature',
    async (typ, claims) => {
      const [header, , signature] = (await honest(typ, claims)).split('.')
      return `${header}.${part({ ...claims, item: 'Something else', now: '2036-01-01T00:00:00.000Z' })}.${signature}`
    },
  ],
  ['with an extra claim', (typ, claims) => honest(typ, { ...claims, extra: true })],
  ['with no claims', (typ) => honest(typ, {})],
  ['that is not a token', () => 'no token at all'],
]

let identity: Identity
let server: HostileServer
let forge: Forge = honest
let connected: Device
let tellMessage = (): SignedMessage => messageBy(key)

async function respond(request: Request): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url, 'https://x')
  switch (pathname) {
    case '/v1/devices':
      return { deviceId: 'D'.repeat(43) }
    case '/v1/quotes':
      return { quote: await forge(jwsTypes.quote, quoteClaims) }
    case '/v1/messages':
      return { messages: [tellMessage()], hasMore: false }
    case '/v1/charges':
      return { page: await forge(jwsTypes.chargeList, pageFor(searchParams.get('nonce') ?? '')) }
    case '/v1/log-heads':
      return { countersignature: await forge(jwsTypes.logHead, headClaims) }
    case '/v1/disputes':
      return { acknowledgement: await forge(jwsTypes.dispute, await disputeClaims()) }
    case '/v1/controls':
      return { controls: await forge(jwsTypes.controls, await controlsFor(searchParams.get('nonce') ?? '')) }
    case '/v1/time':
      return { time: await forge(jwsTypes.time, timeFor(searchParams.get('nonce') ?? '')) }
    default:
      return { status: 'succeeded', receipt: await forge(jwsTypes.receipt, receiptClaims) }
  }
}

beforeAll(async () => {
  identity = await makeIdentity()
  server = await startHostileServer((request, response) => respond(request).then((body) => answerJson(response, body)), { identity })
})
afterAll(() => server.close())

function connect(forgery: Forge = honest) {
  forge = forgery
  const { device, gateway } = createClient({ url: server.url, pins: [identity.pin], signingKey: { kid: key.kid, x: key.x } })
  connected = device
  return gateway
}

const unsigned = { kind: 'signatureNotTrusted', sent: true }

describe('what the gateway signed', () => {
  it('is believed', async () => {
    const gateway = connect()
    expect((await gateway.quote('lamp-oil', null)).claims).toEqual(quoteClaims)
    expect(await gateway.purchase('key-1', anyBody)).toMatchObject({ status: 'succeeded', receipt: { claims: receiptClaims } })
    expect(await gateway.purchaseByKey('key-1')).toMatchObject({ status: 'succeeded' })
    expect(await gateway.time()).toBe(Date.parse('2026-03-02T12:00:00.000Z'))
    expect(await gateway.chargeList()).toEqual([])
    expect((await countersign(gateway)).claims).toEqual(headClaims)
    const { claims } = await gateway.controls()
    expect(claims).toEqual(await controlsFor(claims.nonce))
    expect((await dispute(gateway)).claims).toEqual(await disputeClaims())
    expect(await gateway.messages()).toMatchObject([{ content: { type: 'purchase.refunded', refundId: 'refund-1' } }])
  })
})

describe('P2 P3 a message about a refund', () => {
  it.each<[string, () => SignedMessage]>([
    ['signed by another key', () => messageBy(otherKey)],
    ['about more money', () => messageBy(key, { body: refundBody.replace('"1"', '"9"') })],
    ['under another id, so that it would count again', () => messageBy(key, { id: 'msg-2' })],
    ['of another time', () => messageBy(key, { timestamp: 1_772_452_801 })],
    ['without a signature', () => messageBy(key, { signature: `v1a,${'A'.repeat(86)}==` })],
  ])('%s is none', async (_name, message) => {
    tellMessage = message
    expect(await problemOf(connect().messages())).toEqual(unsigned)
    tellMessage = () => messageBy(key)
  })
})

describe('P3 an honest page of charges', () => {
  it.each<[string, Partial<ChargeListClaims>]>([
    ['that answered an earlier question', { nonce: 'o'.repeat(43) }],
    ['that is not the one asked for', { after: 50 }],
    ['that leads nowhere', { next: 0 }],
  ])('%s is not taken', async (_name, changes) => {
    const page: Forge = (typ, claims) => honest(typ, typ === jwsTypes.chargeList ? { ...claims, ...changes } : claims)
    expect(await problemOf(connect(page).chargeList())).toEqual(unsigned)
  })
})

describe('P3 an honest countersignature', () => {
  it.each<[string, Partial<LogHeadClaims>]>([
    ['of another log', { logId: 'log-2' }],
    ['of another place', { seq: 8 }],
    ['of another head', { mac: 'N'.repeat(43) }],
  ])('%s is none for this one', async (_name, changes) => {
    expect(await problemOf(countersign(connect((typ, claims) => honest(typ, { ...claims, ...changes }))))).toEqual(unsigned)
  })
})

describe('P5 an honest statement of the controls', () => {
  it.each<[string, Partial<ControlsClaims>]>([
    ['that answered an earlier question', { nonce: 'o'.repeat(43) }],
    ['for another device', { deviceId: quoteClaims.deviceId }],
  ])('%s is not taken', async (_name, changes) => {
    expect(await problemOf(connect((typ, claims) => honest(typ, { ...claims, ...changes })).controls())).toEqual(unsigned)
  })
})

describe('P3 an honest acknowledgement of a dispute', () => {
  it.each<[string, Partial<DisputeClaims>]>([
    ['of another one', { disputeId: 'key-1.d02' }],
    ['about another charge', { idempotencyKey: 'key-2' }],
    ['for another device', { deviceId: quoteClaims.deviceId }],
  ])('%s is none for this one', async (_name, changes) => {
    expect(await problemOf(dispute(connect((typ, claims) => honest(typ, { ...claims, ...changes }))))).toEqual(unsigned)
  })
})

describe.each(forgeries)('P1 a message %s', (_, forgery) => {
  it('is no quote', async () => {
    expect(await problemOf(connect(forgery).quote('lamp-oil', null))).toEqual(unsigned)
  })

  it('is no receipt, neither at once nor by key', async () => {
    expect(await problemOf(connect(forgery).purchase('key-1', anyBody))).toEqual(unsigned)
    expect(await problemOf(connect(forgery).purchaseByKey('key-1'))).toEqual(unsigned)
  })

  it('is no page of charges, no countersignature, no statement of the controls and no acknowledgement of a dispute', async () => {
    expect(await problemOf(connect(forgery).chargeList())).toEqual(unsigned)
    expect(await problemOf(countersign(connect(forgery)))).toEqual(unsigned)
    expect(await problemOf(connect(forgery).controls())).toEqual(unsigned)
    expect(await problemOf(dispute(connect(forgery)))).toEqual(unsigned)
  })

  it('is no time', async () => {
    const gateway = connect(forgery)
    expect(await problemOf(gateway.time())).toEqual(unsigned)
    expect(gateway.latestTime()).toBe(0)
    expect(gateway.state()).toBe('signatureNotTrusted')
  })
})

describe('P1 an honest message of one kind', () => {
  const kinds = Object.values(jwsTypes)
  const calls = {
    [jwsTypes.quote]: (gateway: ReturnType<typeof connect>) => gateway.quote('lamp-oil', null),
    [jwsTypes.receipt]: (gateway: ReturnType<typeof connect>) => gateway.purchase('key-1', anyBody),
    [jwsTypes.time]: (gateway: ReturnType<typeof connect>) => gateway.time(),
    [jwsTypes.chargeList]: (gateway: ReturnType<typeof connect>) => gateway.chargeList(),
    [jwsTypes.logHead]: countersign,
    [jwsTypes.dispute]: dispute,
    [jwsTypes.controls]: (gateway: ReturnType<typeof connect>) => gateway.controls(),
  }
  const pairs = Object.entries(calls).flatMap(([wanted, call]) =>
    kinds.filter((kind) => kind !== wanted).map((kind) => [kind, wanted, call] as const),
  )
  it.each(pairs)('%s never passes for %s', async (kind, _wanted, call) => {
    expect(await problemOf(call(connect((_typ, claims) => honest(kind, claims))))).toEqual(unsigned)
  })
})

describe("the gateway's time", () => {
  it('P5 is not taken from an old answer played back', async () => {
    const old = await honest(jwsTypes.time, timeFor('n'.repeat(43)))
    const gateway = connect(() => old)
    expect(await problemOf(gateway.time())).toEqual(unsigned)
    expect(gateway.latestTime()).toBe(0)
  })

  it('never goes back', async () => {
    let now = '2026-03-02T12:00:05.000Z'
    const gateway = connect((typ, claims) => honest(typ, { ...claims, now }))
    await gateway.time()
    now = '2026-03-02T12:00:01.000Z'
    expect(await gateway.time()).toBe(Date.parse(now))
    expect(gateway.latestTime()).toBe(Date.parse('2026-03-02T12:00:05.000Z'))
  })
})
