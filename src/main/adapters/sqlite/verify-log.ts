/** The full check of the log: every event, the anchor, and the projections against a rebuild. Reads only. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type Database from 'better-sqlite3'
import { genesisMac, type Hmac } from '../../../domain/chain.ts'
import type { EventPayloads, LogEvent } from '../../../domain/events.ts'
import { isUnsettled, messageOf, nextRecord, postingsOf, purchaseOf, type Posting, type PurchaseRecord } from '../../../domain/ledger.ts'
import { isMarked, markedTypes } from '../../../domain/marks.ts'
import type { Money } from '../../../domain/money.ts'
import { LogStorageError, type LogHead, type Tampering, type Verification } from '../../ports/event-log.ts'
import type { GatewaySignatures } from '../../ports/signatures.ts'
import { anchorFinding, findingAt, tampering } from './check-log.ts'
import { limitsCheck } from './limits-check.ts'
import { rowsOf, toHead, toLogEvent, type Rows } from './rows.ts'
import { hasOwnSchema } from './schema.ts'
import { areSignaturesGood } from './signature-finding.ts'
import { asStorageError } from './storage-error.ts'

/** How many rows are checked before other work of the process gets its turn: a few milliseconds' worth. */
const rowsPerTurn = 100

export interface VerifyOptions {
  readonly hmac: Hmac
  /** What the vault says that the head is. */
  readonly anchor: LogHead | null
  /** Null where the gateway's key is not to be had: then nothing is said about what it signed. */
  readonly signatures?: GatewaySignatures | null
  /** Told now and then how many of how many events have been checked. */
  readonly onProgress?: (checked: number, of: number) => void
}

interface Rebuilt {
  /**
   * Only those that differ from what the database has, which is how they ended: a record that has come to equal its row is
   * let go, so that a long log needs no more memory than a short one. An event that changes it after all brings it back.
   */
  readonly differing: Map<string, { readonly record: PurchaseRecord; readonly row: PurchaseRecord | null }>
  /** Those let go that are still open. */
  readonly unsettled: Map<string, PurchaseRecord>
  purchases: number
  postings: number
  messages: number
  readonly marks: Map<string, number>
  readonly limits: ReturnType<typeof limitsCheck>
}

/**
 * Checks the log as `db` sees it, which must be one moment (a read transaction, or a file that nobody writes). Rows are
 * looked up one by one as the application does, so a broken index shows up too. Rejects with LogStorageError.
 */
export async function verifyLog(
  db: Database.Database,
  { hmac, anchor, signatures = null, onProgress = () => {} }: VerifyOptions,
): Promise<Verification> {
  let reached = 0
  try {
    if (!hasOwnSchema(db)) return tampering(0, 'schemaMismatch')
    const rows = rowsOf(db)
    const newest = rows.newest()
    if (!newest) return tampering(1, 'logMissing')
    const rebuilt: Rebuilt = { differing: new Map(), unsettled: new Map(), purchases: 0, postings: 0, messages: 0, marks: new Map(), limits: limitsCheck(hmac) }
    let storedPostings = postingsFrom(rows, 1)
    let previousMac = genesisMac
    let logId = ''
    for (let seq = 1; seq <= newest.seq; seq++) {
      reached = seq
      if (seq % rowsPerTurn === 1) {
        onProgress(seq, newest.seq)
        await nextTurn()
        storedPostings = postingsFrom(rows, seq)
      }
      const stored = rows.event(seq)
      const finding = findingAt(seq, stored, previousMac, hmac)
      if (finding || !stored) return tampering(seq, finding ?? 'gap')
      const event = toLogEvent(stored)
      if (!replay(rows, event, rebuilt, storedPostings(seq))) return tampering(seq, 'projectionMismatch')
      if (event.type === 'log.opened') logId = event.payload.logId
      const about = { logId, approval: () => approvalFor(rows, rebuilt, event), macAt: (at: number) => macAt(rows, at) }
      if (signatures && !(await areSignaturesGood(event, about, signatures))) return tampering(seq, 'signatureMismatch')
      previousMac = stored.mac
    }
    const head = toHead(newest)
    const finding = anchorFinding(rows, head, anchor) ?? projectionFinding(rows, head, rebuilt)
    if (finding) return finding
    if (!(await rebuilt.limits.fits(rows))) return tampering(head.seq, 'projectionMismatch')
    return { kind: 'clean', events: newest.seq, head }
  } catch (error) {
    const known = asStorageError(error)
    const isBroken = known instanceof LogStorageError && /^(damaged|notADatabase)$/.test(known.problem.kind)
    if (isBroken) return tampering(reached, 'malformed')
    throw known
  }
}

