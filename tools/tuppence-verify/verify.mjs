#!/usr/bin/env node
// @ts-check
/**
 * Verifies a receipt file of Tuppence, without Tuppence: this one file and Node 18.3 or newer are all that it takes. What it looks at is
 * described in docs/RECEIPT.md.
 *
 *   node verify.mjs receipt.json [--key THUMBPRINT | --key JWK-FILE]
 *
 * Exit codes: 0 the receipt is good; 1 it is not, or cannot be read; 64 wrong use (sysexits.h, EX_USAGE).
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs, TextDecoder } from 'node:util'

const usage = 'Use: node verify.mjs receipt.json [--key THUMBPRINT | --key JWK-FILE]'

/** A receipt is about 2 kB; nothing a hundred times as long is one. */
const maxBytes = 256 * 1024

/** @typedef {{ amount: string, currency: string }} Money */
/**
 * What the gateway signed. Amounts are whole minor units of the currency as text, the tax is within the price.
 * @typedef {{
 *   receiptNumber: string, idempotencyKey: string, quoteId: string, deviceId: string, offerId: string, sellerId: string, payee: string, item: string,
 *   bundle?: { count: number, unit: string }, passDays?: number, price: Money, tax: { amount: string, rateBasisPoints: number },
 *   fundingSource: { id: string, label: string }, counted?: Money, memberId?: string, challengeDigest: string, chargedAt: string
 * }} Claims
 */

class NotGood extends Error {}

/**
 * What a receipt file says, once everything about it has been found to be right.
 * @param {Uint8Array} bytes of the file
 * @param {string | null} wantedKey thumbprint (RFC 7638) of the key that it has to be signed by; null for any
 * @returns {{ good: true, claims: Claims, thumbprint: string } | { good: false, why: string }}
 */
export function verifyReceipt(bytes, wantedKey = null) {
  try {
    return { good: true, ...checked(bytes, wantedKey) }
  } catch (error) {
    if (error instanceof NotGood) return { good: false, why: error.message }
    // So deep in each other that they cannot be gone through.
    if (error instanceof RangeError) return { good: false, why: 'This is no receipt of Tuppence.' }
    throw error
  }
}

/** @param {Uint8Array} bytes @param {string | null} wantedKey @returns {{ claims: Claims, thumbprint: string }} */
function checked(bytes, wantedKey) {
  const file = parsed(bytes)
  if (!isObject(file) || file.format !== 'tuppence-receipt') throw new NotGood('This is no receipt of Tuppence.')
  if (file.version !== 1) throw new NotGood('It is of another version than this program knows. It may have been altered, or this program is too old.')
  if (!isSame(bytes, `${canonical(file)}\n`)) throw new NotGood('It was altered, or saved by another program: it is not letter for letter as Tuppence writes it.')
  want(hasOnly(file, ['claims', 'format', 'key', 'receipt', 'version']), 'It was altered: something is missing or was added.')
  const thumbprint = thumbprintOf(file.key)
  want(thumbprint !== null && isObject(file.key) && hasOnly(file.key, ['crv', 'kid', 'kty', 'x']) && file.key.kid === thumbprint, 'It was altered: its key is not in order.')
  const signed = signedBy(file.key, String(thumbprint), file.receipt)
  want(canonical(signed) === canonical(file.claims), 'It was altered: it says something else than what was signed.')
  const claims = claimsIn(signed)
  if (wantedKey !== null && wantedKey !== thumbprint) throw new NotGood(`It is signed by another key: ${thumbprint}. Nothing that it says can be trusted.`)
  return { claims, thumbprint: String(thumbprint) }
}

/** @param {Uint8Array} bytes @returns {unknown} */
function parsed(bytes) {
  if (bytes.length > maxBytes) throw new NotGood('This is no receipt of Tuppence: it is far too long.')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new NotGood('This is no receipt of Tuppence, or it was altered: it is not JSON in UTF-8.')
  }
}

/**
 * What the key signed: a compact JWS (RFC 7515) with Ed25519 (RFC 8037), and nothing else.
 * @param {unknown} key @param {string} thumbprint @param {unknown} jws @returns {unknown}
 */
