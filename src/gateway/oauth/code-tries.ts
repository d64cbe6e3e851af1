/** How often an address may try codes that nobody was given (RFC 8628 §5.1). Lost with the process: a code lives ten minutes. */
import { addressGroup } from '../accounts/heat.ts'
import { type Failures, remembered, waitMs } from '../accounts/lock-out.ts'

export interface CodeTries {
  /** How long, in milliseconds, until the next try from there counts; 0 for now. */
  readonly waitMs: (ip: string) => number
  readonly failed: (ip: string) => void
}

export function createCodeTries({ now }: { readonly now: () => number }): CodeTries {
  const failures = new Map<string, Failures>()
  const lately = (address: string) => remembered(failures.get(address) ?? { failures: 0, lastAtMs: now() }, now())
  function forget(): void {
    for (const address of failures.keys()) if (lately(address).failures === 0) failures.delete(address)
  }
  return {
    waitMs: (ip) => waitMs(lately(addressGroup(ip)), now()),
    failed(ip) {
      forget()
      const address = addressGroup(ip)
      failures.set(address, { failures: lately(address).failures + 1, lastAtMs: now() })
    },
  }
}
