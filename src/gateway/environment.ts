/** What the gateway takes from outside so that tests control it: the time and randomness. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Unguessable bytes. */
  readonly randomBytes: (size: number) => Uint8Array
}

/** A moment as the contract writes it (RFC 3339, UTC, milliseconds). */
export function instant(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
