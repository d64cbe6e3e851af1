import type { ChallengeContent } from '../../domain/events.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { PendingChallenge, PendingChallengeSlot } from './pending-challenge.ts'
import { actorNamed } from './who-decides.ts'

type CancelReason = 'person' | 'expired' | 'windowClosed'
export type CancelChallenge = ReturnType<typeof createCancelChallenge>

/** The person's no, or the lack of an answer. Ends the attempt; after the answer it only closes the window. */
export function createCancelChallenge(deps: {
  readonly confirmWindow: ConfirmWindow
  readonly ledger: LedgerAccess
  readonly pending: PendingChallengeSlot
}) {
  return async function cancelChallenge(
    { challengeId }: { readonly challengeId: string },
    reason: CancelReason = 'person',
  ): Promise<void> {
    const challenge = deps.pending.take(challengeId)
    if (!challenge) {
      // A late word about an earlier question must not close the window of the one that is open now.
      if (!deps.pending.current()) deps.confirmWindow.close()
      return
    }
    challenge.end(reason === 'expired' ? { kind: 'refused', reason } : { kind: 'cancelled' })
    await recordCancelled(deps.ledger, challenge, reason)
  }
}

/** A no needs no proof: when it cannot be recorded it is a no all the same. */
/** With how it had been judged: an attempt can be somebody else's as well. */
function attemptOf({ item, payee, price, memberId, risk }: ChallengeContent) {
  return risk ? { attempt: { item, payee, price, ...(memberId !== undefined && { memberId }), risk } } : {}
}

export async function recordCancelled(ledger: LedgerAccess, { content }: PendingChallenge, reason: CancelReason): Promise<void> {
  const { purchaseId, offerId } = content
  const actor = reason === 'expired' ? 'client' : whoClosed(content)
  const event = { type: 'purchase.cancelled', actor, payload: { purchaseId, offerId, reason, ...attemptOf(content) } } as const
  await ledger.log()?.append(() => event).catch(() => null)
}

/** In front of what a minor asked for there may be anybody: only an answer says who gives it. What was asked for goes on waiting. */
function whoClosed({ memberId, requestId }: ChallengeContent): string {
  return actorNamed(requestId === undefined ? (memberId ?? null) : null)
}
