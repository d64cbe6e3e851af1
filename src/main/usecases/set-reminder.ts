import type { ControlsResult } from '../../contract/ipc/controls.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type QuestionStyle, reminderQuestion } from './control-questions.ts'
import { asResult, declined, done, refused, writableLog } from './controls-results.ts'

export interface SetReminderDeps {
  readonly askPerson: AskPerson
  readonly ledger: LedgerAccess
  readonly onControlsChanged: () => void
  readonly questionStyle: () => QuestionStyle
}

/** After how many purchases within an hour the confirm window says so. It stops nothing, and is known on this computer only. */
export function createSetReminder(deps: SetReminderDeps) {
  return ({ after }: { readonly after: number | null }): Promise<ControlsResult> => asResult(() => setReminder(after))

  async function setReminder(after: number | null): Promise<ControlsResult> {
    if (writableLog(deps.ledger).controls().remindAfter === after) return refused('noChange')
    if (!(await deps.askPerson(reminderQuestion(deps.questionStyle(), after)))) return declined
    await writableLog(deps.ledger).append(() => ({ type: 'controls.reminderSet', actor: 'person', payload: { after } }))
    deps.onControlsChanged()
    return done
  }
}
