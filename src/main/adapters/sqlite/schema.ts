/** Which database this is and how its schema grows. */
import Database from 'better-sqlite3'
import { log0001 } from './migrations/0001-log.ts'
import { lifeCycle0002 } from './migrations/0002-life-cycle.ts'
import { limits0003 } from './migrations/0003-limits.ts'
import { household0004 } from './migrations/0004-household.ts'
import { risk0005 } from './migrations/0005-risk.ts'

/** Marks the file as ours (PRAGMA application_id): the letters `Tupp`. */
export const applicationId = 0x54757070

/** What changes the schema, and what then fills it from the events where SQL cannot say that. */
type Migration = string | { readonly sql: string; readonly fill: (db: Database.Database) => void }

/** In order; the one at index n takes `user_version` from n to n + 1. Never edited once released. */
export const migrations: readonly Migration[] = [log0001, lifeCycle0002, limits0003, household0004, risk0005]

export const schemaVersion = migrations.length

/**
 * Runs the migrations that the database has not seen, each with its number in a transaction of its own: a kill leaves the
 * version before a step or the one after it, and the next start goes on from there.
 */
export function migrate(db: Database.Database, steps: readonly Migration[] = migrations): void {
  for (let version = versionOf(db); version < steps.length; version++) {
    db.transaction(() => {
      const step = steps[version] ?? ''
      db.exec(typeof step === 'string' ? step : step.sql)
      if (typeof step !== 'string') step.fill(db)
      db.pragma(`user_version = ${version + 1}`)
    }).immediate()
  }
}

/** How many migrations the database has seen. */
export function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

interface SchemaRow {
  readonly type: string
  readonly name: string
  readonly sql: string | null
}

function schemaOf(db: Database.Database): string {
  const rows = db
    .prepare<[], SchemaRow>("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .all()
  return JSON.stringify(rows.map(({ type, name, sql }) => `${type} ${name} ${sql}`).sort())
}

/**
 * Whether the tables, triggers and indexes are exactly those of the migrations up to `version`: a dropped trigger or an
 * added one is tampering even while every event is in its place.
 */
export function hasOwnSchema(db: Database.Database, version = schemaVersion): boolean {
  const model = new Database(':memory:')
  try {
    migrate(model, migrations.slice(0, version))
    return schemaOf(db) === schemaOf(model)
  } finally {
    model.close()
  }
}
