import type { LogEvent } from '../../domain/events.ts'
import { type ControlEvent, controlTypes, isControlEvent } from '../../domain/statement/month-controls.ts'
import type { EventLog } from '../ports/event-log.ts'

/** Events that are passed over at a time, between which the windows are answered. */
const stretch = 5_000

/** Lets everything else be done that waits. */
export type NextTurn = () => Promise<void>

export type ControlRecord = (log: EventLog, signal?: AbortSignal) => Promise<readonly ControlEvent[]>

/**
 * Everything that was ever decided about controls, in the order of the log, as far as its head is now. They are few among many purchases:
 * each stretch of a log is gone through once.
 */
export function createControlRecord({ nextTurn }: { readonly nextTurn: NextTurn }): ControlRecord {
  let read: { readonly log: EventLog; readonly upTo: number; readonly events: readonly ControlEvent[] } | null = null
  return async function controlRecord(log, signal) {
    const head = log.head()?.seq ?? 0
    let { upTo, events } = read?.log === log && read.upTo <= head ? read : { upTo: 0, events: [] }
    while (upTo < head) {
      const next = Math.min(upTo + stretch, head)
      const found: readonly LogEvent[] = log.eventsOfTypes(controlTypes, upTo + 1, next + 1)
      events = [...events, ...found.filter(isControlEvent)]
      upTo = next
      if (upTo < head) await nextTurn()
      signal?.throwIfAborted()
    }
    // Two may have read at once: either has all of it.
    read = { log, upTo, events }
    return events
  }
}
