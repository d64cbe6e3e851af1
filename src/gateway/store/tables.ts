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
  spending: SpendingTable
  device_grants: DeviceGrantsTable
  device_sessions: DeviceSessionsTable
  device_tokens: DeviceTokensTable
  used_step_ups: UsedStepUpsTable
}
