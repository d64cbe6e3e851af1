/** What was done to charges afterwards, and what is told of it. */
export const moneyBack0002 = `
-- What was done to a charge afterwards, in order: sequence 1 is the charge itself, so these begin with 2.
CREATE TABLE money_back (
  device_id          TEXT NOT NULL,
  idempotency_key    TEXT NOT NULL,
  sequence           INTEGER NOT NULL CHECK (sequence > 1),
  kind               TEXT NOT NULL CHECK (kind IN ('refund', 'chargeback', 'reversal')),
  id                 TEXT NOT NULL,
  amount_minor_units INTEGER NOT NULL CHECK (amount_minor_units > 0),
  at                 TEXT NOT NULL,
  PRIMARY KEY (device_id, idempotency_key, sequence),
  FOREIGN KEY (device_id, idempotency_key) REFERENCES charges (device_id, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  id              TEXT NOT NULL UNIQUE,
  device_id       TEXT NOT NULL REFERENCES devices,
  sent_at_s       INTEGER NOT NULL,
  body            TEXT NOT NULL,
  acknowledged_at TEXT
) STRICT;
CREATE INDEX messages_to_deliver ON messages (device_id, seq) WHERE acknowledged_at IS NULL;

CREATE TABLE log_heads (
  seq           INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id     TEXT NOT NULL REFERENCES devices,
  log_id        TEXT NOT NULL,
  head_seq      INTEGER NOT NULL,
  mac           TEXT NOT NULL,
  after_restore INTEGER NOT NULL CHECK (after_restore IN (0, 1)),
  signed_at     TEXT NOT NULL
) STRICT;
CREATE INDEX log_heads_by_log ON log_heads (device_id, log_id, seq);

CREATE TRIGGER money_back_stays BEFORE DELETE ON money_back BEGIN SELECT RAISE(ABORT, 'what was done is never deleted'); END;
CREATE TRIGGER money_back_fixed BEFORE UPDATE ON money_back BEGIN SELECT RAISE(ABORT, 'what was done is never changed'); END;
CREATE TRIGGER messages_stay    BEFORE DELETE ON messages   BEGIN SELECT RAISE(ABORT, 'messages are never deleted'); END;
CREATE TRIGGER messages_fixed   BEFORE UPDATE OF seq, id, device_id, sent_at_s, body ON messages
  BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END;
CREATE TRIGGER log_heads_stay   BEFORE DELETE ON log_heads  BEGIN SELECT RAISE(ABORT, 'heads are never deleted'); END;
CREATE TRIGGER log_heads_fixed  BEFORE UPDATE ON log_heads  BEGIN SELECT RAISE(ABORT, 'heads are never changed'); END;
`
