/** Lines of the history as the page gets them. */
import type { LineView } from '../../src/contract/ipc/history.ts'

/** Everything that a test does not name is plausible and does not matter to it. */
export function lineView(number: number, change: Partial<LineView> = {}): LineView {
  return {
    ...{ id: `p${number}-1`, kind: 'charge', at: '2026-11-23T09:00:00.000Z', purchaseId: `p${number}`, receiptNumber: `R${number}`, reference: null },
    ...{ state: 'succeeded', sellerId: 'seller-1', payee: 'Pixel Forge', item: `Cape ${number}`, game: 'Nebula Run', offerKind: 'item', bundle: null },
    ...{ price: { amount: '99', currency: 'EUR' }, moved: { amount: '99', currency: 'EUR' }, source: 'tuppence', who: null },
    ...change,
  }
}
