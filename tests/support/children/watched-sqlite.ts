/** Takes the place of better-sqlite3 in a process whose statements are watched. */
import { createRequire } from 'node:module'
import type Database from 'better-sqlite3'

// By require, because the import of this name leads here.
const Real = createRequire(import.meta.url)('better-sqlite3') as typeof Database

/** Reading and setting up a connection leave nothing behind. */
const writes = /^\s*(BEGIN IMMEDIATE|COMMIT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA (user_version =|wal_checkpoint|journal_mode = d))/i

export const watcher = {
  /** Called right before each statement that writes to a file. */
  onWrite() {},
}

export class WatchedDatabase extends Real {
  constructor(file?: string | Buffer, options?: Database.Options) {
    const verbose = (sql?: unknown) => {
      if (writes.test(String(sql))) watcher.onWrite()
    }
    super(file, typeof file === 'string' && file !== ':memory:' ? { ...options, verbose } : options)
  }
}
