import type { Seller } from '../../contract/catalogue.ts'
import type { ListedOffer } from '../../contract/ipc/launcher.ts'
import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import { fromWire, isCurrency, unitPrice } from '../../domain/money.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import { refusalFor } from './refusals.ts'

type Catalogue =
  | { kind: 'ok'; sellers: Seller[]; offers: ListedOffer[] }
  | { kind: 'unavailable'; reason: RefusalReason }

/** What can be bought now, with the real price of one unit worked out for bundles. */
export function createListCatalogue({ gateway, onListed }: {
  readonly gateway: Gateway
  /** Told who sells, so that others can call a seller by name. */
  readonly onListed: (sellers: readonly Seller[]) => void
}) {
  return async function listCatalogue(): Promise<Catalogue> {
    try {
      const { sellers, offers } = await gateway.catalogue()
      onListed(sellers)
      const payable = offers.filter(({ price }) => isCurrency(price.currency))
      return { kind: 'ok', sellers, offers: payable.map(list) }
    } catch (error) {
      if (error instanceof GatewayError) return { kind: 'unavailable', reason: refusalFor(error.problem) }
      throw error
    }
  }
}

function list(offer: ListedOffer['offer']): ListedOffer {
  return offer.bundle ? { offer, unitPrice: unitPrice(fromWire(offer.price), offer.bundle.count) } : { offer }
}
