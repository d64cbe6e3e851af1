import canonicalize from 'canonicalize'
import type { Digest } from './brands.ts'
import type { Change } from './control-types.ts'
import type { ChallengeContent } from './events.ts'

/**
 * The one text form of a JSON value (RFC 8785, JSON Canonicalization Scheme): keys in UTF-16 order, no white space,
 * shortest numbers. Properties that are undefined are left out. Throws TypeError on what JSON cannot hold (NaN,
 * infinities, lone surrogates, cycles, functions, bigint).
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch (cause) {
    throw new TypeError('not a JSON value', { cause })
  }
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/**
 * What ties an answer, the device's signature and the receipt to what was shown: the hash (SHA-256 in base64url, passed
 * in) of the challenge's canonical form.
 */
export function challengeDigest(content: ChallengeContent, sha256: (text: string) => string): Digest {
  return sha256(canonicalJson(content)) as Digest
}

/** What ties the account's second factor to the looser control that it was given for, in the same way. */
export function looseningDigest({ changeId, change }: { readonly changeId: string; readonly change: Change }, sha256: (text: string) => string): Digest {
  return sha256(canonicalJson({ changeId, change })) as Digest
}
