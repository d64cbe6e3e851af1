/** How a device asks whether the person has said yes to it: RFC 8628 §3.5. */

/** A gateway that says `slow_down` wants this much longer between two questions, from then on; milliseconds. */
const slowerByMs = 5_000

/** However often the gateway could not be reached: a person waits in front of the screen. Milliseconds. */
const longestPauseMs = 60_000

export interface Polling {
  /** Between two questions, as the gateway wants it. */
  readonly intervalMs: number
  /** The code is good until then, by the clock that never jumps. */
  readonly deadlineMs: number
  /** How often in a row nobody answered. */
  readonly failures: number
}

/** What a question came to. `failed` says nothing about the person's answer: nobody answered, or not now. */
export type PollAnswer = 'pending' | 'slowDown' | 'failed' | 'denied' | 'expired' | 'refused'

export type NextPoll =
  | { readonly kind: 'ask'; readonly polling: Polling; readonly afterMs: number }
  | { readonly kind: 'end'; readonly end: 'denied' | 'expired' | 'refused' }

/** The first question comes one interval after the code. */
export function beginPolling(given: { readonly intervalMs: number; readonly expiresInMs: number }, nowMs: number): NextPoll {
  const polling = { intervalMs: given.intervalMs, deadlineMs: nowMs + given.expiresInMs, failures: 0 }
  return { kind: 'ask', polling, afterMs: given.intervalMs }
}

/** `nowMs` is when the answer came. */
export function nextPoll(polling: Polling, answer: PollAnswer, nowMs: number): NextPoll {
  switch (answer) {
    case 'denied':
    case 'expired':
    case 'refused':
      return { kind: 'end', end: answer }
    case 'pending':
      return askAgain({ ...polling, failures: 0 }, nowMs)
    case 'slowDown':
      return askAgain({ ...polling, intervalMs: polling.intervalMs + slowerByMs, failures: 0 }, nowMs)
    case 'failed':
      return askAgain({ ...polling, failures: polling.failures + 1 }, nowMs)
  }
}

/** Whether there is any use in asking: a code that has run out is never good again. */
export function isOver({ deadlineMs }: Polling, nowMs: number): boolean {
  return nowMs >= deadlineMs
}

function askAgain(polling: Polling, nowMs: number): NextPoll {
  if (isOver(polling, nowMs)) return { kind: 'end', end: 'expired' }
  return { kind: 'ask', polling, afterMs: pauseMs(polling) }
}

/** Twice as long after each question that nobody answered, as the RFC recommends; never shorter than the gateway wants it. */
function pauseMs({ intervalMs, failures }: Polling): number {
  return Math.max(intervalMs, Math.min(intervalMs * 2 ** failures, longestPauseMs))
}