function signedBy(key, thumbprint, jws) {
  const altered = 'It was altered: the signature does not fit.'
  want(typeof jws === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws), altered)
  const [header = '', payload = '', signature = ''] = String(jws).split('.')
  // Decoders overlook stray bits in the last letter; what is signed has one spelling only (RFC 4648, 3.5).
  want([header, payload, signature].every((part) => Buffer.from(part, 'base64url').toString('base64url') === part), altered)
  const publicKey = createPublicKey({ format: 'jwk', key: /** @type {import('node:crypto').JsonWebKey} */ (key) })
  want(verify(null, Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url')), altered)
  const said = parsed(Buffer.from(header, 'base64url'))
  // Something else that the same key has signed is no receipt (RFC 8725, 3.11).
  const isReceipt = isObject(said) && said.alg === 'EdDSA' && said.typ === 'tuppence-receipt+jws' && said.kid === thumbprint && hasOnly(said, ['alg', 'kid', 'typ'])
  want(isReceipt, 'What was signed is no receipt.')
  return parsed(Buffer.from(payload, 'base64url'))
}

/**
 * Of an Ed25519 key (RFC 7638 and RFC 8037, appendix A.3); null for anything else.
 * @param {unknown} key @returns {string | null}
 */
function thumbprintOf(key) {
  if (!isObject(key) || key.kty !== 'OKP' || key.crv !== 'Ed25519' || typeof key.x !== 'string') return null
  const point = Buffer.from(key.x, 'base64url')
  if (point.length !== 32 || point.toString('base64url') !== key.x) return null
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${key.x}"}`).digest('base64url')
}

/**
 * The one text form of a JSON value (RFC 8785): keys in the order of their UTF-16 units, no white space.
 * @param {unknown} value @returns {string}
 */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (isObject(value)) return `{${Object.keys(value).sort().map((key) => `${canonical(key)}:${canonical(value[key])}`).join(',')}}`
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) throw new NotGood('It was altered: it has half a character in it.')
  return JSON.stringify(value)
}

/** @param {(value: any) => boolean} check */
const maybe = (check) => Object.assign((/** @type {any} */ value) => check(value), { isOptional: true })
const isId = (/** @type {any} */ value) => typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value)
const isLine = (/** @type {any} */ value) => typeof value === 'string' && /^[^\p{Cc}\p{Zl}\p{Zp}]{1,200}$/u.test(value)
const isHash = (/** @type {any} */ value) => typeof value === 'string' && /^[\w-]{43}$/.test(value)
const isAmount = (/** @type {any} */ value) => typeof value === 'string' && /^(0|[1-9]\d{0,17})$/.test(value)
const isCount = (/** @type {any} */ value) => Number.isSafeInteger(value) && value > 0
const isMoney = shape({ amount: isAmount, currency: (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value) })

const areClaims = shape({
  receiptNumber: isId,
  idempotencyKey: isId,
  quoteId: isId,
  deviceId: isHash,
  offerId: isId,
  sellerId: isId,
  payee: isLine,
  item: isLine,
  bundle: maybe(shape({ count: isCount, unit: isLine })),
  passDays: maybe(isCount),
  price: isMoney,
  tax: shape({ amount: isAmount, rateBasisPoints: (value) => Number.isSafeInteger(value) && value >= 0 && value <= 10_000 }),
  fundingSource: shape({ id: isId, label: isLine }),
  counted: maybe(isMoney),
  memberId: maybe(isId),
  challengeDigest: isHash,
  chargedAt: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value)),
})

/**
 * An object with exactly these fields.
 * @param {Record<string, ((value: any) => boolean) & { isOptional?: boolean }>} fields @returns {(value: any) => boolean}
 */
function shape(fields) {
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => Object.prototype.hasOwnProperty.call(fields, name)) &&
    Object.entries(fields).every(([name, check]) => (Object.prototype.hasOwnProperty.call(value, name) ? check(value[name]) : check.isOptional === true))
}

/** @param {unknown} signed @returns {Claims} */
function claimsIn(signed) {
  if (!areClaims(signed)) throw new NotGood('It was signed, but does not say what a receipt says.')
  return /** @type {Claims} */ (signed)
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @param {Record<string, unknown>} value @param {string[]} names */
function hasOnly(value, names) {
  return Object.keys(value).length === names.length && names.every((name) => Object.prototype.hasOwnProperty.call(value, name))
}

/** @param {Uint8Array} bytes @param {string} text */
const isSame = (bytes, text) => Buffer.from(text).equals(bytes)

/** @param {boolean} isSo @param {string} otherwise */
function want(isSo, otherwise) {
  if (!isSo) throw new NotGood(otherwise)
}

/** ISO 4217: currencies whose minor unit is not a hundredth. */
const digitsOf = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => /** @type {const} */ ([code, 0])),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => /** @type {const} */ ([code, 3])),
  ...'CLF UYW'.split(' ').map((code) => /** @type {const} */ ([code, 4])),
])

