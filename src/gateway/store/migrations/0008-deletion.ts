/** What stays of an account that is gone. */
export const deletion0008 = `
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
`
