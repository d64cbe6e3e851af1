import type { PurchaseId } from '../../domain/brands.ts'
import type { Controls } from '../../domain/controls.ts'
import type { Family } from '../../domain/family.ts'
import type { EventType, LogEvent, NewEvent } from '../../domain/events.ts'
import type { Posting, PurchaseRecord } from '../../domain/ledger.ts'
import type { MarkedType } from '../../domain/marks.ts'
import type { RiskProfile } from '../../domain/risk/profile.ts'
import type { UsageLine } from '../../domain/usage.ts'
import type { VaultProblem } from './vault.ts'

export type { Posting, PurchaseRecord }

export interface LogHead {
  readonly seq: number
  readonly mac: string
}

/** What verifying found. `firstBadSeq` is the first event that does not fit, `finding` says how. */
export type Verification =
  | { readonly kind: 'clean'; readonly events: number; readonly head: LogHead | null }
  | Tampering
  /** The key is not to be had, so nothing can be said about the events. */
  | { readonly kind: 'unverifiable'; readonly reason: 'keyMissing' | 'vaultUnavailable' }

export interface Tampering {
  readonly kind: 'tampered'
  readonly firstBadSeq: number
  readonly finding: TamperFinding
}

export type TamperFinding =
  | 'macMismatch'
  | 'gap'
  | 'malformed'
  | 'truncated'
  | 'anchorMismatch'
  | 'logMissing'
  /** The gateway has countersigned a head that this log does not have: an older copy was put back. */
  | 'rolledBack'
  /** A receipt, message or countersignature in it is not signed by the gateway, or is about something else. */
  | 'signatureMismatch'
  | 'projectionMismatch'
  /** Tables, triggers or indexes are not the ones that this application made. */
  | 'schemaMismatch'

/** What can be done with the log. History can be read in every state, but only `ready` takes new events. */
export type LogState =
  | { readonly kind: 'ready' }
  | Tampering
  /** There are events but their key is gone from the keychain. A new one is never made beside them. */
  | { readonly kind: 'keyMissing' }
  /** The keychain cannot be asked now. Close the log and open it again when it can. */
  | { readonly kind: 'vaultUnavailable'; readonly problem: VaultProblem }
  /** The file or its folder cannot be written. */
  | { readonly kind: 'notWritable' }

/** Thrown by `append` when the log may not be written: the state it is in, or that it was closed. */
export class LogReadOnlyError extends Error {
  readonly reason: 'tampered' | 'keyMissing' | 'notWritable' | 'closed'
  constructor(reason: LogReadOnlyError['reason'], options?: ErrorOptions) {
    super(`the log is read-only: ${reason}`, options)
    this.name = 'LogReadOnlyError'
    this.reason = reason
  }
}

/** Why a file cannot be used as the log, or could not be written just now. */
export type LogStorageProblem =
  | { readonly kind: 'notADatabase' }
  /** A database of another application. */
  | { readonly kind: 'foreignDatabase'; readonly applicationId: number }
  /** Written by a newer version of this application. */
  | { readonly kind: 'newerSchema'; readonly found: number; readonly known: number }
  /** The database is broken inside. */
  | { readonly kind: 'damaged' }
  /** The operating system or SQLite refused, `code` says how (`EACCES`, `EISDIR`, `SQLITE_IOERR_READ`, …). */
  | { readonly kind: 'unreadable'; readonly code: string }
  | { readonly kind: 'outOfSpace' }
  /** Another process has the log open. */
  | { readonly kind: 'inUse' }
  /** SQLite is too old or did not accept a setting that the promises rest on. */
  | { readonly kind: 'unsupported'; readonly what: string }

/** Thrown on opening, by `append` and by every read when the disk fails. Opening leaves the files byte for byte as they were. */
export class LogStorageError extends Error {
  readonly problem: LogStorageProblem
  constructor(problem: LogStorageProblem, options?: ErrorOptions) {
    super(`the log cannot be used: ${problem.kind}`, options)
    this.name = 'LogStorageError'
    this.problem = problem
  }
}

export interface EventLog {
  /** May change from `ready` to `tampered` while the log is open, and in no other way. */
  state(): LogState
  /**
   * Appends the event that `decide` returns, in one durable transaction together with its projections. `decide` runs
   * inside that transaction, so what it reads cannot change before the event is written; it may throw or return null to
   * append nothing. Appends are serial: each waits until the anchor of the one before has reached the vault.
   * Resolves once the event is durable on disk (the anchor may still be moving). Rejects, with nothing written, with
   * LogReadOnlyError, VaultError, LogStorageError, IllegalTransitionError (domain/life-cycle.ts), IllegalControlError
   * (domain/controls.ts), IllegalRequestError (domain/requests.ts) or what `decide` threw.
   */
  append(decide: () => NewEvent | null): Promise<LogEvent | null>
  /** Resolves when the anchor in the vault has caught up with the head. Rejects with VaultError. */
  anchored(): Promise<void>
  head(): LogHead | null
  /** When the newest event happened, milliseconds since the epoch; 0 for an empty log. */
  newestAtMs(): number
  events(fromSeq?: number): IterableIterator<LogEvent>
  /** The event of this number, or null. */
  event(seq: number): LogEvent | null
  /** Those of these types from one number up to, and not including, another, in order. Others are passed over without being read. */
  eventsOfTypes(types: readonly EventType[], fromSeq: number, beforeSeq: number): LogEvent[]
  purchase(id: PurchaseId): PurchaseRecord | null
  /** Newest first. */
  purchases(): PurchaseRecord[]
  /** So many of them at most, newest first. */
  newestPurchases(count: number): PurchaseRecord[]
  /** Those approved at or after the moment (RFC 3339 in UTC with milliseconds), newest first. */
  purchasesSince(at: string): PurchaseRecord[]
  /** Approved or unknown: what still has to be asked for. Oldest first. */
  unsettled(): PurchaseRecord[]
  postings(): Posting[]
  /** The approval event of a purchase, with the request body that was or is to be sent. */
  approval(id: PurchaseId): Extract<LogEvent, { type: 'purchase.approved' }> | null
  /** Whether this message of the gateway has been counted. */
  hasMessage(messageId: string): boolean
  /** What the events come to about limits, quiet hours and exclusion. */
  controls(): Controls
  /** What the events come to about names, tries at a PIN and requests. */
  family(): Family
  /** What the events come to about the habits of a buyer; null is whoever uses this alone. */
  riskProfile(memberId: string | null): RiskProfile
  /** From the quarter of an hour on that the moment (milliseconds since the epoch) lies in, oldest first. No line is empty. */
  usageSince(fromMs: number): UsageLine[]
  newestOf<T extends MarkedType>(type: T): Extract<LogEvent, { type: T }> | null
  /** For what only somebody outside could notice: from now on the log is only read. A log that is not `ready` stays as it is. */
  distrust(finding: Tampering): void
  /** Checks every event, the anchor and the projections, a few at a time. Never writes. Rejects with LogStorageError. */
  verify(): Promise<Verification>
  close(): Promise<void>
}
