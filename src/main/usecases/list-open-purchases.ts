import type { OpenPurchase } from '../../contract/ipc/ledger.ts'
import { toWire } from '../../domain/money.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { LastAsked } from './settle-purchases.ts'

/** What is not known yet, oldest first, and what is being done about it. */
export function createListOpenPurchases(deps: {
  readonly ledger: LedgerAccess
  readonly lastAsked: (purchaseId: string) => LastAsked | null
  readonly isBeingSubmitted: (purchaseId: string) => boolean
}) {
  return function listOpenPurchases(): OpenPurchase[] {
    return (deps.ledger.log()?.unsettled() ?? []).map(({ purchaseId, item, payee, price, at }) => {
      const asked = deps.lastAsked(purchaseId)
      return {
        ...{ purchaseId, item, payee, at },
        price: toWire(price),
        askedAt: asked && new Date(asked.at).toISOString(),
        found: deps.isBeingSubmitted(purchaseId) ? 'beingSent' : (asked?.found ?? 'notAskedYet'),
      }
    })
  }
}
