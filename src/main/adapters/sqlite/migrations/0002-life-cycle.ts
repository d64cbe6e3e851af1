/**
 * Money that comes back, messages that count once, and the newest of a few kinds of events. Purchases are kept in the
 * order of their approvals: new ones go to the end of the table, and the newest are found from there. Only what is still
 * open has an index besides: it is asked for every few seconds, and is nearly empty.
 */
export const lifeCycle0002 = `
CREATE TABLE purchases_in_order (
  approved_seq INTEGER PRIMARY KEY REFERENCES events (seq),
  purchase_id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN
    ('approved', 'unknown', 'succeeded', 'partlyRefunded', 'refunded', 'chargedBack', 'declined', 'voided')),
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
  receipt_number TEXT,
  refunded INTEGER NOT NULL DEFAULT 0,
  charged_back INTEGER NOT NULL DEFAULT 0,
  chargeback_id TEXT,
  sequence INTEGER NOT NULL DEFAULT 0,
  CHECK (refunded >= 0 AND charged_back >= 0 AND refunded + charged_back <= amount)
) STRICT;

INSERT INTO purchases_in_order (approved_seq, purchase_id, state, offer_id, seller_id, payee, item, game, amount,
  currency, funding_source_id, at, settled_at, reason, receipt_number, sequence)
SELECT approved_seq, purchase_id, state, offer_id, seller_id, payee, item, game, amount,
  currency, funding_source_id, at, settled_at, reason, receipt_number, receipt_number IS NOT NULL
FROM purchases ORDER BY approved_seq;

DROP TABLE purchases;

ALTER TABLE purchases_in_order RENAME TO purchases;

CREATE INDEX purchases_still_open ON purchases (approved_seq) WHERE settled_at IS NULL;

CREATE TABLE messages (
  message_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES events (seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE newest_of_type (
  type TEXT PRIMARY KEY,
  seq INTEGER NOT NULL REFERENCES events (seq)
) STRICT, WITHOUT ROWID;
`
