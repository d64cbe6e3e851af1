/** Requests to the reference gateway that claim what nobody agreed to. What it charged is the judge. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AuthorisationClaims, jwsTypes } from '../../src/contract/http/claims.ts'
import { createGateway } from '../../src/gateway/create-gateway.ts'
import type { Random } from '../crash/random.ts'
import { smallCatalogue, itemOffer } from '../support/fake-offers.ts'
import { type Answer, claimsOf, createGatewayClient, random32, type TestDevice } from '../support/gateway-client.ts'
import { headerOf } from '../support/tokens.ts'
import { type AttackFigures, noFigures, noteAccepted, noteCrash, tell } from './figures.ts'
import { publicKeyOf, type Signed, signedBy, spoiled } from './spoiled-tokens.ts'

const path = '/v1/purchases'
type Claims = Readonly<Record<string, unknown>>

async function open() {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuppence-attack-'))
  const bugs: unknown[] = []
  const nowMs = Date.parse('2026-11-23T09:00:00.000Z')
  const gateway = await createGateway({
    ...{ dataDir, catalogue: smallCatalogue, mode: 'sandbox', requestsPerMinute: 10_000_000 },
    now: () => nowMs,
    onError: (error) => bugs.push(error),
  })
  const client = createGatewayClient(gateway, () => nowMs)
  const [device, other] = [await client.enrolledDevice(), await client.enrolledDevice()]
  const quote = await client.quote(device, itemOffer.id)
  const authorisation = await client.authorise(device, quote)
  const world = {
    ...{ gateway, client, device, other, quote, authorisation, bugs, nowMs },
    key: (claimsOf(authorisation) as AuthorisationClaims).idempotencyKey,
    proofs: [] as string[],
    async close() {
      await client.close()
      await gateway.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
  return world
}
type World = Awaited<ReturnType<typeof open>>

const parsed = (token: string): Signed => ({ token, header: headerOf(token), claims: claimsOf(token) as Claims })

/** Sends a purchase that would be charged if all of it were right. */
async function send(world: World, changes: { readonly quote?: string; readonly authorisation?: string; readonly dpop?: string; readonly key?: string }): Promise<Answer> {
  const { client, device } = world
  const dpop = changes.dpop ?? (await client.proof(device, 'POST', path))
  const body = { quote: changes.quote ?? world.quote, authorisation: changes.authorisation ?? world.authorisation }
  return client.send(path, { method: 'POST', headers: { dpop, 'idempotency-key': changes.key ?? world.key }, body })
}

/** As the attacker may write it; the device's own key signs it all the same, as malware on the computer could have it do. */
function signedForOtherTerms({ device, authorisation }: World, random: Random): string {
  const claims = claimsOf(authorisation) as Claims
  const bound = random.pick(['deviceId', 'idempotencyKey', 'quoteId', 'sellerId', 'payee', 'amount', 'currency'])
  const other = random.pick(['1', 'USD', `${String(claims[bound])}x`, String(claims[bound]).toUpperCase() + String(claims[bound]).toLowerCase(), ''])
  return signedBy(device.privateKey, { alg: 'EdDSA', typ: jwsTypes.authorisation }, { ...claims, [bound]: other }).token
}

function otherProof({ client, device, other, gateway, nowMs }: World, random: Random): Promise<string> {
  const { url } = gateway
  const nowSeconds = Math.floor(nowMs / 1000)
  const method = random.pick(['GET', 'PUT', 'post', 'POST '])
  const htu = random.pick([`${url}/v1/quotes`, `${url}${path}/`, `${url}${path}?a=1`, `${url}${path}#a`, `http://${new URL(url).host}${path}`, `https://gateway.example${path}`, `${url}/v1//purchases`, `${url.replace('https://', 'https://a@')}${path}`, path])
  return random.pick([
    () => client.proof(device, 'POST', path, { htm: method }),
    () => client.proof(device, 'POST', path, { htu }),
    () => client.proof(device, 'POST', path, { iat: nowSeconds + random.pick([-301, 301, -86_400, 86_400, -nowSeconds, 2 ** 40]) }),
    () => client.proof(device, 'POST', path, { iat: random.pick<unknown>(['now', 1.5, null, -1]) }),
    () => client.proof(device, 'POST', path, { jti: random.pick<unknown>(['', null, 7, 'a b', 'x'.repeat(101)]) }),
    // Another device's right, and that of nobody.
    () => client.proof(other, 'POST', path),
    () => client.proof({ ...device, privateKey: other.privateKey }, 'POST', path),
    () => client.proof(strangerFor(device), 'POST', path),
  ])()
}

