/**
 * Whose purchases and usage they are, and what the events come to about names, tries at a PIN and requests. Before them there
 * were no members: NULL for a purchase, and in the key of a line of usage, where NULL may not be, the empty text. Lines
 * still begin with their quarter of an hour, so that they grow at the end.
 */
export const household0004 = `
ALTER TABLE purchases ADD COLUMN member_id TEXT;

CREATE TABLE usage_of_members (
  quarter_ms INTEGER NOT NULL,
  seller_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  spent INTEGER NOT NULL CHECK (spent >= 0),
  reserved INTEGER NOT NULL CHECK (reserved >= 0),
  PRIMARY KEY (quarter_ms, seller_id, member_id, currency)
) STRICT, WITHOUT ROWID;

INSERT INTO usage_of_members (quarter_ms, seller_id, member_id, currency, spent, reserved)
SELECT quarter_ms, seller_id, '', currency, spent, reserved FROM usage ORDER BY quarter_ms, seller_id, currency;

DROP TABLE usage;

ALTER TABLE usage_of_members RENAME TO usage;

CREATE TABLE family (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  folded TEXT NOT NULL
) STRICT;
`
