/** Follows the chain of the log through any number of files that hold parts of it. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { genesisMac, type Hmac } from '../../../domain/chain.ts'
import { findingAt } from './check-log.ts'
import type { EventRows, StoredEvent } from './rows.ts'

/** How many events are followed before other work of the process gets its turn: a few milliseconds' worth. */
const eventsPerTurn = 100

/**
 * The events from the first one on for as long as any of the sources has the next one with a mac that fits, each once. A
 * source may lack some in the middle, or be broken there.
 */
export async function* unbrokenChain(
  sources: readonly Pick<EventRows, 'event'>[],
  hmac: Hmac,
): AsyncGenerator<StoredEvent, undefined> {
  let previousMac = genesisMac
  for (let seq = 1; ; seq++) {
    if (seq % eventsPerTurn === 0) await nextTurn()
    const next = successor(sources, seq, previousMac, hmac)
    if (!next) return undefined
    yield next
    previousMac = next.mac
  }
}

function successor(
  sources: readonly Pick<EventRows, 'event'>[],
  seq: number,
  previousMac: Uint8Array,
  hmac: Hmac,
): StoredEvent | null {
  let best: StoredEvent | null = null
  for (const source of sources) {
    const stored = eventOrNull(source, seq)
    if (!stored || (best && Buffer.compare(stored.mac, best.mac) === 0)) continue
    if (findingAt(seq, stored, previousMac, hmac)) continue
    if (!best || isLaterBranch(stored, best)) best = stored
  }
  return best
}

/**
 * Two events that both fit: the log was put back to the one before them, and one of the sources could not be read then. A
 * restore came after what it left behind.
 */
function isLaterBranch(event: StoredEvent, other: StoredEvent): boolean {
  const isRestore = event.type === 'log.restored'
  return isRestore === (other.type === 'log.restored') ? event.at > other.at : isRestore
}

/** A broken page is like an event that is not there. */
function eventOrNull(source: Pick<EventRows, 'event'>, seq: number): StoredEvent | null {
  try {
    return source.event(seq)
  } catch {
    return null
  }
}
