/** How often an address may try codes that nobody was given (RFC 8628 §5.1). Lost with the process: a code lives ten minutes. */
import { type Failures, remembered, waitMs } from '../accounts/lock-out.ts'

export interface CodeTries {
  /** How long, in milliseconds, until the next try from there counts; 0 for now. */
  readonly waitMs: (ip: string) => number
  readonly failed: (ip: string) => void
}

export function createCodeTries({ now }: { readonly now: () => number }): CodeTries {
  const failures = new Map<string, Failures>()
  const lately = (ip: string) => remembered(failures.get(ip) ?? { failures: 0, lastAtMs: now() }, now())
  function forget(): void {
    for (const ip of failures.keys()) if (lately(ip).failures === 0) failures.delete(ip)
  }
  return {
    waitMs: (ip) => waitMs(lately(ip), now()),
    failed(ip) {
      forget()
      failures.set(ip, { failures: lately(ip).failures + 1, lastAtMs: now() })
    },
  }
}
