/** Devices that sign in in somebody's name, as the pages see them: what asks to be let in, and what is in. */
import type { Scope, SignedInDevice } from '../../contract/account.ts'
import type { Caller } from '../accounts/identity.ts'

/** A device that waits for a person's yes (RFC 8628 §3.3). */
export interface WaitingDevice {
  /** As the person compares it, `WDJB-MJHT`. */
  readonly userCode: string
  readonly deviceName: string
  readonly scopes: readonly Scope[]
  /** Of a kiosk that anybody may stand in front of. */
  readonly isKiosk: boolean
  readonly askedAt: string
  readonly ip: string
}

export interface DeviceGrants {
  /** Null for a code that nobody was given, or that has run out or been answered. Counts tries by address (RFC 8628 §5.1). */
  find(userCode: string, caller: Caller): Promise<WaitingDevice | null | { readonly kind: 'wait'; readonly waitMs: number }>
  approve(userCode: string, accountId: string, caller: Caller): Promise<'approved' | 'gone'>
  deny(userCode: string, accountId: string, caller: Caller): Promise<'denied' | 'gone'>
  /** Most recently used first. */
  signedIn(accountId: string): Promise<readonly SignedInDevice[]>
  signOut(accountId: string, sessionId: string, caller: Caller): Promise<void>
  signOutEverywhere(accountId: string, caller: Caller): Promise<void>
}
