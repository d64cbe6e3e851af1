/** Changes a log as somebody would who has the file, SQLite and time, but not the key. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'

const triggers = [
  'events_are_added_at_the_end',
  'events_never_change',
  'events_stay',
  'postings_are_added_once',
  'postings_never_change',
  'postings_stay',
]

/** Opens the file without its safeguards, does the work, and puts the safeguards back as if nothing had happened. */
export function tamper(file: string, work: (db: Database.Database) => void): void {
  const db = new Database(file)
  try {
    db.pragma('foreign_keys = OFF')
    const sql = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid").pluck().all() as string[]
    for (const name of triggers) db.exec(`DROP TRIGGER ${name}`)
    work(db)
    for (const text of sql) db.exec(text)
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
}
