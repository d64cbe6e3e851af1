/**
 * Who may try once more, and when. Each try counts before it is judged, so that many at once are many. Source for slowing down instead
 * of locking for good: NIST SP 800-63B-4, section 3.2.2, rate limiting (throttling).
 */

const [second, hour] = [1_000, 3_600_000] as const
const freeTries = 5
const firstWaitMs = 30 * second
/** Guesses: so long that nobody gets anywhere. */
const longestWaitMs = 24 * hour
/** Messages: nobody's mailbox is flooded, and nobody who waits for a code is kept from it for a day by somebody else who asks for them. */
export const longestSendWaitMs = hour

/** After so much quiet, in milliseconds, failures are forgotten: the longest wait and a day. */
export const forgottenAfterMs = 48 * hour

/** Failures in a row and when the newest was, in milliseconds since the epoch. */
export interface Failures {
  readonly failures: number
  readonly lastAtMs: number
}

/** How long after so many failures in a row no try is taken: 30 s after five, twice as long after each further one, at most `longestMs`. */
export function lockOutMs(failures: number, longestMs = longestWaitMs): number {
  return failures < freeTries ? 0 : Math.min(firstWaitMs * 2 ** Math.min(failures - freeTries, 20), longestMs)
}

/** How much longer nobody may try, in milliseconds. */
export function waitMs({ failures, lastAtMs }: Failures, nowMs: number, longestMs = longestWaitMs): number {
  return Math.max(0, lastAtMs + lockOutMs(failures, longestMs) - nowMs)
}

/** The failures that still count. */
export function remembered(failures: Failures, nowMs: number): Failures {
  return nowMs - failures.lastAtMs > forgottenAfterMs ? { failures: 0, lastAtMs: nowMs } : failures
}
