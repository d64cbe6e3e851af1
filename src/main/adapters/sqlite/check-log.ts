/** The checks of the chain: one link, the head against the anchor, and the newest events when the log is opened. */
import { canonicalJson } from '../../../domain/canonical.ts'
import { chainMac, genesisMac, type Hmac } from '../../../domain/chain.ts'
import type { LogHead, TamperFinding, Tampering } from '../../ports/event-log.ts'
import { toHead, type EventRows, type StoredEvent } from './rows.ts'

/** How many of the newest events are checked on opening; the rest is for `verify`. */
export const checkedOnOpening = 256

export function tampering(firstBadSeq: number, finding: TamperFinding): Tampering {
  return { kind: 'tampered', firstBadSeq, finding }
}

/** What is wrong with the event that should be number `seq`, or null. */
export function findingAt(
  seq: number,
  stored: StoredEvent | null,
  previousMac: Uint8Array,
  hmac: Hmac,
): TamperFinding | null {
  if (stored?.seq !== seq) return 'gap'
  try {
    // Whoever has the key writes nothing but canonical payloads, so only what does not fit is looked at more closely.
    if (Buffer.compare(chainMac(hmac, previousMac, stored), stored.mac) === 0) return null
    const text = stored.payload.toString()
    return canonicalJson(JSON.parse(text)) === text ? 'macMismatch' : 'malformed'
  } catch {
    return 'malformed'
  }
}

/**
 * Compares the head with the anchor. Equal is clean, and so is one event more than the anchor has: the process may have
 * ended before the anchor moved. Fewer events were cut off; more were never anchored, so they are not ours.
 */
export function anchorFinding(rows: EventRows, head: LogHead, anchor: LogHead | null): Tampering | null {
  const anchorSeq = anchor?.seq ?? 0
  if (head.seq < anchorSeq) return tampering(head.seq + 1, 'truncated')
  if (head.seq > anchorSeq + 1) return tampering(anchorSeq + 2, 'anchorMismatch')
  if (!anchor) return null
  const anchored = rows.event(anchor.seq)
  if (anchored && toHead(anchored).mac === anchor.mac) return null
  return tampering(anchor.seq, 'anchorMismatch')
}

/** Checks the head against the anchor and the newest events against each other. */
export function checkTail(rows: EventRows, hmac: Hmac, anchor: LogHead | null): Tampering | null {
  const newest = rows.newest()
  if (!newest) return tampering(1, 'logMissing')
  const first = Math.max(1, newest.seq - checkedOnOpening + 1)
  let previous = first === 1 ? null : rows.event(first - 1)
  if (first > 1 && !previous) return tampering(first - 1, 'gap')
  for (let seq = first; seq <= newest.seq; seq++) {
    const stored = rows.event(seq)
    const finding = findingAt(seq, stored, previous?.mac ?? genesisMac, hmac)
    if (finding) return tampering(seq, finding)
    previous = stored
  }
  return anchorFinding(rows, toHead(newest), anchor)
}
