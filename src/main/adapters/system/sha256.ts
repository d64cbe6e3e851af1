import { createHash } from 'node:crypto'

/** SHA-256 (FIPS 180-4) of a UTF-8 text, in base64url without padding. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url')
}
