/** How a line is stored in the index, and read back whole. */
import type Database from 'better-sqlite3'
import type { HistoryLine } from '../../../../domain/history/line.ts'
import type { Dictionaries, Numbers } from './dictionaries.ts'

/** An event has at most so many lines: an import's part has as many as it has rows. */
const placesInEvent = 1024

/** Orders lines as the log does. Exact for logs of up to 8 · 10¹² events. */
export const keyOf = (seq: number, place: number): number => seq * placesInEvent + place
export const seqOf = (key: number): number => Math.floor(key / placesInEvent)

/** What is scanned for each question, besides the key. */
export interface NarrowLine {
  readonly key: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly offer: number
  readonly class: number
  /** What the line is about (filter.ts, amountOf), in minor units; a number where it is exact. */
  readonly amount: number | bigint
  /** What the line's id ends in. */
  readonly suffix: number
  readonly receipt: string | null
  readonly reference: string | null
  readonly purchaseId: string
}

/** SQLite's whole numbers have 64 bits and those of JavaScript 53, so that an amount is read in two halves. */
const half = 1_000_000_000
const whole = (name: string) => `${name} / ${half}, ${name} % ${half}`

export function exactly(high: number, low: number): number | bigint {
  return Math.abs(high) < 4_000_000 ? high * half + low : BigInt(high) * BigInt(half) + BigInt(low)
}

type NarrowRow = [
  key: number, at: number, offer: number, lineClass: number, high: number, low: number, suffix: number,
  receipt: string | null, reference: string | null, purchaseId: string,
]
const narrowColumns = `key, at, offer, class, ${whole('amount')}, suffix, receipt, reference, purchase_id`

const narrowFrom = ([key, at, offer, lineClass, high, low, suffix, receipt, reference, purchaseId]: NarrowRow | WideRow): NarrowLine =>
  ({ key, at, offer, class: lineClass, amount: exactly(high, low), suffix, receipt, reference, purchaseId })

/** A line as it is in the file. */
export type StoredLine = WideRow

type WideRow = [
  ...NarrowRow,
  approvedAt: number, payer: number, priceHigh: number | null, priceLow: number | null, taxHigh: number | null, taxLow: number | null,
  taxRate: number | null, reason: string | null,
]
const wideColumns = `${narrowColumns}, approved_at, payer, ${whole('price')}, ${whole('tax')}, tax_rate, reason`

/** Charges and what brings money back to the seller are debits. */
export const signOf: Record<HistoryLine['kind'], 1 | 0 | -1> = {
  charge: 1,
  refund: -1,
  chargeback: -1,
  chargebackReversal: 1,
  pending: 0,
  notCharged: 0,
}

function lineFrom(row: WideRow, { offers, classes, payers }: Dictionaries): HistoryLine {
  const [key, at, offerId, classId, high, low, suffix, receiptNumber, reference, purchaseId, approvedAt, payer, priceHigh, priceLow, ...rest] = row
  const [taxHigh, taxLow, taxRate, reason] = rest
  const [offer, lineClass, fundingSource] = [offers[offerId], classes[classId], payers[payer]]
  if (!offer || !lineClass || !fundingSource) throw new RangeError('the index is broken')
  const { kind, state, source, currency, memberId } = lineClass
  const amount = BigInt(exactly(high, low))
  const price = { amount: priceHigh === null || priceLow === null ? amount : BigInt(exactly(priceHigh, priceLow)), currency }
  const tax = taxHigh === null || taxLow === null || taxRate === null ? null : { amount: BigInt(exactly(taxHigh, taxLow)), rateBasisPoints: taxRate }
  const seq = seqOf(key)
  const id = `${source === 'tuppence' ? purchaseId : purchaseId.slice(0, purchaseId.lastIndexOf('-'))}-${suffix}`
  const times = { at: new Date(at).toISOString(), approvedAt: new Date(approvedAt).toISOString() }
  const moved = amount * BigInt(signOf[kind])
  return { ...offer, ...times, id, kind, purchaseId, receiptNumber, reference, state, reason, price, moved, tax, fundingSource, memberId, source, seq }
}

export type LineRows = ReturnType<typeof lineRowsOf>

