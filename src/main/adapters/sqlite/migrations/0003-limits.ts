/**
 * What purchases count as against the limits, the sums of that for each quarter of an hour, and the controls that the
 * events come to. Purchases from before are counted at their price and time, as src/domain/ledger.ts does for events that
 * say nothing else; before them there were no controls. Lines of usage grow at the end, as time does, so that an append
 * touches one page of them; one that holds nothing is taken out.
 */
export const limits0003 = `
ALTER TABLE purchases ADD COLUMN counted_amount INTEGER NOT NULL DEFAULT 0;

ALTER TABLE purchases ADD COLUMN counted_currency TEXT NOT NULL DEFAULT '';

ALTER TABLE purchases ADD COLUMN counted_at TEXT NOT NULL DEFAULT '';

UPDATE purchases SET counted_amount = amount, counted_currency = currency, counted_at = coalesce(
  (SELECT json_extract(payload, '$.chargedAt') FROM events WHERE seq = approved_seq AND type = 'purchase.recovered'), at);

CREATE TABLE usage (
  quarter_ms INTEGER NOT NULL,
  seller_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  spent INTEGER NOT NULL CHECK (spent >= 0),
  reserved INTEGER NOT NULL CHECK (reserved >= 0),
  PRIMARY KEY (quarter_ms, seller_id, currency)
) STRICT, WITHOUT ROWID;

INSERT INTO usage (quarter_ms, seller_id, currency, spent, reserved)
SELECT unixepoch(counted_at) / 900 * 900000 AS quarter_ms, seller_id, counted_currency,
  sum(CASE WHEN state IN ('approved', 'unknown') THEN 0 ELSE counted_amount END),
  sum(CASE WHEN state IN ('approved', 'unknown') THEN counted_amount ELSE 0 END)
FROM purchases WHERE state NOT IN ('declined', 'voided') AND counted_amount > 0 GROUP BY 1, 2, 3;

CREATE TABLE controls (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  folded TEXT NOT NULL
) STRICT;
`
