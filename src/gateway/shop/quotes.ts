import { jwsTypes, type QuoteClaims } from '../../contract/http/claims.ts'
import { type Environment, instant } from '../environment.ts'
import { signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { problem } from '../problems.ts'
import type { Store } from '../store/open-store.ts'
import { makeQuoteId } from './numbers.ts'
import type { Listing, Shelf } from './shelf.ts'
import { includedTax } from './tax.ts'

export const quoteLifetimeMs = 10 * 60 * 1000

/** The only way to pay in the reference gateway; a real one would list the person's own. */
const fundingSource = { id: 'sandbox-wallet', label: 'Sandbox wallet' }

export interface QuoteOrder {
  readonly deviceId: string
  readonly offerId: string
  /** How long the quote is good for; a tester may ask for one that has already lapsed. */
  readonly lifetimeMs?: number
}

export type IssueQuote = (order: QuoteOrder) => Promise<string>

/** Makes the function that prices an offer for one device and signs it. It throws `offerUnavailable`. */
export function createQuotes(parts: Environment & { store: Store; signingKey: SigningKey; shelf: Shelf }): IssueQuote {
  const { store, signingKey, shelf, now, randomBytes } = parts
  return async ({ deviceId, offerId, lifetimeMs = quoteLifetimeMs }) => {
    const listing = shelf.find(offerId)
    if (!listing) throw problem('offerUnavailable')
    const expiresAtMs = now() + lifetimeMs
    const claims: QuoteClaims = {
      quoteId: makeQuoteId(randomBytes),
      deviceId,
      ...describe(listing),
      fundingSource,
      // A quote that has lapsed must still tell a consistent story: it was issued a full life before its end.
      issuedAt: instant(lifetimeMs > 0 ? expiresAtMs - lifetimeMs : expiresAtMs - quoteLifetimeMs),
      expiresAt: instant(expiresAtMs),
    }
    const jws = await signJws(signingKey, jwsTypes.quote, claims)
    await store
      .insertInto('quotes')
      .values({ quote_id: claims.quoteId, device_id: deviceId, offer_id: offerId, jws, expires_at: claims.expiresAt })
      .execute()
    return jws
  }
}

function describe({ offer, sellerName, taxBasisPoints }: Listing) {
  return {
    offerId: offer.id,
    sellerId: offer.sellerId,
    payee: sellerName,
    item: offer.title,
    game: offer.game,
    kind: offer.kind,
    ...(offer.bundle && { bundle: offer.bundle }),
    ...(offer.passDays && { passDays: offer.passDays }),
    price: offer.price,
    tax: {
      amount: includedTax(BigInt(offer.price.amount), taxBasisPoints).toString(),
      rateBasisPoints: taxBasisPoints,
    },
  }
}
