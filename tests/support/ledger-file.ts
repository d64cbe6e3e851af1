/** Looks into a ledger file from outside, with nothing but SQLite and the documented format. */
import { join } from 'node:path'
import Database from 'better-sqlite3'

export interface LedgerContents {
  readonly events: readonly { readonly seq: bigint; readonly type: string; readonly payload: Record<string, unknown> }[]
  readonly postings: readonly { readonly account: string; readonly amount: bigint; readonly currency: string }[]
}

/** Everything in the ledger of a data folder. The app must have been closed. */
export function readLedger(dataDir: string): LedgerContents {
  const database = new Database(join(dataDir, 'ledger.sqlite'), { readonly: true, fileMustExist: true })
  try {
    database.defaultSafeIntegers(true)
    const events = database.prepare('SELECT seq, type, payload FROM events ORDER BY seq').all() as EventRow[]
    const postings = database.prepare('SELECT account, amount, currency FROM postings ORDER BY seq, line').all()
    return {
      events: events.map(({ seq, type, payload }) => ({ seq, type, payload: JSON.parse(payload) as Record<string, unknown> })),
      postings: postings as LedgerContents['postings'],
    }
  } finally {
    database.close()
  }
}

interface EventRow {
  readonly seq: bigint
  readonly type: string
  readonly payload: string
}

/** The payloads of one type of event, oldest first. */
export function payloadsOf({ events }: LedgerContents, type: string): Record<string, unknown>[] {
  return events.filter((event) => event.type === type).map(({ payload }) => payload)
}
