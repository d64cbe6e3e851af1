/** Codes of authenticator apps: RFC 6238 with SHA-1, six digits and 30 seconds, which is what all of them can. */
import { Secret, TOTP } from 'otpauth'

const periodMs = 30_000
/** RFC 4226 §4: at least 128 bits, 160 recommended. */
export const totpSecretBytes = 20

export function totpSecret(bytes: Uint8Array): string {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32
}

export function totpUri(secret: string, label: string): string {
  return new TOTP({ issuer: 'Tuppence', label, secret: Secret.fromBase32(secret) }).toString()
}

/** The time step that the code belongs to, of this one and the ones beside it (RFC 6238 §5.2), or null. */
export function totpStep(secret: string, code: string, nowMs: number): number | null {
  const delta = new TOTP({ secret: Secret.fromBase32(secret) }).validate({ token: code, timestamp: nowMs, window: 1 })
  return delta === null ? null : Math.floor(nowMs / periodMs) + delta
}
