/** What the fake gateway knows and decides: the same rules as the reference server, in memory and without signatures. */
import type { Offer } from '../../src/contract/catalogue.ts'
import type { AuthorisationClaims, QuoteClaims, ReceiptClaims } from '../../src/contract/http/claims.ts'
import type { PurchaseRequest } from '../../src/contract/http/messages.ts'
import { isCounted } from '../../src/gateway/shop/exchange.ts'
import { countedAs } from '../../src/gateway/shop/quotes.ts'
import type { PurchaseAnswer } from '../../src/main/ports/gateway.ts'
import { fakeDeviceId } from './fake-device.ts'
import { createFakeControls, refused } from './fake-gateway-controls.ts'
import { createFakeMail } from './fake-gateway-mail.ts'
import { createFakeStepUp } from './fake-gateway-step-up.ts'
import { makeQuoteClaims, smallCatalogue } from './fake-offers.ts'
import { claimsOf, unsignedToken } from './tokens.ts'

export interface FakeCharge {
  readonly idempotencyKey: string
  readonly quoteId: string
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly amount: string
  readonly currency: string
  readonly challengeDigest: string
}

const quoteLifeMs = 10 * 60_000

export function createFakeShop(now: () => number) {
  const mail = createFakeMail(now)
  const controls = createFakeControls(now, () => stepUp.account()?.accountId ?? null)
  const stepUp = createFakeStepUp(now)
  const quotes = new Map<string, string>()
  const used = new Set<string>()
  const decided = new Map<string, { readonly body: string; readonly answer: PurchaseAnswer }>()
  const prices = new Map<string, string>()
  const charges: FakeCharge[] = []

  function priced(offer: Offer): Offer {
    return { ...offer, price: { ...offer.price, amount: prices.get(offer.id) ?? offer.price.amount } }
  }

  function find(offerId: string): Offer | null {
    const offer = smallCatalogue.offers.find(({ id }) => id === offerId)
    return offer ? priced(offer) : null
  }

  function quote(offerId: string, countIn: string | null, alter: (claims: QuoteClaims) => QuoteClaims) {
    const offer = find(offerId)
    if (!offer) throw refused('offerUnavailable')
    if (countIn !== null && !isCounted(countIn)) throw refused('badRequest')
    const plain = quoteFor(offer, `quote-${quotes.size + 1}`, now())
    const reasons = stepUp.reasonsFor(plain)
    const claims = alter({ ...plain, ...(countIn !== null && { counted: countedAs(offer.price, countIn) }), ...(reasons.length > 0 && { stepUp: reasons }) })
    const jws = unsignedToken('tuppence-quote+jws', claims)
    quotes.set(claims.quoteId, jws)
    return { claims, jws }
  }

  function assertGood(key: string, { quote: presented, authorisation }: PurchaseRequest) {
    const claims = claimsOf(presented) as QuoteClaims
    const authorised = claimsOf(authorisation) as AuthorisationClaims
    if (quotes.get(claims.quoteId) !== presented) throw refused('quoteInvalid')
    if (!isCovered(key, claims, authorised)) throw refused('authorisationInvalid')
    if (used.has(claims.quoteId)) throw refused('quoteUsed')
    if (now() >= Date.parse(claims.expiresAt)) throw refused('quoteExpired')
    if (find(claims.offerId)?.price.amount !== claims.price.amount) throw refused('priceChanged')
    return { claims, authorised }
  }

  /** Decides once for a key; the same key and body give the same answer for ever. */
  function decide(key: string, body: PurchaseRequest, decline: boolean): PurchaseAnswer {
    const earlier = decided.get(key)
    if (earlier && earlier.body !== JSON.stringify(body)) throw refused('idempotencyConflict')
    if (earlier) return earlier.answer
    const { claims, authorised } = assertGood(key, body)
    const counted = controls.assertWithin(claims, authorised)
    stepUp.assertPurchase(claims, authorised, body)
    used.add(claims.quoteId)
    const answer: PurchaseAnswer = decline
      ? { status: 'declined', reason: 'insufficientFunds' }
      : { status: 'succeeded', receipt: signReceipt(receiptFor(claims, authorised, charges.length + 1, now())) }
    decided.set(key, { body: JSON.stringify(body), answer })
    if (answer.status === 'succeeded') {
      charges.push(chargeFor(claims, authorised))
      controls.spend(claims.sellerId, counted, authorised.memberId)
      mail.charged(answer.receipt)
      stepUp.charged(claims)
    }
    return answer
  }

  return {
    charges,
    mail,
    controls,
    stepUp,
    quote,
    decide,
    decision: (key: string): PurchaseAnswer | null => decided.get(key)?.answer ?? null,
    catalogue: () => ({ ...smallCatalogue, offers: smallCatalogue.offers.map(priced) }),
    setPrice: (offerId: string, amount: string) => void prices.set(offerId, amount),
  }
}

export function signReceipt(claims: ReceiptClaims) {
  return { claims, jws: unsignedToken('tuppence-receipt+jws', claims) }
}

function quoteFor(offer: Offer, quoteId: string, nowMs: number): QuoteClaims {
  const payee = smallCatalogue.sellers.find(({ id }) => id === offer.sellerId)?.name ?? ''
  return makeQuoteClaims({
    quoteId,
    offerId: offer.id,
    sellerId: offer.sellerId,
    payee,
    item: offer.title,
    game: offer.game,
    kind: offer.kind,
    ...(offer.bundle && { bundle: offer.bundle }),
    ...(offer.passDays !== undefined && { passDays: offer.passDays }),
    price: offer.price,
    issuedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs + quoteLifeMs).toISOString(),
  })
}

function isCovered(key: string, quote: QuoteClaims, authorised: AuthorisationClaims): boolean {
  return (
    authorised.deviceId === fakeDeviceId &&
    authorised.idempotencyKey === key &&
    authorised.quoteId === quote.quoteId &&
    authorised.sellerId === quote.sellerId &&
    authorised.payee === quote.payee &&
    authorised.amount === quote.price.amount &&
    authorised.currency === quote.price.currency
  )
}

function receiptFor(quote: QuoteClaims, authorised: AuthorisationClaims, count: number, nowMs: number): ReceiptClaims {
  const { quoteId, deviceId, offerId, sellerId, payee, item, bundle, passDays, price, tax, fundingSource, counted } = quote
  return {
    receiptNumber: `T-2026-${count}`,
    idempotencyKey: authorised.idempotencyKey,
    ...{ quoteId, deviceId, offerId, sellerId, payee, item, price, tax, fundingSource },
    ...(bundle && { bundle }),
    ...(passDays !== undefined && { passDays }),
    ...(counted && { counted: { amount: counted.amount, currency: counted.currency } }),
    ...(authorised.memberId !== undefined && { memberId: authorised.memberId }),
    challengeDigest: authorised.challengeDigest,
    chargedAt: new Date(nowMs).toISOString(),
  }
}

function chargeFor(quote: QuoteClaims, { idempotencyKey, challengeDigest }: AuthorisationClaims): FakeCharge {
  const { quoteId, offerId, sellerId, payee, item, price } = quote
  return { idempotencyKey, quoteId, offerId, sellerId, payee, item, ...price, challengeDigest }
}
