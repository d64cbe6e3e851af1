import Database from 'better-sqlite3'

/**
 * Keeps a second process away from the log, from before the file exists (two processes must not both make a key) until
 * the undo is called or this process dies. An empty database beside the log carries the lock, because SQLite's file locks
 * work alike on every system and cannot be left behind. Throws SqliteError: SQLITE_BUSY when the lock is taken.
 */
export function lockInstance(file: string): () => void {
  const lock = new Database(`${file}.lock`, { timeout: 0 })
  try {
    // Nothing is ever written, so the journal need not be a file.
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw error
  }
  return () => void lock.close()
}
