/**
 * The log and its projections. Events and postings can only be added, at the end: the triggers refuse everything else,
 * also INSERT OR REPLACE, which without recursive_triggers would delete silently (https://www.sqlite.org/lang_replace.html).
 * There are no indexes: a few years of purchases are scanned in milliseconds, and every page more slows each append.
 * The payload is the last column, because SQLite reads a row up to the column it needs and payloads are long.
 */
export const log0001 = `
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  mac BLOB NOT NULL CHECK (length(mac) = 32),
  payload TEXT NOT NULL
) STRICT;

CREATE TABLE postings (
  seq INTEGER NOT NULL REFERENCES events (seq),
  line INTEGER NOT NULL,
  account TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE purchases (
  purchase_id TEXT PRIMARY KEY,
  approved_seq INTEGER NOT NULL REFERENCES events (seq),
  state TEXT NOT NULL CHECK (state IN ('approved', 'unknown', 'succeeded', 'declined', 'voided')),
  key TEXT NOT NULL,
  offer_id TEXT NOT NULL,
  seller_id TEXT NOT NULL,
  payee TEXT NOT NULL,
  item TEXT NOT NULL,
  game TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL,
  funding_source_id TEXT NOT NULL,
  at TEXT NOT NULL,
  settled_at TEXT,
  reason TEXT,
  receipt_number TEXT
) STRICT, WITHOUT ROWID;

CREATE TRIGGER events_are_added_at_the_end BEFORE INSERT ON events
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'events are only added at the end'); END;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events never change'); END;

CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events stay'); END;

CREATE TRIGGER postings_are_added_once BEFORE INSERT ON postings
WHEN EXISTS (SELECT 1 FROM postings WHERE seq = new.seq AND line = new.line)
BEGIN SELECT RAISE(ABORT, 'postings are only added'); END;

CREATE TRIGGER postings_never_change BEFORE UPDATE ON postings
BEGIN SELECT RAISE(ABORT, 'postings never change'); END;

CREATE TRIGGER postings_stay BEFORE DELETE ON postings
BEGIN SELECT RAISE(ABORT, 'postings stay'); END;
`
