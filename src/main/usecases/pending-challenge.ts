import type { CodeWay } from '../../contract/account.ts'
import type { Person } from '../../contract/household.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'
import type { Digest } from '../../domain/brands.ts'
import type { ChallengeWarning } from '../../domain/challenge.ts'
import type { ChallengeContent, RequestCause } from '../../domain/events.ts'
import { isPaused, riskPauseMs } from '../../domain/watch-purchase.ts'
import { type AttemptState, moved } from '../../domain/life-cycle.ts'
import type { Clock } from '../ports/clock.ts'
import type { TrustedNow } from './trusted-now.ts'

/** What a minor asked for, and the guardian is told before they answer. */
export interface AskedRequest {
  readonly requestId: string
  readonly askedAt: string
  readonly cause: RequestCause
  readonly bought: readonly { readonly item: string; readonly price: { readonly amount: string; readonly currency: string }; readonly at: string }[]
  /** Who may answer. */
  readonly guardians: readonly Person[]
  /** Ends it with something else than what became of a purchase. */
  readonly deny: (denied: Denied) => void
}

/** A guardian's no; or why it did not count: nothing waits any more, nobody can tell who says it, or it cannot be written down. */
export type Denied = 'denied' | 'gone' | 'keychainUnavailable' | 'ledgerUnavailable'

/** The one question that is open now, with all that is needed to act on its answer. */
export interface PendingChallenge {
  readonly content: ChallengeContent
  readonly digest: Digest
  readonly warnings: readonly ChallengeWarning[]
  /** How many purchases this would make within an hour, where the person is to be reminded of it. */
  readonly purchasesThisHour: number | null
  /** Who buys; null while there are no members. */
  readonly buyer: Person | null
  /** There where a guardian is to answer. */
  readonly request: AskedRequest | null
  /** How the account's second factor can be given, best first, where the content wants it. */
  readonly stepUp: { readonly ways: readonly CodeWay[] } | null
  readonly quoteJws: string
  /** When the person was asked, by both of this computer's clocks. */
  readonly asked: { readonly wallMs: number; readonly monotonicMs: number }
  /** How long an answer counts from then on. */
  readonly lifeMs: number
  /** Ends the attempt with its outcome; only the first call counts. */
  readonly end: (outcome: Outcome) => void
}

/**
 * How much longer an answer counts; no more at 0. The monotonic clock stands still while the computer is suspended, and
 * the wall clock can be set: the one that says that more time has passed is believed, so that turning the clock back
 * changes nothing. However long that is, the quote's end by the gateway's own clock is the end.
 */
export function timeLeftMs(
  { asked, content, lifeMs }: PendingChallenge,
  { clock, quoteNow }: { readonly clock: Clock; readonly quoteNow: TrustedNow },
): number {
  const elapsedMs = Math.max(clock.monotonicMs() - asked.monotonicMs, clock.now() - asked.wallMs)
  return Math.min(lifeMs - elapsedMs, Date.parse(content.expiresAt) - quoteNow())
}

/** How much longer a yes does not count, because the person was asked to think: by the clock that nobody can set. */
export function thinkingLeftMs({ asked, content }: PendingChallenge, clock: Pick<Clock, 'monotonicMs'>): number {
  return isPaused(content) ? Math.max(0, asked.monotonicMs + riskPauseMs - clock.monotonicMs()) : 0
}

/**
 * Holds at most one purchase attempt. A person is asked one thing at a time, and a challenge takes one answer: whoever
 * `take`s it is the only one to act on it.
 */
export interface PendingChallengeSlot {
  /** False when another attempt is under way. */
  reserve(): boolean
  /** A quote that holds what was asked for is there. Throws IllegalTransitionError. */
  quoted(): void
  /** Throws IllegalTransitionError without a quote before it. */
  ask(challenge: PendingChallenge): void
  current(): PendingChallenge | null
  /** Removes and gives the challenge if it is still unanswered and has this id. */
  take(challengeId: string): PendingChallenge | null
  release(): void
}

export function createPendingChallengeSlot(): PendingChallengeSlot {
  let state: AttemptState | null = null
  let unanswered: PendingChallenge | null = null
  return {
    reserve() {
      if (state !== null) return false
      state = 'requested'
      return true
    },
    quoted() {
      state = moved(state ?? 'refused', 'quote', 'quoted')
    },
    ask(challenge) {
      state = moved(state ?? 'refused', 'challenge', 'challenged')
      unanswered = challenge
    },
    current: () => unanswered,
    take(challengeId) {
      if (unanswered?.content.challengeId !== challengeId) return null
      const taken = unanswered
      unanswered = null
      return taken
    },
    release() {
      state = null
      unanswered = null
    },
  }
}
