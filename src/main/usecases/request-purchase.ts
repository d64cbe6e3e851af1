/** Step 1 and 2 of a purchase: a verified quote within the limits, then the question in the confirm window. Nothing here can charge. */
import type { Progress } from '../../contract/ipc/launcher.ts'
import type { Outcome, RefusalReason } from '../../contract/ipc/outcome.ts'
import { challengeDigest } from '../../domain/canonical.ts'
import { boughtMomentsAgoMs, buildChallenge, challengeLifeMs, warningsFor } from '../../domain/challenge.ts'
import { isSpending } from '../../domain/ledger.ts'
import { faultInQuote } from '../../domain/quote.ts'
import type { Clock } from '../ports/clock.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import type { Device } from '../ports/device.ts'
import { LogStorageError } from '../ports/event-log.ts'
import { type Gateway, GatewayError, type SignedQuote } from '../ports/gateway.ts'
import type { Ids } from '../ports/ids.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import type { CancelChallenge } from './cancel-challenge.ts'
import { blockBeforeQuote, blocked, judgePurchase, momentOf, purchasesThisHour } from './judge-purchase.ts'
import { type PendingChallengeSlot, timeLeftMs } from './pending-challenge.ts'
import { refusalFor, refusalForLedger, refused } from './refusals.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface RequestPurchaseDeps {
  readonly cancelChallenge: CancelChallenge
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow
  readonly device: Device
  readonly gateway: Gateway
  readonly ids: Ids
  readonly ledger: LedgerAccess
  readonly onProgress: (progress: Progress) => void
  /** Told why the confirm window failed; the person is told that it did. */
  readonly onUnexpected: (error: unknown) => void
  readonly pending: PendingChallengeSlot
  readonly quoteNow: TrustedNow
  readonly sha256: (text: string) => string
  readonly trustedNow: TrustedNow
}

/** How often an open question is asked whether its time is up. */
const lookEveryMs = 1_000

/** Resolves when the attempt has ended, however it did; expected failures are outcomes, never rejections. */
export function createRequestPurchase(deps: RequestPurchaseDeps) {
  return async function requestPurchase({ offerId }: { readonly offerId: string }): Promise<Outcome> {
    if (!deps.pending.reserve()) return refused('purchaseInProgress')
    try {
      deps.confirmWindow.close()
      const notReady = refusalForLedger(deps.ledger)
      if (notReady) return refused(notReady)
      deps.onProgress({ offerId, step: 'quoting' })
      const inTheWay = await blockedOrRefused(deps, offerId)
      if (inTheWay) return inTheWay
      const quote = await fetchQuote(deps, offerId)
      if (typeof quote === 'string') return refused(quote)
      deps.pending.quoted()
      return await ask(deps, quote)
    } catch (error) {
      if (error instanceof LogStorageError) return refused('ledgerUnavailable')
      throw error
    } finally {
      deps.pending.release()
      deps.onProgress({ offerId, step: 'done' })
    }
  }
}

/** What needs no quote to be known: the ledger is ready, and an exclusion or quiet hours may stand in the way. */
async function blockedOrRefused(deps: RequestPurchaseDeps, offerId: string): Promise<Outcome | null> {
  const log = deps.ledger.log()
  if (!log) return refused('ledgerUnavailable')
  try {
    const block = await blockBeforeQuote(deps, log, offerId)
    return block === 'offerUnavailable' ? refused(block) : block
  } catch (error) {
    if (error instanceof GatewayError) return refused(refusalFor(error.problem))
    throw error
  }
}

async function fetchQuote(deps: RequestPurchaseDeps, offerId: string): Promise<SignedQuote | RefusalReason> {
  try {
    const countIn = deps.ledger.log()?.controls().household?.currency ?? null
    const [deviceId, quote] = await Promise.all([deps.device.id(), deps.gateway.quote(offerId, countIn)])
    const fault = faultInQuote(quote.claims, { offerId, deviceId, countIn }, deps.quoteNow())
    if (fault === 'expired') return 'expired'
    return fault ? 'signatureNotTrusted' : quote
  } catch (error) {
    if (error instanceof GatewayError) return refusalFor(error.problem)
    if (error instanceof VaultError) return 'keychainUnavailable'
    throw error
  }
}

