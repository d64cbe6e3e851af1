import type { Catalogue, Offer } from '../../contract/catalogue.ts'
import { fromWire } from '../../domain/money.ts'
import { sandboxTaxBasisPoints } from './tax.ts'

export interface Listing {
  readonly offer: Offer
  readonly sellerName: string
  readonly taxBasisPoints: number
}

/** What is for sale now. Prices can be changed while the gateway runs; the catalogue's revision then changes too. */
export interface Shelf {
  readonly catalogue: () => Catalogue
  readonly find: (offerId: string) => Listing | undefined
  /** Sets a price in minor units of the offer's currency. */
  readonly reprice: (offerId: string, amountMinorUnits: bigint) => void
  readonly restorePrices: () => void
}

/** Throws when the catalogue contradicts itself, for example an offer whose seller it does not name. */
export function createShelf(original: Catalogue): Shelf {
  const sellerNames = new Map(original.sellers.map((seller) => [seller.id, seller.name]))
  const listings = new Map(original.offers.map((offer) => [offer.id, listing(offer, sellerNames)]))
  if (listings.size !== original.offers.length) throw new Error('the catalogue lists an offer twice')
  const prices = new Map<string, string>()
  let changes = 0

  function current(offer: Offer): Offer {
    const amount = prices.get(offer.id)
    return amount === undefined ? offer : { ...offer, price: { ...offer.price, amount } }
  }

  return {
    catalogue: () => ({
      ...original,
      revision: changes === 0 ? original.revision : `${original.revision}.${changes}`,
      offers: original.offers.map(current),
    }),
    find(offerId) {
      const found = listings.get(offerId)
      return found && { ...found, offer: current(found.offer) }
    },
    reprice(offerId, amountMinorUnits) {
      prices.set(offerId, amountMinorUnits.toString())
      changes += 1
    },
    restorePrices() {
      if (prices.size > 0) changes += 1
      prices.clear()
    },
  }
}

function listing(offer: Offer, sellerNames: ReadonlyMap<string, string>): Listing {
  const sellerName = sellerNames.get(offer.sellerId)
  const taxBasisPoints = sandboxTaxBasisPoints[offer.price.currency]
  if (sellerName === undefined) throw new Error(`offer ${offer.id} has no seller`)
  if (taxBasisPoints === undefined) throw new Error(`offer ${offer.id} is in a currency that is not sold in`)
  if (fromWire(offer.price).amount <= 0n) throw new Error(`offer ${offer.id} has no price`)
  return { offer, sellerName, taxBasisPoints }
}
