import { canonicalJson } from '../../domain/canonical.ts'
import type { Change } from '../../domain/controls.ts'
import type { Clock } from '../ports/clock.ts'

/** How long a person has to have seen what a looser control would do before they can ask for it. */
export const reflectionPauseMs = 30_000

/**
 * The pause before a looser control, for the change that was looked at last, by whoever looked at it: whoever changes their
 * mind begins again. `memberId` is null while there are no members.
 */
export interface ReflectionPause {
  /** Gives how much longer it takes; a change that is looked at again goes on waiting. */
  begin(change: Change, memberId: string | null): number
  leftMs(change: Change, memberId: string | null): number
  /** Each pause is for one question. */
  end(): void
}

export function createReflectionPause(clock: Pick<Clock, 'monotonicMs'>): ReflectionPause {
  let looked: { readonly at: string; readonly sinceMs: number } | null = null
  const nameOf = (change: Change, memberId: string | null) => canonicalJson([memberId, change])
  function leftMs(change: Change, memberId: string | null): number {
    if (looked?.at !== nameOf(change, memberId)) return reflectionPauseMs
    return Math.max(0, Math.ceil(looked.sinceMs + reflectionPauseMs - clock.monotonicMs()))
  }
  return {
    leftMs,
    begin(change, memberId) {
      const at = nameOf(change, memberId)
      if (looked?.at !== at) looked = { at, sinceMs: clock.monotonicMs() }
      return leftMs(change, memberId)
    },
    end() {
      looked = null
    },
  }
}
