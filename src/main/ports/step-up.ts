import type { CodeWay } from '../../contract/account.ts'
import type { CodeMethod } from '../../domain/step-up.ts'
import type { WireMoney } from '../../domain/money.ts'

/** The account that this device is signed in to, as far as its second factor goes. */
export interface StepUpAccount {
  readonly accountId: string
  /** How the second factor can be given now, best first; at least one. */
  readonly ways: readonly CodeWay[]
  /** From this price on each purchase wants it. */
  readonly above: WireMoney
}

/** It is too early for another try, or another code: the next one counts after so many milliseconds. */
interface Wait {
  readonly kind: 'wait'
  readonly waitMs: number
}

/** `stepUp` is the gateway's signature (StepUpClaims) over exactly what was asked, for this device; it serves once. */
export type StepUpAnswer = { readonly kind: 'given'; readonly stepUp: string } | { readonly kind: 'wrong'; readonly waitMs: number } | Wait

/**
 * The account's second factor, which the gateway looks at. `digest` is that of what the person was shown: SHA-256 in base64url.
 * Operations reject with GatewayError, and VaultError where the keychain does not answer.
 */
export interface StepUp {
  /** Null where this device is signed in to no account. */
  account(): Promise<StepUpAccount | null>
  /** Has a code sent for this alone. */
  sendCode(asked: { readonly digest: string; readonly method: 'sms' | 'email' }): Promise<{ readonly kind: 'sent' } | Wait>
  /** What is signed has been verified: for this digest, method and account, by this device. */
  give(given: { readonly accountId: string; readonly digest: string; readonly method: CodeMethod; readonly code: string }): Promise<StepUpAnswer>
}
