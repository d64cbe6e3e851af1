/** A whole and checked copy of the log. */
export interface Backup {
  /** The name of its file in the folder of the backups. */
  readonly name: string
  /** When it was made: RFC 3339 in UTC. */
  readonly at: string
  /** The number of its newest event. */
  readonly seq: number
  readonly bytes: number
  /** The version of the schema that it was made before the change to, or null for one that was not. */
  readonly beforeVersion: number | null
}

export type BackupProblem =
  | 'outOfSpace'
  /** The folder of the backups cannot be made or written. */
  | 'notWritable'
  /** The copy does not verify, so it does not count and is gone again. */
  | 'damaged'
  /** The keychain did not give the key to check the copy with. */
  | 'vaultUnavailable'
  | 'keyMissing'

export type BackupOutcome =
  | { readonly kind: 'backedUp'; readonly backup: Backup }
  | { readonly kind: 'failed'; readonly problem: BackupProblem }

/** Copies of the log for the day that something is wrong with it. The log itself is only ever read. */
export interface Backups {
  /** The folder that holds them. */
  readonly folder: string
  /** Those with the most events first; none where the folder cannot be read. */
  list(): readonly Backup[]
  /** Copies and checks the log as it is now, while it goes on. It must be open and ready. Callers at once share one. */
  backUp(): Promise<BackupOutcome>
}
