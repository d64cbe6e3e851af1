/** The prepared statements of the log and the translation between rows and what the domain speaks. */
import type Database from 'better-sqlite3'
import type { PurchaseId } from '../../../domain/brands.ts'
import { macBytes, type ChainedFields } from '../../../domain/chain.ts'
import type { LogEvent } from '../../../domain/events.ts'
import type { Posting, PurchaseRecord } from '../../../domain/ledger.ts'
import type { RecordedState } from '../../../domain/life-cycle.ts'
import type { MarkedType } from '../../../domain/marks.ts'
import { LogStorageError, type LogHead } from '../../ports/event-log.ts'
import { limitRowsOf, limitWritesOf } from './limit-rows.ts'
import { riskRowsOf, riskWritesOf } from './risk-rows.ts'

/** An event as it is stored; `payload` is the UTF-8 of canonical JSON, which is what is hashed, so that it is not decoded for that. */
export interface StoredEvent extends ChainedFields {
  readonly mac: Uint8Array
  readonly payload: Buffer
}

type EventRow = [seq: bigint, id: string, type: string, at: string, actor: string, mac: Buffer, payload: Buffer]

/** As an EventRow. Text that is none, as in a broken page, comes out as null. */
const eventColumns = "seq, id, type, at, actor, mac, CASE typeof(payload) WHEN 'text' THEN CAST(payload AS BLOB) END"

interface PostingRow {
  readonly seq: bigint
  readonly line: bigint
  readonly account: string
  readonly amount: bigint
  readonly currency: string
}

interface PurchaseRow {
  readonly approved_seq: bigint
  readonly purchase_id: string
  readonly state: RecordedState
  readonly offer_id: string
  readonly seller_id: string
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly amount: bigint
  readonly currency: string
  readonly funding_source_id: string
  readonly at: string
  readonly settled_at: string | null
  readonly reason: string | null
  readonly receipt_number: string | null
  readonly refunded: bigint
  readonly charged_back: bigint
  readonly chargeback_id: string | null
  readonly sequence: bigint
  readonly counted_amount: bigint
  readonly counted_currency: string
  readonly counted_at: string
  readonly member_id: string | null
}

/** STRICT tables keep types on writing; in a broken page there can be anything. Throws LogStorageError `damaged`. */
function toStored([seq, id, type, at, actor, mac, payload]: EventRow): StoredEvent {
  const isText = [id, type, at, actor].every((value) => typeof value === 'string')
  if (!isText || !isMac(mac) || !Buffer.isBuffer(payload)) throw new LogStorageError({ kind: 'damaged' })
  return { seq: Number(seq), id, type, at, actor, payload, mac }
}

function toHeadRow({ seq, mac }: { seq: bigint; mac: Buffer }): Pick<StoredEvent, 'seq' | 'mac'> {
  if (!isMac(mac)) throw new LogStorageError({ kind: 'damaged' })
  return { seq: Number(seq), mac }
}

const isMac = (value: unknown): boolean => Buffer.isBuffer(value) && value.length === macBytes

const toPosting = ({ seq, line, account, amount, currency }: PostingRow): Posting => ({
  seq: Number(seq),
  line: Number(line),
  account,
  amount: { amount, currency },
})

const toRecord = (row: PurchaseRow): PurchaseRecord => ({
  purchaseId: row.purchase_id as PurchaseId,
  state: row.state,
  offerId: row.offer_id,
  sellerId: row.seller_id,
  payee: row.payee,
  item: row.item,
  game: row.game,
  price: { amount: row.amount, currency: row.currency },
  fundingSourceId: row.funding_source_id,
  memberId: row.member_id,
  at: row.at,
  approvedSeq: Number(row.approved_seq),
  settledAt: row.settled_at,
  reason: row.reason,
  receiptNumber: row.receipt_number,
  refunded: row.refunded,
  chargedBack: row.charged_back,
  chargebackId: row.chargeback_id,
  sequence: Number(row.sequence),
  counted: { amount: row.counted_amount, currency: row.counted_currency },
  countedAt: row.counted_at,
})

