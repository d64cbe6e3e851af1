import { canonicalJson } from './canonical.ts'
import type { Receipt } from './quote.ts'

/** A public key of the gateway's (Ed25519, RFC 8037); `kid` is its thumbprint (RFC 7638). */
export interface PublicKey {
  readonly kid: string
  readonly x: string
}

/** A receipt whose signature was verified, with what it was signed by. */
export interface SignedReceipt {
  readonly claims: Receipt & { readonly chargedAt: string }
  /** Compact JWS (RFC 7515). */
  readonly jws: string
  readonly key: PublicKey
}

/**
 * The receipt as a file that anybody can verify (docs/RECEIPT.md): canonical JSON (RFC 8785) and a line break, so that there is one
 * spelling of it only. What it says is in there twice, to be read and as it was signed.
 */
export function receiptFile({ claims, jws, key }: SignedReceipt): string {
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x: key.x, kid: key.kid }
  return `${canonicalJson({ format: 'tuppence-receipt', version: 1, claims, receipt: jws, key: publicKey })}\n`
}
