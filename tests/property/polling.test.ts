/** A device that asks too often is a burden, and one that never stops asking is a fault. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginPolling, nextPoll, type PollAnswer } from '../../src/domain/polling.ts'

const answer = fc.constantFrom<PollAnswer>('pending', 'pending', 'slowDown', 'failed', 'denied', 'expired', 'refused')
const given = fc.record({ intervalMs: fc.integer({ min: 1_000, max: 60_000 }), expiresInMs: fc.integer({ min: 1_000, max: 1_800_000 }) })

it('never asks sooner than the gateway wants, ends for good, and not later than one pause after the code has run out', () => {
  fc.assert(
    fc.property(given, fc.array(fc.record({ answer, tookMs: fc.nat(10_000) }), { minLength: 1, maxLength: 60 }), (terms, answers) => {
      let [next, nowMs, wantedMs] = [beginPolling(terms, 0), 0, terms.intervalMs]
      for (const { answer: said, tookMs } of answers) {
        if (next.kind === 'end') return
        expect(next.afterMs).toBeGreaterThanOrEqual(wantedMs)
        expect(next.afterMs).toBeLessThanOrEqual(Math.max(wantedMs, 60_000))
        expect(nowMs).toBeLessThan(terms.expiresInMs)
        nowMs += next.afterMs + tookMs
        next = nextPoll(next.polling, said, nowMs)
        if (said === 'slowDown') wantedMs += 5_000
        if (said === 'denied' || said === 'expired' || said === 'refused') expect(next).toEqual({ kind: 'end', end: said })
      }
    }),
    { numRuns: 500 },
  )
})
