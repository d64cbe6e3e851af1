/** Everything that was charged to one device, in signed pages: what a client compares its ledger with. */
import { type ChargeListClaims, jwsTypes } from '../../contract/http/claims.ts'
import { type Environment, instant } from '../environment.ts'
import { signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { Store } from '../store/open-store.ts'
import type { ChargesTable } from '../store/tables.ts'
import { summary } from './money-back.ts'

/** So that a signed page stays well below what the contract lets a signature be, at about 300 characters for each charge. */
const pageLength = 50

export interface ChargeListOrder {
  readonly deviceId: string
  readonly nonce: string
  /** Where the page before ended; 0 for the first. */
  readonly after: number
}

/** Makes the function that signs one page. */
export function createChargeList({ store, signingKey, now }: Pick<Environment, 'now'> & { readonly store: Store; readonly signingKey: SigningKey }) {
  return async function chargeList({ deviceId, nonce, after }: ChargeListOrder): Promise<string> {
    const rows = await store
      .selectFrom('charges')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('seq', '>', BigInt(after))
      .orderBy('seq')
      .limit(pageLength + 1)
      .execute()
    const page = rows.slice(0, pageLength)
    const last = page.at(-1)
    const claims: ChargeListClaims = {
      ...{ deviceId, nonce, after },
      asOf: instant(now()),
      charges: await linesOf(store, deviceId, page),
      next: rows.length > pageLength && last ? Number(last.seq) : null,
    }
    return signJws(signingKey, jwsTypes.chargeList, claims)
  }
}

type ChargeRow = Pick<ChargesTable, 'idempotency_key' | 'receipt_number' | 'amount_minor_units' | 'currency' | 'charged_at'>

async function linesOf(store: Store, deviceId: string, charges: readonly ChargeRow[]): Promise<ChargeListClaims['charges']> {
  const keys = charges.map(({ idempotency_key }) => idempotency_key)
  if (keys.length === 0) return []
  const later = await store
    .selectFrom('money_back')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('idempotency_key', 'in', keys)
    .orderBy('sequence')
    .execute()
  const byKey = Map.groupBy(later, ({ idempotency_key }) => idempotency_key)
  return charges.map((charge) => {
    const { refunded, chargeback } = summary(byKey.get(charge.idempotency_key) ?? [])
    return {
      idempotencyKey: charge.idempotency_key,
      receiptNumber: charge.receipt_number,
      price: { amount: charge.amount_minor_units.toString(), currency: charge.currency },
      refunded: refunded.toString(),
      chargedBack: (chargeback?.amount_minor_units ?? 0n).toString(),
      chargedAt: charge.charged_at,
    }
  })
}
