/** Asks a question about a purchase in the confirm window, and waits for what becomes of it. */
import type { Progress } from '../../contract/ipc/launcher.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'
import type { PurchaseId } from '../../domain/brands.ts'
import { challengeDigest } from '../../domain/canonical.ts'
import { boughtMomentsAgoMs, buildChallenge, lifeOf, warningsFor } from '../../domain/challenge.ts'
import { isPaused, riskPauseMs } from '../../domain/watch-purchase.ts'
import type { ChallengeContent } from '../../domain/events.ts'
import { isSpending } from '../../domain/ledger.ts'
import type { Verdict } from '../../domain/limits.ts'
import type { Clock } from '../ports/clock.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Ids } from '../ports/ids.ts'
import type { CancelChallenge } from './cancel-challenge.ts'
import type { AskableQuote } from './fetch-askable-quote.ts'
import { isFromSame, type Purse, purchasesThisHour } from './judge-purchase.ts'
import { type AskedRequest, type PendingChallengeSlot, timeLeftMs } from './pending-challenge.ts'
import { personFor } from './person-names.ts'
import { refused } from './refusals.ts'
import type { TrustedNow } from './trusted-now.ts'
import { watch, type WatchDeps, type Watched } from './watch-purchase.ts'

export interface AskInWindowDeps extends WatchDeps {
  readonly cancelChallenge: CancelChallenge
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow
  readonly ids: Pick<Ids, 'challengeId' | 'purchaseId' | 'nonce'>
  readonly onProgress: (progress: Progress) => void
  /** Told when the person has had time to think, so that their yes counts from now on. */
  readonly onReflected: () => void
  /** Told why the confirm window failed; the person is told that it did. */
  readonly onUnexpected: (error: unknown) => void
  readonly pending: PendingChallengeSlot
  readonly quoteNow: TrustedNow
  readonly sha256: (text: string) => string
  readonly trustedNow: TrustedNow
}

/** A purchase that may be made, as far as anybody knows now. */
export interface Askable {
  readonly log: EventLog
  readonly quote: AskableQuote
  readonly verdict: Extract<Verdict, { kind: 'allowed' }>
  /** When it would count, in milliseconds since the epoch. */
  readonly atMs: number
  /** Who buys; null while there are no members. */
  readonly memberId: string | null
  /** There where it is what a minor asked a guardian for. */
  readonly request: AskedRequest | null
}

/** How often an open question is asked whether its time is up. */
const lookEveryMs = 1_000

/**
 * The slot has to be reserved, and to have its quote. Who buys was fixed when the question was made: the window is trusted, so
 * a profile that locks while it is open takes nothing back.
 */
export async function askInWindow(deps: AskInWindowDeps, askable: Askable): Promise<Outcome> {
  const purchaseId = deps.ids.purchaseId()
  const { log, quote, memberId, request } = askable
  const watched = await watch(deps, { log, quote, purchaseId, memberId, atMs: askable.atMs, isRequest: request !== null })
  if (typeof watched === 'string') return refused(watched)
  const content = contentFor(deps, askable, purchaseId, watched)
  const ended = Promise.withResolvers<Outcome>()
  putQuestion(deps, askable, watched, content, ended.resolve)
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
  const takeBack = isPaused(content) ? deps.clock.after(riskPauseMs, deps.onReflected) : () => {}
  const outcome = await ended.promise.finally(() => {
    stopWatching()
    takeBack()
  })
  if (!needsExplaining(outcome)) deps.confirmWindow.close()
  return outcome
}

function contentFor(deps: AskInWindowDeps, { quote, verdict, memberId, request }: Askable, purchaseId: PurchaseId, { risk, stepUp, buyerShows }: Watched): ChallengeContent {
  return buildChallenge(quote.claims, {
    challengeId: deps.ids.challengeId(),
    purchaseId,
    nonce: deps.ids.nonce(),
    nowMs: deps.quoteNow(),
    headroom: verdict.headroom,
    memberId,
    requestId: request?.requestId,
    stepUp: stepUp?.wanted,
    risk,
    buyerShows,
  })
}

function putQuestion(deps: AskInWindowDeps, { log, quote, memberId, request }: Askable, { stepUp }: Watched, content: ChallengeContent, end: (outcome: Outcome) => void): void {
  deps.pending.ask({
    content,
    digest: challengeDigest(content, deps.sha256),
    warnings: warningsFor(content, deps.trustedNow(), lastBoughtAt(deps, log, content)),
    purchasesThisHour: purchasesThisHour(log, purseOf(content), deps.trustedNow()),
    buyer: personFor(log, memberId),
    request,
    stepUp: stepUp && { ways: stepUp.ways },
    quoteJws: quote.jws,
    asked: { wallMs: deps.clock.now(), monotonicMs: deps.clock.monotonicMs() },
    lifeMs: Math.min(lifeOf(content), Date.parse(quote.claims.expiresAt) - Date.parse(content.shownAt)),
    end,
  })
}

/**
 * Nobody answered: the question goes away, and the launcher says why. Looked at again and again, because a timer stands
 * still while the computer is suspended: one for the whole time would leave the question standing after waking.
 */
function watchForLapse(deps: AskInWindowDeps, challengeId: string): () => void {
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

async function lapse({ cancelChallenge, confirmWindow }: AskInWindowDeps, challengeId: string): Promise<void> {
  await cancelChallenge({ challengeId }, 'expired')
  confirmWindow.close()
}

/** Then the trusted window stays and tells what happened, until the person closes it. */
function needsExplaining({ kind }: Outcome): boolean {
  return kind === 'declined' || kind === 'unknown' || kind === 'refused' || kind === 'blocked'
}

const purseOf = (content: ChallengeContent): Purse => ({ memberId: content.memberId ?? null, fundingSourceId: content.fundingSource.id })

/** The same thing for the same person: what somebody else has bought is no mistake of theirs. */
function lastBoughtAt({ trustedNow }: AskInWindowDeps, log: EventLog, content: ChallengeContent): number | null {
  const since = log.purchasesSince(new Date(trustedNow() - boughtMomentsAgoMs).toISOString())
  const latest = since.find((purchase) => purchase.offerId === content.offerId && isSpending(purchase) && isFromSame(log, purseOf(content), purchase))
  return latest ? Date.parse(latest.at) : null
}
