/** How often a page is asked whether it still works, and how many questions it may leave unanswered. */
export const askEveryMs = 400
const unansweredAtMost = 3

export interface HeartbeatDeps {
  readonly ask: () => void
  readonly onHung: () => void
}

/**
 * Finds out sooner than Chromium, which waits for half a minute, that a page hangs. It is counted in questions and not in time: when
 * main itself was held up, the page is not to blame.
 */
export function createHeartbeat({ ask, onHung }: HeartbeatDeps) {
  let unanswered: number | null = null
  return {
    /** A page that is being loaded answers when it can. */
    forget(): void {
      unanswered = null
    },
    answered(): void {
      unanswered = 0
    },
    tick(): void {
      if (unanswered !== null && unanswered >= unansweredAtMost) {
        unanswered = null
        return onHung()
      }
      if (unanswered !== null) unanswered += 1
      ask()
    },
  }
}
