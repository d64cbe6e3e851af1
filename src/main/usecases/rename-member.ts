import type { HouseholdResult } from '../../contract/ipc/household.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { memberOf } from '../../domain/roles.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type ConsentDeps, hasConsent } from './ask-member.ts'
import { writableLog } from './controls-results.ts'
import { asHouseholdResult, declined, done, refused, whoAsks } from './household-results.ts'
import { householdQuestions } from './household-words.ts'
import { isNameFree, nameFor } from './person-names.ts'
import type { TrustedQuestions } from './trusted-question.ts'

export interface RenameMemberDeps extends ConsentDeps {
  readonly language: () => Language
  readonly ledger: LedgerAccess
  readonly onHouseholdChanged: () => void
  readonly questions: Pick<TrustedQuestions, 'begin'>
}

interface Order {
  readonly memberId: string
  readonly name: string
}

/** A guardian names everybody, an adult themselves. Asked for, so that no page calls one member what another is called. */
export function createRenameMember(deps: RenameMemberDeps) {
  return (order: Order): Promise<HouseholdResult> => asHouseholdResult(() => rename(order))

  async function rename({ memberId, name }: Order): Promise<HouseholdResult> {
    const log = writableLog(deps.ledger)
    const who = whoAsks(log, deps.actor)
    if (typeof who === 'string') return refused(who)
    const before = nameFor(log, memberId)
    if (!memberOf(log.controls(), memberId) || before === null) return refused('gone')
    if (who.role !== 'guardian' && !(who.role === 'adult' && who.memberId === memberId)) return refused('notAllowed')
    if (!isNameFree(log, memberId, name)) return refused('impossible')
    const dialogue = deps.questions.begin()
    if (!dialogue) return refused('busy')
    try {
      if (!(await hasConsent(deps, log, dialogue, householdQuestions(deps.language()).rename(before, name), who.memberId))) return declined
    } finally {
      dialogue.close()
    }
    const event = await log.append(() =>
      isNameFree(log, memberId, name) ? { type: 'member.named', actor: who.memberId, payload: { memberId, name } } : null,
    )
    if (!event) return refused('impossible')
    deps.onHouseholdChanged()
    return done
  }
}
