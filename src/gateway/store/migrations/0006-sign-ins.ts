/** Devices that are signed in, and second factors for one thing. */
export const signIns0006 = `
-- Devices that ask to be signed in (RFC 8628). Of a device only the newest waits; of what it asks with only the hash is kept.
CREATE TABLE device_grants (
  device_code_hash TEXT NOT NULL PRIMARY KEY,
  user_code        TEXT NOT NULL UNIQUE,
  device_id        TEXT NOT NULL UNIQUE,
  device_name      TEXT NOT NULL,
  is_kiosk         INTEGER NOT NULL CHECK (is_kiosk IN (0, 1)),
  scope            TEXT NOT NULL,
  ip               TEXT NOT NULL,
  asked_at         TEXT NOT NULL,
  expires_at_ms    INTEGER NOT NULL,
  interval_s       INTEGER NOT NULL,
  polled_at_ms     INTEGER,
  state            TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'denied')),
  account_id       TEXT CHECK ((account_id IS NULL) = (state = 'waiting'))
) STRICT, WITHOUT ROWID;

-- Devices that are signed in, each to one account. Generations: see src/gateway/oauth/rotation.ts.
CREATE TABLE device_sessions (
  session_id      TEXT NOT NULL PRIMARY KEY,
  account_id      TEXT NOT NULL,
  device_id       TEXT NOT NULL UNIQUE,
  device_name     TEXT NOT NULL,
  is_kiosk        INTEGER NOT NULL CHECK (is_kiosk IN (0, 1)),
  scope           TEXT NOT NULL,
  signed_in_at_ms INTEGER NOT NULL,
  last_used_at_ms INTEGER NOT NULL,
  current         INTEGER NOT NULL,
  confirmed       INTEGER NOT NULL CHECK (confirmed BETWEEN 0 AND current)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_sessions_by_account ON device_sessions (account_id);

CREATE TABLE device_tokens (
  token_hash    TEXT NOT NULL PRIMARY KEY,
  session_id    TEXT NOT NULL REFERENCES device_sessions ON DELETE CASCADE,
  kind          TEXT NOT NULL CHECK (kind IN ('access', 'refresh')),
  generation    INTEGER NOT NULL CHECK (generation > 0),
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX device_tokens_by_session ON device_tokens (session_id, generation);

-- Each serves once; kept until it would be too old anyway.
CREATE TABLE used_step_ups (
  step_up_id    TEXT NOT NULL PRIMARY KEY,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- In whose name the price was asked for, and by which sign-in; NULL where no account was needed.
ALTER TABLE quotes   ADD COLUMN account_id TEXT CHECK (length(account_id) > 0);
ALTER TABLE quotes   ADD COLUMN session_id TEXT CHECK ((account_id IS NULL) = (session_id IS NULL));
ALTER TABLE spending ADD COLUMN session_id TEXT CHECK (length(session_id) > 0);
CREATE INDEX spending_by_session ON spending (session_id) WHERE session_id IS NOT NULL;
`
