import type Database from 'better-sqlite3'
import { foldRisk } from '../fold-risk.ts'

/**
 * What the events come to about the habits of each buyer: what was learned of them, and what was observed since. Whoever uses this alone is the
 * empty text: nothing in a key may be NULL. Where the model learns otherwise one day, both have to be emptied and filled again by another one.
 */
export const risk0005 = {
  sql: `
CREATE TABLE risk (
  member_id TEXT PRIMARY KEY,
  folded TEXT NOT NULL
) STRICT;

CREATE TABLE risk_lately (
  member_id TEXT PRIMARY KEY,
  folded TEXT NOT NULL
) STRICT;
`,
  /** Once, from all events of an older log. */
  fill: (db: Database.Database) => foldRisk(db),
}
