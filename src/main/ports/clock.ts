/** Time as the application sees it; tests put their own in its place. */
export interface Clock {
  /** Milliseconds since the Unix epoch, UTC. May jump when a person sets the computer's clock. */
  now(): number
  /** Milliseconds since some fixed moment; never jumps. For measuring how long something has been going on. */
  monotonicMs(): number
  /** Calls `act` once after so many milliseconds, or later where the computer slept. Gives what takes it back. */
  after(ms: number, act: () => void): () => void
}