async function ask(deps: RequestPurchaseDeps, quote: SignedQuote): Promise<Outcome> {
  const log = deps.ledger.log()
  if (!log) return refused('ledgerUnavailable')
  const verdict = judgePurchase(log, quote.claims, momentOf(deps, log))
  if (!verdict) return refused('expired')
  if (verdict.kind === 'blocked') return blocked(log, quote.claims, verdict.block)
  const nowMs = deps.quoteNow()
  const lifeMs = Math.min(challengeLifeMs, Date.parse(quote.claims.expiresAt) - nowMs)
  const content = buildChallenge(quote.claims, {
    challengeId: deps.ids.challengeId(),
    purchaseId: deps.ids.purchaseId(),
    nonce: deps.ids.nonce(),
    nowMs,
    headroom: verdict.headroom,
  })
  const ended = Promise.withResolvers<Outcome>()
  deps.pending.ask({
    content,
    digest: challengeDigest(content, deps.sha256),
    warnings: warningsFor(content, deps.trustedNow(), lastBoughtAt(deps, content.offerId)),
    purchasesThisHour: purchasesThisHour(log, deps.trustedNow()),
    quoteJws: quote.jws,
    asked: { wallMs: deps.clock.now(), monotonicMs: deps.clock.monotonicMs() },
    lifeMs,
    end: ended.resolve,
  })
  deps.onProgress({ offerId: content.offerId, step: 'confirming' })
  const closed = () => void deps.cancelChallenge({ challengeId: content.challengeId }, 'windowClosed')
  deps.confirmWindow.open(closed).catch((error: unknown) => {
    // One that was closed while it loaded fails to load, and has been answered by that already.
    if (!deps.pending.take(content.challengeId)) return
    deps.confirmWindow.close()
    deps.onUnexpected(error)
    ended.resolve(refused('confirmWindowFailed'))
  })
  const stopWatching = watchForLapse(deps, content.challengeId)
  const outcome = await ended.promise.finally(stopWatching)
  if (!needsExplaining(outcome)) deps.confirmWindow.close()
  return outcome
}

/**
 * Nobody answered: the question goes away, and the launcher says why. Looked at again and again, because a timer stands
 * still while the computer is suspended: one for the whole time would leave the question standing after waking.
 */
function watchForLapse(deps: RequestPurchaseDeps, challengeId: string): () => void {
  let takeBack = () => {}
  function look(): void {
    const challenge = deps.pending.current()
    if (challenge?.content.challengeId !== challengeId) return
    const leftMs = timeLeftMs(challenge, deps)
    if (leftMs <= 0) return void lapse(deps, challengeId)
    takeBack = deps.clock.after(Math.min(leftMs, lookEveryMs), look)
  }
  look()
  return () => takeBack()
}

async function lapse({ cancelChallenge, confirmWindow }: RequestPurchaseDeps, challengeId: string): Promise<void> {
  await cancelChallenge({ challengeId }, 'expired')
  confirmWindow.close()
}

/** Then the trusted window stays and tells what happened, until the person closes it. */
function needsExplaining({ kind }: Outcome): boolean {
  return kind === 'declined' || kind === 'unknown' || kind === 'refused' || kind === 'blocked'
}

function lastBoughtAt({ ledger, trustedNow }: RequestPurchaseDeps, offerId: string): number | null {
  const since = new Date(trustedNow() - boughtMomentsAgoMs).toISOString()
  const latest = ledger.log()?.purchasesSince(since).find((purchase) => purchase.offerId === offerId && isSpending(purchase))
  return latest ? Date.parse(latest.at) : null
}
