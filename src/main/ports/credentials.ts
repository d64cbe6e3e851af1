/** How people say who they are: a PIN, and for guardians a second factor (an authenticator's code or a recovery code). */

/** How many recovery codes come with a second factor. */
export const recoveryCodeCount = 10

/** What a person types. `code` is six digits of an authenticator or a recovery code. */
export interface Given {
  readonly pin: string
  readonly code?: string
}

/**
 * What a comparison came to. `step` is the TOTP time step (RFC 6238) that the code belongs to, `index` says which of the
 * recovery codes it was, from 0 in the order in which they were shown. A code that fits nothing is null, and so is none.
 */
export interface Match {
  readonly pin: boolean
  readonly code: { readonly kind: 'step'; readonly step: number } | { readonly kind: 'recovery'; readonly index: number } | null
}

/** A second factor as it is shown to the person, once, before it is kept. */
export interface NewSecondFactor {
  /** 20 random bytes in base32 (RFC 4648 §6), for typing. */
  readonly secret: string
  /** The `otpauth://` key URI that an authenticator reads. */
  readonly uri: string
  /** The QR code of the URI: a row is a string with `1` for a dark and `0` for a light module. No quiet zone around it. */
  readonly qr: readonly string[]
  /** Each stands for one code of the authenticator, should it be lost. */
  readonly recoveryCodes: readonly string[]
}

/**
 * PINs and second factors of members. They exist in the keychain only, what can be hashed as hashes. How often somebody may
 * try, and that a code serves once, is not known here: the log knows. Operations reject with VaultError.
 */
export interface Credentials {
  /** Whether the keychain holds a PIN for the member, and a second factor. */
  has(memberId: string): Promise<{ readonly pin: boolean; readonly secondFactor: boolean }>
  /** Keeps the hash of the PIN, in the place of an earlier one. The second factor stays. */
  setPin(memberId: string, pin: string): Promise<void>
  /** Keeps second factor and recovery codes, in the place of earlier ones. The PIN stays. */
  setSecondFactor(memberId: string, secondFactor: NewSecondFactor): Promise<void>
  /** Compares at a moment in milliseconds since the epoch. Null where the keychain holds no PIN of the member. */
  compare(memberId: string, given: Given, nowMs: number): Promise<Match | null>
  /** That recovery code fits no more; the others keep their numbers. Does nothing for whoever has no second factor. */
  useUpRecoveryCode(memberId: string, index: number): Promise<void>
  /** A fresh secret with 10 recovery codes. The label tells an authenticator whose it is. Keeps nothing. */
  newSecondFactor(accountLabel: string): Promise<NewSecondFactor>
  /** The TOTP time step of six digits under this fresh secret, or null. For trying it out before it is kept. */
  codeStep(secondFactor: NewSecondFactor, code: string, nowMs: number): number | null
}
