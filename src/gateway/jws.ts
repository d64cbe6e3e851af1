/** Compact JWS (RFC 7515) with Ed25519 (RFC 8037): one way to sign, one way to read, both strict. */
import type { KeyObject } from 'node:crypto'
import { CompactSign, compactVerify, type CryptoKey } from 'jose'
import * as v from 'valibot'
import type { JwsType } from '../contract/http/claims.ts'
import type { SigningKey } from './keys/signing-key.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

export async function signJws(key: SigningKey, typ: JwsType, claims: object): Promise<string> {
  const payload = new TextEncoder().encode(JSON.stringify(claims))
  return new CompactSign(payload).setProtectedHeader({ alg: 'EdDSA', typ, kid: key.kid }).sign(key.privateKey)
}

/**
 * The claims of a JWS whose signature, algorithm, `typ` and form all hold. Throws on anything else, without saying
 * which: the caller knows what the token was meant to be and answers with its own problem.
 */
export async function readJws<S extends v.GenericSchema>(
  token: string,
  key: KeyObject | CryptoKey,
  typ: JwsType,
  claims: S,
): Promise<v.InferOutput<S>> {
  if (!token.split('.').every(isCanonicalBase64Url)) throw new TypeError('base64url that is not canonical')
  const { payload, protectedHeader } = await compactVerify(token, key, { algorithms: ['EdDSA'] })
  if (protectedHeader.typ !== typ) throw new TypeError(`not a ${typ}`)
  return v.parse(claims, JSON.parse(utf8.decode(payload)))
}

/** Decoders forgive stray bits in the last character; a signed text should have one spelling only (RFC 4648 §3.5). */
function isCanonicalBase64Url(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}
