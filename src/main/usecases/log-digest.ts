/** Picks what matters out of the end of a log, newest first, without reading it again for every look. */
import type { LogEvent } from '../../domain/events.ts'
import type { EventLog } from '../ports/event-log.ts'

/**
 * How far back is looked in a log that was just opened, in events. What is picked are few among many purchases, and nobody
 * waits for all of a log to be read; what is in force is known without them.
 */
const mostRead = 20_000
const pageLength = 500

export interface DigestOptions<T> {
  /** How many are kept. */
  readonly most: number
  /** Whether the event can add to them. */
  readonly concerns: (event: LogEvent) => boolean
  /** Called for each log anew: takes the events in their order, and gives what is picked after each, newest first. */
  readonly begin: () => (picked: readonly T[], event: LogEvent) => readonly T[]
}

interface Read<T> {
  readonly log: EventLog
  readonly upTo: number
  readonly next: ReturnType<DigestOptions<T>['begin']>
  readonly picked: readonly T[]
}

/** Reads the end of a log once, and then only what was added. */
export function createLogDigest<T>({ most, concerns, begin }: DigestOptions<T>): (log: EventLog) => readonly T[] {
  let read: Read<T> | null = null
  return function logDigest(log) {
    const head = log.head()?.seq ?? 0
    if (read?.log !== log) read = { log, upTo: firstToRead(log, head) - 1, next: begin(), picked: [] }
    if (read.upTo < head) {
      let { picked } = read
      for (const event of log.events(read.upTo + 1)) picked = read.next(picked, event)
      read = { ...read, upTo: head, picked: picked.slice(0, most) }
    }
    return read.picked
  }

  /** Where reading has to begin to come by enough of them. */
  function firstToRead(log: EventLog, head: number): number {
    let [from, found] = [head + 1, 0]
    while (from > 1 && found < most && head - from < mostRead) {
      const to = from
      from = Math.max(1, from - pageLength)
      for (const event of log.events(from)) {
        if (event.seq >= to) break
        if (concerns(event)) found += 1
      }
    }
    return from
  }
}
