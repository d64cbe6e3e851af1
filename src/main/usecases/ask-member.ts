/** A decision about the controls is said yes to by whoever's profile is open, with their PIN. */
import type { ReplyResult } from '../../contract/ipc/confirm.ts'
import { hasMembers } from '../../domain/roles.ts'
import type { AskPerson, Question } from '../ports/ask-person.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import type { Identify } from './identify.ts'
import { personFor } from './person-names.ts'
import type { Dialogue, TrustedQuestions } from './trusted-question.ts'
import type { Actor } from './who-decides.ts'

export interface ConsentDeps {
  readonly actor: Actor
  readonly identify: Identify
  /** Somebody is there. */
  readonly touch: () => void
}

/**
 * Whether whoever decides has said yes, and their profile is open still. Between deciding and asking another one may have been
 * opened: nobody says yes to what somebody else has begun.
 */
export async function hasConsent(deps: ConsentDeps, log: EventLog, dialogue: Dialogue, question: Question, by: string | null): Promise<boolean> {
  const { wantsCode = false, ...words } = question
  const who = personFor(log, deps.actor())
  if (!who || who.memberId !== by) return false
  const { memberId } = who
  const reply = await dialogue.ask({ kind: 'consent', ...words, who, wantsCode }, async ({ pin, code }): Promise<ReplyResult> => {
    const identified = await deps.identify({ memberId, pin, ...(code !== undefined && { code }) }, { code: wantsCode })
    return identified.kind === 'granted' ? { kind: 'accepted' } : identified
  })
  deps.touch()
  return reply !== null && deps.actor() === memberId
}

/** `askBox` asks in a box of the system, which is enough for one adult without members. */
export function createAskMember(
  deps: ConsentDeps & { readonly askBox: AskPerson; readonly ledger: LedgerAccess; readonly questions: Pick<TrustedQuestions, 'begin'> },
): AskPerson {
  return async (question, by = null) => {
    const log = deps.ledger.log()
    if (!log || !hasMembers(log.controls())) return deps.askBox(question)
    const dialogue = deps.questions.begin()
    if (!dialogue) return false
    try {
      return await hasConsent(deps, log, dialogue, question, by)
    } finally {
      dialogue.close()
    }
  }
}
