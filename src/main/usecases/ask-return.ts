import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { exclusionState } from '../../domain/exclusion.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type QuestionStyle, returnQuestion } from './control-questions.ts'
import { asResult, codeOf, declined, done, refused, writableLog } from './controls-results.ts'
import type { SyncControls } from './sync-controls.ts'

export interface AskReturnDeps {
  readonly askPerson: AskPerson
  readonly gateway: Pick<Gateway, 'askReturn' | 'time'>
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly questionStyle: () => QuestionStyle
  readonly syncControls: SyncControls
}

/** P5: the new yes after an exclusion has ended by the gateway's clock. It is given to the gateway first, and acts a day later. */
export function createAskReturn(deps: AskReturnDeps) {
  return (): Promise<ControlsResult> => asResult(askReturn)

  async function askReturn(): Promise<ControlsResult> {
    writableLog(deps.ledger)
    const nowMs = await deps.gateway.time()
    if (!hasEnded(nowMs)) return refused('notEnded')
    if (!(await deps.askPerson(returnQuestion(deps.questionStyle())))) return declined
    await deps.syncControls()
    const askedAt = await askGateway()
    if (askedAt === null) return refused('notEnded')
    const log = writableLog(deps.ledger)
    const event = await log.append(() => (hasEnded(Date.parse(askedAt)) ? { type: 'exclusion.returnAsked', actor: 'person', payload: { askedAt } } : null))
    if (!event) return refused('notEnded')
    deps.onControlsChanged()
    return done
  }

  function hasEnded(atMs: number): boolean {
    return exclusionState(writableLog(deps.ledger).controls().exclusion, atMs).kind === 'ended'
  }

  /** When the yes was given, which may have been before the computer went down; null without an exclusion that has ended. */
  async function askGateway(): Promise<string | null> {
    try {
      const { claims } = await deps.gateway.askReturn()
      return claims.controls.exclusion?.returnAskedAt ?? null
    } catch (error) {
      if (codeOf(error) === 'controlUnknown' || codeOf(error) === 'controlTooEarly') return null
      throw error
    }
  }
}
