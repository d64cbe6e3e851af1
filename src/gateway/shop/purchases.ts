import type { StepUpClaims } from '../../contract/http/account-messages.ts'
import type { DeclineReason, PurchaseRequest, PurchaseResponse } from '../../contract/http/messages.ts'
import type { Device } from '../devices.ts'
import { type Environment, instant } from '../environment.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import type { CallingAccount } from '../oauth/calling-account.ts'
import { readStepUp, redeemStepUp } from '../oauth/step-ups.ts'
import { problem } from '../problems.ts'
import { inTransaction, type Store } from '../store/open-store.ts'
import { type CoveredPurchase, verifyPurchase } from './authorisation.ts'
import { type Decision, findDecision, isQuoteUsed, recordDecision } from './decisions.ts'
import { assertWithinControls, recordSpending } from './limits.ts'
import { writeMessage } from './messages.ts'
import { makeCharge } from './receipts.ts'
import type { Shelf } from './shelf.ts'

export interface PurchaseOrder {
  readonly device: Device
  /** In whose name. */
  readonly account: CallingAccount | undefined
  readonly idempotencyKey: string
  readonly request: PurchaseRequest
  /** SHA-256 of the exact bytes of the body, in base64url. */
  readonly requestDigest: string
  /** Set when the funding source will refuse; a real gateway would learn it from the card processor. */
  readonly declineReason?: DeclineReason
}

export interface Purchases {
  /**
   * Charges at most once for a key (P2): the same key and body give the same answer for ever. Throws the problems
   * `idempotencyConflict`, `quoteInvalid`, `authorisationInvalid`, `quoteUsed`, `quoteExpired`, `offerUnavailable`,
   * `priceChanged`, `accountNeeded`, `stepUpNeeded`, `limitReached`, `excluded`, `quietHours` and `memberInvalid`; after each of
   * them nothing was charged and the key is still free.
   */
  readonly purchase: (order: PurchaseOrder) => Promise<PurchaseResponse>
  /**
   * What was decided under the device's key, or undefined. A request that is still on its way may yet be charged after
   * that, but never once the quote has expired: expiry is checked under the same lock that this waits for.
   */
  readonly find: (deviceId: string, idempotencyKey: string) => Promise<PurchaseResponse | undefined>
}

type Parts = Environment & { readonly store: Store; readonly signingKey: SigningKey; readonly shelf: Shelf }

export function createPurchases(parts: Parts): Purchases {
  const { store, signingKey } = parts
  return {
    async purchase(order) {
      const { device, idempotencyKey, request } = order
      const earlier = await findDecision(store, device.deviceId, idempotencyKey)
      if (earlier) return answerAgain(earlier, order)
      const covered = await verifyPurchase(request, device, idempotencyKey, signingKey)
      const stepUp = await stepUpFor(order, covered, signingKey)
      return inTransaction(store, (transaction) => decide({ ...parts, store: transaction }, order, covered, stepUp))
    },
    async find(deviceId, idempotencyKey) {
      return (await findDecision(store, deviceId, idempotencyKey))?.answer
    },
  }
}

function answerAgain(earlier: Decision, order: PurchaseOrder): PurchaseResponse {
  if (earlier.requestDigest !== order.requestDigest) throw problem('idempotencyConflict')
  return earlier.answer
}

/** The second factor for exactly what was approved; undefined where the quote asks for none. Throws `stepUpNeeded`. */
async function stepUpFor({ account, device: { deviceId }, request }: PurchaseOrder, { quote, authorisation }: CoveredPurchase, signingKey: SigningKey): Promise<StepUpClaims | undefined> {
  if (!quote.stepUp) return undefined
  if (!account) throw problem('accountNeeded')
  return readStepUp(request.stepUp, signingKey, { accountId: account.accountId, deviceId, digest: authorisation.challengeDigest })
}

/** Runs under the write lock, so that of two equal requests the second finds the decision of the first. */
async function decide(parts: Parts, order: PurchaseOrder, covered: CoveredPurchase, stepUp: StepUpClaims | undefined): Promise<PurchaseResponse> {
  const { store, now } = parts
  const { device, idempotencyKey, requestDigest, declineReason } = order
  const earlier = await findDecision(store, device.deviceId, idempotencyKey)
  if (earlier) return answerAgain(earlier, order)
  const nowMs = now()
  const decidedAt = instant(nowMs)
  await checkQuoteIsGood(parts, order, covered, decidedAt)
  const counted = await assertWithinControls(store, covered, nowMs)
  if (stepUp) await redeemStepUp(store, stepUp, nowMs)
  const purchase = {
    device_id: device.deviceId,
    idempotency_key: idempotencyKey,
    quote_id: covered.quote.quoteId,
    request_digest: requestDigest,
    decline_reason: declineReason ?? null,
    decided_at: decidedAt,
  }
  if (declineReason) {
    await recordDecision(store, purchase, undefined)
    return { status: 'declined', reason: declineReason }
  }
  const charge = await makeCharge(parts, covered, decidedAt)
  await recordDecision(store, purchase, charge)
  await recordSpending(store, covered, charge, counted, order.account?.sessionId)
  const body = { type: 'purchase.succeeded', idempotencyKey, sequence: 1, receipt: charge.receipt } as const
  await writeMessage(parts, device.deviceId, body)
  return { status: 'succeeded', receipt: charge.receipt }
}

async function checkQuoteIsGood(
  { store, shelf }: Parts,
  { request, account }: PurchaseOrder,
  { quote }: CoveredPurchase,
  at: string,
): Promise<void> {
  const stored = await store
    .selectFrom('quotes')
    .select(['jws', 'expires_at', 'account_id', 'session_id'])
    .where('quote_id', '=', quote.quoteId)
    .executeTakeFirst()
  if (stored?.jws !== request.quote) throw problem('quoteInvalid')
  assertSameAccount(stored, account)
  if (await isQuoteUsed(store, quote.quoteId)) throw problem('quoteUsed')
  if (at >= stored.expires_at) throw problem('quoteExpired')
  const listing = shelf.find(quote.offerId)
  if (!listing) throw problem('offerUnavailable')
  const { price } = listing.offer
  if (price.amount !== quote.price.amount || price.currency !== quote.price.currency) throw problem('priceChanged')
}

/** Whoever asked for the price buys, by the same sign-in: why the second factor was wanted, or was not, was decided for it. */
function assertSameAccount(
  asked: { readonly account_id: string | null; readonly session_id: string | null },
  account: CallingAccount | undefined,
): void {
  if (asked.account_id !== null && !account) throw problem('accountNeeded')
  const isSame = asked.account_id === (account?.accountId ?? null) && asked.session_id === (account?.sessionId ?? null)
  if (!isSame) throw problem('quoteInvalid')
}