/** A key that was never enrolled. */
function strangerFor(device: TestDevice): TestDevice {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return { ...device, privateKey, jwk: { kty: 'OKP', crv: 'Ed25519', x: publicKey.export({ format: 'jwk' }).x ?? '' } }
}

async function badToken(world: World, token: string, random: Random): Promise<string> {
  const honest = parsed(token)
  for (;;) {
    const bad = spoiled(honest, random, publicKeyOf(world.device.privateKey))
    // A header takes no line break, and Node sends none.
    if (bad && !/[\r\n\0]|[^\x20-\x7e]/.test(bad.token)) return bad.token.trim() === token ? badToken(world, token, random) : bad.token
  }
}

async function attack(world: World, random: Random): Promise<{ readonly what: string; readonly answer: Answer }> {
  const { client, device, authorisation, quote, proofs } = world
  switch (random.below(8)) {
    case 0:
      return { what: 'a spoiled quote', answer: await send(world, { quote: await badToken(world, quote, random) }) }
    case 1:
    case 2:
      return { what: 'a spoiled authorisation', answer: await send(world, { authorisation: await badToken(world, authorisation, random) }) }
    case 3:
      return { what: 'an authorisation for other terms', answer: await send(world, { authorisation: signedForOtherTerms(world, random) }) }
    case 4:
      return { what: 'a spoiled proof', answer: await send(world, { dpop: await badToken(world, await client.proof(device, 'POST', path), random) }) }
    case 5:
      return { what: 'a proof for something else', answer: await send(world, { dpop: await otherProof(world, random) }) }
    case 6:
      return { what: 'another key', answer: await send(world, { key: random.pick([random32(), `${world.key}0`, world.key.toUpperCase(), '', 'a'.repeat(101)]) }) }
    default:
      return { what: 'a replayed proof', answer: await send(world, { dpop: random.pick(proofs) }) }
  }
}

/** So many requests. One right one at the end is charged, so that none was refused for another reason than what was wrong with it. */
export async function attackGateway(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  const world = await open()
  try {
    for (let made = 0; made < 5; made += 1) {
      const dpop = await world.client.proof(world.device, 'POST', path)
      // Used up by a request that was refused: for its quote, which is none.
      await send(world, { dpop, quote: world.authorisation })
      world.proofs.push(dpop)
    }
    while (figures.attempts < count) {
      const { what, answer } = await attack(world, random)
      figures.attempts += 1
      tell(figures, `${what}: ${String(answer.body['code'] ?? answer.body['status'])}`)
      if (answer.status < 400) noteAccepted(figures, `${what}: ${JSON.stringify(answer.body)}`)
      if (answer.status >= 500) noteCrash(figures, `${what}: ${JSON.stringify(answer.body)}`)
      if (figures.attempts % 100 === 0) await judgeCharges(world, figures)
    }
    await judgeCharges(world, figures)
    const right = await send(world, {})
    if (right.body['status'] !== 'succeeded') noteCrash(figures, `the right one is refused: ${JSON.stringify(right.body)}`)
    for (const bug of world.bugs) noteCrash(figures, `the gateway reported ${String(bug)}`)
  } finally {
    await world.close()
  }
  return figures
}

async function judgeCharges({ client }: World, figures: AttackFigures): Promise<void> {
  const charges = await client.charges()
  if (charges.length > 0) noteAccepted(figures, `charged: ${JSON.stringify(charges)}`)
}