/** Adds the event to the rebuilt projections; false when its postings or its message are not those in the database. */
function replay(rows: Rows, event: LogEvent, rebuilt: Rebuilt, stored: readonly Posting[]): boolean {
  const { before, after } = replayRecord(rows, event, rebuilt)
  const postings = postingsOf(event, before, after)
  rebuilt.limits.take(event, before, after)
  rebuilt.postings += postings.length
  if (isMarked(event.type)) rebuilt.marks.set(event.type, event.seq)
  const messageId = messageOf(event)
  if (messageId !== null) rebuilt.messages += 1
  if (messageId !== null && rows.seqOfMessage(messageId) !== event.seq) return false
  return stored.length === postings.length && postings.every((posting, index) => isSamePosting(stored[index], posting))
}

/** Many at once is quicker; where that fails, one by one tells which event is the first that cannot be read. */
function postingsFrom(rows: Rows, first: number): (seq: number) => readonly Posting[] {
  try {
    const bySeq = Map.groupBy(rows.postingsOfEvents(first, first + rowsPerTurn - 1), ({ seq }) => seq)
    return (seq) => bySeq.get(seq) ?? []
  } catch {
    return (seq) => rows.postingsOfEvents(seq, seq)
  }
}

function replayRecord(rows: Rows, event: LogEvent, rebuilt: Rebuilt): { before: PurchaseRecord | null; after: PurchaseRecord | null } {
  const id = purchaseOf(event)
  if (id === null) return { before: null, after: null }
  const known = rebuilt.differing.get(id)
  const row = known ? known.row : rows.purchase(id)
  const before = known?.record ?? (beginsRecord(event) ? null : row)
  const after = nextRecord(before, event)
  if (!after) return { before, after }
  if (!before) rebuilt.purchases += 1
  rebuilt.unsettled.delete(id)
  if (row && isSameRecord(row, after)) {
    rebuilt.differing.delete(id)
    if (isUnsettled(after)) rebuilt.unsettled.set(id, after)
  } else rebuilt.differing.set(id, { record: after, row })
  return { before, after }
}

/** Nothing is known of the purchase before one of these. */
function beginsRecord({ type }: LogEvent): boolean {
  return type === 'purchase.approved' || type === 'purchase.recovered' || type === 'purchase.cancelled'
}

function isSameRecord(row: PurchaseRecord, record: PurchaseRecord): boolean {
  return isSameMoney(row.price, record.price) && isSameMoney(row.counted, record.counted) && isEqualBut(['price', 'counted'], row, record)
}

function isSamePosting(found: Posting | undefined, posting: Posting): boolean {
  return found !== undefined && isSameMoney(found.amount, posting.amount) && isEqualBut(['amount'], found, posting)
}

const isSameMoney = (one: Money, other: Money) => one.amount === other.amount && one.currency === other.currency

function isEqualBut<T extends object>(compared: readonly (keyof T)[], one: T, other: T): boolean {
  for (const key in one) if (!compared.includes(key) && one[key] !== other[key]) return false
  return true
}

function approvalFor(rows: Rows, { differing }: Rebuilt, event: LogEvent): EventPayloads['purchase.approved'] | null {
  const id = purchaseOf(event)
  const record = id === null ? null : (differing.get(id)?.record ?? rows.purchase(id))
  const stored = record && rows.event(record.approvedSeq)
  const approval = stored && toLogEvent(stored)
  return approval?.type === 'purchase.approved' ? approval.payload : null
}

function macAt(rows: Rows, seq: number): string | null {
  const stored = rows.event(seq)
  return stored && toHead(stored).mac
}

function projectionFinding(rows: Rows, head: LogHead, rebuilt: Rebuilt): Tampering | null {
  const { differing, marks } = rebuilt
  const firstDiffering = Math.min(...[...differing.values()].map(({ record }) => record.approvedSeq))
  if (differing.size > 0) return tampering(firstDiffering, 'projectionMismatch')
  // Everything that should be there is, so a difference now is something that should not be there.
  const counts = rows.counts()
  const expected = {
    events: BigInt(head.seq),
    postings: BigInt(rebuilt.postings),
    purchases: BigInt(rebuilt.purchases),
    messages: BigInt(rebuilt.messages),
    marks: BigInt(marks.size),
  }
  const isMarkRight = markedTypes.every((type) => rows.seqOfMark(type) === (marks.get(type) ?? null))
  const unsettled = [...rebuilt.unsettled.values()].toSorted((one, other) => one.approvedSeq - other.approvedSeq)
  const fits = isMarkRight && isDeepStrictEqual(counts, expected) && isDeepStrictEqual(rows.unsettled(), unsettled)
  return fits ? null : tampering(head.seq, 'projectionMismatch')
}
