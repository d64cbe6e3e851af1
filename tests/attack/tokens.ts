/** Signed messages of the gateway, spoiled: none is taken by what the client verifies with, and no honest one for another. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import * as v from 'valibot'
import { StepUpClaimsSchema } from '../../src/contract/http/account-messages.ts'
import {
  ChargeListClaimsSchema, ControlsClaimsSchema, DisputeClaimsSchema, type JwsType, jwsTypes, LogHeadClaimsSchema, QuoteClaimsSchema, type ReceiptClaims,
  ReceiptClaimsSchema, TimeClaimsSchema,
} from '../../src/contract/http/claims.ts'
import { buildChallenge } from '../../src/domain/challenge.ts'
import type { ChallengeId, PurchaseId } from '../../src/domain/brands.ts'
import type { SignedMessage } from '../../src/domain/events.ts'
import { isReceiptFor } from '../../src/domain/quote.ts'
import { createGatewaySignatures } from '../../src/main/adapters/gateway/signatures.ts'
import { createReadSigned, createVerifyMessage } from '../../src/main/adapters/gateway/signed-message.ts'
import type { Random } from '../crash/random.ts'
import { makeQuoteClaims } from '../support/fake-offers.ts'
import { type AttackFigures, briefly, noFigures, noteAccepted, noteCrash, tell } from './figures.ts'
import { publicKeyOf, type Signed, signedBy, spoiled } from './spoiled-tokens.ts'

const at = '2026-03-02T12:00:00.000Z'
const own = 'D'.repeat(43)
const quote = makeQuoteClaims({ bundle: { count: 5, unit: 'gems' }, counted: { amount: '99', currency: 'EUR', rate: '1' } })
const challenge = buildChallenge(quote, {
  ...{ challengeId: 'challenge-1' as ChallengeId, purchaseId: 'key-1' as PurchaseId, nonce: 'N'.repeat(43), nowMs: Date.parse(at) },
  ...{ headroom: [], memberId: 'teen' },
})
const receipt: ReceiptClaims = {
  ...{ receiptNumber: 'T-2026-1', idempotencyKey: 'key-1', quoteId: quote.quoteId, deviceId: own, offerId: quote.offerId, sellerId: quote.sellerId },
  ...{ payee: quote.payee, item: quote.item, bundle: { count: 5, unit: 'gems' }, price: quote.price, tax: quote.tax, fundingSource: quote.fundingSource },
  ...{ counted: { amount: '99', currency: 'EUR' }, memberId: 'teen', challengeDigest: 'c'.repeat(43), chargedAt: at },
}
const approval = { key: 'key-1', deviceId: own, challenge, challengeDigest: receipt.challengeDigest }

const kinds: readonly { readonly typ: JwsType; readonly schema: v.GenericSchema; readonly claims: Readonly<Record<string, unknown>> }[] = [
  { typ: jwsTypes.quote, schema: QuoteClaimsSchema, claims: { ...quote } },
  { typ: jwsTypes.receipt, schema: ReceiptClaimsSchema, claims: { ...receipt } },
  { typ: jwsTypes.time, schema: TimeClaimsSchema, claims: { now: at, nonce: 'n'.repeat(43) } },
  { typ: jwsTypes.chargeList, schema: ChargeListClaimsSchema, claims: { deviceId: own, nonce: 'n'.repeat(43), after: 0, asOf: at, charges: [{ idempotencyKey: 'key-1', receiptNumber: 'T-1', price: quote.price, refunded: '0', chargedBack: '0', chargedAt: at }], next: null } },
  { typ: jwsTypes.logHead, schema: LogHeadClaimsSchema, claims: { deviceId: own, logId: 'log-1', seq: 7, mac: 'M'.repeat(43), at, previous: { seq: 6, mac: 'L'.repeat(43) } } },
  { typ: jwsTypes.controls, schema: ControlsClaimsSchema, claims: { deviceId: own, nonce: 'n'.repeat(43), asOf: at, controls: { household: null, limits: [{ period: 'week', sellerId: null, amount: '500' }], quietHours: [], exclusion: null }, pending: [] } },
  { typ: jwsTypes.stepUp, schema: StepUpClaimsSchema, claims: { stepUpId: 'su_1', accountId: 'ada', deviceId: own, digest: receipt.challengeDigest, method: 'totp', givenAt: at, expiresAt: at } },
  { typ: jwsTypes.dispute, schema: DisputeClaimsSchema, claims: { deviceId: own, disputeId: 'key-1.d01', idempotencyKey: 'key-1', reason: 'other', openedAt: at } },
]

/** What a gateway signs, and what takes it. */
function createWorld() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { privateKey: formerKey, publicKey: former } = generateKeyPairSync('ed25519')
  const keyOf = (key: KeyObject, kid: string) => ({ kid, x: key.export({ format: 'jwk' }).x ?? '' })
  const signingKey = keyOf(publicKey, 'K'.repeat(43))
  const signatures = createGatewaySignatures({ signingKey, formerSigningKeys: [keyOf(former, 'F'.repeat(43))] })
  const readSigned = createReadSigned(signingKey)
  const signs = (typ: string, claims: Readonly<Record<string, unknown>>) => signedBy(privateKey, { alg: 'EdDSA', typ, kid: signingKey.kid }, claims)
  /** Whether anything of the client's takes it for this kind. */
  async function takes(token: string, { typ, schema }: (typeof kinds)[number]): Promise<boolean> {
    const read = await readSigned(token, typ, schema).then(() => true, () => false)
    const later = { [jwsTypes.receipt]: signatures.receipt, [jwsTypes.logHead]: signatures.logHead, [jwsTypes.dispute]: signatures.dispute } as Partial<Record<JwsType, (jws: string) => Promise<unknown>>>
    return read || ((await later[typ]?.(token)) ?? null) !== null || (typ === jwsTypes.receipt && (await signatures.signedReceipt(token)) !== null)
  }
  return { privateKey, formerKey, publicKey: publicKeyOf(privateKey), signatures, verify: createVerifyMessage(signingKey), signs, takes }
}
type World = ReturnType<typeof createWorld>

