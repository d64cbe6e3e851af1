/** The account's second factor, as a person has typed it, is looked at by the gateway. No code is kept or written down. */
import type { RefusalReason } from '../../contract/ipc/outcome.ts'
import type { EventPayloads } from '../../domain/events.ts'
import type { CodeMethod } from '../../domain/step-up.ts'
import { type EventLog, LogReadOnlyError, LogStorageError } from '../ports/event-log.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { StepUpAnswer } from '../ports/step-up.ts'
import { VaultError } from '../ports/vault.ts'
import { codeOf } from './controls-results.ts'
import { isSignedOut, refusalFor } from './refusals.ts'

export interface GiveStepUpDeps {
  readonly gateway: Pick<Gateway, 'now' | 'stepUp'>
  readonly ledger: LedgerAccess
}

/** What the second factor is for: one purchase or one change of a control, by its digest. */
export interface StepUpSubject {
  readonly about: 'purchase' | 'control'
  readonly id: string
  readonly accountId: string
  readonly digest: string
  /** Whose it is; null while there are no members. */
  readonly memberId: string | null
}

export interface TypedStepUp {
  readonly method: CodeMethod
  readonly code: string
}

/** `unavailable`: nobody could look at it. `signedOut`: there is no account any more that it could be the second factor of. */
export type StepUpResult = StepUpAnswer | { readonly kind: 'unavailable' } | { readonly kind: 'signedOut'; readonly reason: RefusalReason }

export async function giveStepUp({ gateway, ledger }: GiveStepUpDeps, subject: StepUpSubject, typed: TypedStepUp): Promise<StepUpResult> {
  const { about, id, accountId, digest, memberId } = subject
  const { method, code } = typed
  const answer = await gateway.stepUp.give({ accountId, digest, method, code }).catch(whyNot)
  if (answer.kind === 'wrong') await recordFailure(ledger.log(), { about, id, method, ...(memberId !== null && { memberId }), ...at(gateway.now()) })
  return answer
}

function whyNot(error: unknown): StepUpResult {
  if (error instanceof GatewayError && isSignedOut(codeOf(error))) return { kind: 'signedOut', reason: refusalFor(error.problem) }
  if (error instanceof GatewayError || error instanceof VaultError) return { kind: 'unavailable' }
  throw error
}

const at = (nowMs: number | null) => (nowMs === null ? {} : { gatewayAt: new Date(nowMs).toISOString() })

/** The gateway keeps the count; a ledger that cannot be written makes no wrong code right. */
async function recordFailure(log: EventLog | null, payload: EventPayloads['stepUp.failed']): Promise<void> {
  try {
    // Nobody knows who it is.
    await log?.append(() => ({ type: 'stepUp.failed', actor: 'person', payload }))
  } catch (error) {
    if (!(error instanceof LogReadOnlyError || error instanceof LogStorageError || error instanceof VaultError)) throw error
  }
}
