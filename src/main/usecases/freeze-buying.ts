/** After a `notMe`: nothing is bought on this device any more, the model learns of it, and the account's devices are signed out. */
import type { PurchaseId } from '../../domain/brands.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { TrustedNow } from './trusted-now.ts'
import type { Decider } from './who-decides.ts'

export type SignedOut = 'done' | 'notSignedIn' | 'failed'

export interface FreezeBuyingDeps {
  readonly onMonitoringChanged: () => void
  readonly quoteNow: TrustedNow
  /** Signs all devices of the account out. Never rejects. */
  readonly signOutEverywhere: () => Promise<SignedOut>
}

export type FreezeBuying = ReturnType<typeof createFreezeBuying>

/** Freezing comes first: what a crash leaves behind is then at least safe. Rejects as the log does. */
export function createFreezeBuying(deps: FreezeBuyingDeps) {
  return async function freezeBuying(log: EventLog, purchaseId: string, memberId: string | null, { memberId: by, actor }: Decider): Promise<SignedOut> {
    const whose = memberId !== null ? { memberId } : {}
    const frozenAt = new Date(deps.quoteNow()).toISOString()
    const isFrozen = () => (log.controls().frozen ?? []).some((freeze) => freeze.memberId === memberId)
    const payload = { ...whose, because: purchaseId, frozenAt, ...(by !== null && { by }) }
    await log.append(() => (isFrozen() ? null : { type: 'buying.frozen', actor, payload }))
    await log.append(() => ({ type: 'risk.answered', actor, payload: { ...whose, purchaseId: purchaseId as PurchaseId, answer: 'notMe', answeredAt: frozenAt } }))
    deps.onMonitoringChanged()
    return deps.signOutEverywhere()
  }
}
