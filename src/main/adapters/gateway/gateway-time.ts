import type { Clock } from '../../ports/clock.ts'

/** How far this computer's two clocks may drift apart before its idea of the gateway's time is looked at again. */
const toleratedDriftMs = 5_000

interface Reading {
  readonly gatewayMs: number
  readonly wallMs: number
  readonly monotonicMs: number
}

/**
 * What is known of the gateway's clock, carried on by the monotonic clock, which nobody sets. That one stands still while
 * the computer is suspended: hence `isDoubtful`.
 */
export function createGatewayTime(clock: Pick<Clock, 'now' | 'monotonicMs'>) {
  let latestMs = 0
  let read: Reading | null = null
  // The monotonic clock counts fractions, and an instant has none.
  const now = () => read && read.gatewayMs + Math.floor(clock.monotonicMs() - read.monotonicMs)
  return {
    now,
    latest: () => latestMs,
    /** How far it is ahead of this computer's; 0 while nothing is known. */
    offsetMs: () => (now() ?? clock.now()) - clock.now(),
    /**
     * Whether wall and monotonic clock disagree about how long ago the last reading was: the computer slept or its clock
     * was set. Which of the two cannot be told from here, so the gateway has to be asked again.
     */
    isDoubtful() {
      if (!read) return false
      const driftMs = clock.now() - read.wallMs - (clock.monotonicMs() - read.monotonicMs)
      return Math.abs(driftMs) > toleratedDriftMs
    },
    learn(gatewayMs: number) {
      read = { gatewayMs, wallMs: clock.now(), monotonicMs: clock.monotonicMs() }
      latestMs = Math.max(latestMs, gatewayMs)
    },
  }
}
