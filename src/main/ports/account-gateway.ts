import type { SignedInDevice } from '../../contract/account.ts'
import type { AccountResponse } from '../../contract/http/account-messages.ts'

/** What the gateway gives to begin signing in with (RFC 8628 §3.2). Both addresses are the gateway's own. */
export interface DeviceCode {
  /** For asking with. Nobody is shown it. */
  readonly deviceCode: string
  readonly userCode: string
  readonly address: string
  /** With the code in it. */
  readonly addressWithCode: string
  readonly expiresInMs: number
  readonly intervalMs: number
}

/** Both are secrets that are worth nothing without the device key. */
export interface NewTokens {
  readonly accessToken: string
  readonly expiresInMs: number
  readonly refreshToken: string
}

/** `failed`: the gateway cannot tell now. `refused`: it never will for this code. */
export type CodeAnswer =
  | { readonly kind: 'tokens'; readonly tokens: NewTokens }
  | { readonly kind: 'pending' | 'slowDown' | 'failed' | 'denied' | 'expired' | 'refused' }

/**
 * Whose account this device is signed in to, at the gateway. Operations reject with GatewayError, each request within 10 s, and
 * VaultError without a device key. From `account` on they need a device that is signed in: `accountNeeded` where it is not,
 * `tokenInvalid` where it is not any more.
 */
export interface AccountGateway {
  /** `name` is what the person reads in their list of devices. */
  beginSignIn(device: { readonly name: string; readonly isKiosk: boolean }): Promise<DeviceCode>
  /** Whether the person has said yes. Gives tokens once. */
  askForTokens(deviceCode: string): Promise<CodeAnswer>
  /** New tokens for old ones; null where the sign-in is over. */
  refresh(refreshToken: string): Promise<NewTokens | null>
  /** The sign-in that the token belongs to is over. One that is not known is no error. */
  revoke(refreshToken: string): Promise<void>
  account(): Promise<AccountResponse>
  /** The most recently used first. */
  devices(): Promise<readonly SignedInDevice[]>
  /** Repeating it changes nothing. */
  signOutDevice(sessionId: string): Promise<readonly SignedInDevice[]>
  /** This one as well. */
  signOutEverywhere(): Promise<void>
  /** Where the account is looked after, on pages of the gateway. */
  settingsAddress(): Promise<string>
}
