import type { HouseholdResult } from '../../contract/ipc/household.ts'
import { isWaiting } from '../../domain/requests.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { writableLog } from './controls-results.ts'
import { reasonOfFailure } from './or-refused.ts'
import type { TrustedNow } from './trusted-now.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface WithdrawRequestDeps {
  readonly actor: Actor
  readonly ledger: LedgerAccess
  readonly onFamilyChanged: () => void
  readonly quoteNow: TrustedNow
}

/** Whoever asked does not want it any more. Nobody else takes that back for them: a guardian says no instead. */
export function createWithdrawRequest(deps: WithdrawRequestDeps) {
  return ({ requestId }: { readonly requestId: string }): Promise<HouseholdResult> =>
    withdrawRequest(requestId).catch((error: unknown) => ({ kind: 'refused', reason: reasonOfFailure(error) }))

  async function withdrawRequest(requestId: string): Promise<HouseholdResult> {
    const log = writableLog(deps.ledger)
    const decider = whoDecides(log.controls(), deps.actor)
    if (!decider) return { kind: 'refused', reason: 'locked' }
    const find = () => log.family().requests.find((request) => request.requestId === requestId && isWaiting(request, deps.quoteNow()))
    const request = find()
    if (!request) return { kind: 'refused', reason: 'gone' }
    if (request.memberId !== decider.memberId) return { kind: 'refused', reason: 'notAllowed' }
    const payload = { requestId, end: 'withdrawn', by: request.memberId } as const
    const event = await log.append(() => (find() ? { type: 'request.ended', actor: request.memberId, payload } : null))
    if (!event) return { kind: 'refused', reason: 'gone' }
    deps.onFamilyChanged()
    return { kind: 'done' }
  }
}
