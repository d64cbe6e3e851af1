/** In the trusted window somebody says that it was not them who asked for a purchase that looks like somebody else's. */
import type { Outcome } from '../../contract/ipc/outcome.ts'
import { calmBeforeAnswerMs } from '../../domain/challenge.ts'
import { freezeOf } from '../../domain/limits.ts'
import { looksLikeSomebodyElse } from '../../domain/watch-purchase.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { recordCancelled } from './cancel-challenge.ts'
import { writableLog } from './controls-results.ts'
import type { FreezeBuying } from './freeze-buying.ts'
import { blocked } from './judge-purchase.ts'
import { reasonOfFailure } from './or-refused.ts'
import type { PendingChallenge, PendingChallengeSlot } from './pending-challenge.ts'
import { refused } from './refusals.ts'
import { actorNamed } from './who-decides.ts'

export interface SayNotMeDeps {
  readonly confirmWindow: Pick<ConfirmWindow, 'calmForMs'>
  readonly freezeBuying: FreezeBuying
  readonly ledger: LedgerAccess
  readonly pending: PendingChallengeSlot
}

/** It needs no further yes: the window is trusted, and nothing gets looser by it. The attempt ends with the freeze, which the window then tells of. */
export function createSayNotMe(deps: SayNotMeDeps) {
  return async function sayNotMe({ challengeId }: { readonly challengeId: string }): Promise<Outcome | { readonly kind: 'tooSoon' | 'gone' }> {
    const shown = deps.pending.current()
    if (shown?.content.challengeId !== challengeId) return { kind: 'gone' }
    if (shown.request || !looksLikeSomebodyElse(shown.content.risk ?? null)) throw new Error('an answer to something that was not asked')
    if (deps.confirmWindow.calmForMs() < calmBeforeAnswerMs) return { kind: 'tooSoon' }
    deps.pending.take(challengeId)
    const outcome = await freeze(shown).catch((error: unknown) => refused(reasonOfFailure(error)))
    shown.end(outcome)
    return outcome
  }

  async function freeze(shown: PendingChallenge): Promise<Outcome> {
    const { content } = shown
    const memberId = content.memberId ?? null
    await recordCancelled(deps.ledger, shown, 'person')
    const log = writableLog(deps.ledger)
    await deps.freezeBuying(log, content.purchaseId, memberId, { memberId, actor: actorNamed(memberId) })
    return asBlocked(log, content)
  }
}

function asBlocked(log: EventLog, content: PendingChallenge['content']): Outcome {
  const memberId = content.memberId ?? null
  const found = freezeOf(log.controls(), memberId)
  if (!found) throw new Error('a freeze that is not there')
  return blocked(log, content, { memberId }, { kind: 'frozen', freeze: found })
}
