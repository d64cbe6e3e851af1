import type { Clock } from '../ports/clock.ts'

/** Since when each minor knows that they cannot buy an offer: how long they have had to think before they ask a guardian. */
export interface AskingPause {
  /** They are told. Gives how much longer of the pause is left; who is told again goes on waiting. */
  told(memberId: string, offerId: string, pauseMs: number): number
  /** How much longer of the pause is left; all of it for whoever was never told. */
  leftMs(memberId: string, offerId: string, pauseMs: number): number
  /** Each pause is for one request. */
  end(memberId: string, offerId: string): void
}

export function createAskingPause(clock: Pick<Clock, 'monotonicMs'>): AskingPause {
  const toldAtMs = new Map<string, number>()
  const keyOf = (memberId: string, offerId: string) => `${memberId} ${offerId}`
  function leftMs(memberId: string, offerId: string, pauseMs: number): number {
    const sinceMs = toldAtMs.get(keyOf(memberId, offerId)) ?? clock.monotonicMs()
    return Math.max(0, Math.ceil(sinceMs + pauseMs - clock.monotonicMs()))
  }
  return {
    leftMs,
    told(memberId, offerId, pauseMs) {
      const key = keyOf(memberId, offerId)
      if (!toldAtMs.has(key)) toldAtMs.set(key, clock.monotonicMs())
      return leftMs(memberId, offerId, pauseMs)
    },
    end: (memberId, offerId) => void toldAtMs.delete(keyOf(memberId, offerId)),
  }
}
