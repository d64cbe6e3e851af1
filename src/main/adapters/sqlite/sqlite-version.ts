import Database from 'better-sqlite3'

/** The version of the library that is loaded, asked of itself. Empty where it cannot be loaded. */
export function sqliteVersion(): string {
  try {
    const db = new Database(':memory:')
    try {
      return db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? ''
    } finally {
      db.close()
    }
  } catch {
    return ''
  }
}
