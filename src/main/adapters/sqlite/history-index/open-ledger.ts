import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'
import { openReader, upToDateCopy } from '../connection.ts'
import { eventRowsOf } from '../rows.ts'
import { hasOwnSchema, schemaVersion, versionOf } from '../schema.ts'
import type { IndexedUpTo } from './index-file.ts'

/** The ledger at one moment, which does not change while this is open. */
export interface OpenLedger {
  readonly head: IndexedUpTo
  /** The mac of an event, or null where there is none. */
  macOf(seq: number): Uint8Array | null
  /** In today's form. */
  today(): Database.Database
  close(): void
}

/** Null where there is no ledger, or no event in it. It is left as it is, whoever else uses it. Throws SqliteError and LogStorageError. */
export function openLedger(file: string): OpenLedger | null {
  if (!existsSync(file)) return null
  const db = openReader(file, mayWrite(dirname(file)) && mayWrite(file))
  let copy: Database.Database | null = null
  const close = () => {
    copy?.close()
    db.close()
  }
  try {
    // The read transaction begins with its first read.
    if (!db.inTransaction) db.exec('BEGIN')
    const events = eventRowsOf(db)
    const [first, head] = [events.event(1), events.newest()]
    if (!first || !head) {
      close()
      return null
    }
    return {
      head: { logId: first.id + first.payload.toString(), seq: head.seq, mac: head.mac },
      macOf: (seq) => events.event(seq)?.mac ?? null,
      today: () => (isOfToday(db) ? db : (copy ??= upToDateCopy(db))),
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

/** What another application made is read as it is, and fails as it does. */
const isOfToday = (db: Database.Database): boolean => versionOf(db) === schemaVersion || !hasOwnSchema(db, versionOf(db))

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
