import { canonicalJson } from '../../../domain/canonical.ts'
import { chainMac, type Hmac } from '../../../domain/chain.ts'
import { nextControls } from '../../../domain/controls.ts'
import type { LogEvent, NewEvent } from '../../../domain/events.ts'
import { nextFamily } from '../../../domain/family.ts'
import { messageOf, nextRecord, postingsOf, purchaseOf } from '../../../domain/ledger.ts'
import { isMarked } from '../../../domain/marks.ts'
import { nextHabits } from '../../../domain/risk-profiles.ts'
import { usageChanges } from '../../../domain/usage.ts'
import { toLogEvent, type Rows, type StoredEvent, type writesOf } from './rows.ts'

/** What a new event gets from the log: its place, its name and its time. */
export interface EventPlace {
  readonly seq: number
  readonly previousMac: Uint8Array
  readonly id: string
  readonly at: string
}

/**
 * Writes an event with all that follows from it, inside the transaction that the caller has opened. Throws
 * IllegalTransitionError, IllegalControlError, IllegalRequestError, RangeError or TypeError for an event that may not be; the
 * caller then rolls back.
 */
export function writeEvent(
  { rows, writes, hmac }: { rows: Rows; writes: ReturnType<typeof writesOf>; hmac: Hmac },
  { type, actor, payload }: NewEvent,
  { seq, previousMac, id, at }: EventPlace,
): { readonly stored: StoredEvent; readonly event: LogEvent } {
  const fields = { seq, id, type, at, actor, payload: Buffer.from(canonicalJson(payload)) }
  const stored = { ...fields, mac: chainMac(hmac, previousMac, fields) }
  const event = toLogEvent(stored)
  const purchaseId = purchaseOf(event)
  const before = purchaseId === null ? null : rows.purchase(purchaseId)
  const record = nextRecord(before, event)
  writes.event(stored)
  for (const posting of postingsOf(event, before, record)) writes.posting(posting)
  if (record && before) writes.movedPurchase(record)
  else if (record) writes.newPurchase(record)
  for (const usage of usageChanges(event, before, record)) writes.usage(usage)
  const controls = rows.controls()
  const next = nextControls(controls, event)
  if (next !== controls) writes.controls(next)
  const family = rows.family()
  const nextOne = nextFamily(family, event, controls)
  if (nextOne !== family) writes.family(nextOne)
  const habits = nextHabits(event, { controls, record: before, habitsOf: rows.habits })
  for (const [memberId, kept] of habits) writes.habits(memberId, kept)
  const messageId = messageOf(event)
  if (messageId !== null && rows.seqOfMessage(messageId) !== null) throw new RangeError('a message counts once')
  if (messageId !== null) writes.message(messageId, seq)
  if (isMarked(type)) writes.mark(type, seq)
  return { stored, event }
}
