import type { Generated, Insertable } from 'kysely'
import type { DisputeOutcome, DisputeReason } from '../../contract/dispute.ts'

/** The columns as queries see them. Amounts are minor units; every integer comes back as a bigint. */
export interface DevicesTable {
  device_id: string
  public_key: string
  enrolled_at: string
}

export interface ProofsTable {
  device_id: string
  jti: string
  /** Milliseconds since the epoch. */
  expires_at_ms: bigint
}

export interface QuotesTable {
  quote_id: string
  device_id: string
  offer_id: string
  jws: string
  expires_at: string
  account_id: string | null
  session_id: string | null
}

/** One row for each idempotency key on which the gateway has decided. */
export interface PurchasesTable {
  device_id: string
  idempotency_key: string
  quote_id: string
  request_digest: string
  decline_reason: string | null
  decided_at: string
}

/** Money taken: at most one row for a purchase. */
export interface ChargesTable {
  seq: Generated<bigint>
  device_id: string
  idempotency_key: string
  receipt_number: string
  receipt: string
  offer_id: string
  seller_id: string
  amount_minor_units: bigint
  currency: string
  charged_at: string
}

/** What was done to a charge after it was made, numbered from 2. */
export interface MoneyBackTable {
  device_id: string
  idempotency_key: string
  sequence: bigint
  kind: 'refund' | 'chargeback' | 'reversal'
  id: string
  amount_minor_units: bigint
  at: string
}

export interface MessagesTable {
  seq: Generated<bigint>
  id: string
  device_id: string
  /** Seconds since the epoch. */
  sent_at_s: bigint
  body: string
  acknowledged_at: string | null
}

/** Every head that was countersigned; the newest of a log is what it must not fall behind. */
export interface LogHeadsTable {
  seq: Generated<bigint>
  device_id: string
  log_id: string
  head_seq: bigint
  mac: string
  after_restore: bigint
  signed_at: string
}

/** What a person said is wrong with a charge, and what was decided; null until then. */
export interface DisputesTable {
  device_id: string
  idempotency_key: string
  dispute_id: string
  reason: DisputeReason
  note: string | null
  opened_at: string
  outcome: DisputeOutcome | null
  closed_at: string | null
}

/** The controls as they are, canonical JSON of the domain's `Controls`. */
export interface ControlsTable {
  funding_source_id: string
  controls: string
}

/** Controls of an account that is gone, while an exclusion runs. */
export interface KeptControlsTable {
  /** A keyed hash of the address. */
  subject: string
  controls: string
  expires_at_ms: bigint
}

/** Every step that led to them, oldest first, and which device took it. */
export interface ControlStepsTable {
  seq: Generated<bigint>
  funding_source_id: string
  device_id: string
  type: string
  change_id: string | null
  payload: string
  at: string
}

/** What a charge counts as against the limits: one row for each. */
export interface SpendingTable {
  device_id: string
  idempotency_key: string
  funding_source_id: string
  counted_minor_units: bigint
  counted_currency: string
  charged_at: string
  member_id: string | null
  session_id: string | null
}

/** A device that asks to be signed in. */
export interface DeviceGrantsTable {
  device_code_hash: string
  user_code: string
  device_id: string
  device_name: string
  is_kiosk: bigint
  /** Separated by spaces (RFC 6749 §3.3). */
  scope: string
  ip: string
  asked_at: string
  expires_at_ms: bigint
  interval_s: bigint
  polled_at_ms: bigint | null
  state: 'waiting' | 'approved' | 'denied'
  account_id: string | null
}

/** A device that is signed in. */
export interface DeviceSessionsTable {
  session_id: string
  account_id: string
  device_id: string
  device_name: string
  is_kiosk: bigint
  scope: string
  signed_in_at_ms: bigint
  last_used_at_ms: bigint
  current: bigint
  confirmed: bigint
}

export interface DeviceTokensTable {
  token_hash: string
  session_id: string
  kind: 'access' | 'refresh'
  generation: bigint
  expires_at_ms: bigint
}

export interface UsedStepUpsTable {
  step_up_id: string
  expires_at_ms: bigint
}

/** A person's account; an empty name stands for none. */
export interface AccountsTable {
  id: string
  name: string
  email: string
  email_verified: bigint
  image: null
  created_at: string
  updated_at: string
}

/** The Argon2id hash of an account's password; none for an account that is signed in to without one. */
export interface AccountPasswordsTable {
  id: string
  user_id: string
  account_id: string
  provider_id: 'credential'
  password: string
  created_at: string
  updated_at: string
}

export interface AccountSettingsTable {
  account_id: string
  /** Of the mails to the person: that of the page on which they last signed in. */
  language: 'en' | 'de'
  phone: string | null
  /** Sealed, as is the next. */
  totp_secret: string | null
  /** Of an authenticator whose first code has not been given yet. */
  totp_waiting: string | null
  /** The newest time step (RFC 6238) whose code was used. */
  totp_newest_step: bigint
  /** Whether whoever set the password had shown nothing but that they read the mail. */
  step_up_above_cents: bigint
}

export interface AccountRecoveryCodesTable {
  account_id: string
  code_mac: string
}

export interface AccountPasskeysTable {
  /** The credential's id in base64url. */
  passkey_id: string
  account_id: string
  /** COSE key in base64url. */
  public_key: string
  counter: bigint
  /** JSON list of WebAuthn's transports. */
  transports: string
  name: string
  added_at: string
}

export interface AccountCodesTable {
  subject: string
  purpose: string
  code_mac: string
  tries_left: bigint
  expires_at_ms: bigint
}

export interface AccountPendingTable {
  token_hash: string
  kind: string
  subject: string
  /** Null for an address that nobody has an account with. */
  account_id: string | null
  /** JSON. */
  details: string
  expires_at_ms: bigint
}

export interface PageSessionsTable {
  token_hash: string
  account_id: string
  started_at_ms: bigint
  used_at_ms: bigint
}

export interface AccountTriesTable {
  subject: string
  method: string
  failures: bigint
  last_at_ms: bigint
}

export interface AddressHeatTable {
  address: string
  kind: 'asked' | 'failed'
  heat: number
  at_ms: bigint
}

export interface UsedWorkTable {
  nonce: string
  expires_at_ms: bigint
}

export interface AccountEventsTable {
  seq: Generated<bigint>
  account_id: string
  at: string
  kind: string
  ip: string
  user_agent: string
}

export type NewCharge = Insertable<ChargesTable>

export interface Tables {
  devices: DevicesTable
  proofs: ProofsTable
  quotes: QuotesTable
  purchases: PurchasesTable
  charges: ChargesTable
  money_back: MoneyBackTable
  messages: MessagesTable
  log_heads: LogHeadsTable
  disputes: DisputesTable
  controls: ControlsTable
  control_steps: ControlStepsTable
  kept_controls: KeptControlsTable
  spending: SpendingTable
  device_grants: DeviceGrantsTable
  device_sessions: DeviceSessionsTable
  device_tokens: DeviceTokensTable
  used_step_ups: UsedStepUpsTable
  accounts: AccountsTable
  account_passwords: AccountPasswordsTable
  account_settings: AccountSettingsTable
  account_recovery_codes: AccountRecoveryCodesTable
  account_passkeys: AccountPasskeysTable
  account_codes: AccountCodesTable
  account_pending: AccountPendingTable
  page_sessions: PageSessionsTable
  account_tries: AccountTriesTable
  address_heat: AddressHeatTable
  used_work: UsedWorkTable
  account_events: AccountEventsTable
}
