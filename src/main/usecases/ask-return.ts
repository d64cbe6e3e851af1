import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { exclusionOf } from '../../domain/control-parts.ts'
import type { Controls } from '../../domain/controls.ts'
import { exclusionState } from '../../domain/exclusion.ts'
import { isGuardian, mayReturn } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type QuestionStyle, returnQuestion } from './control-questions.ts'
import { asResult, codeOf, declined, done, refused, writableLog } from './controls-results.ts'
import type { SyncControls } from './sync-controls.ts'
import { type Actor, type Decider, whoDecides } from './who-decides.ts'

export interface AskReturnDeps {
  readonly actor: Actor
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'askReturn' | 'time'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly questionStyle: () => QuestionStyle
  readonly syncControls: SyncControls
}

interface Order {
  /** A minor, where a guardian says it for one; otherwise it is whoever asks. */
  readonly memberId?: string
}

/**
 * P5: the new yes after an exclusion has ended by the gateway's clock. It is given to the gateway first, and acts a day later.
 * A minor's is said by a guardian.
 */
export function createAskReturn(deps: AskReturnDeps) {
  return (order: Order = {}): Promise<ControlsResult> =>
    asResult(async () => {
      const decider = whoDecides(writableLog(deps.ledger).controls(), deps.actor)
      if (!decider) return refused('locked')
      const nowMs = await deps.gateway.time()
      const controls = writableLog(deps.ledger).controls()
      const whose = order.memberId ?? whichHasEnded(controls, decider, nowMs)
      return mayReturn(controls, decider.memberId, whose) ? askReturn(whose, decider, nowMs) : refused('notAllowed')
    })

  /** Where both have ended it is their own, and after that the household's. */
  function whichHasEnded(controls: Controls, { memberId }: Decider, nowMs: number): string | null {
    const isOver = (whose: string | null) => exclusionState(exclusionOf(controls, whose), nowMs).kind === 'ended'
    return isOver(memberId) || !isOver(null) ? memberId : null
  }

  async function askReturn(whose: string | null, { memberId, actor }: Decider, nowMs: number): Promise<ControlsResult> {
    if (!hasEnded(whose, nowMs)) return refused('notEnded')
    const wantsCode = isGuardian(writableLog(deps.ledger).controls(), memberId)
    const other = whose === memberId ? null : whose
    if (!(await deps.askPerson(returnQuestion(deps.questionStyle(), { other, wantsCode }), memberId))) return declined
    await deps.syncControls()
    const askedAt = await askGateway(whose)
    if (askedAt === null) return refused('notEnded')
    const log = writableLog(deps.ledger)
    const payload = { ...(whose !== null && { memberId: whose }), askedAt }
    const event = await log.append(() => (hasEnded(whose, Date.parse(askedAt)) ? { type: 'exclusion.returnAsked', actor, payload } : null))
    if (!event) return refused('notEnded')
    deps.onControlsChanged()
    return done
  }

  function hasEnded(whose: string | null, atMs: number): boolean {
    return exclusionState(exclusionOf(writableLog(deps.ledger).controls(), whose), atMs).kind === 'ended'
  }

  /** When the yes was given, which may have been before the computer went down; null without an exclusion that has ended. */
  async function askGateway(whose: string | null): Promise<string | null> {
    try {
      const { claims } = await deps.gateway.askReturn(whose)
      return exclusionOf(claims.controls, whose)?.returnAskedAt ?? null
    } catch (error) {
      if (codeOf(error) === 'controlUnknown' || codeOf(error) === 'controlTooEarly') return null
      throw error
    }
  }
}
