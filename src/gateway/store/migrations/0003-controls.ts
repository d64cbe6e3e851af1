/** The controls of spending, and what counts against them. */
export const controls0003 = `
-- The controls of spending, for each funding source: as they are, and every step that led to them.
CREATE TABLE controls (
  funding_source_id TEXT NOT NULL PRIMARY KEY,
  controls          TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE control_steps (
  seq               INTEGER PRIMARY KEY AUTOINCREMENT,
  funding_source_id TEXT NOT NULL,
  device_id         TEXT NOT NULL REFERENCES devices,
  type              TEXT NOT NULL,
  change_id         TEXT,
  payload           TEXT NOT NULL,
  at                TEXT NOT NULL
) STRICT;
CREATE INDEX control_steps_by_change ON control_steps (funding_source_id, change_id) WHERE change_id IS NOT NULL;

-- What each charge counts as against the limits of its funding source, of whichever device. Money back changes nothing here.
CREATE TABLE spending (
  device_id           TEXT NOT NULL,
  idempotency_key     TEXT NOT NULL,
  funding_source_id   TEXT NOT NULL,
  counted_minor_units INTEGER NOT NULL CHECK (counted_minor_units > 0),
  counted_currency    TEXT NOT NULL CHECK (length(counted_currency) = 3),
  charged_at          TEXT NOT NULL,
  PRIMARY KEY (device_id, idempotency_key),
  FOREIGN KEY (device_id, idempotency_key) REFERENCES charges (device_id, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX spending_by_time ON spending (funding_source_id, charged_at);

-- Until now every charge was to the one wallet, and none was counted in another currency.
INSERT INTO spending
  SELECT device_id, idempotency_key, 'sandbox-wallet', amount_minor_units, currency, charged_at FROM charges;

CREATE TRIGGER controls_stay       BEFORE DELETE ON controls      BEGIN SELECT RAISE(ABORT, 'controls are never deleted'); END;
CREATE TRIGGER control_steps_stay  BEFORE DELETE ON control_steps BEGIN SELECT RAISE(ABORT, 'steps are never deleted'); END;
CREATE TRIGGER control_steps_fixed BEFORE UPDATE ON control_steps BEGIN SELECT RAISE(ABORT, 'steps are never changed'); END;
CREATE TRIGGER spending_stays      BEFORE DELETE ON spending      BEGIN SELECT RAISE(ABORT, 'spending is never deleted'); END;
CREATE TRIGGER spending_fixed      BEFORE UPDATE ON spending      BEGIN SELECT RAISE(ABORT, 'spending is never changed'); END;
`
