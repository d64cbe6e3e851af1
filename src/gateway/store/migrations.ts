/** Step n brings a file from `user_version` n to n + 1. Steps are only ever added: files that exist have run them. */
export const migrations: readonly string[] = [
  `
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
  `,
  `
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
  `,
  `
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
  `,
  `
  -- Who of the household was charged, as the device signed it; NULL where there were no members.
  ALTER TABLE spending ADD COLUMN member_id TEXT CHECK (length(member_id) > 0);
  `,
  `
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
  `,
  `
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
  `,
  `
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
  `,
  `
  -- With a second factor e-mail is none, however the password came to be: nothing is to be remembered about it.
  ALTER TABLE account_settings DROP COLUMN password_by_mail;

  -- Controls of an account that is gone while an exclusion runs, by a keyed hash of its address: whoever comes back with the address is
  -- held to them. Without one they go with the account.
  CREATE TABLE kept_controls (
    subject       TEXT NOT NULL PRIMARY KEY,
    controls      TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  DROP TRIGGER controls_stay;
  DROP TRIGGER control_steps_stay;
  CREATE TRIGGER controls_stay BEFORE DELETE ON controls
    WHEN old.funding_source_id NOT LIKE 'wallet-%' OR substr(old.funding_source_id, 8) IN (SELECT id FROM accounts)
    BEGIN SELECT RAISE(ABORT, 'controls are never deleted while there is an account'); END;
  CREATE TRIGGER control_steps_stay BEFORE DELETE ON control_steps
    WHEN old.funding_source_id NOT LIKE 'wallet-%' OR substr(old.funding_source_id, 8) IN (SELECT id FROM accounts)
    BEGIN SELECT RAISE(ABORT, 'steps are never deleted while there is an account'); END;

  CREATE INDEX quotes_by_account ON quotes (account_id) WHERE account_id IS NOT NULL;
  `,
]
