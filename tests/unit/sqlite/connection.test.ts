import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { assertPragmas, assertSqliteVersion, openNew, openReader, openWriter } from '../../../src/main/adapters/sqlite/connection.ts'
import { applicationId, hasOwnSchema, migrate, schemaVersion } from '../../../src/main/adapters/sqlite/schema.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-db-'))
  file = join(folder, 'ledger.sqlite')
  const db = openNew(file)
  migrate(db)
  db.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const pragma = (db: Database.Database, name: string) => db.pragma(name, { simple: true })

describe('a connection', () => {
  it('P3 that writes has every pragma that durability and safety rest on', () => {
    const db = openWriter(file)
    expect(pragma(db, 'journal_mode')).toBe('wal')
    // 2 is FULL; 1, NORMAL, would lose the newest commits with the power.
    expect(pragma(db, 'synchronous')).toBe(2n)
    expect(pragma(db, 'foreign_keys')).toBe(1n)
    expect(pragma(db, 'trusted_schema')).toBe(0n)
    expect(pragma(db, 'recursive_triggers')).toBe(1n)
    expect(pragma(db, 'application_id')).toBe(BigInt(applicationId))
    expect(pragma(db, 'user_version')).toBe(BigInt(schemaVersion))
    db.close()
  })

  it.each([true, false])('that reads cannot write (folder writable: %s)', (isWritable) => {
    const db = openReader(file, isWritable)
    expect(() => db.exec('DELETE FROM purchases')).toThrow(/readonly|read-only|query_only/i)
    expect(pragma(db, 'trusted_schema')).toBe(0n)
    db.close()
  })

  it('is refused when a pragma does not read back', () => {
    const db = openWriter(file)
    db.pragma('synchronous = NORMAL')
    expect(() => assertPragmas(db, { synchronous: 2n })).toThrow(LogStorageError)
    db.close()
  })

  it.each([
    ['3.51.2', false],
    ['3.9.9', false],
    ['2.99.0', false],
    ['3.51.3', true],
    ['3.60.0', true],
    ['4.0.0', true],
  ])('is made with SQLite %s: %s', (version, isTaken) => {
    if (isTaken) expect(() => assertSqliteVersion(version)).not.toThrow()
    else expect(() => assertSqliteVersion(version)).toThrow(LogStorageError)
  })
})

describe('migrations', () => {
  const steps = ['CREATE TABLE one (a) STRICT', 'CREATE TABLE two (a INTEGER) STRICT'].map((sql) => sql.replace('(a)', '(a TEXT)'))

  it('run from where the database is, each once', () => {
    const db = new Database(':memory:')
    migrate(db, steps.slice(0, 1))
    expect(pragma(db, 'user_version')).toBe(1)
    migrate(db, steps)
    migrate(db, steps)
    expect(pragma(db, 'user_version')).toBe(2)
    expect(db.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all()).toEqual(['one', 'two'])
    db.close()
  })

  it('leave nothing of one that fails, and all of those before it', () => {
    const db = new Database(':memory:')
    const failing = 'CREATE TABLE three (a TEXT); CREATE TABLE one (a TEXT)'
    expect(() => migrate(db, [...steps, failing])).toThrow(/already exists/)
    expect(pragma(db, 'user_version')).toBe(2)
    expect(db.prepare('SELECT name FROM sqlite_schema ORDER BY name').pluck().all()).toEqual(['one', 'two'])
    db.close()
  })

  it('make a schema of STRICT tables that is recognised as ours', () => {
    const db = openWriter(file)
    expect(hasOwnSchema(db)).toBe(true)
    const tables = db.prepare("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all()
    expect(tables).toHaveLength(10)
    expect(tables).toEqual(tables.map((row) => ({ ...(row as object), strict: 1n })))
    db.close()
  })
})
