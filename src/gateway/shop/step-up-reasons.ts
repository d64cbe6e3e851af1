/** Why a purchase in somebody's name wants the second factor: first time at this device, first time at this seller, or much money. */
import type { Offer } from '../../contract/catalogue.ts'
import type { StepUpReason } from '../../contract/account.ts'
import { fromWire } from '../../domain/money.ts'
import type { CallingAccount } from '../oauth/calling-account.ts'
import type { Store } from '../store/open-store.ts'
import { countIn } from './exchange.ts'
import { fundingSourceOf } from './funding-source.ts'

/** None where the purchase can be made without. */
export async function stepUpReasons(store: Store, account: CallingAccount, { price, sellerId }: Pick<Offer, 'price' | 'sellerId'>): Promise<StepUpReason[]> {
  const reasons: StepUpReason[] = []
  if (!(await hasBoughtHere(store, account))) reasons.push('firstOnDevice')
  if (!(await hasPaid(store, account, sellerId))) reasons.push('newSeller')
  if (countIn(fromWire(price), 'EUR').amount >= account.details.stepUpAboveCents) reasons.push('aboveAmount')
  return reasons
}

/** In this sign-in: whoever signs in anew shows once more that it is them. */
async function hasBoughtHere(store: Store, { sessionId }: CallingAccount): Promise<boolean> {
  const charge = await store.selectFrom('spending').select('idempotency_key').where('session_id', '=', sessionId).limit(1).executeTakeFirst()
  return charge !== undefined
}

async function hasPaid(store: Store, account: CallingAccount, sellerId: string): Promise<boolean> {
  const charge = await store
    .selectFrom('spending')
    .innerJoin('charges', (join) =>
      join
        .onRef('charges.device_id', '=', 'spending.device_id')
        .onRef('charges.idempotency_key', '=', 'spending.idempotency_key'),
    )
    .select('charges.receipt_number')
    .where('spending.funding_source_id', '=', fundingSourceOf(account).id)
    .where('charges.seller_id', '=', sellerId)
    .limit(1)
    .executeTakeFirst()
  return charge !== undefined
}
