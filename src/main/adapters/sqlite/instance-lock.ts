import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { withStorageErrors } from './storage-error.ts'

/**
 * Makes the folder where it is missing and takes the log for this process alone, where it can be written at all. `unlock`
 * gives it back. Throws LogStorageError.
 */
export function claimLog(file: string): { readonly isWritable: boolean; readonly unlock: () => void } {
  return withStorageErrors(() => {
    const folder = dirname(file)
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
    const isWritable = mayWrite(folder) && (!existsSync(file) || mayWrite(file))
    return { isWritable, unlock: isWritable ? lockInstance(file) : () => {} }
  })
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Keeps a second process away from the log, from before the file exists (two processes must not both make a key) until
 * the undo is called or this process dies. An empty database beside the log carries the lock, because SQLite's file locks
 * work alike on every system and cannot be left behind. Throws SqliteError: SQLITE_BUSY when the lock is taken.
 */
function lockInstance(file: string): () => void {
  const lock = new Database(`${file}.lock`, { timeout: 0 })
  try {
    // Nothing is ever written, so the journal need not be a file.
    lock.pragma('journal_mode = MEMORY')
    // Of two at the same moment exactly one reserves. EXCLUSIVE would also fail for the one that has, because the other looks.
    lock.exec('BEGIN IMMEDIATE')
  } catch (error) {
    lock.close()
    throw error
  }
  return () => void lock.close()
}
