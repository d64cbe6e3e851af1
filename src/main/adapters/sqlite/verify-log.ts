/** The full check of the log: every event, the anchor, and the projections against a rebuild. Reads only. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type Database from 'better-sqlite3'
import { genesisMac, type Hmac } from '../../../domain/chain.ts'
import type { EventPayloads, LogEvent } from '../../../domain/events.ts'
import { isUnsettled, messageOf, nextRecord, postingsOf, purchaseOf, type PurchaseRecord } from '../../../domain/ledger.ts'
import { isMarked, markedTypes } from '../../../domain/marks.ts'
import { LogStorageError, type LogHead, type Tampering, type Verification } from '../../ports/event-log.ts'
import type { GatewaySignatures } from '../../ports/signatures.ts'
import { anchorFinding, findingAt, tampering } from './check-log.ts'
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
  readonly records: Map<string, PurchaseRecord>
  postings: number
  messages: number
  readonly marks: Map<string, number>
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
    const rebuilt: Rebuilt = { records: new Map(), postings: 0, messages: 0, marks: new Map() }
    let previousMac = genesisMac
    let logId = ''
    for (let seq = 1; seq <= newest.seq; seq++) {
      reached = seq
      if (seq % rowsPerTurn === 0) {
        onProgress(seq, newest.seq)
        await nextTurn()
      }
      const stored = rows.event(seq)
      const finding = findingAt(seq, stored, previousMac, hmac)
      if (finding || !stored) return tampering(seq, finding ?? 'gap')
      const event = toLogEvent(stored)
      if (!replay(rows, event, rebuilt)) return tampering(seq, 'projectionMismatch')
      if (event.type === 'log.opened') logId = event.payload.logId
      const about = { logId, approval: () => approvalFor(rows, rebuilt, event), macAt: (at: number) => macAt(rows, at) }
      if (signatures && !(await areSignaturesGood(event, about, signatures))) return tampering(seq, 'signatureMismatch')
      previousMac = stored.mac
    }
    const head = toHead(newest)
    return (
      anchorFinding(rows, head, anchor) ??
      (await projectionFinding(rows, head, rebuilt)) ?? { kind: 'clean', events: newest.seq, head }
    )
  } catch (error) {
    const known = asStorageError(error)
    const isBroken = known instanceof LogStorageError && /^(damaged|notADatabase)$/.test(known.problem.kind)
    if (isBroken) return tampering(reached, 'malformed')
    throw known
  }
}

/** Adds the event to the rebuilt projections; false when its postings are not those in the database. */
function replay(rows: Rows, event: LogEvent, rebuilt: Rebuilt): boolean {
  const id = purchaseOf(event)
  const before = (id !== null && rebuilt.records.get(id)) || null
  const record = nextRecord(before, event)
  if (record) rebuilt.records.set(record.purchaseId, record)
  const postings = postingsOf(event, before, record)
  rebuilt.postings += postings.length
  if (isMarked(event.type)) rebuilt.marks.set(event.type, event.seq)
  const messageId = messageOf(event)
  if (messageId !== null) rebuilt.messages += 1
  if (messageId !== null && rows.seqOfMessage(messageId) !== event.seq) return false
  return isDeepStrictEqual(rows.postingsOfEvent(event.seq), postings)
}

function approvalFor(rows: Rows, { records }: Rebuilt, event: LogEvent): EventPayloads['purchase.approved'] | null {
  const record = records.get(purchaseOf(event) ?? '')
  const stored = record && rows.event(record.approvedSeq)
  const approval = stored && toLogEvent(stored)
  return approval?.type === 'purchase.approved' ? approval.payload : null
}

function macAt(rows: Rows, seq: number): string | null {
  const stored = rows.event(seq)
  return stored && toHead(stored).mac
}

async function projectionFinding(rows: Rows, head: LogHead, rebuilt: Rebuilt): Promise<Tampering | null> {
  const { records, marks } = rebuilt
  let checked = 0
  for (const record of records.values()) {
    if (++checked % rowsPerTurn === 0) await nextTurn()
    if (!isDeepStrictEqual(rows.purchase(record.purchaseId), record)) {
      return tampering(record.approvedSeq, 'projectionMismatch')
    }
  }
  // Everything that should be there is, so a difference now is something that should not be there.
  const counts = rows.counts()
  const expected = {
    events: BigInt(head.seq),
    postings: BigInt(rebuilt.postings),
    purchases: BigInt(records.size),
    messages: BigInt(rebuilt.messages),
    marks: BigInt(marks.size),
  }
  const isMarkRight = markedTypes.every((type) => rows.seqOfMark(type) === (marks.get(type) ?? null))
  const unsettled = [...records.values()].filter(isUnsettled)
  const fits = isMarkRight && isDeepStrictEqual(counts, expected) && isDeepStrictEqual(rows.unsettled(), unsettled)
  return fits ? null : tampering(head.seq, 'projectionMismatch')
}
