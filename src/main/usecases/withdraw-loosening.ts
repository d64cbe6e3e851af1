import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { mayChange } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import { type Gateway, GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { VaultError } from '../ports/vault.ts'
import { type QuestionStyle, withdrawQuestion } from './control-questions.ts'
import { asResult, declined, done, refused, writableLog } from './controls-results.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface WithdrawLooseningDeps {
  readonly actor: Actor
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'withdrawLoosening'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly onUnexpected: (error: unknown) => void
  readonly questionStyle: () => QuestionStyle
}

/** A looser control that waits is not wanted any more. That is tighter, so it acts here at once; at the gateway it would lapse. */
export function createWithdrawLoosening(deps: WithdrawLooseningDeps) {
  return ({ changeId }: { readonly changeId: string }): Promise<ControlsResult> => asResult(() => withdrawLoosening(changeId))

  async function withdrawLoosening(changeId: string): Promise<ControlsResult> {
    const before = writableLog(deps.ledger).controls()
    const waiting = before.pending.find((one) => one.changeId === changeId)
    const decider = whoDecides(before, deps.actor)
    if (!decider) return refused('locked')
    if (!waiting || !before.household) return refused('gone')
    if (!mayChange(before, decider.memberId, waiting.change, false)) return refused('notAllowed')
    const { change } = waiting
    if (!(await deps.askPerson(withdrawQuestion(deps.questionStyle(), { before, change, household: before.household }), decider.memberId))) return declined
    const log = writableLog(deps.ledger)
    const isWaiting = () => log.controls().pending.some((one) => one.changeId === changeId)
    const payload = { changeId, reason: 'withdrawn' } as const
    const event = await log.append(() => (isWaiting() ? { type: 'controls.looseningEnded', actor: decider.actor, payload } : null))
    if (!event) return refused('gone')
    deps.onControlsChanged()
    deps.gateway.withdrawLoosening(changeId).catch(unlessExpected)
    return done
  }

  function unlessExpected(error: unknown): void {
    if (!(error instanceof GatewayError || error instanceof VaultError)) deps.onUnexpected(error)
  }
}
