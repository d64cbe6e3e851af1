/** The rows of what the limits are judged by: how much is used up, and the controls. */
import type Database from 'better-sqlite3'
import { canonicalJson } from '../../../domain/canonical.ts'
import { noControls, type Controls } from '../../../domain/controls.ts'
import { quarterOf, type UsageLine } from '../../../domain/usage.ts'
import { LogStorageError } from '../../ports/event-log.ts'

interface UsageRow {
  readonly quarter_ms: bigint
  readonly seller_id: string
  readonly currency: string
  readonly spent: bigint
  readonly reserved: bigint
}

/** In a broken page there can be anything. Throws LogStorageError `damaged`. */
function toLine({ quarter_ms, seller_id, currency, spent, reserved }: UsageRow): UsageLine {
  const isNumber = [quarter_ms, spent, reserved].every((value) => typeof value === 'bigint')
  if (!isNumber) throw new LogStorageError({ kind: 'damaged' })
  return { atMs: Number(quarter_ms), sellerId: seller_id, currency, spent, reserved }
}

function parse(text: string): Controls {
  try {
    return JSON.parse(text) as Controls
  } catch (error) {
    throw new LogStorageError({ kind: 'damaged' }, { cause: error })
  }
}

const inOrder = 'ORDER BY quarter_ms, seller_id, currency'

export function limitRowsOf(db: Database.Database) {
  const usage = db.prepare<[bigint], UsageRow>(`SELECT * FROM usage WHERE quarter_ms >= ? ${inOrder}`)
  const usagePage = db.prepare<[bigint, string, string, bigint], UsageRow>(
    `SELECT * FROM usage WHERE (quarter_ms, seller_id, currency) > (?, ?, ?) ${inOrder} LIMIT ?`,
  )
  const folded = db.prepare<[], string>('SELECT folded FROM controls').pluck()
  let known: { readonly text: string; readonly controls: Controls } | null = null
  return {
    usageSince: (fromMs: number) => usage.all(BigInt(quarterOf(fromMs))).map(toLine),
    /** Those after the line, in the order of their keys. */
    usageAfter: ({ atMs, sellerId, currency }: Pick<UsageLine, 'atMs' | 'sellerId' | 'currency'>, length: number) =>
      usagePage.all(BigInt(atMs), sellerId, currency, BigInt(length)).map(toLine),
    /** As they are stored: one text, or none. */
    controlsTexts: () => folded.all(),
    /** Parsed only where it is another text than the last time: every purchase asks for it, and it seldom changes. */
    controls(): Controls {
      const text = folded.get()
      if (text === undefined) return noControls
      if (known?.text !== text) known = { text, controls: parse(text) }
      return known.controls
    },
  }
}

/** For use inside a transaction. */
export function limitWritesOf(db: Database.Database) {
  const addToLine = db.prepare<[bigint, bigint, bigint, string, string]>(
    'UPDATE usage SET spent = spent + ?, reserved = reserved + ? WHERE quarter_ms = ? AND seller_id = ? AND currency = ?',
  )
  const newLine = db.prepare<[bigint, string, string, bigint, bigint]>(
    'INSERT INTO usage (quarter_ms, seller_id, currency, spent, reserved) VALUES (?, ?, ?, ?, ?)',
  )
  const dropEmpty = db.prepare<[bigint]>('DELETE FROM usage WHERE quarter_ms = ? AND spent = 0 AND reserved = 0')
  const keep = db.prepare<[string]>('INSERT INTO controls (one, folded) VALUES (1, ?) ON CONFLICT DO UPDATE SET folded = excluded.folded')
  return {
    usage({ atMs, sellerId, currency, spent, reserved }: UsageLine): void {
      const quarter = BigInt(atMs)
      const { changes } = addToLine.run(spent, reserved, quarter, sellerId, currency)
      if (changes === 0) newLine.run(quarter, sellerId, currency, spent, reserved)
      if (spent + reserved < 0n) dropEmpty.run(quarter)
    },
    controls: (controls: Controls) => void keep.run(canonicalJson(controls)),
  }
}
