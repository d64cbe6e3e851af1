/** How often an address may try codes that nobody was given (RFC 8628 §5.1). Lost with the process: a code lives ten minutes. */
export interface CodeTries {
  /** How long, in milliseconds, until the next try from there counts; 0 for now. */
  readonly waitMs: (ip: string) => number
  readonly failed: (ip: string) => void
}

const freeTries = 5
const firstWaitMs = 30_000
const longestWaitMs = 60 * 60_000
/** Nothing is held against an address that has been quiet for so long. */
const forgottenAfterMs = 2 * longestWaitMs

export function createCodeTries({ now }: { readonly now: () => number }): CodeTries {
  const failures = new Map<string, { readonly count: number; readonly atMs: number }>()
  function forget(): void {
    for (const [ip, { atMs }] of failures) if (now() - atMs > forgottenAfterMs) failures.delete(ip)
  }
  return {
    waitMs(ip) {
      const failed = failures.get(ip)
      if (!failed || failed.count < freeTries) return 0
      const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (failed.count - freeTries))
      return Math.max(0, failed.atMs + waitMs - now())
    },
    failed(ip) {
      forget()
      failures.set(ip, { count: (failures.get(ip)?.count ?? 0) + 1, atMs: now() })
    },
  }
}
