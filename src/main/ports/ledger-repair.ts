import type { EventPayloads } from '../../domain/events.ts'
import type { LogHead } from './event-log.ts'

/** Why there is a ledger that cannot be gone on with. */
export type LedgerDamage = EventPayloads['log.restarted']['reason']

/** Why nothing is done about the ledger now, and nothing was changed. */
export type RepairRefusal =
  /** It is as it should be; putting a backup back would only turn things back. */
  | 'notNeeded'
  | 'vaultUnavailable'
  /** Another process has it open. */
  | 'inUse'
  /** A newer version of this application made it. */
  | 'newerVersion'
  /** The rights of the file or the folder do not let this application in. */
  | 'notPermitted'
  | 'outOfSpace'
  /** The disk failed while it was looked at or put back. */
  | 'diskFailed'
  /** No event can be verified any more, so there is nothing to put back. */
  | 'nothingToRestore'
  /** The events can be put back, so a new ledger would only forget them. */
  | 'restorable'

export type Diagnosis =
  | { readonly kind: 'refused'; readonly reason: RepairRefusal }
  | Restorable
  /** Nothing can be put back: what is left is to begin a new ledger beside it. */
  | { readonly kind: 'restartable'; readonly damage: LedgerDamage }

export interface Restorable {
  readonly kind: 'restorable'
  readonly damage: LedgerDamage
  /** The newest event that would be there again. */
  readonly head: LogHead
  /** How many events the keychain knows of that would be lost; null when it does not say. */
  readonly lostEvents: number | null
}

export type RestoreOutcome =
  | { readonly kind: 'refused'; readonly reason: RepairRefusal }
  | { readonly kind: 'restored'; readonly head: LogHead; readonly lostEvents: number | null; readonly setAside: string | null }

export type RestartOutcome =
  | { readonly kind: 'refused'; readonly reason: RepairRefusal }
  | { readonly kind: 'restarted'; readonly damage: LedgerDamage; readonly setAside: string | null }

/**
 * What a person can do about a ledger that is not ready. Nothing is ever overwritten: what is replaced is set aside in the
 * same folder under the name that `setAside` tells (null where there was nothing). Only to be called after the person was asked outside of all pages.
 */
export interface LedgerRepair {
  diagnose(): Promise<Diagnosis>
  /** Puts back every event that still verifies, from what is there and from all backups together. */
  restore(): Promise<RestoreOutcome>
  /** Begins a new ledger with a new key. Refused wherever anything can be put back. */
  startNew(): Promise<RestartOutcome>
}

/**
 * The same for a log that nobody has open. `isDistrusted` tells that the gateway has seen it newer than it is, which the
 * log itself cannot show.
 */
export interface LogRepair {
  diagnose(isDistrusted: boolean): Promise<Diagnosis>
  restore(isDistrusted: boolean): Promise<RestoreOutcome>
  startNew(): Promise<RestartOutcome>
}
