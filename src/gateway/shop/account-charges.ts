import type { Store } from '../store/open-store.ts'
import { walletOf } from './funding-source.ts'

export interface AccountCharge {
  readonly receiptNumber: string
  readonly offerId: string
  readonly sellerId: string
  /** Minor units. */
  readonly amount: string
  readonly currency: string
  readonly chargedAt: string
}

/** Every charge to an account, oldest first, of whichever device. */
export async function accountCharges(store: Store, accountId: string): Promise<readonly AccountCharge[]> {
  const rows = await store
    .selectFrom('spending')
    .innerJoin('charges', (join) => join.onRef('charges.device_id', '=', 'spending.device_id').onRef('charges.idempotency_key', '=', 'spending.idempotency_key'))
    .select(['receipt_number', 'offer_id', 'seller_id', 'amount_minor_units', 'currency', 'charges.charged_at'])
    .where('funding_source_id', '=', walletOf(accountId))
    .orderBy('charges.seq')
    .execute()
  return rows.map((row) => ({
    receiptNumber: row.receipt_number,
    offerId: row.offer_id,
    sellerId: row.seller_id,
    amount: row.amount_minor_units.toString(),
    currency: row.currency,
    chargedAt: row.charged_at,
  }))
}
