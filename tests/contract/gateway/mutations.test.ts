import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AuthorisationClaims, jwsTypes } from '../../../src/contract/http/claims.ts'
import { claimsOf, sign, type TestDevice } from '../../support/gateway-client.ts'
import { startTestGateway, type TestWorld } from '../../support/test-gateway.ts'

let world: TestWorld
let device: TestDevice
beforeAll(async () => {
  world = await startTestGateway()
  device = await world.client.enrolledDevice()
})
afterAll(() => world.close())

type Claims = Record<string, unknown>

/** The same token with other claims and the old signature. */
function forge(token: string, claims: Claims): string {
  const [header, , signature] = token.split('.')
  return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
}

/** One small change of a claim: another value of the same type, another type, or none at all. */
const mutation = fc.oneof(
  fc.constant((value: unknown) => (typeof value === 'string' ? `${value}0` : 1)),
  fc.constant((value: unknown) => (typeof value === 'string' ? `1${value}` : null)),
  fc.constant((value: unknown) => (typeof value === 'string' ? value.toUpperCase() + value.toLowerCase() : [])),
  fc.constant(() => undefined),
)

async function expectRefused(body: { quote: string; authorisation: string }, key: string): Promise<void> {
  const before = await world.client.charges()
  const answer = await world.client.purchase(device, body, key)
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(['quoteInvalid', 'authorisationInvalid', 'badRequest']).toContain(answer.body['code'])
  expect(await world.client.charges()).toEqual(before)
}

const quoteMembers = [
  'quoteId', 'deviceId', 'offerId', 'sellerId', 'payee', 'item', 'game', 'kind', 'price', 'tax', 'fundingSource',
  'issuedAt', 'expiresAt',
] as const
const authorisationMembers = [
  'deviceId', 'idempotencyKey', 'quoteId', 'sellerId', 'payee', 'amount', 'currency', 'nonce', 'challengeDigest', 'approvedAt',
] as const
/** What the device may choose itself: a change of these that it signs is simply another authorisation. */
const ownChoice = ['nonce', 'challengeDigest', 'approvedAt']

it('P1 any change of one member of the quote is refused and charges nothing', async () => {
  const { quote, authorisation } = await world.client.approved(device, 'hedgerow-seeds')
  const key = (claimsOf(authorisation) as AuthorisationClaims).idempotencyKey
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...quoteMembers), mutation, async (member, mutate) => {
      const claims = claimsOf(quote) as Claims
      await expectRefused({ quote: forge(quote, { ...claims, [member]: mutate(claims[member]) }), authorisation }, key)
    }),
    { numRuns: 40 },
  )
  expect((await world.client.purchase(device, { quote, authorisation })).body['status']).toBe('succeeded')
})

it('P1 any change of one member of the authorisation is refused and charges nothing', async () => {
  const { quote, authorisation } = await world.client.approved(device, 'hedgerow-seeds')
  const key = (claimsOf(authorisation) as AuthorisationClaims).idempotencyKey
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...authorisationMembers), mutation, async (member, mutate) => {
      const claims = claimsOf(authorisation) as Claims
      const forged = forge(authorisation, { ...claims, [member]: mutate(claims[member]) })
      await expectRefused({ quote, authorisation: forged }, key)
    }),
    { numRuns: 40 },
  )
  expect((await world.client.purchase(device, { quote, authorisation })).body['status']).toBe('succeeded')
})

it('P1 an authorisation that the device signed for other terms than the quote is refused and charges nothing', async () => {
  const { quote, authorisation } = await world.client.approved(device, 'hedgerow-seeds')
  const key = (claimsOf(authorisation) as AuthorisationClaims).idempotencyKey
  const bound = authorisationMembers.filter((member) => !ownChoice.includes(member))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...bound), mutation, async (member, mutate) => {
      const claims = claimsOf(authorisation) as Claims
      const changed = { ...claims, [member]: mutate(claims[member]) }
      const signed = await sign(device.privateKey, { typ: jwsTypes.authorisation }, changed)
      await expectRefused({ quote, authorisation: signed }, key)
    }),
    { numRuns: 40 },
  )
})

it('P1 a signed token with any one character changed is refused', async () => {
  const { quote, authorisation } = await world.client.approved(device, 'hedgerow-seeds')
  const key = (claimsOf(authorisation) as AuthorisationClaims).idempotencyKey
  const tokens = { quote, authorisation }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('quote' as const, 'authorisation' as const),
      fc.nat(2000),
      fc.constantFrom('A', 'B', 'w', 'x', 'y', 'z', '0', '9', '-', '_'),
      async (name, place, letter) => {
        const token = tokens[name]
        const at = place % token.length
        fc.pre(token[at] !== letter && token[at] !== '.')
        await expectRefused({ ...tokens, [name]: token.slice(0, at) + letter + token.slice(at + 1) }, key)
      },
    ),
    { numRuns: 60 },
  )
})

it('P1 a signed token in another spelling is refused, though it decodes to the same bytes', async () => {
  const { quote, authorisation } = await world.client.approved(device, 'hedgerow-seeds')
  const key = (claimsOf(authorisation) as AuthorisationClaims).idempotencyKey
  // The last of 86 characters for 64 bytes has four bits to spare (RFC 4648 §3.5).
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const respell = (token: string) => token.slice(0, -1) + digits.charAt(digits.indexOf(token.slice(-1)) + 1)
  const signature = (token: string) => Buffer.from(token.split('.')[2] ?? '', 'base64url')
  expect(signature(respell(authorisation))).toEqual(signature(authorisation))
  await expectRefused({ quote, authorisation: respell(authorisation) }, key)
  await expectRefused({ quote: respell(quote), authorisation }, key)
})

it('P2 any number of duplicates at once makes one charge', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 10 }), async (duplicates) => {
      const key = randomUUID()
      const request = await world.client.approved(device, 'hedgerow-seeds', { idempotencyKey: key })
      const answers = await Promise.all(Array.from({ length: duplicates }, () => world.client.purchase(device, request)))
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
      expect((await world.client.charges()).filter((charge) => charge.idempotencyKey === key)).toHaveLength(1)
    }),
    { numRuns: 6 },
  )
})
