import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, sql, SqliteDialect } from 'kysely'
import { migrations } from './migrations.ts'
import type { Tables } from './tables.ts'

export type Store = Kysely<Tables>

export interface OpenStore {
  readonly store: Store
  readonly close: () => Promise<void>
}

/** Marks the file as a gateway's ("TPGW"), so that another program's database is never migrated by mistake. */
export const applicationId = 0x54504757

const settings = {
  journal_mode: 'wal',
  synchronous: 2n, // FULL: a commit is on the disk before it is answered
  foreign_keys: 1n,
  trusted_schema: 0n,
} as const

/**
 * Opens the gateway's database, bringing an older file up to date. Throws when the file is from a newer gateway, from
 * another program, or cannot be opened.
 */
export function openStore(dataDir: string): OpenStore {
  const path = join(dataDir, 'gateway.sqlite')
  const database = new Database(path, { timeout: 5000 })
  try {
    database.defaultSafeIntegers(true)
    chmodSync(path, 0o600)
    checkOrigin(database, path)
    configure(database)
    migrate(database)
  } catch (error) {
    database.close()
    throw error
  }
  const store = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  return {
    store,
    async close() {
      await store.destroy()
      // Kysely leaves a database open that was never asked anything.
      database.close()
    },
  }
}

function read(database: Database.Database, pragma: string): unknown {
  return database.pragma(pragma, { simple: true })
}

function checkOrigin(database: Database.Database, path: string): void {
  const id = Number(read(database, 'application_id'))
  const version = Number(read(database, 'user_version'))
  if (id !== applicationId && (id !== 0 || version !== 0)) throw new Error(`${path} is not a gateway's database`)
  if (version > migrations.length)
    throw new Error(`${path} was written by a newer gateway (version ${version}, this one knows ${migrations.length})`)
}

/** Sets each pragma and reads it back: SQLite ignores what it cannot do, and durability must not be lost in silence. */
function configure(database: Database.Database): void {
  for (const [name, value] of Object.entries(settings)) {
    database.pragma(`${name} = ${value}`)
    if (read(database, name) !== value) throw new Error(`the database refused ${name} = ${value}`)
  }
}

function migrate(database: Database.Database): void {
  const step = database.transaction(() => {
    const version = Number(read(database, 'user_version'))
    const statements = migrations[version]
    if (statements === undefined) return false
    database.exec(statements)
    database.pragma(`application_id = ${applicationId}`)
    database.pragma(`user_version = ${version + 1}`)
    return true
  })
  // Most starts find nothing to do and should not wait for the write lock.
  if (Number(read(database, 'user_version')) === migrations.length) return
  while (step.immediate());
}

/**
 * Runs `work` as one transaction that holds the write lock from its first statement on, so that what it reads is still
 * true when it writes; a deferred transaction could only find that out at the end.
 */
export function inTransaction<T>(store: Store, work: (transaction: Store) => Promise<T>): Promise<T> {
  return store.connection().execute(async (connection) => {
    await sql`BEGIN IMMEDIATE`.execute(connection)
    try {
      const result = await work(connection)
      await sql`COMMIT`.execute(connection)
      return result
    } catch (error) {
      // Where the commit itself failed SQLite may have rolled back already; what counts is why.
      await sql`ROLLBACK`.execute(connection).catch(() => {})
      throw error
    }
  })
}
