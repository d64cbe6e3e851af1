/** A signed text with one thing wrong about it, in every way that signatures have been got round by. */
import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { jwsTypes } from '../../src/contract/http/claims.ts'
import type { Random } from '../crash/random.ts'

export interface Signed {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly token: string
}

export interface Spoiled {
  readonly how: string
  readonly token: string
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

export function signedBy(privateKey: KeyObject, header: Readonly<Record<string, unknown>>, claims: Readonly<Record<string, unknown>>): Signed {
  const signed = `${part(header)}.${part(claims)}`
  return { header, claims, token: `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}` }
}

const attacker = generateKeyPairSync('ed25519')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const attackersJwk = attacker.publicKey.export({ format: 'jwk' })

type Way = (honest: Signed, random: Random, publicKey: KeyObject) => string

const signatureOf = ({ token }: Signed) => token.slice(token.lastIndexOf('.') + 1)
const under = (honest: Signed, header: object, claims: unknown = honest.claims) => `${part(header)}.${part(claims)}.${signatureOf(honest)}`
const byAttacker = (header: Readonly<Record<string, unknown>>, claims: Readonly<Record<string, unknown>>) => signedBy(attacker.privateKey, header, claims).token

/** What a header can be made to say. */
const headers: Readonly<Record<string, (header: Readonly<Record<string, unknown>>, random: Random) => object>> = {
  'alg none': (header) => ({ ...header, alg: 'none' }),
  'alg in other letters': (header, random) => ({ ...header, alg: random.pick(['eddsa', 'EDDSA', 'EdDSA ', 'nOnE', 'Ed448']) }),
  'another alg': (header, random) => ({ ...header, alg: random.pick(['HS256', 'RS256', 'PS256', 'ES256', 'HS512', 'Ed25519']) }),
  'no alg': ({ alg: _, ...header }) => header,
  'another typ': (header, random) => ({ ...header, typ: random.pick([...Object.values(jwsTypes), 'JWT', 'jwt', '']) }),
  'no typ': ({ typ: _, ...header }) => header,
  'another kid': (header, random) => ({ ...header, kid: random.pick(['L'.repeat(43), '', '../key', 'null', String(header['kid']).toLowerCase()]) }),
  'no kid': ({ kid: _, ...header }) => header,
  'b64 false': (header) => ({ ...header, b64: false, crit: ['b64'] }),
  crit: (header) => ({ ...header, crit: ['exp'], exp: 1 }),
  'an embedded key': (header) => ({ ...header, jwk: attackersJwk }),
  'a key elsewhere': (header, random) => ({ ...header, [random.pick(['jku', 'x5u'])]: 'https://example.org/keys.json' }),
  'a certificate chain': (header) => ({ ...header, x5c: ['MIIB'] }),
}

/** One claim changed, added or left out. */
function otherClaims(claims: Readonly<Record<string, unknown>>, random: Random): Record<string, unknown> {
  const key = random.pick(Object.keys(claims))
  const value = claims[key]
  const { other } = random.pick<{ readonly other: unknown }>([
    ...[undefined, null, 0, -1, true, [], {}, '', [value], { value }].map((odd) => ({ other: odd })),
    { other: typeof value === 'string' ? `${value}0` : 1 },
    { other: typeof value === 'string' ? value.slice(1) : '1' },
    { other: typeof value === 'object' && value !== null ? otherPart(value as Record<string, unknown>, random) : String(value) },
  ])
  return random.below(12) === 0 ? { ...claims, [random.pick(['extra', 'admin', 'memberId2'])]: true } : { ...claims, [key]: other }
}

function otherPart(value: Record<string, unknown>, random: Random): unknown {
  const keys = Object.keys(value)
  return keys.length === 0 ? { more: 1 } : { ...value, [random.pick(keys)]: '1' }
}

const lastDigit = (text: string) => digits.indexOf(text.slice(-1))

const ways: Readonly<Record<string, Way>> = {
  'other claims under the signature': (honest, random) => under(honest, honest.header, otherClaims(honest.claims, random)),
  'other claims by another key': (honest, random) => byAttacker(honest.header, otherClaims(honest.claims, random)),
  'the same claims by another key': (honest) => byAttacker(honest.header, honest.claims),
  'an embedded key that fits': (honest) => byAttacker({ ...honest.header, jwk: attackersJwk }, honest.claims),
  'HMAC by the public key': (honest, random, publicKey) => {
    const signed = `${part({ ...honest.header, alg: 'HS256' })}.${part(honest.claims)}`
    const forms = [publicKey.export({ type: 'spki', format: 'pem' }), publicKey.export({ type: 'spki', format: 'der' }), Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')]
    return `${signed}.${createHmac('sha256', random.pick(forms)).update(signed).digest('base64url')}`
  },
  'RSA by another key': (honest) => {
    const signed = `${part({ ...honest.header, alg: 'RS256' })}.${part(honest.claims)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), rsa.privateKey).toString('base64url')}`
  },
  'no signature': ({ token }) => token.slice(0, token.lastIndexOf('.') + 1),
  'no last part': ({ token }) => token.slice(0, token.lastIndexOf('.')),
  'one part more': (honest, random) => `${honest.token}.${random.pick(['', signatureOf(honest), 'AA'])}`,
  'parts in another order': ({ token }) => token.split('.').toReversed().join('.'),
  'white space': ({ token }, random) => {
    const at = random.below(token.length + 1)
    return `${token.slice(0, at)}${random.pick([' ', '\n', '\t', '\r\n', '\f'])}${token.slice(at)}`
  },
  padding: ({ token }, random) => random.pick([`${token}=`, `${token}==`, token.replaceAll('.', '=.')]),
  'the other alphabet': ({ token }) => token.replaceAll('-', '+').replaceAll('_', '/'),
  'the same bytes in another spelling': ({ token }) => `${token.slice(0, -1)}${digits.charAt(lastDigit(token) ^ 1)}`,
  'another case': ({ token }, random) => random.pick([token.toUpperCase(), token.toLowerCase()]),
  'one bit': ({ token }, random) => {
    const [at, bit] = [random.below(token.length), random.below(7)]
    return token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << bit)) + token.slice(at + 1)
  },
  'one character': ({ token }, random) => {
    const at = random.below(token.length)
    return token.slice(0, at) + digits.charAt(random.below(64)) + token.slice(at + 1)
  },
  'a part cut off': ({ token }, random) => token.slice(random.below(4), token.length - random.below(4)),
  'a nought in it': ({ token }, random) => `${token}${random.pick(['\u0000', '%00', '\uFEFF'])}`,
  'as JSON': (honest) => {
    const [header, payload, signature] = honest.token.split('.')
    return JSON.stringify({ protected: header, payload, signature })
  },
  'as an order of two keys': (honest) => {
    const text = JSON.stringify(honest.claims)
    const twice = `{${JSON.stringify(Object.keys(honest.claims)[0])}:"x",${text.slice(1)}`
    return `${part(honest.header)}.${Buffer.from(twice).toString('base64url')}.${signatureOf(honest)}`
  },
  nothing: (_, random) => random.pick(['', '.', '..', '...', 'null', '{}', '"', 'AA.AA.AA']),
}

for (const [how, change] of Object.entries(headers)) {
  Object.assign(ways, {
    [`${how}, under the signature`]: (honest: Signed, random: Random) => under(honest, change(honest.header, random)),
    [`${how}, by another key`]: (honest: Signed, random: Random) => byAttacker({ ...change(honest.header, random) }, honest.claims),
  })
}

const names = Object.keys(ways)

/** The same text, spoiled; null where chance gave the very same. */
export function spoiled(honest: Signed, random: Random, publicKey: KeyObject): Spoiled | null {
  const how = random.pick(names)
  const token = ways[how]!(honest, random, publicKey)
  return token === honest.token ? null : { how, token }
}

export const publicKeyOf = (privateKey: KeyObject) => createPublicKey(privateKey)
