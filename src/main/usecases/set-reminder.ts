import type { ControlsResult } from '../../contract/ipc/controls.ts'
import { hasMembers, isGuardian } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type QuestionStyle, reminderQuestion } from './control-questions.ts'
import { asResult, declined, done, refused, writableLog } from './controls-results.ts'
import { type Actor, whoDecides } from './who-decides.ts'

export interface SetReminderDeps {
  readonly actor: Actor
  readonly askPerson: AskPerson
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly questionStyle: () => QuestionStyle
}

/**
 * After how many purchases of theirs within an hour the confirm window says so to people. It stops nothing, and is known on this
 * computer only. A household has one, which a guardian sets.
 */
export function createSetReminder(deps: SetReminderDeps) {
  return ({ after }: { readonly after: number | null }): Promise<ControlsResult> => asResult(() => setReminder(after))

  async function setReminder(after: number | null): Promise<ControlsResult> {
    const controls = writableLog(deps.ledger).controls()
    const decider = whoDecides(controls, deps.actor)
    if (!decider) return refused('locked')
    if (hasMembers(controls) && !isGuardian(controls, decider.memberId)) return refused('notAllowed')
    if (controls.remindAfter === after) return refused('noChange')
    if (!(await deps.askPerson(reminderQuestion(deps.questionStyle(), after), decider.memberId))) return declined
    await writableLog(deps.ledger).append(() => ({ type: 'controls.reminderSet', actor: decider.actor, payload: { after } }))
    deps.onControlsChanged()
    return done
  }
}
