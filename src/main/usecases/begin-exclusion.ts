import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { exclusionOf } from '../../domain/control-parts.ts'
import type { Controls } from '../../domain/controls.ts'
import { type ExclusionLength, exclusionEnd, exclusionState } from '../../domain/exclusion.ts'
import { mayExclude } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { excludeQuestion, type QuestionStyle } from './control-questions.ts'
import { asResult, declined, done, refused, writableLog } from './controls-results.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface BeginExclusionDeps {
  readonly actor: Actor
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'now' | 'time'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly questionStyle: () => QuestionStyle
  /** Tells the gateway now, if that is possible; never rejects. */
  readonly syncNow: () => Promise<void>
}

interface Order {
  readonly length: ExclusionLength
  /** A minor, where a guardian excludes one; otherwise it is whoever asks. */
  readonly memberId?: string
}

/**
 * P5: a person excludes themselves from buying, or for longer, or a guardian does that for a minor. It begins at the gateway's
 * time, and is never shortened.
 */
export function createBeginExclusion(deps: BeginExclusionDeps) {
  return (order: Order): Promise<ControlsResult> =>
    asResult(async () => {
      const controls = writableLog(deps.ledger).controls()
      const decider = whoDecides(controls, deps.actor)
      if (!decider) return refused('locked')
      const whom = order.memberId ?? decider.memberId
      return mayExclude(controls, decider.memberId, whom) ? beginExclusion(order.length, whom, decider) : refused('notAllowed')
    })

  async function beginExclusion(length: ExclusionLength, whom: string | null, decider: Decider): Promise<ControlsResult> {
    const nowMs = await deps.gateway.time()
    const controls = writableLog(deps.ledger).controls()
    if (exclusionState(exclusionOf(controls, whom), nowMs).kind === 'running' && !isLonger(controls, whom, length, nowMs)) return refused('notLonger')
    const other = whom === decider.memberId ? null : whom
    const question = excludeQuestion(deps.questionStyle(), { length, untilMs: exclusionEnd(length, nowMs), zone: controls.household?.zone ?? null, other })
    if (!(await deps.askPerson(question, decider.memberId))) return declined
    // All of it lies after the yes, however long that took.
    const log = writableLog(deps.ledger)
    const beginsMs = deps.gateway.now() ?? nowMs
    const until = new Date(exclusionEnd(length, beginsMs)).toISOString()
    const payload = { ...(whom !== null && { memberId: whom }), length, begunAt: new Date(beginsMs).toISOString(), until }
    const event = await log.append(() =>
      isLonger(log.controls(), whom, length, beginsMs) ? { type: 'exclusion.begun', actor: decider.actor, payload } : null,
    )
    if (!event) return refused('notLonger')
    deps.onControlsChanged()
    await deps.syncNow()
    return done
  }
}

function isLonger(controls: Controls, whom: string | null, length: ExclusionLength, beginsMs: number): boolean {
  const exclusion = exclusionOf(controls, whom)
  return exclusion === null || exclusionEnd(length, beginsMs) > Date.parse(exclusion.until)
}
