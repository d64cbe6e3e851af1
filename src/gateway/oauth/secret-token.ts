import { createHash } from 'node:crypto'

/** Unguessable: 32 random bytes in base64url. */
export function makeToken(randomBytes: (size: number) => Uint8Array): string {
  return Buffer.from(randomBytes(32)).toString('base64url')
}

/** All that the gateway keeps of a token: its SHA-256 in base64url. A copy of the database signs nobody in. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