/** The event as the port shows it. Throws SyntaxError when the payload is not JSON. */
export function toLogEvent({ seq, id, type, at, actor, payload, mac }: StoredEvent): LogEvent {
  const text = Buffer.from(mac).toString('base64url')
  return { seq, id, type, at, actor, payload: JSON.parse(payload.toString()) as unknown, mac: text } as LogEvent
}

export function toHead({ seq, mac }: Pick<StoredEvent, 'seq' | 'mac'>): LogHead {
  return { seq, mac: Buffer.from(mac).toString('base64url') }
}

export type EventRows = ReturnType<typeof eventRowsOf>
export type Rows = ReturnType<typeof rowsOf>

const found = <A, B>(row: A | undefined, translate: (row: A) => B): B | null => (row ? translate(row) : null)

/** The events alone: every version of the schema has them alike, and so has a file whose projections are broken. */
export function eventRowsOf(db: Database.Database) {
  const event = db.prepare<[number], EventRow>(`SELECT ${eventColumns} FROM events WHERE seq = ?`).raw()
  const newest = db.prepare<[], EventRow>(`SELECT ${eventColumns} FROM events ORDER BY seq DESC LIMIT 1`).raw()
  return {
    event: (seq: number) => found(event.get(seq), toStored),
    newest: () => found(newest.get(), toStored),
  }
}

