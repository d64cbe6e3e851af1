/** Steps 3 and 4 of a purchase: the person's yes is made durable, and only then sent. */
import type { AnswerResult } from '../../contract/ipc/confirm.ts'
import type { Progress } from '../../contract/ipc/launcher.ts'
import type { Outcome } from '../../contract/ipc/outcome.ts'
import type { IdempotencyKey } from '../../domain/brands.ts'
import { calmBeforeAnswerMs } from '../../domain/challenge.ts'
import type { EventPayloads } from '../../domain/events.ts'
import { isNear } from '../../domain/limits.ts'
import { isWaiting } from '../../domain/requests.ts'
import type { Clock } from '../ports/clock.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import type { Device } from '../ports/device.ts'
import { type EventLog, LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import type { CancelChallenge } from './cancel-challenge.ts'
import { createChallengeStepUp } from './challenge-step-up.ts'
import type { TypedStepUp } from './give-step-up.ts'
import type { Identify } from './identify.ts'
import { blocked, judgePurchase, momentOf } from './judge-purchase.ts'
import { type PendingChallenge, type PendingChallengeSlot, thinkingLeftMs, timeLeftMs } from './pending-challenge.ts'
import { asked, refusalForLedger, refused } from './refusals.ts'
import type { SubmitPurchase } from './submit-purchase.ts'
import type { TrustedNow } from './trusted-now.ts'
import { actorNamed } from './who-decides.ts'

export interface ApproveChallengeDeps {
  readonly cancelChallenge: CancelChallenge
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow
  readonly device: Device
  readonly gateway: Pick<Gateway, 'now' | 'stepUp'>
  readonly identify: Identify
  readonly ledger: LedgerAccess
  readonly onFamilyChanged: () => void
  readonly onProgress: (progress: Progress) => void
  readonly pending: PendingChallengeSlot
  /** Also dates the approval, so that it lies within what it approves whatever this computer's clock says. */
  readonly quoteNow: TrustedNow
  readonly submitPurchase: SubmitPurchase
}

export interface Answer {
  readonly challengeId: string
  readonly digest: string
  /** There where a limit comes near its end: the person has said that they know. */
  readonly knowsLimit?: true
  /** There where a minor has asked for it: the guardian who says yes. */
  readonly guardian?: Given
  /** There where the challenge wants it: the account's second factor. */
  readonly stepUp?: TypedStepUp
  /** There where whoever buys has to show that it is them. */
  readonly buyer?: Given
}

export interface Given {
  readonly memberId: string
  readonly pin: string
  readonly code?: string
}

export function createApproveChallenge(deps: ApproveChallengeDeps) {
  const stepUps = createChallengeStepUp(deps)

  /** P1: the second factor comes before the approval, and before a guardian's code, which counts once. */
  async function stepUp(shown: PendingChallenge, answer: Answer): Promise<AnswerResult> {
    const settled = await stepUps.settle(shown, answer.stepUp)
    // It may have been cancelled or have lapsed while the gateway looked at the code.
    if (deps.pending.current() !== shown) return refused('expired')
    if (timeLeftMs(shown, deps) <= 0) return lapse(deps, shown)
    if (settled.kind === 'given') return agree(deps, shown, answer, settled.stepUp)
    if (settled.kind === 'refused') deps.pending.take(shown.content.challengeId)?.end(settled)
    return settled
  }

  return async function approveChallenge(answer: Answer): Promise<AnswerResult> {
    const shown = deps.pending.current()
    if (!shown || shown.content.challengeId !== answer.challengeId || shown.digest !== answer.digest) {
      throw new Error('an answer to something that was not asked')
    }
    if (shown.content.isNearLimit && !answer.knowsLimit) throw new Error('an answer to half of what was asked')
    if (!stepUps.isWhole(shown, answer.stepUp)) throw new Error('an answer to half of what was asked')
    if (!isFromWhoWasAsked(shown, answer.guardian) || !isFromBuyer(shown, answer.buyer)) throw new Error('an answer from somebody who was not asked')
    if (deps.confirmWindow.calmForMs() < calmBeforeAnswerMs) return { kind: 'tooSoon' }
    if (timeLeftMs(shown, deps) <= 0) return lapse(deps, shown)
    if (thinkingLeftMs(shown, deps.clock) > 0) return { kind: 'reflecting' }
    // Taken at once where nobody else is asked: whatever comes a moment later comes after the yes.
    return shown.stepUp ? stepUp(shown, answer) : agree(deps, shown, answer)
  }
}

/** P8: what a minor has asked for is answered by a guardian who may, and everything else by whoever buys. */
function isFromWhoWasAsked({ request }: PendingChallenge, guardian: Given | undefined): boolean {
  if (!request || !guardian) return !request && !guardian
  return request.guardians.some(({ memberId }) => memberId === guardian.memberId)
}

async function lapse(deps: ApproveChallengeDeps, { content }: PendingChallenge): Promise<Outcome> {
  await deps.cancelChallenge({ challengeId: content.challengeId }, 'expired')
  return refused('expired')
}

/** What looks like somebody else's is said yes to with the buyer's own PIN. */
function isFromBuyer({ content: { buyerShows, memberId } }: PendingChallenge, buyer: Given | undefined): boolean {
  return buyerShows === undefined ? buyer === undefined : buyer !== undefined && buyer.memberId === memberId
}

/** P8: a guardian's yes takes PIN and second factor. A wrong one leaves the question open. */
async function agree(deps: ApproveChallengeDeps, shown: PendingChallenge, { guardian, buyer }: Answer, stepUp?: string): Promise<AnswerResult> {
  const given = guardian ?? buyer
  if (!given) return take(deps, shown, { stepUp })
  const identified = await deps.identify(given, { code: guardian !== undefined || shown.content.buyerShows === 'pinAndCode' })
  if (identified.kind === 'wrong' || identified.kind === 'wait') return { ...identified, ...(stepUp !== undefined && { stepUpGiven: true }) }
  // It may have been cancelled or have lapsed while the PIN was compared.
  if (deps.pending.current() !== shown) return refused('expired')
  if (timeLeftMs(shown, deps) <= 0) return lapse(deps, shown)
  if (identified.kind === 'granted') return take(deps, shown, { ...(guardian && { approvedBy: guardian.memberId }), stepUp })
  const outcome = refused(refusalForLedger(deps.ledger) ?? 'keychainUnavailable')
  deps.pending.take(shown.content.challengeId)?.end(outcome)
  return outcome
}

/** What a yes comes with. */
interface Yes {
  readonly approvedBy?: string
  readonly stepUp: string | undefined
}

/** A challenge takes one yes. */
async function take(deps: ApproveChallengeDeps, { content }: PendingChallenge, yes: Yes): Promise<Outcome> {
  const challenge = deps.pending.take(content.challengeId)
  if (!challenge) throw new Error('the challenge was answered already')
  const refusal = await recordApproval(deps, challenge, yes).catch(endWith(challenge, refused('ledgerUnavailable')))
  if (!refusal && challenge.request) deps.onFamilyChanged()
  const outcome = refusal ?? (await charge(deps, challenge).catch(endWith(challenge, unknown(challenge.content))))
  challenge.end(outcome)
  return outcome
}

/** A failure that is nobody's fault but the code's is thrown on, and the attempt ends with what is known of the money. */
function endWith({ end }: PendingChallenge, outcome: Outcome) {
  return (error: unknown): never => {
    end(outcome)
    throw error
  }
}

async function charge(deps: ApproveChallengeDeps, { content }: PendingChallenge): Promise<Outcome> {
  deps.onProgress({ offerId: content.offerId, step: 'charging' })
  try {
    return await deps.submitPurchase(content.purchaseId)
  } catch (error) {
    // Approved and not sent, because the approval could not be read back: settling finds that out.
    if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return unknown(content)
    throw error
  }
}

/** P1, P2: approval, key and exact request are on disk before a byte is sent. Gives why not when they are not. */
async function recordApproval(deps: ApproveChallengeDeps, challenge: PendingChallenge, { approvedBy, stepUp }: Yes): Promise<Outcome | null> {
  const { content, digest, quoteJws } = challenge
  if (content.stepUp && stepUp === undefined) throw new Error('P1: nothing is approved without the second factor that it wants')
  // One purchase, one key: nothing can be charged twice under a second one.
  const key = content.purchaseId as string as IdempotencyKey
  try {
    const authorisation = await authorise(deps, challenge, key, approvedBy)
    const notReady = refusalForLedger(deps.ledger)
    const log = deps.ledger.log()
    if (notReady || !log) return refused(notReady ?? 'ledgerUnavailable')
    const { purchaseId } = content
    const said = { ...(approvedBy !== undefined && { approvedBy }), ...(stepUp !== undefined && { stepUp }) }
    const payload = { purchaseId, key, challenge: content, challengeDigest: digest, quote: quoteJws, authorisation, ...said }
    const inTheWay = await append(deps, log, payload)
    if (inTheWay) return inTheWay
    // P3: also anchored before a byte is sent, so that nobody can cut off the approval of a charge unnoticed.
    await log.anchored()
    return null
  } catch (error) {
    if (error instanceof VaultError) return refused('keychainUnavailable')
    if (error instanceof LogReadOnlyError || error instanceof LogStorageError) return refused('ledgerUnavailable')
    throw error
  }
}

/**
 * P4, P5: judged again in the transaction that reserves the money: what stands between question and answer counts, and of
 * two purchases with room for one, one is made. Gives what stands in the way; nothing is written then.
 */
async function append(deps: ApproveChallengeDeps, log: EventLog, payload: EventPayloads['purchase.approved']): Promise<Outcome | null> {
  const { challenge, approvedBy } = payload
  const buyer = { memberId: challenge.memberId ?? null, approvedBy }
  const found: { inTheWay: Outcome | null } = { inTheWay: null }
  await log.append(() => {
    const moment = momentOf(deps, log)
    const verdict = judgePurchase(log, challenge, buyer, moment)
    if (verdict?.kind === 'blocked') found.inTheWay = blocked(log, challenge, buyer, verdict.block)
    // The question has changed: it counts otherwise, a limit that was far is near, or the minor does not ask for it any more.
    else if (!verdict || (isNear(verdict.headroom) && !challenge.isNearLimit) || !isStillAsked(log, challenge, deps.quoteNow())) found.inTheWay = refused('expired')
    if (found.inTheWay || verdict?.kind !== 'allowed') return null
    const limitWarnings = verdict.warnings.length > 0 ? { limitWarnings: verdict.warnings } : {}
    const countedAt = new Date(moment.ms).toISOString()
    return { type: 'purchase.approved', actor: actorNamed(approvedBy ?? buyer.memberId), payload: { ...payload, countedAt, ...limitWarnings } }
  })
  return found.inTheWay
}

/** P2: one request is one charge. */
function isStillAsked(log: EventLog, { requestId }: PendingChallenge['content'], nowMs: number): boolean {
  return requestId === undefined || log.family().requests.some((request) => request.requestId === requestId && isWaiting(request, nowMs))
}

async function authorise(deps: ApproveChallengeDeps, { content, digest }: PendingChallenge, key: IdempotencyKey, approvedBy: string | undefined) {
  return deps.device.authorise({
    deviceId: await deps.device.id(),
    idempotencyKey: key,
    quoteId: content.quoteId,
    sellerId: content.sellerId,
    payee: content.payee,
    amount: content.price.amount,
    currency: content.price.currency,
    nonce: content.nonce,
    challengeDigest: digest,
    ...(content.memberId !== undefined && { memberId: content.memberId }),
    ...(approvedBy !== undefined && { approvedBy }),
    approvedAt: new Date(deps.quoteNow()).toISOString(),
  })
}

function unknown(content: PendingChallenge['content']): Outcome {
  return { kind: 'unknown', purchaseId: content.purchaseId, ...asked(content) }
}
