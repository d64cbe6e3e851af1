/** Fills the profiles of a log from before there were any. */
import Database from 'better-sqlite3'
import { nextControls, noControls } from '../../../domain/controls.ts'
import type { LogEvent } from '../../../domain/events.ts'
import { type KeptHabits, nextHabits, noHabits } from '../../../domain/risk-profiles.ts'
import { riskWritesOf } from './risk-rows.ts'

type Row = readonly [type: string, at: string, payload: string]

const eventOf = ([type, at, payload]: Row) => ({ type, at, payload: JSON.parse(payload) as unknown }) as LogEvent

/**
 * Inside the transaction of the migration. What is broken in a log is told by its check, for which nothing is in its place here: so no profile
 * is made of it. Throws SqliteError where the disk fails.
 */
export function foldRisk(db: Database.Database): void {
  try {
    const writes = riskWritesOf(db)
    for (const [memberId, { learned, lately }] of habitsIn(db)) {
      if (learned !== noHabits.learned) writes.habits(memberId, { learned, lately: [] })
      writes.habits(memberId, { learned, lately })
    }
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code !== 'SQLITE_CORRUPT') throw error
  }
}

function habitsIn(db: Database.Database): ReadonlyMap<string | null, KeptHabits> {
  const all = new Map<string | null, KeptHabits>()
  const buyer = db.prepare<[string], string | null>('SELECT member_id FROM purchases WHERE purchase_id = ?').pluck()
  let controls = noControls
  for (const row of db.prepare<[], Row>('SELECT type, at, payload FROM events ORDER BY seq').raw().iterate()) {
    const event = eventOf(row)
    const id = event.type === 'purchase.declined' ? event.payload.purchaseId : null
    const record = id === null ? null : { memberId: buyer.get(id) ?? null }
    for (const [memberId, habits] of nextHabits(event, { controls, record, habitsOf: (of) => all.get(of) ?? noHabits })) all.set(memberId, habits)
    controls = nextControls(controls, event)
  }
  return all
}