async function attackToken(world: World, random: Random, figures: AttackFigures): Promise<void> {
  const kind = random.pick(kinds)
  const honest: Signed = world.signs(kind.typ, kind.claims)
  if (random.below(10) === 0) {
    const other = random.pick(kinds.filter(({ typ }) => typ !== kind.typ))
    return judge(await world.takes(world.signs(other.typ, kind.claims).token, kind), figures, `${other.typ} as ${kind.typ}`)
  }
  const bad = spoiled(honest, random, world.publicKey)
  if (bad) judge(await world.takes(bad.token, kind), figures, `${kind.typ} with ${bad.how}: ${bad.token.slice(-60)}`)
}

function judge(wasTaken: boolean, figures: AttackFigures, words: string): void {
  figures.attempts += 1
  if (wasTaken) noteAccepted(figures, words)
}

const body = JSON.stringify({ type: 'purchase.refunded', idempotencyKey: 'key-1', sequence: 2, refundId: 'refund-1', amount: { amount: '1', currency: 'EUR' }, refundedAt: at })
const signatureFor = (key: KeyObject, id: string, timestamp: number, text: string) => `v1a,${sign(null, Buffer.from(`${id}.${timestamp}.${text}`), key).toString('base64')}`

/** As Standard Webhooks are attacked: fields moved into each other, other spellings of the signature, several of them, another scheme. */
function otherMessage(honest: SignedMessage, random: Random): SignedMessage {
  const { id, timestamp, signature } = honest
  const bytes = signature.slice(4)
  const flip = (text: string) => {
    const place = random.below(text.length)
    return text.slice(0, place) + String.fromCharCode(text.charCodeAt(place) ^ (1 << random.below(7))) + text.slice(place + 1)
  }
  return random.pick<() => SignedMessage>([
    () => ({ ...honest, id: random.pick(['msg-2', '', `${id}.${timestamp}`, flip(id), 'msg-1 ']) }),
    () => ({ ...honest, timestamp: random.pick([timestamp + 1, 0, -timestamp, timestamp + 0.5, Number(`${timestamp}0`)]) }),
    () => ({ ...honest, body: random.pick([flip(body), `${body} `, ` ${body}`, body.replace('"1"', '"9"'), body.replace('{', '{"type":"x",'), '']) }),
    () => ({ ...honest, signature: flip(signature) }),
    () => ({ ...honest, signature: random.pick([bytes, `v1,${bytes}`, `V1A,${bytes}`, `v1a, ${bytes}`, `v1a,${bytes}\n`, `v1a,v1a,${bytes}`, `v1a,${bytes} v1a,${bytes}`, `v1a,${bytes.replace('==', '')}`, `v1a,${bytes.replace('==', '=')}`]) }),
    () => ({ ...honest, signature: random.pick(['', 'v1a,', `v1a,${'A'.repeat(86)}==`, `v1a,${bytes.replaceAll('+', '-').replaceAll('/', '_')}`, `v1a,!${bytes}`]) }),
    () => ({ ...honest, signature: `v1a,${bytes.slice(0, 85)}${String.fromCharCode(bytes.charCodeAt(85) + 1)}==` }),
    () => ({ ...honest, id: `${id}.${timestamp}`, body: body.slice(1) }),
  ])()
}

