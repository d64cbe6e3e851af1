import type Database from 'better-sqlite3'
import { openReader, upToDateCopy } from './connection.ts'
import { hasOwnSchema, schemaVersion, versionOf } from './schema.ts'

/** A connection that does not write; what an older version made is seen in today's form. */
export function openToday(file: string): Database.Database {
  const db = openReader(file, true)
  if (versionOf(db) === schemaVersion || !hasOwnSchema(db, versionOf(db))) return db
  try {
    return upToDateCopy(db)
  } finally {
    db.close()
  }
}
