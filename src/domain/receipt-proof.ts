import type { EventPayloads, LogEvent } from './events.ts'
import { isReceiptFor, type Receipt } from './quote.ts'

export type ReceiptEvent = Extract<LogEvent, { type: 'purchase.succeeded' | 'purchase.recovered' }>

/**
 * Whether what the gateway signed is the receipt of the event: for what was approved, or of a recovered purchase, of which there is no approval,
 * for just that purchase and price.
 */
export function isReceiptOf(
  claims: Receipt & { readonly receiptNumber: string },
  { type, payload }: ReceiptEvent,
  approval: EventPayloads['purchase.approved'] | null,
): boolean {
  if (claims.receiptNumber !== payload.receiptNumber) return false
  if (type === 'purchase.succeeded') return approval !== null && isReceiptFor(claims, { ...approval, deviceId: claims.deviceId })
  const { purchaseId, price } = payload
  return claims.idempotencyKey === purchaseId && claims.price.amount === price.amount && claims.price.currency === price.currency
}
