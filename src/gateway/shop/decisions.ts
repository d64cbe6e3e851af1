/** What the gateway has decided under an idempotency key, and the record of a new decision. */
import type { DeclineReason, PurchaseResponse } from '../../contract/http/messages.ts'
import type { Store } from '../store/open-store.ts'
import type { NewCharge, PurchasesTable } from '../store/tables.ts'

export interface Decision {
  /** SHA-256 of the exact request body that was decided on, in base64url. */
  readonly requestDigest: string
  readonly answer: PurchaseResponse
}

/** The decision for this device and key, or undefined when there is none. Keys of other devices are never looked at. */
export async function findDecision(store: Store, deviceId: string, key: string): Promise<Decision | undefined> {
  const row = await store
    .selectFrom('purchases')
    .leftJoin('charges', (join) =>
      join
        .onRef('charges.device_id', '=', 'purchases.device_id')
        .onRef('charges.idempotency_key', '=', 'purchases.idempotency_key'),
    )
    .select(['purchases.request_digest', 'purchases.decline_reason', 'charges.receipt'])
    .where('purchases.device_id', '=', deviceId)
    .where('purchases.idempotency_key', '=', key)
    .executeTakeFirst()
  return row && { requestDigest: row.request_digest, answer: toAnswer(row.receipt, row.decline_reason) }
}

function toAnswer(receipt: string | null, declineReason: string | null): PurchaseResponse {
  if (receipt !== null) return { status: 'succeeded', receipt }
  if (declineReason !== null) return { status: 'declined', reason: declineReason as DeclineReason }
  throw new Error('a decided purchase has neither receipt nor reason')
}

/** Writes the decision; call it inside the transaction that checked everything it rests on. */
export async function recordDecision(
  transaction: Store,
  purchase: PurchasesTable,
  charge: NewCharge | undefined,
): Promise<void> {
  await transaction.insertInto('purchases').values(purchase).execute()
  if (charge) await transaction.insertInto('charges').values(charge).execute()
}

export async function isQuoteUsed(store: Store, quoteId: string): Promise<boolean> {
  const row = await store.selectFrom('purchases').select('quote_id').where('quote_id', '=', quoteId).executeTakeFirst()
  return row !== undefined
}
