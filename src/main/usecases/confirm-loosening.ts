import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { effectOf } from '../../domain/control-effects.ts'
import { type PendingChange, pendingState } from '../../domain/controls.ts'
import { mayChange } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { EventLog } from '../ports/event-log.ts'
import { type ControlsStatement, type Gateway, GatewayError } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { confirmQuestion, type QuestionStyle } from './control-questions.ts'
import { asResult, codeOf, declined, done, refused, writableLog } from './controls-results.ts'
import { wantsCodeFor, whyNotChange } from './may-decide.ts'
import { isOthers } from './sync-controls.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface ConfirmLooseningDeps {
  readonly actor: Actor
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'confirmLoosening' | 'controls' | 'now' | 'time'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  /** Told whose coming, or growing older, was confirmed. */
  readonly onMemberConfirmed: (memberId: string) => void
  readonly questionStyle: () => QuestionStyle
  readonly syncLater: () => void
}

/**
 * P5: the second yes, a day or more after the first by the gateway's clock, and to the gateway first. Where the computer went
 * down between its answer and the event, the same yes once more writes that event.
 */
export function createConfirmLoosening(deps: ConfirmLooseningDeps) {
  return ({ changeId }: { readonly changeId: string }): Promise<ControlsResult> => asResult(() => confirmLoosening(changeId))

  async function confirmLoosening(changeId: string): Promise<ControlsResult> {
    const found = writableLog(deps.ledger).controls()
    const { household } = found
    const waiting = found.pending.find((one) => one.changeId === changeId)
    const decider = whoDecides(found, deps.actor)
    if (!decider) return refused('locked')
    if (!waiting || !household) return refused('gone')
    const { memberId } = decider
    if (!mayChange(found, memberId, waiting.change, true)) return refused('notAllowed')
    const state = pendingState(waiting, await deps.gateway.time())
    if (state === 'waiting') return refused('tooEarly')
    if (state === 'lapsed') {
      deps.syncLater()
      return refused('gone')
    }
    const before = writableLog(deps.ledger).controls()
    const whyNot = whyNotChange(before, memberId, waiting.change, deps.gateway.now())
    if (whyNot) return refused(whyNot)
    const wantsCode = wantsCodeFor(before, memberId, waiting.change)
    if (!(await deps.askPerson(confirmQuestion(deps.questionStyle(), { before, change: waiting.change, household, wantsCode }), memberId))) return declined
    const confirmed = await askGateway(waiting)
    const isRecorded = confirmed !== null && (await record(writableLog(deps.ledger), decider, waiting, confirmed.claims.asOf))
    if (isRecorded) tell(waiting)
    deps.syncLater()
    return isRecorded ? done : refused('gone')
  }

  function tell({ change }: PendingChange): void {
    deps.onControlsChanged()
    if (change.kind === 'member') deps.onMemberConfirmed(change.memberId)
  }

  /** Null where it does not wait at the gateway, and is not in force there either. */
  async function askGateway({ changeId, change }: PendingChange): Promise<ControlsStatement | null> {
    try {
      return await deps.gateway.confirmLoosening(changeId)
    } catch (error) {
      if (codeOf(error) !== 'controlUnknown') throw error
      const statement = await deps.gateway.controls()
      if (isOthers(writableLog(deps.ledger).controls(), statement.claims)) throw new GatewayError({ kind: 'refused', sent: true, code: 'accountNeeded' })
      return effectOf(statement.claims.controls, change) === 'none' ? statement : null
    }
  }
}

async function record(log: EventLog, { actor }: Decider, { changeId }: PendingChange, confirmedAt: string): Promise<boolean> {
  const isReady = () => {
    const waiting = log.controls().pending.find((one) => one.changeId === changeId)
    return waiting !== undefined && pendingState(waiting, Date.parse(confirmedAt)) === 'ready'
  }
  const payload = { changeId, confirmedAt }
  return (await log.append(() => (isReady() ? { type: 'controls.looseningConfirmed', actor, payload } : null))) !== null
}
