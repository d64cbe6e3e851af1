/**
 * Codes of authenticators: TOTP (RFC 6238) with what every authenticator can do, SHA-1, 6 digits and 30 seconds. That SHA-1
 * is broken for signatures takes nothing from HMAC-SHA-1 here.
 */
import { Secret, TOTP } from 'otpauth'

const periodS = 30
const codes = { algorithm: 'SHA1', digits: 6, period: periodS }

/** RFC 4226 §4 R6 recommends 160 bits. */
const secretBytes = 20

/** RFC 6238 §5.2 allows one step for a code that is typed slowly; the other way is for a clock that is behind. */
const stepsAround = 1

/** A fresh secret gives 32 characters of base32 (RFC 4648 §6). */
export const totpSecretPattern = /^[A-Z2-7]{32}$/

export const newTotpSecret = (): string => new Secret({ size: secretBytes }).base32

/**
 * The key URI that authenticators read (https://github.com/google/google-authenticator/wiki/Key-Uri-Format). It puts a colon
 * between issuer and account, so none may be in the label.
 */
export function keyUri(secret: string, accountLabel: string): string {
  const label = accountLabel.toWellFormed().replaceAll(':', ' ')
  return new TOTP({ ...codes, secret, label, issuer: 'Tuppence' }).toString()
}

/**
 * The time step that the six digits belong to, at most one away from the step of `nowMs`, or null. White space counts for
 * nothing, as authenticators show two groups of three. A step serves once (RFC 6238 §5.2): whoever calls sees to it.
 */
export function totpStep(secret: string, code: string, nowMs: number): number | null {
  const token = code.replaceAll(/\s/gu, '')
  if (!/^[0-9]{6}$/.test(token)) return null
  const delta = TOTP.validate({ ...codes, secret: Secret.fromBase32(secret), token, timestamp: nowMs, window: stepsAround })
  return delta === null ? null : TOTP.counter({ period: periodS, timestamp: nowMs }) + delta
}
