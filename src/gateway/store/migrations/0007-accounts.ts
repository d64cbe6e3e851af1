/** Accounts of people, and how they show who they are. */
export const accounts0007 = `
-- Accounts of people, made once their address is confirmed. better-auth reads and writes these two as its models "user" and
-- "account"; a name that is empty stands for none.
CREATE TABLE accounts (
  id             TEXT NOT NULL PRIMARY KEY,
  name           TEXT NOT NULL,
  email          TEXT NOT NULL UNIQUE,
  email_verified INTEGER NOT NULL CHECK (email_verified = 1),
  image          TEXT CHECK (image IS NULL),
  created_at     TEXT NOT NULL,
  updated_at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account_passwords (
  id          TEXT NOT NULL PRIMARY KEY,
  user_id     TEXT NOT NULL UNIQUE REFERENCES accounts ON DELETE CASCADE,
  account_id  TEXT NOT NULL,
  provider_id TEXT NOT NULL CHECK (provider_id = 'credential'),
  password    TEXT NOT NULL CHECK (password LIKE '$argon2id$%'),
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the person has chosen. Secrets of authenticators are sealed with a key that is not in this file.
CREATE TABLE account_settings (
  account_id          TEXT NOT NULL PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  language            TEXT NOT NULL CHECK (language IN ('en', 'de')),
  phone               TEXT,
  totp_secret         TEXT,
  totp_waiting        TEXT,
  totp_newest_step    INTEGER NOT NULL,
  password_by_mail    INTEGER NOT NULL CHECK (password_by_mail IN (0, 1)),
  step_up_above_cents INTEGER NOT NULL CHECK (step_up_above_cents >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_recovery_codes (
  account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  code_mac   TEXT NOT NULL,
  PRIMARY KEY (account_id, code_mac)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_passkeys (
  passkey_id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  public_key TEXT NOT NULL,
  counter    INTEGER NOT NULL,
  transports TEXT NOT NULL,
  name       TEXT NOT NULL,
  added_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_passkeys_by_account ON account_passkeys (account_id);

-- Codes of six digits that were sent, at most one for each purpose; also those for addresses that nobody has, which were not.
CREATE TABLE account_codes (
  subject       TEXT NOT NULL,
  purpose       TEXT NOT NULL,
  code_mac      TEXT NOT NULL,
  tries_left    INTEGER NOT NULL CHECK (tries_left >= 0),
  expires_at_ms INTEGER NOT NULL,
  PRIMARY KEY (subject, purpose)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_codes_by_expiry ON account_codes (expires_at_ms);

-- What waits for one more answer: a sign-up, a sign-in, a reset, a ceremony with a passkey. Known by a hash.
CREATE TABLE account_pending (
  token_hash    TEXT NOT NULL PRIMARY KEY,
  kind          TEXT NOT NULL,
  subject       TEXT NOT NULL,
  account_id    TEXT REFERENCES accounts ON DELETE CASCADE,
  details       TEXT NOT NULL,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_pending_by_expiry ON account_pending (expires_at_ms);
CREATE INDEX account_pending_by_account ON account_pending (account_id);

-- Who is signed in on the pages.
CREATE TABLE page_sessions (
  token_hash    TEXT NOT NULL PRIMARY KEY,
  account_id    TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  started_at_ms INTEGER NOT NULL,
  used_at_ms    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX page_sessions_by_account ON page_sessions (account_id);

-- Failures in a row, by a keyed hash of the address that was typed, so that they say nothing about which accounts there are.
CREATE TABLE account_tries (
  subject    TEXT NOT NULL,
  method     TEXT NOT NULL,
  failures   INTEGER NOT NULL CHECK (failures > 0),
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (subject, method)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_tries_by_age ON account_tries (last_at_ms);

-- How much was tried from where lately: halves every ten minutes.
CREATE TABLE address_heat (
  address TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('asked', 'failed')),
  heat    REAL NOT NULL,
  at_ms   INTEGER NOT NULL,
  PRIMARY KEY (address, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_heat_by_age ON address_heat (at_ms);

-- Proofs of work that were used, until they would have run out.
CREATE TABLE used_work (
  nonce         TEXT NOT NULL PRIMARY KEY,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX used_work_by_expiry ON used_work (expires_at_ms);

CREATE TABLE account_events (
  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  at         TEXT NOT NULL,
  kind       TEXT NOT NULL,
  ip         TEXT NOT NULL,
  user_agent TEXT NOT NULL
) STRICT;
CREATE INDEX account_events_by_account ON account_events (account_id, seq);
CREATE TRIGGER account_events_fixed BEFORE UPDATE ON account_events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
`
