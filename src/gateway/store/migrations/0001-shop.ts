/** The shop: devices, proofs, quotes, purchases, charges. */
export const shop0001 = `
CREATE TABLE devices (
  device_id   TEXT NOT NULL PRIMARY KEY,
  public_key  TEXT NOT NULL,
  enrolled_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE proofs (
  device_id     TEXT NOT NULL,
  jti           TEXT NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  PRIMARY KEY (device_id, jti)
) STRICT, WITHOUT ROWID;
CREATE INDEX proofs_by_expiry ON proofs (expires_at_ms);

CREATE TABLE quotes (
  quote_id   TEXT NOT NULL PRIMARY KEY,
  device_id  TEXT NOT NULL REFERENCES devices,
  offer_id   TEXT NOT NULL,
  jws        TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Keys are the device's own, so that one device's key says nothing to another. A quote serves one purchase (P2).
CREATE TABLE purchases (
  device_id       TEXT NOT NULL REFERENCES devices,
  idempotency_key TEXT NOT NULL,
  quote_id        TEXT NOT NULL UNIQUE REFERENCES quotes,
  request_digest  TEXT NOT NULL,
  decline_reason  TEXT,
  decided_at      TEXT NOT NULL,
  PRIMARY KEY (device_id, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE charges (
  seq                INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id          TEXT NOT NULL,
  idempotency_key    TEXT NOT NULL,
  receipt_number     TEXT NOT NULL UNIQUE,
  receipt            TEXT NOT NULL,
  offer_id           TEXT NOT NULL,
  seller_id          TEXT NOT NULL,
  amount_minor_units INTEGER NOT NULL CHECK (amount_minor_units > 0),
  currency           TEXT NOT NULL CHECK (length(currency) = 3),
  charged_at         TEXT NOT NULL,
  UNIQUE (device_id, idempotency_key),
  FOREIGN KEY (device_id, idempotency_key) REFERENCES purchases (device_id, idempotency_key)
) STRICT;

CREATE TRIGGER purchases_stay  BEFORE DELETE ON purchases BEGIN SELECT RAISE(ABORT, 'purchases are never deleted'); END;
CREATE TRIGGER purchases_fixed BEFORE UPDATE ON purchases BEGIN SELECT RAISE(ABORT, 'purchases are never changed'); END;
CREATE TRIGGER charges_stay    BEFORE DELETE ON charges   BEGIN SELECT RAISE(ABORT, 'charges are never deleted'); END;
CREATE TRIGGER charges_fixed   BEFORE UPDATE ON charges   BEGIN SELECT RAISE(ABORT, 'charges are never changed'); END;
`
