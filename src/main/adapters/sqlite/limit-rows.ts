/** The rows of what purchases are judged by: how much is used up, the controls, and what people ask and are called. */
import type Database from 'better-sqlite3'
import { canonicalJson } from '../../../domain/canonical.ts'
import { noControls, type Controls } from '../../../domain/controls.ts'
import { noFamily, type Family } from '../../../domain/family.ts'
import { quarterOf, type UsageLine } from '../../../domain/usage.ts'
import { LogStorageError } from '../../ports/event-log.ts'

interface UsageRow {
  readonly quarter_ms: bigint
  readonly seller_id: string
  /** Empty where there were no members: nothing in a key may be NULL. */
  readonly member_id: string
  readonly currency: string
  readonly spent: bigint
  readonly reserved: bigint
}

/** In a broken page there can be anything. Throws LogStorageError `damaged`. */
function toLine({ quarter_ms, seller_id, member_id, currency, spent, reserved }: UsageRow): UsageLine {
  const isNumber = [quarter_ms, spent, reserved].every((value) => typeof value === 'bigint')
  const isText = [seller_id, member_id, currency].every((value) => typeof value === 'string')
  if (!isNumber || !isText) throw new LogStorageError({ kind: 'damaged' })
  return { atMs: Number(quarter_ms), sellerId: seller_id, memberId: member_id === '' ? null : member_id, currency, spent, reserved }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LogStorageError({ kind: 'damaged' }, { cause: error })
  }
}

/** What a table of one row holds. Parsed only where it is another text than the last time: every event asks for it, and it seldom changes. */
function foldedIn<T>(db: Database.Database, table: 'controls' | 'family', none: T) {
  const folded = db.prepare<[], string>(`SELECT folded FROM ${table}`).pluck()
  let known: { readonly text: string; readonly value: T } | null = null
  return {
    /** As they are stored: one text, or none. */
    texts: () => folded.all(),
    value(): T {
      const text = folded.get()
      if (text === undefined) return none
      if (known?.text !== text) known = { text, value: parse(text) as T }
      return known.value
    },
  }
}

type UsageKey = Pick<UsageLine, 'atMs' | 'sellerId' | 'memberId' | 'currency'>
type UsageKeyRow = [quarterMs: bigint, sellerId: string, memberId: string, currency: string]

const keyOf = ({ atMs, sellerId, memberId, currency }: UsageKey): UsageKeyRow => [BigInt(atMs), sellerId, memberId ?? '', currency]

const inOrder = 'ORDER BY quarter_ms, seller_id, member_id, currency'

export function limitRowsOf(db: Database.Database) {
  const usage = db.prepare<[bigint], UsageRow>(`SELECT * FROM usage WHERE quarter_ms >= ? ${inOrder}`)
  const usagePage = db.prepare<[...UsageKeyRow, bigint], UsageRow>(
    `SELECT * FROM usage WHERE (quarter_ms, seller_id, member_id, currency) > (?, ?, ?, ?) ${inOrder} LIMIT ?`,
  )
  const controls = foldedIn<Controls>(db, 'controls', noControls)
  const family = foldedIn<Family>(db, 'family', noFamily)
  return {
    usageSince: (fromMs: number) => usage.all(BigInt(quarterOf(fromMs))).map(toLine),
    /** Those after the line, in the order of their keys. */
    usageAfter: (line: UsageKey, length: number) => usagePage.all(...keyOf(line), BigInt(length)).map(toLine),
    controlsTexts: controls.texts,
    controls: controls.value,
    familyTexts: family.texts,
    family: family.value,
  }
}

/** For use inside a transaction. */
export function limitWritesOf(db: Database.Database) {
  const addToLine = db.prepare<[bigint, bigint, ...UsageKeyRow]>(
    'UPDATE usage SET spent = spent + ?, reserved = reserved + ? WHERE quarter_ms = ? AND seller_id = ? AND member_id = ? AND currency = ?',
  )
  const newLine = db.prepare<[...UsageKeyRow, bigint, bigint]>(
    'INSERT INTO usage (quarter_ms, seller_id, member_id, currency, spent, reserved) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const dropEmpty = db.prepare<[bigint]>('DELETE FROM usage WHERE quarter_ms = ? AND spent = 0 AND reserved = 0')
  const keepIn = (table: 'controls' | 'family') =>
    db.prepare<[string]>(`INSERT INTO ${table} (one, folded) VALUES (1, ?) ON CONFLICT DO UPDATE SET folded = excluded.folded`)
  const [keepControls, keepFamily] = [keepIn('controls'), keepIn('family')]
  return {
    usage({ spent, reserved, ...line }: UsageLine): void {
      const key = keyOf(line)
      const { changes } = addToLine.run(spent, reserved, ...key)
      if (changes === 0) newLine.run(...key, spent, reserved)
      if (spent + reserved < 0n) dropEmpty.run(key[0])
    },
    controls: (controls: Controls) => void keepControls.run(canonicalJson(controls)),
    family: (family: Family) => void keepFamily.run(canonicalJson(family)),
  }
}
