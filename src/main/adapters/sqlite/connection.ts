/** Opens the database, sets what the promises rest on, and reads it back, because SQLite ignores what it does not know. */
import { readFileSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { LogStorageError } from '../../ports/event-log.ts'
import { applicationId, migrate, schemaVersion } from './schema.ts'

/** The first release with the fix for the WAL-reset corruption bug (https://www.sqlite.org/wal.html#walresetbug). */
const oldestSqlite = '3.51.3'

/** How long to wait, in milliseconds, for somebody who reads the file with another tool. */
const busyTimeoutMs = 2000

/** Pragmas of every connection with the value that reading them back has to give. */
const common = { foreign_keys: 1n, trusted_schema: 0n, cell_size_check: 1n, recursive_triggers: 1n }

/** `synchronous` 2 is FULL: a commit is on the disk before it returns (https://www.sqlite.org/pragma.html). */
const writing = { ...common, journal_mode: 'wal', synchronous: 2n }

const identity = { application_id: BigInt(applicationId), user_version: BigInt(schemaVersion) }

/** Throws LogStorageError `unsupported` for a release of SQLite that may corrupt a write-ahead log. */
export function assertSqliteVersion(version: string): void {
  if (version.localeCompare(oldestSqlite, 'en', { numeric: true }) < 0) unsupported(`SQLite ${version}`)
}

function unsupported(what: string): never {
  throw new LogStorageError({ kind: 'unsupported', what })
}

function setPragmas(db: Database.Database, pragmas: Readonly<Record<string, bigint | string>>): void {
  for (const [name, value] of Object.entries(pragmas)) db.pragma(`${name} = ${value}`)
  assertPragmas(db, pragmas)
}

/** Throws LogStorageError `unsupported` where a pragma does not read back as it should. */
export function assertPragmas(db: Database.Database, pragmas: Readonly<Record<string, bigint | string>>): void {
  for (const [name, expected] of Object.entries(pragmas)) {
    const found = db.pragma(name, { simple: true })
    if (found !== expected) unsupported(`PRAGMA ${name} is ${String(found)}`)
  }
}

function connect(path: string | Buffer, options: Database.Options, pragmas: Readonly<Record<string, bigint | string>>) {
  const db = new Database(path, { timeout: busyTimeoutMs, ...options })
  try {
    db.defaultSafeIntegers(true)
    assertSqliteVersion(db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '')
    setPragmas(db, pragmas)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * The one connection that writes, with the schema brought up to date. The file must exist; closing it folds the
 * write-ahead log into the file.
 */
export function openWriter(file: string): Database.Database {
  const db = connect(file, { fileMustExist: true }, writing)
  try {
    migrate(db)
    assertPragmas(db, identity)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A connection to an empty file that is to become a log. */
export function openNew(file: string): Database.Database {
  const db = connect(file, {}, writing)
  setPragmas(db, { application_id: BigInt(applicationId) })
  return db
}

/**
 * A connection that does not write: it leaves the file and its write-ahead log byte for byte as they were, also when it
 * is closed. A connection opened for writing may only be used where there is no write-ahead log, as closing it would
 * fold that into the file; one opened for reading cannot clean up after itself, and needs SQLite's scratch index `-shm`,
 * so in a folder that cannot be written the file is read into memory instead.
 */
export function openReader(file: string, isWritable: boolean): Database.Database {
  if (isFilled(`${file}-wal`) || isFilled(`${file}-journal`)) return openSnapshot(file)
  if (isWritable) return connect(file, { fileMustExist: true }, { ...common, query_only: 1n })
  return connect(inRollbackMode(readFileSync(file)), {}, { ...common, query_only: 1n })
}

/** A look at one moment, also while the writer of this process goes on. */
export function openSnapshot(file: string): Database.Database {
  const db = connect(file, { readonly: true, fileMustExist: true }, common)
  // A read transaction starts with its first read, and that has to be now.
  db.exec('BEGIN; SELECT count(*) FROM sqlite_schema')
  return db
}

/**
 * What the connection sees, in memory and with its schema brought up to date, so that the log of an older version can be
 * read where it may not be written to.
 */
export function upToDateCopy(db: Database.Database): Database.Database {
  const copy = connect(inRollbackMode(db.serialize()), {}, common)
  try {
    migrate(copy)
    setPragmas(copy, { query_only: 1n })
    return copy
  } catch (error) {
    copy.close()
    throw error
  }
}

/**
 * Makes a copy of a log one file that needs no other beside it and can be read from anywhere, and that only grows into a
 * write-ahead log again once it is opened as the log.
 */
export function foldCopy(file: string): void {
  connect(file, { fileMustExist: true }, { ...common, journal_mode: 'delete' }).close()
}

export function isFilled(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** A database in memory has no write-ahead log, and its header must not ask for one (file format §1.3.4). */
function inRollbackMode(image: Buffer): Buffer {
  return image.fill(1, 18, 20)
}
