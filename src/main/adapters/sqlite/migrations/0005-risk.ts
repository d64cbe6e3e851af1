import type Database from 'better-sqlite3'
import { foldRisk } from '../fold-risk.ts'

/** What the events come to about the habits of each buyer. Whoever uses this alone is the empty text: nothing in a key may be NULL. */
export const risk0005 = {
  sql: `
CREATE TABLE risk (
  member_id TEXT PRIMARY KEY,
  folded TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
  /** Once, from all events of an older log. */
  fill: (db: Database.Database) => foldRisk(db),
}
