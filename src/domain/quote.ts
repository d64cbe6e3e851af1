/** What a quote and a receipt must say before this client acts on them. Signatures are checked before; this is content. */
import type { ChallengeContent, WireMoney } from './events.ts'
import { convertUp, fromWire, isCurrency, isEqual, isRate } from './money.ts'
import { areStepUpReasons } from './step-up.ts'

export interface Quote {
  readonly quoteId: string
  readonly deviceId: string
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly game: string
  readonly kind: 'item' | 'pass' | 'bundle'
  readonly bundle?: { readonly count: number; readonly unit: string }
  readonly passDays?: number
  readonly price: WireMoney
  readonly tax: { readonly amount: string; readonly rateBasisPoints: number }
  readonly fundingSource: { readonly id: string; readonly label: string }
  /** What the price counts as in the currency that was asked for, and the rate that this is by. */
  readonly counted?: { readonly amount: string; readonly currency: string; readonly rate: string }
  /** Why the purchase wants the account's second factor; there where it does. */
  readonly stepUp?: readonly string[]
  readonly issuedAt: string
  readonly expiresAt: string
}

export type QuoteFault = 'expired' | 'notAsAsked' | 'impossibleAmount'

/** The first thing that is wrong with a quote for `asked`, or null. Times in milliseconds since the epoch. */
export function faultInQuote(
  quote: Quote,
  asked: { readonly offerId: string; readonly deviceId: string; readonly countIn: string | null },
  nowMs: number,
): QuoteFault | null {
  if (quote.offerId !== asked.offerId || quote.deviceId !== asked.deviceId) return 'notAsAsked'
  if (!isPayable(quote.price) || !isTaxPossible(quote)) return 'impossibleAmount'
  if (asked.countIn !== null && !isCountedRight(quote, asked.countIn)) return 'notAsAsked'
  if (quote.stepUp && !areStepUpReasons(quote.stepUp)) return 'notAsAsked'
  if (nowMs >= Date.parse(quote.expiresAt)) return 'expired'
  return null
}

/** Only a positive amount in a known currency can be asked of a person. */
function isPayable(price: WireMoney): boolean {
  return isCurrency(price.currency) && fromWire(price).amount > 0n
}

/** P4: counted in that currency, at the signed rate, rounded up; one for one in its own. */
function isCountedRight({ price, counted }: Quote, currency: string): boolean {
  if (counted?.currency !== currency) return false
  const { rate, ...amount } = counted
  if (currency === price.currency) return rate === '1' && counted.amount === price.amount
  return isRate(rate) && isEqual(fromWire(amount), convertUp(fromWire(price), rate, currency))
}

function isTaxPossible(quote: Quote): boolean {
  const tax = BigInt(quote.tax.amount)
  return tax >= 0n && tax <= fromWire(quote.price).amount
}

export interface Receipt {
  readonly receiptNumber: string
  readonly idempotencyKey: string
  readonly quoteId: string
  readonly deviceId: string
  readonly offerId: string
  readonly sellerId: string
  readonly payee: string
  readonly item: string
  readonly bundle?: { readonly count: number; readonly unit: string }
  readonly passDays?: number
  readonly price: WireMoney
  readonly tax: { readonly amount: string; readonly rateBasisPoints: number }
  readonly fundingSource: { readonly id: string; readonly label: string }
  /** As in the quote, without the rate. */
  readonly counted?: WireMoney
  /** Who bought it, as the device said. */
  readonly memberId?: string
  readonly challengeDigest: string
}

/**
 * Whether a receipt proves exactly the purchase that was approved. Anything else is no proof at all: the caller treats
 * the outcome as unknown (P1). Amounts are compared as they are written, so that no receipt can make this throw.
 */
export function isReceiptFor(
  receipt: Receipt,
  approval: {
    readonly key: string
    readonly deviceId: string
    readonly challenge: ChallengeContent
    readonly challengeDigest: string
  },
): boolean {
  const { challenge } = approval
  return (
    receipt.idempotencyKey === approval.key &&
    receipt.deviceId === approval.deviceId &&
    receipt.challengeDigest === approval.challengeDigest &&
    receipt.quoteId === challenge.quoteId &&
    receipt.offerId === challenge.offerId &&
    receipt.sellerId === challenge.sellerId &&
    receipt.payee === challenge.payee &&
    receipt.item === challenge.item &&
    receipt.memberId === challenge.memberId &&
    hasSameContents(receipt, challenge) &&
    hasSamePayment(receipt, challenge)
  )
}

type Contents = Pick<Receipt, 'bundle' | 'passDays'>

function hasSameContents(one: Contents, other: Contents): boolean {
  return (
    one.bundle?.count === other.bundle?.count &&
    one.bundle?.unit === other.bundle?.unit &&
    one.passDays === other.passDays
  )
}

type Payment = Pick<Receipt, 'price' | 'tax' | 'fundingSource' | 'counted'>

function hasSamePayment(one: Payment, other: Payment): boolean {
  return (
    one.price.amount === other.price.amount &&
    one.price.currency === other.price.currency &&
    one.tax.amount === other.tax.amount &&
    one.tax.rateBasisPoints === other.tax.rateBasisPoints &&
    one.fundingSource.id === other.fundingSource.id &&
    one.fundingSource.label === other.fundingSource.label &&
    one.counted?.amount === other.counted?.amount &&
    one.counted?.currency === other.counted?.currency
  )
}
