import { problem } from '../problems.ts'

export interface RateLimiter {
  /** Counts one request of `who`; throws `tooManyRequests` with `Retry-After` in seconds when that is one too many. */
  readonly count: (who: string) => void
}

const windowMs = 60_000

/**
 * So many requests in each window of a minute. Written here because @fastify/rate-limit counts by the wall clock and
 * before a proof is checked, when one device could still use up another's share.
 */
export function createRateLimiter({ now, perMinute }: { now: () => number; perMinute: number }): RateLimiter {
  let counts = new Map<string, number>()
  let window = -1
  return {
    count(who) {
      const current = Math.floor(now() / windowMs)
      if (current !== window) counts = new Map()
      window = current
      const count = (counts.get(who) ?? 0) + 1
      if (count > perMinute) throw problem('tooManyRequests', { headers: { 'retry-after': retryAfter(now()) } })
      counts.set(who, count)
    },
  }
}

function retryAfter(nowMs: number): string {
  return Math.ceil((windowMs - (nowMs % windowMs)) / 1000).toString()
}
