/** Disputes about charges. */
export const disputes0005 = `
-- What is wrong with a charge, in the words of whoever paid. Of one charge at most one waits for its decision, which is made once.
CREATE TABLE disputes (
  device_id       TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  dispute_id      TEXT NOT NULL,
  reason          TEXT NOT NULL CHECK (reason IN ('notMine', 'notReceived', 'wrongAmount', 'byMistake', 'other')),
  note            TEXT CHECK (length(note) BETWEEN 1 AND 140),
  opened_at       TEXT NOT NULL,
  outcome         TEXT CHECK (outcome IN ('refunded', 'refused')),
  closed_at       TEXT CHECK ((closed_at IS NULL) = (outcome IS NULL)),
  PRIMARY KEY (device_id, idempotency_key, dispute_id),
  FOREIGN KEY (device_id, idempotency_key) REFERENCES charges (device_id, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX disputes_open ON disputes (device_id, idempotency_key) WHERE outcome IS NULL;

CREATE TRIGGER disputes_stay  BEFORE DELETE ON disputes BEGIN SELECT RAISE(ABORT, 'disputes are never deleted'); END;
CREATE TRIGGER disputes_fixed BEFORE UPDATE OF device_id, idempotency_key, dispute_id, reason, note, opened_at ON disputes
  BEGIN SELECT RAISE(ABORT, 'disputes are never changed'); END;
CREATE TRIGGER disputes_once  BEFORE UPDATE ON disputes WHEN old.outcome IS NOT NULL
  BEGIN SELECT RAISE(ABORT, 'a dispute is decided once'); END;
`