/** @param {Money} money */
function moneyText({ amount, currency }) {
  const digits = digitsOf.get(currency) ?? 2
  const text = amount.padStart(digits + 1, '0')
  return `${digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`} ${currency}`
}

/** Letters that cannot be seen, or that turn the order of others around, are shown by their number. @param {string} text */
const visible = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`)

/** @param {Claims} claims @param {string} thumbprint */
function factsOf(claims, thumbprint) {
  const { bundle, passDays, tax, price, counted } = claims
  return [
    ['Payee', claims.payee],
    ['Item', claims.item],
    ...(bundle ? [['Contains', `${bundle.count} × ${bundle.unit}`]] : []),
    ...(passDays ? [['Lasts', passDays === 1 ? '1 day' : `${passDays} days`]] : []),
    ['Price', moneyText(price)],
    ['Tax in it', `${moneyText({ ...tax, currency: price.currency })} (${tax.rateBasisPoints / 100} %)`],
    ...(counted && counted.currency !== price.currency ? [['Counted as', moneyText(counted)]] : []),
    ['Paid from', claims.fundingSource.label],
    ['Charged at', `${claims.chargedAt} (UTC)`],
    ['Receipt', claims.receiptNumber],
    ['Purchase', claims.idempotencyKey],
    ['Signing key', thumbprint],
  ]
}

/** The thumbprint that is asked for: given itself, or of the key in a file (JWK, RFC 7517). @param {string} given */
function thumbprintAsked(given) {
  if (/^[\w-]{43}$/.test(given)) return given
  let thumbprint = null
  try {
    thumbprint = thumbprintOf(JSON.parse(readFileSync(given, 'utf8')))
  } catch {
    throw new TypeError(`${given} is neither a thumbprint nor a file with a key.`)
  }
  if (thumbprint === null) throw new TypeError(`${given} holds no Ed25519 key.`)
  return thumbprint
}

/** A thumbprint may begin with a dash, which would be taken for an option of its own. @param {string[]} args @returns {string[]} */
function withKeyJoined(args) {
  const at = args.indexOf('--key')
  const key = args[at + 1]
  return at === -1 || key === undefined ? args : [...args.slice(0, at), `--key=${key}`, ...args.slice(at + 2)]
}

/** @param {string[]} given @returns {number} the exit code */
function main(given) {
  const args = withKeyJoined(given)
  const { values, positionals } = parseArgs({ args, options: { key: { type: 'string' }, help: { type: 'boolean', short: 'h' } }, allowPositionals: true })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const [file] = positionals
  if (file === undefined || positionals.length !== 1) throw new TypeError('One receipt is wanted.')
  const wantedKey = values.key === undefined ? null : thumbprintAsked(values.key)
  let bytes
  try {
    bytes = readFileSync(file)
  } catch (error) {
    console.error(`Not verified. The file cannot be read (${/** @type {NodeJS.ErrnoException} */ (error).code}).`)
    return 1
  }
  const result = verifyReceipt(bytes, wantedKey)
  if (!result.good) {
    console.error(`NOT GOOD. ${result.why}`)
    return 1
  }
  console.log('This receipt is good: nothing in it was changed since it was signed.\n')
  for (const [name = '', value = ''] of factsOf(result.claims, result.thumbprint)) console.log(`  ${name.padEnd(12)} ${visible(value)}`)
  console.log(
    wantedKey === null
      ? '\nAnybody can sign something with a key of their own. Compare the signing key above with the one that the gateway\npublishes, or give that one with --key.'
      : '\nIt is signed by the key that you gave.',
  )
  console.log('What was refunded or charged back later is not in a receipt.')
  return 0
}

/** Whether it was started itself, also by a link, and not imported. */
function isStarted() {
  try {
    return realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url)
  } catch {
    return false
  }
}

if (isStarted()) {
  try {
    process.exitCode = main(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    console.error(`${error.message}\n${usage}`)
    process.exitCode = 64
  }
}