/** Everything that is read from the database; works on a connection that cannot write. */
export function rowsOf(db: Database.Database) {
  const headOnly = db.prepare<[], { seq: bigint; mac: Buffer }>('SELECT seq, mac FROM events ORDER BY seq DESC LIMIT 1')
  const page = db.prepare<[number, number], EventRow>(`SELECT ${eventColumns} FROM events WHERE seq >= ? ORDER BY seq LIMIT ?`).raw()
  // The type stands before the payload, so that SQLite reads only the beginning of the rows that it passes over.
  const ofTypes = db
    .prepare<[number, number, string], EventRow>(
      `SELECT ${eventColumns} FROM events WHERE seq >= ? AND seq < ? AND type IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    )
    .raw()
  // By its number, which the index gives: SQLite would otherwise take the id from the index and never look at the row's own.
  const purchase = db.prepare<[string], PurchaseRow>(
    'SELECT * FROM purchases WHERE approved_seq = (SELECT approved_seq FROM purchases WHERE purchase_id = ?)',
  )
  const purchases = db.prepare<[], PurchaseRow>('SELECT * FROM purchases ORDER BY approved_seq DESC')
  const newestPurchases = db.prepare<[number], PurchaseRow>('SELECT * FROM purchases ORDER BY approved_seq DESC LIMIT ?')
  const unsettled = db.prepare<[], PurchaseRow>(
    'SELECT * FROM purchases WHERE settled_at IS NULL ORDER BY approved_seq',
  )
  const postings = db.prepare<[], PostingRow>('SELECT * FROM postings ORDER BY seq, line')
  const postingsOfEvents = db.prepare<[number, number], PostingRow>('SELECT * FROM postings WHERE seq BETWEEN ? AND ? ORDER BY seq, line')
  const message = db.prepare<[string], { seq: bigint }>('SELECT seq FROM messages WHERE message_id = ?')
  const mark = db.prepare<[string], { seq: bigint }>('SELECT seq FROM newest_of_type WHERE type = ?')
  const counts = db.prepare<[], Record<'events' | 'postings' | 'purchases' | 'messages' | 'marks', bigint>>(
    `SELECT (SELECT count(*) FROM events) events, (SELECT count(*) FROM postings) postings,
      (SELECT count(*) FROM purchases) purchases, (SELECT count(*) FROM messages) messages,
      (SELECT count(*) FROM newest_of_type) marks`,
  )
  return {
    ...eventRowsOf(db),
    ...limitRowsOf(db),
    ...riskRowsOf(db),
    headRow: () => found(headOnly.get(), toHeadRow),
    page: (fromSeq: number, length: number) => page.all(fromSeq, length).map(toStored),
    ofTypes: (types: readonly string[], fromSeq: number, beforeSeq: number) =>
      ofTypes.all(fromSeq, beforeSeq, JSON.stringify(types)).map(toStored),
    purchase: (id: string) => found(purchase.get(id), toRecord),
    purchases: () => purchases.all().map(toRecord),
    /** Newest first, for as long as the reader wants more; must be read to its end or left before the next write. */
    *eachPurchase() {
      for (const row of purchases.iterate()) yield toRecord(row)
    },
    newestPurchases: (count: number) => newestPurchases.all(count).map(toRecord),
    unsettled: () => unsettled.all().map(toRecord),
    postings: () => postings.all().map(toPosting),
    postingsOfEvents: (first: number, last: number) => postingsOfEvents.all(first, last).map(toPosting),
    seqOfMessage: (id: string) => found(message.get(id), ({ seq }) => Number(seq)),
    seqOfMark: (type: MarkedType) => found(mark.get(type), ({ seq }) => Number(seq)),
    counts: () => found(counts.get(), (row) => row),
  }
}

/** Everything that is ever written, for use inside a transaction. Values are bound by position, which is the fastest. */
export function writesOf(db: Database.Database) {
  const insertEvent = db.prepare('INSERT INTO events (seq, id, type, at, actor, mac, payload) VALUES (?, ?, ?, ?, ?, ?, CAST(? AS TEXT))')
  const insertPosting = db.prepare(
    'INSERT INTO postings (seq, line, account, amount, currency) VALUES (?, ?, ?, ?, ?)',
  )
  const insertPurchase = db.prepare(
    `INSERT INTO purchases (purchase_id, approved_seq, state, offer_id, seller_id, payee, item, game, amount, currency,
      funding_source_id, at, settled_at, receipt_number, sequence, counted_amount, counted_currency, counted_at, member_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const movePurchase = db.prepare(
    `UPDATE purchases SET state = ?, settled_at = ?, reason = ?, receipt_number = ?, refunded = ?, charged_back = ?,
      chargeback_id = ?, sequence = ? WHERE approved_seq = ?`,
  )
  const insertMessage = db.prepare('INSERT INTO messages (message_id, seq) VALUES (?, ?)')
  const moveMark = db.prepare(
    'INSERT INTO newest_of_type (type, seq) VALUES (?, ?) ON CONFLICT (type) DO UPDATE SET seq = excluded.seq',
  )
  return {
    ...limitWritesOf(db),
    ...riskWritesOf(db),
    event: ({ seq, id, type, at, actor, mac, payload }: StoredEvent) =>
      void insertEvent.run(BigInt(seq), id, type, at, actor, mac, payload),
    posting: ({ seq, line, account, amount }: Posting) =>
      void insertPosting.run(BigInt(seq), BigInt(line), account, amount.amount, amount.currency),
    newPurchase({ price, counted, ...record }: PurchaseRecord): void {
      const { purchaseId, state, offerId, sellerId, payee, item, game, fundingSourceId, at, settledAt } = record
      const about = [offerId, sellerId, payee, item, game, price.amount, price.currency, fundingSourceId, at]
      const outcome = [settledAt, record.receiptNumber, BigInt(record.sequence)]
      const counts = [counted.amount, counted.currency, record.countedAt]
      insertPurchase.run(purchaseId, BigInt(record.approvedSeq), state, ...about, ...outcome, ...counts, record.memberId)
    },
    movedPurchase({ state, settledAt, reason, receiptNumber, ...record }: PurchaseRecord): void {
      const money = [record.refunded, record.chargedBack, record.chargebackId, BigInt(record.sequence)]
      movePurchase.run(state, settledAt, reason, receiptNumber, ...money, BigInt(record.approvedSeq))
    },
    message: (id: string, seq: number) => void insertMessage.run(id, BigInt(seq)),
    mark: (type: MarkedType, seq: number) => void moveMark.run(type, BigInt(seq)),
  }
}
