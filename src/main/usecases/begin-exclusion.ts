import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { type ExclusionLength, exclusionEnd, exclusionState } from '../../domain/exclusion.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { excludeQuestion, type QuestionStyle } from './control-questions.ts'
import { asResult, declined, done, refused, writableLog } from './controls-results.ts'

export interface BeginExclusionDeps {
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'now' | 'time'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly questionStyle: () => QuestionStyle
  /** Tells the gateway now, if that is possible; never rejects. */
  readonly syncNow: () => Promise<void>
}

/** P5: the person excludes themselves from buying, or for longer. It begins at the gateway's time, and is never shortened. */
export function createBeginExclusion(deps: BeginExclusionDeps) {
  return ({ length }: { readonly length: ExclusionLength }): Promise<ControlsResult> => asResult(() => beginExclusion(length))

  async function beginExclusion(length: ExclusionLength): Promise<ControlsResult> {
    writableLog(deps.ledger)
    const nowMs = await deps.gateway.time()
    const { household, exclusion } = writableLog(deps.ledger).controls()
    if (exclusionState(exclusion, nowMs).kind === 'running' && !isLonger(writableLog(deps.ledger), length, nowMs)) return refused('notLonger')
    const question = excludeQuestion(deps.questionStyle(), { length, untilMs: exclusionEnd(length, nowMs), zone: household?.zone ?? null })
    if (!(await deps.askPerson(question))) return declined
    // All of it lies after the yes, however long that took.
    const log = writableLog(deps.ledger)
    const beginsMs = deps.gateway.now() ?? nowMs
    const payload = { length, begunAt: new Date(beginsMs).toISOString(), until: new Date(exclusionEnd(length, beginsMs)).toISOString() }
    const event = await log.append(() => (isLonger(log, length, beginsMs) ? { type: 'exclusion.begun', actor: 'person', payload } : null))
    if (!event) return refused('notLonger')
    deps.onControlsChanged()
    await deps.syncNow()
    return done
  }
}

function isLonger(log: EventLog, length: ExclusionLength, beginsMs: number): boolean {
  const { exclusion } = log.controls()
  return exclusion === null || exclusionEnd(length, beginsMs) > Date.parse(exclusion.until)
}
