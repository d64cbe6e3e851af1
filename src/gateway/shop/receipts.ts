import { jwsTypes, type ReceiptClaims } from '../../contract/http/claims.ts'
import type { Environment } from '../environment.ts'
import { signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { Store } from '../store/open-store.ts'
import type { NewCharge } from '../store/tables.ts'
import type { CoveredPurchase } from './authorisation.ts'
import { makeReceiptNumber } from './numbers.ts'

type Parts = Environment & { readonly store: Store; readonly signingKey: SigningKey }

/** The charge for a covered purchase, with its signed receipt. Writes nothing; call it inside the transaction. */
export async function makeCharge(
  parts: Parts,
  { quote, authorisation }: CoveredPurchase,
  chargedAt: string,
): Promise<NewCharge> {
  const claims: ReceiptClaims = {
    receiptNumber: await unusedReceiptNumber(parts, chargedAt),
    idempotencyKey: authorisation.idempotencyKey,
    quoteId: quote.quoteId,
    deviceId: quote.deviceId,
    offerId: quote.offerId,
    sellerId: quote.sellerId,
    payee: quote.payee,
    item: quote.item,
    ...(quote.bundle && { bundle: quote.bundle }),
    ...(quote.passDays !== undefined && { passDays: quote.passDays }),
    price: quote.price,
    tax: quote.tax,
    fundingSource: quote.fundingSource,
    ...(quote.counted && { counted: { amount: quote.counted.amount, currency: quote.counted.currency } }),
    ...(authorisation.memberId !== undefined && { memberId: authorisation.memberId }),
    challengeDigest: authorisation.challengeDigest,
    chargedAt,
  }
  return {
    device_id: claims.deviceId,
    idempotency_key: claims.idempotencyKey,
    receipt_number: claims.receiptNumber,
    receipt: await signJws(parts.signingKey, jwsTypes.receipt, claims),
    offer_id: claims.offerId,
    seller_id: claims.sellerId,
    amount_minor_units: BigInt(claims.price.amount),
    currency: claims.price.currency,
    charged_at: chargedAt,
  }
}

async function unusedReceiptNumber({ store, randomBytes }: Parts, chargedAt: string): Promise<string> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const receiptNumber = makeReceiptNumber(randomBytes, chargedAt)
    const taken = await store
      .selectFrom('charges')
      .select('receipt_number')
      .where('receipt_number', '=', receiptNumber)
      .executeTakeFirst()
    if (!taken) return receiptNumber
  }
  throw new Error('no unused receipt number in 8 attempts: the source of randomness repeats itself')
}
