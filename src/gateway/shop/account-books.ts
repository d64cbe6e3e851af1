/** What a person is given of their wallet, with the download of their account. */
import type { Controls } from '../../domain/controls.ts'
import type { Store } from '../store/open-store.ts'
import { readControls } from './controls.ts'
import { walletOf } from './funding-source.ts'

export interface AccountBooks {
  /** Every charge, oldest first, of whichever device. */
  readonly charges: readonly AccountCharge[]
  readonly disputes: readonly AccountDispute[]
  /** Limits, quiet hours, exclusions and what waits, as they are now. */
  readonly controls: Controls
  /** Every step that led to them, oldest first. */
  readonly controlSteps: readonly { readonly type: string; readonly payload: unknown; readonly at: string }[]
  /** Prices that were asked for and are kept, signed (JWS). */
  readonly quotes: readonly string[]
}

export interface AccountCharge {
  readonly receiptNumber: string
  readonly offerId: string
  readonly sellerId: string
  /** Minor units. */
  readonly amount: string
  readonly currency: string
  readonly chargedAt: string
  /** Signed by the gateway (JWS). */
  readonly receipt: string
  readonly moneyBack: readonly { readonly kind: string; readonly amount: string; readonly at: string }[]
}

export interface AccountDispute {
  readonly receiptNumber: string
  readonly reason: string
  readonly note: string | null
  readonly openedAt: string
  readonly outcome: string | null
  readonly closedAt: string | null
}

export async function readAccountBooks(store: Store, accountId: string): Promise<AccountBooks> {
  const walletId = walletOf(accountId)
  const steps = await store.selectFrom('control_steps').select(['type', 'payload', 'at']).where('funding_source_id', '=', walletId).orderBy('seq').execute()
  const quotes = await store.selectFrom('quotes').select('jws').where('account_id', '=', accountId).orderBy('expires_at').execute()
  return {
    charges: await readCharges(store, walletId),
    disputes: await readDisputes(store, walletId),
    controls: await readControls(store, walletId),
    controlSteps: steps.map(({ type, payload, at }) => ({ type, payload: JSON.parse(payload) as unknown, at })),
    quotes: quotes.map(({ jws }) => jws),
  }
}

/** Charges of a wallet, to be joined with what belongs to them. */
function chargesOf(store: Store, walletId: string) {
  return store
    .selectFrom('spending')
    .innerJoin('charges', (join) => join.onRef('charges.device_id', '=', 'spending.device_id').onRef('charges.idempotency_key', '=', 'spending.idempotency_key'))
    .where('funding_source_id', '=', walletId)
}

async function readCharges(store: Store, walletId: string): Promise<AccountCharge[]> {
  const rows = await chargesOf(store, walletId)
    .select(['receipt_number', 'receipt', 'offer_id', 'seller_id', 'amount_minor_units', 'currency', 'charges.charged_at'])
    .orderBy('charges.seq')
    .execute()
  const back = await chargesOf(store, walletId)
    .innerJoin('money_back', (join) => join.onRef('money_back.device_id', '=', 'charges.device_id').onRef('money_back.idempotency_key', '=', 'charges.idempotency_key'))
    .select(['receipt_number', 'money_back.kind', 'money_back.amount_minor_units', 'money_back.at'])
    .orderBy('money_back.sequence')
    .execute()
  return rows.map((row) => ({
    receiptNumber: row.receipt_number,
    offerId: row.offer_id,
    sellerId: row.seller_id,
    amount: row.amount_minor_units.toString(),
    currency: row.currency,
    chargedAt: row.charged_at,
    receipt: row.receipt,
    moneyBack: back
      .filter(({ receipt_number }) => receipt_number === row.receipt_number)
      .map(({ kind, amount_minor_units: amount, at }) => ({ kind, amount: amount.toString(), at })),
  }))
}

async function readDisputes(store: Store, walletId: string): Promise<AccountDispute[]> {
  const rows = await chargesOf(store, walletId)
    .innerJoin('disputes', (join) => join.onRef('disputes.device_id', '=', 'charges.device_id').onRef('disputes.idempotency_key', '=', 'charges.idempotency_key'))
    .select(['receipt_number', 'reason', 'note', 'opened_at', 'outcome', 'closed_at'])
    .orderBy('opened_at')
    .execute()
  return rows.map((row) => ({
    receiptNumber: row.receipt_number,
    ...{ reason: row.reason, note: row.note, openedAt: row.opened_at, outcome: row.outcome, closedAt: row.closed_at },
  }))
}