/** What is read of lines, over any connection to an index. */
export function lineRowsOf(db: Database.Database) {
  const all = db.prepare<[], NarrowRow>(`SELECT ${narrowColumns} FROM lines ORDER BY key`).raw()
  const one = db.prepare<[number], WideRow>(`SELECT ${wideColumns} FROM lines WHERE key = ?`).raw()
  const after = db.prepare<[number, number, number], WideRow>(`SELECT ${wideColumns} FROM lines WHERE key > ? AND key <= ? ORDER BY key LIMIT ?`).raw()
  const ofPurchase = db.prepare<[string], number>('SELECT seq FROM purchase_events WHERE purchase_id = ? ORDER BY seq').pluck()
  const ofImport = db.prepare<[string], number>('SELECT seq FROM import_parts WHERE import_id = ? ORDER BY seq').pluck()
  const bought = db.prepare<[number, number, string], number>('SELECT key FROM lines WHERE key BETWEEN ? AND ? AND purchase_id = ?').pluck()
  const inReceiptOrder = db.prepare<[], [number, string]>('SELECT key, receipt FROM lines WHERE receipt IS NOT NULL ORDER BY receipt').raw()
  return {
    *each(): Generator<NarrowLine> {
      for (const row of all.iterate()) yield narrowFrom(row)
    },
    line(key: number, dictionaries: Dictionaries): HistoryLine {
      const row = one.get(key)
      if (!row) throw new RangeError('the index is broken')
      return lineFrom(row, dictionaries)
    },
    /** In the order of the log; so many at most, or all for a length below nothing. */
    stored: (afterKey: number, lastKey: number, length: number) => after.all(afterKey, lastKey, length),
    narrow: narrowFrom,
    read: lineFrom,
    eventsOf: (purchaseId: string) => ofPurchase.all(purchaseId),
    partsOf: (importId: string) => ofImport.all(importId),
    keysOfPurchase(purchaseId: string): number[] {
      const importId = purchaseId.slice(0, Math.max(purchaseId.lastIndexOf('-'), 0))
      const seqs = [...ofPurchase.all(purchaseId), ...ofImport.all(importId)]
      return seqs.flatMap((seq) => bought.all(keyOf(seq, 0), keyOf(seq + 1, 0) - 1, purchaseId))
    },
    receipts: () => inReceiptOrder.iterate(),
  }
}

/** What is written; the caller has begun a transaction, or there is nothing to lose yet. */
export function lineWritesOf(db: Database.Database, numbers: Numbers) {
  const insert = db.prepare(
    `INSERT OR REPLACE INTO lines (key, at, approved_at, offer, class, payer, amount, price, tax, tax_rate, suffix, purchase_id, receipt, reference, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const drop = db.prepare<[number]>('DELETE FROM lines WHERE key = ?')
  const keysBetween = db.prepare<[number, number], number>('SELECT key FROM lines WHERE key BETWEEN ? AND ?').pluck()
  return {
    /** `place` is the line's among those of its event. */
    put(line: HistoryLine, place: number): NarrowLine {
      const { kind, state, source, memberId, price, moved, tax, purchaseId, receiptNumber, reference, reason } = line
      const { currency } = price
      const amount = signOf[kind] === 0 ? price.amount : moved < 0n ? -moved : moved
      const [offer, lineClass, payer] = [numbers.offer(line), numbers.class({ kind, state, source, currency, memberId }), numbers.payer(line.fundingSource)]
      const [key, at, suffix] = [keyOf(line.seq, place), Date.parse(line.at), Number(line.id.slice(line.id.lastIndexOf('-') + 1))]
      const money = [amount, amount === price.amount ? null : price.amount, tax && tax.amount, tax && tax.rateBasisPoints]
      insert.run(key, at, Date.parse(line.approvedAt), offer, lineClass, payer, ...money, suffix, purchaseId, receiptNumber, reference, reason)
      const narrow = { key, at, offer, class: lineClass, amount: exactly(Number(amount / 1_000_000_000n), Number(amount % 1_000_000_000n)), suffix }
      return { ...narrow, receipt: receiptNumber, reference, purchaseId }
    },
    /** Takes out all lines of these events, and gives their keys. */
    dropLinesOf(seqs: readonly number[]): number[] {
      const keys = seqs.flatMap((seq) => keysBetween.all(keyOf(seq, 0), keyOf(seq + 1, 0) - 1))
      for (const key of keys) drop.run(key)
      return keys
    },
  }
}
