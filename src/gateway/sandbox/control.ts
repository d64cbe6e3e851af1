import type { Charge } from '../../contract/http/messages.ts'
import type { ControlRouteName, Handlers } from '../http/route-types.ts'
import type { Outbox } from '../outbox/sandbox-outbox.ts'
import type { Disputes } from '../shop/disputes.ts'
import type { MoneyBack } from '../shop/money-back.ts'
import type { Shelf } from '../shop/shelf.ts'
import type { Store } from '../store/open-store.ts'
import type { Faults } from './faults.ts'

/** The tester's routes; registered in sandbox mode only. */
export function createControlHandlers(parts: {
  store: Store
  faults: Faults
  shelf: Shelf
  moneyBack: MoneyBack
  disputes: Disputes
  outbox: Outbox
}): Handlers<ControlRouteName> {
  const { store, faults, shelf, moneyBack, disputes, outbox } = parts
  return {
    setFaults({ body }) {
      faults.set(body.faults)
      // Clearing leaves the sandbox as it was found: a price that a fault had raised would trouble the next test.
      if (body.faults.length === 0) shelf.restorePrices()
      return { faults: faults.list() }
    },
    charges: async () => ({ charges: await listCharges(store) }),
    refund: async ({ body: { idempotencyKey, amount } }) => ({
      messageId: await moneyBack.refund(idempotencyKey, amount === undefined ? undefined : BigInt(amount)),
    }),
    chargeBack: async ({ body }) => ({ messageId: await moneyBack.chargeBack(body.idempotencyKey) }),
    decideDispute: async ({ body: { idempotencyKey, outcome } }) => ({ messageId: await disputes.decide(idempotencyKey, outcome) }),
    outbox: async () => ({ messages: [...(await outbox.messages())] }),
    reverseChargeback: async ({ body }) => ({ messageId: await moneyBack.reverseChargeback(body.idempotencyKey) }),
  }
}

async function listCharges(store: Store): Promise<Charge[]> {
  const rows = await store.selectFrom('charges').selectAll().orderBy('seq').execute()
  return rows.map((row) => ({
    idempotencyKey: row.idempotency_key,
    offerId: row.offer_id,
    sellerId: row.seller_id,
    amount: row.amount_minor_units.toString(),
    currency: row.currency,
    receiptNumber: row.receipt_number,
  }))
}

/** Ten per cent up, in whole minor units and at least one. */
export function raisePrice(shelf: Shelf, offerId: string): void {
  const listing = shelf.find(offerId)
  if (!listing) return
  const amount = BigInt(listing.offer.price.amount)
  shelf.reprice(offerId, amount + (amount + 9n) / 10n)
}
