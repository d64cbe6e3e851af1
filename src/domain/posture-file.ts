import { canonicalJson } from './canonical.ts'
import type { PublicKey } from './receipt-file.ts'

/**
 * A posture as a file that can be shown (docs/ARCHITECTURE.md, Security screen): canonical JSON (RFC 8785) and a line break. It says
 * everything twice, to be read and as the device signed it.
 */
export function postureFile(posture: unknown, { jws, key }: { readonly jws: string; readonly key: PublicKey }): string {
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x: key.x, kid: key.kid }
  return `${canonicalJson({ format: 'tuppence-posture', version: 1, posture, signed: jws, key: publicKey })}\n`
}
