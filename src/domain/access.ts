/**
 * Who may try a PIN, and when. Every try is an event before it is looked at whether it is right, so that turning the computer
 * off in between saves nobody one. Source for slowing down instead of locking for good: NIST SP 800-63B-4, section 3.2.2,
 * rate limiting (throttling).
 */
import type { LogEvent } from './events.ts'

/** What is known of the tries of one member. */
export interface Tries {
  readonly memberId: string
  /** In a row, since the last one that was right. */
  readonly failures: number
  /** When the newest was, by the gateway's clock; null where that was not known. */
  readonly lastAt: string | null
  /** In a row among those with a code: a right PIN alone makes up for none of them, so that nobody who knows it guesses codes. */
  readonly codeFailures: number
  readonly lastCodeAt: string | null
  /** The newest time step whose code was used, or null. */
  readonly newestStep: number | null
  /** The recovery codes that were used. */
  readonly usedRecovery: readonly number[]
}

const untried = { failures: 0, lastAt: null, codeFailures: 0, lastCodeAt: null, newestStep: null, usedRecovery: [] } as const

export function triesOf(all: readonly Tries[], memberId: string): Tries {
  return all.find((tries) => tries.memberId === memberId) ?? { memberId, ...untried }
}

/** The tries that stand in the way of another one with a code, besides those that stand in the way of any. */
export function codeTriesOf(tries: Tries): Tries {
  return { ...tries, failures: tries.codeFailures, lastAt: tries.lastCodeAt }
}

const [second, minute, hour] = [1_000, 60_000, 60 * 60_000] as const

/** How long to wait after so many failures in a row; the last one holds for all that follow. */
const waits = [0, 0, 0, 30 * second, minute, 5 * minute, 15 * minute, hour, 4 * hour, 24 * hour] as const

/** Milliseconds from the newest try on in which no other is taken. */
export function lockOutMs(failures: number): number {
  return waits[Math.min(failures, waits.length - 1)] ?? 24 * hour
}

/**
 * How much longer they have to wait, in milliseconds. Only time that nobody here can set counts: `gatewayMs` is what the gateway
 * has signed (null while it is not known), `runningMs` how long this process has been running since the newest try, or since its
 * own start where that was later. Turning the computer off or its clock forward is no waiting.
 */
export function waitMs({ failures, lastAt }: Tries, { gatewayMs, runningMs }: { readonly gatewayMs: number | null; readonly runningMs: number }): number {
  const signedMs = gatewayMs === null || lastAt === null ? 0 : gatewayMs - Date.parse(lastAt)
  return Math.max(0, lockOutMs(failures) - Math.max(signedMs, runningMs))
}

/** Whether a code that is right has not been used before. */
export function isFresh({ newestStep, usedRecovery }: Tries, code: { readonly kind: 'step'; readonly step: number } | { readonly kind: 'recovery'; readonly index: number }): boolean {
  return code.kind === 'step' ? newestStep === null || code.step > newestStep : !usedRecovery.includes(code.index)
}

/** The tries after the event; the same list for an event that is not about them. */
export function nextTries(all: readonly Tries[], { type, payload }: LogEvent): readonly Tries[] {
  switch (type) {
    case 'access.tried': {
      const before = triesOf(all, payload.memberId)
      const tried = { ...before, failures: before.failures + 1, lastAt: payload.gatewayAt }
      return withTries(all, payload.withCode ? { ...tried, codeFailures: before.codeFailures + 1, lastCodeAt: payload.gatewayAt } : tried)
    }
    case 'access.granted': {
      const before = triesOf(all, payload.memberId)
      const newestStep = payload.step === undefined ? before.newestStep : Math.max(payload.step, before.newestStep ?? 0)
      const usedRecovery = payload.recovery === undefined ? before.usedRecovery : [...before.usedRecovery, payload.recovery]
      const isCode = payload.step !== undefined || payload.recovery !== undefined
      return withTries(all, { ...before, failures: 0, ...(isCode && { codeFailures: 0 }), newestStep, usedRecovery })
    }
    case 'access.set': {
      const before = triesOf(all, payload.memberId)
      const fresh = { codeFailures: 0, newestStep: payload.step ?? null, usedRecovery: [] }
      return withTries(all, { ...before, ...(payload.what === 'pin' ? { failures: 0 } : fresh) })
    }
    default:
      return all
  }
}

/** As if they had failed so often: an hour's wait. */
const forgottenFailures = 7

/**
 * Of these members the log may have forgotten tries. They wait before the next one as if there had been many, so that nobody
 * gets more of them by damaging a ledger and having it repaired.
 */
export function withForgotten(all: readonly Tries[], memberIds: readonly string[]): readonly Tries[] {
  return memberIds.reduce((before, memberId) => {
    const known = triesOf(before, memberId)
    const atLeast = (failures: number) => Math.max(failures, forgottenFailures)
    return withTries(before, { ...known, failures: atLeast(known.failures), lastAt: null, codeFailures: atLeast(known.codeFailures), lastCodeAt: null })
  }, all)
}

function withTries(all: readonly Tries[], next: Tries): readonly Tries[] {
  const others = all.filter(({ memberId }) => memberId !== next.memberId)
  return [...others, next].sort((one, other) => (one.memberId < other.memberId ? -1 : 1))
}