function attackMessage({ privateKey, signatures, verify }: World, random: Random, figures: AttackFigures): void {
  const honest: SignedMessage = { id: 'msg-1', timestamp: 1_772_452_800, body, signature: signatureFor(privateKey, 'msg-1', 1_772_452_800, body) }
  const message = otherMessage(honest, random)
  if (JSON.stringify(message) === JSON.stringify(honest)) return
  let wasRead = true
  try {
    verify(message, v.unknown())
  } catch {
    wasRead = false
  }
  judge(wasRead || signatures.message(message), figures, `message ${briefly(message)}`)
}

const ofTheGatewayAlone = ['receiptNumber', 'chargedAt']

/** Signed by the gateway itself, for something else than what was approved. */
function attackReceipt(random: Random, figures: AttackFigures): void {
  const key = random.pick(Object.keys(receipt).filter((name) => !ofTheGatewayAlone.includes(name))) as keyof ReceiptClaims
  const value = receipt[key]
  const other = typeof value === 'object' ? changedPart(value as Record<string, unknown>, random) : random.pick([`${value}0`, '', null, 'other'])
  const claims = { ...receipt, [key]: other } as ReceiptClaims
  if (other === null) delete (claims as Partial<ReceiptClaims>)[key]
  if (!v.is(ReceiptClaimsSchema, claims)) return tell(figures, 'no receipt at all')
  judge(isReceiptFor(claims, approval), figures, `receipt with ${key} ${briefly(other)}`)
}

function changedPart(value: Record<string, unknown>, random: Random): unknown {
  const name = random.pick(Object.keys(value))
  const now = value[name]
  return random.below(6) === 0 ? null : { ...value, [name]: typeof now === 'number' ? now + 1 : name === 'currency' ? 'USD' : `${String(now)}1` }
}

/** So many spoiled signatures and receipts. */
export async function attackTokens(count: number, random: Random): Promise<AttackFigures> {
  const figures = noFigures()
  const world = createWorld()
  for (const kind of kinds) if (!(await world.takes(world.signs(kind.typ, kind.claims).token, kind))) noteCrash(figures, `an honest ${kind.typ} is not taken`)
  if (!isReceiptFor(receipt, approval)) noteCrash(figures, 'an honest receipt does not fit')
  while (figures.attempts < count) {
    try {
      const turn = random.below(10)
      if (turn === 0) attackMessage(world, random, figures)
      else if (turn === 1) attackReceipt(random, figures)
      else await attackToken(world, random, figures)
    } catch (error) {
      figures.attempts += 1
      noteCrash(figures, error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  return figures
}
