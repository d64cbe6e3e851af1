import type { OfferKind, Seller } from '../../../../contract/catalogue.ts'
import type { ListedOffer } from '../../../../contract/ipc/launcher.ts'
import type { WireMoney } from '../../../../contract/money.ts'
import { assertNever } from '../../../assert-never.ts'
import { matchesText } from '../../text-match.ts'

export type OfferSort = 'title' | 'cheapest' | 'dearest'

export interface OfferFilter {
  readonly text: string
  readonly kind: OfferKind | 'all'
  /** A seller's id, or `all`. */
  readonly seller: string
  readonly sort: OfferSort
}

export const noFilter: OfferFilter = { text: '', kind: 'all', seller: 'all', sort: 'title' }

/** Whether anything but the order differs from showing all. */
export function isFiltering({ text, kind, seller }: OfferFilter): boolean {
  return text.trim() !== '' || kind !== 'all' || seller !== 'all'
}

/** Prices in different currencies cannot be compared without a rate: they are kept apart, by code. */
function comparePrices(a: WireMoney, b: WireMoney): number {
  if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1
  const difference = BigInt(a.amount) - BigInt(b.amount)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

type Compare = (a: ListedOffer, b: ListedOffer) => number

function comparison(sort: OfferSort, compareText: (a: string, b: string) => number): Compare {
  const byTitle: Compare = (a, b) => compareText(a.offer.title, b.offer.title)
  switch (sort) {
    case 'title':
      return byTitle
    case 'cheapest':
      return (a, b) => comparePrices(a.offer.price, b.offer.price) || byTitle(a, b)
    case 'dearest':
      return (a, b) =>
        a.offer.price.currency === b.offer.price.currency
          ? comparePrices(b.offer.price, a.offer.price) || byTitle(a, b)
          : comparePrices(a.offer.price, b.offer.price)
    default:
      return assertNever(sort)
  }
}

/** The offers that fit the filter, in its order. */
export function listOffers(
  offers: readonly ListedOffer[],
  sellers: readonly Seller[],
  filter: OfferFilter,
  compareText: (a: string, b: string) => number,
): readonly ListedOffer[] {
  const sellerNames = new Map(sellers.map(({ id, name }) => [id, name]))
  return offers
    .filter(({ offer }) => filter.kind === 'all' || offer.kind === filter.kind)
    .filter(({ offer }) => filter.seller === 'all' || offer.sellerId === filter.seller)
    .filter(({ offer }) =>
      matchesText(filter.text, [offer.title, offer.game, offer.description, sellerNames.get(offer.sellerId) ?? '']),
    )
    .sort(comparison(filter.sort, compareText))
}

/** Offers that are ordered by price, a part for each currency: between two there is no cheaper and dearer. */
export function groupByCurrency(offers: readonly ListedOffer[]): readonly (readonly [string, readonly ListedOffer[]])[] {
  return [...Map.groupBy(offers, ({ offer }) => offer.price.currency)]
}
