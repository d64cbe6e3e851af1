import { jwsTypes, type QuoteClaims } from '../../contract/http/claims.ts'
import type { WireMoney } from '../../contract/money.ts'
import { fromWire, toWire } from '../../domain/money.ts'
import { type Environment, instant } from '../environment.ts'
import { signJws } from '../jws.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { CallingAccount } from '../oauth/calling-account.ts'
import { problem } from '../problems.ts'
import type { Store } from '../store/open-store.ts'
import { countIn, isCounted, rateFor } from './exchange.ts'
import { type AccountsRule, fundingSourceOf } from './funding-source.ts'
import { makeQuoteId } from './numbers.ts'
import type { Listing, Shelf } from './shelf.ts'
import { stepUpReasons } from './step-up-reasons.ts'
import { includedTax } from './tax.ts'

export const quoteLifetimeMs = 10 * 60 * 1000

export interface QuoteOrder {
  readonly deviceId: string
  readonly offerId: string
  /** In whose name. */
  readonly account: CallingAccount | undefined
  /** The currency that the person's limits are in. */
  readonly countIn?: string
  /** How long the quote is good for; a tester may ask for one that has already lapsed. */
  readonly lifetimeMs?: number
}

export type IssueQuote = (order: QuoteOrder) => Promise<string>

/** Makes the function that prices an offer for one device and signs it. It throws `offerUnavailable`, `accountNeeded` and `badRequest`. */
export function createQuotes(parts: Environment & { store: Store; signingKey: SigningKey; shelf: Shelf; accounts: AccountsRule }): IssueQuote {
  const { store, signingKey, shelf, accounts, now, randomBytes } = parts
  return async ({ deviceId, offerId, account, countIn: currency, lifetimeMs = quoteLifetimeMs }) => {
    const listing = shelf.find(offerId)
    if (!listing) throw problem('offerUnavailable')
    if (!account && accounts === 'needed') throw problem('accountNeeded')
    if (currency !== undefined && !isCounted(currency)) throw problem('badRequest', { title: 'Nothing was charged: no rate is known for that currency' })
    const stepUp = account ? await stepUpReasons(store, account, listing.offer) : []
    const expiresAtMs = now() + lifetimeMs
    const claims: QuoteClaims = {
      quoteId: makeQuoteId(randomBytes),
      deviceId,
      ...describe(listing),
      fundingSource: fundingSourceOf(account),
      ...(currency !== undefined && { counted: countedAs(listing.offer.price, currency) }),
      ...(stepUp.length > 0 && { stepUp }),
      // A quote that has lapsed must still tell a consistent story: it was issued a full life before its end.
      issuedAt: instant(lifetimeMs > 0 ? expiresAtMs - lifetimeMs : expiresAtMs - quoteLifetimeMs),
      expiresAt: instant(expiresAtMs),
    }
    const jws = await signJws(signingKey, jwsTypes.quote, claims)
    await store
      .insertInto('quotes')
      .values({
        ...{ quote_id: claims.quoteId, device_id: deviceId, offer_id: offerId, jws, expires_at: claims.expiresAt },
        ...{ account_id: account?.accountId ?? null, session_id: account?.sessionId ?? null },
      })
      .execute()
    return jws
  }
}

/** P4: what the price counts as, rounded up, with the rate for whoever wants to check it. */
export function countedAs(price: WireMoney, currency: string): NonNullable<QuoteClaims['counted']> {
  return { ...toWire(countIn(fromWire(price), currency)), rate: rateFor(price.currency, currency) }
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
