import type { DenyResult } from '../../contract/ipc/confirm.ts'
import type { DenialReason } from '../../contract/household.ts'
import { calmBeforeAnswerMs } from '../../domain/challenge.ts'
import { isWaiting } from '../../domain/requests.ts'
import { mayAnswer } from '../../domain/roles.ts'
import type { Clock } from '../ports/clock.ts'
import type { ConfirmWindow } from '../ports/confirm-window.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { Given } from './approve-challenge.ts'
import type { CancelChallenge } from './cancel-challenge.ts'
import { writableLog } from './controls-results.ts'
import type { Identify } from './identify.ts'
import { reasonOfFailure } from './or-refused.ts'
import { type AskedRequest, type Denied, type PendingChallenge, type PendingChallengeSlot, timeLeftMs } from './pending-challenge.ts'
import { refusalForLedger } from './refusals.ts'
import type { TrustedNow } from './trusted-now.ts'

export interface DenyChallengeDeps {
  readonly cancelChallenge: CancelChallenge
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow
  readonly gateway: Pick<Gateway, 'now'>
  readonly identify: Identify
  readonly ledger: LedgerAccess
  readonly onFamilyChanged: () => void
  readonly pending: PendingChallengeSlot
  readonly quoteNow: TrustedNow
}

export interface Denial {
  readonly challengeId: string
  readonly guardian: Given
  readonly reason: DenialReason
  readonly note?: string
}

type AskedChallenge = PendingChallenge & { readonly request: AskedRequest }

/** A guardian's no to what a minor has asked for. It takes the PIN alone: a no gives nothing away. */
export function createDenyChallenge(deps: DenyChallengeDeps) {
  return async function denyChallenge(denial: Denial): Promise<DenyResult> {
    const shown = deps.pending.current()
    if (!isAbout(shown, denial)) throw new Error('an answer to something that was not asked, or from somebody who was not')
    if (deps.confirmWindow.calmForMs() < calmBeforeAnswerMs) return { kind: 'tooSoon' }
    if (timeLeftMs(shown, deps) <= 0) return lapse(shown)
    const identified = await deps.identify({ memberId: denial.guardian.memberId, pin: denial.guardian.pin }, { code: false })
    if (identified.kind === 'wrong' || identified.kind === 'wait') return identified
    // It may have been cancelled or have lapsed while the PIN was compared.
    if (deps.pending.current() !== shown) return { kind: 'gone' }
    if (timeLeftMs(shown, deps) <= 0) return lapse(shown)
    deps.pending.take(denial.challengeId)
    let denied: Denied = 'ledgerUnavailable'
    try {
      denied = identified.kind === 'granted' ? await record(shown.request.requestId, denial) : (refusalOf() ?? 'keychainUnavailable')
    } finally {
      shown.request.deny(denied)
      shown.end({ kind: 'cancelled' })
    }
    return { kind: denied === 'denied' ? 'denied' : 'gone' }
  }

  async function lapse({ content }: PendingChallenge): Promise<DenyResult> {
    await deps.cancelChallenge({ challengeId: content.challengeId }, 'expired')
    return { kind: 'gone' }
  }

  function refusalOf(): 'keychainUnavailable' | 'ledgerUnavailable' | null {
    const refusal = refusalForLedger(deps.ledger)
    return refusal === null || refusal === 'keychainUnavailable' ? refusal : 'ledgerUnavailable'
  }

  async function record(requestId: string, denial: Denial): Promise<Denied> {
    try {
      const log = writableLog(deps.ledger)
      const event = await log.append(() => (isOpen(log, requestId, denial.guardian.memberId) ? eventFor(requestId, denial) : null))
      if (event) deps.onFamilyChanged()
      return event ? 'denied' : 'gone'
    } catch (error) {
      return reasonOfFailure(error)
    }
  }

  function isOpen(log: EventLog, requestId: string, guardianId: string): boolean {
    const request = log.family().requests.find((one) => one.requestId === requestId)
    return request !== undefined && isWaiting(request, deps.quoteNow()) && mayAnswer(log.controls(), guardianId, request.memberId, deps.gateway.now())
  }
}

function isAbout(shown: PendingChallenge | null, { challengeId, guardian }: Denial): shown is AskedChallenge {
  return shown?.content.challengeId === challengeId && shown.request?.guardians.some(({ memberId }) => memberId === guardian.memberId) === true
}

function eventFor(requestId: string, { guardian: { memberId }, reason, note }: Denial) {
  return {
    type: 'request.ended',
    actor: memberId,
    payload: { requestId, end: 'denied', by: memberId, reason, ...(note !== undefined && { note }) },
  } as const
}
