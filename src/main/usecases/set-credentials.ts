/** New PINs and second factors for members who are there already. */
import type { HouseholdRefusal, HouseholdResult } from '../../contract/ipc/household.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { isMinor } from '../../domain/roles.ts'
import type { Question } from '../ports/ask-person.ts'
import type { Credentials } from '../ports/credentials.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type ConsentDeps, hasConsent } from './ask-member.ts'
import { choose, type ChooseDeps, keep, recordChosen, type Wanted } from './choose-credentials.ts'
import { writableLog } from './controls-results.ts'
import { asHouseholdResult, declined, done, refused, whoAsks } from './household-results.ts'
import { householdQuestions } from './household-words.ts'
import { personFor } from './person-names.ts'
import type { TrustedQuestions } from './trusted-question.ts'

export interface SetCredentialsDeps extends ConsentDeps, ChooseDeps {
  readonly credentials: Credentials
  readonly language: () => Language
  readonly ledger: LedgerAccess
  readonly onHouseholdChanged: () => void
  readonly questions: Pick<TrustedQuestions, 'begin'>
}

/** What is to be chosen, by whom it was asked for, and the question that comes before; null where that was answered already. */
interface Plan {
  readonly actor: string
  readonly memberId: string
  readonly question: Question | null
  readonly wanted: Wanted
}

/** One's own PIN, after the one that counts now, and a guardian's after a code as well; or that of somebody else, whom a guardian chooses it for. */
export function createSetPin(deps: SetCredentialsDeps) {
  return ({ memberId }: { readonly memberId: string }): Promise<HouseholdResult> =>
    asHouseholdResult(async () => carryOut(deps, await pinPlan(deps, writableLog(deps.ledger), memberId)))
}

async function pinPlan(deps: SetCredentialsDeps, log: EventLog, memberId: string): Promise<Plan | HouseholdRefusal> {
  const who = whoAsks(log, deps.actor)
  if (typeof who === 'string') return who
  const concerned = personFor(log, memberId)
  if (!concerned) return 'gone'
  const { name, role } = concerned
  const ask = householdQuestions(deps.language())
  const plan = { actor: who.memberId, memberId }
  const has = await deps.credentials.has(memberId)
  // Who has watched a guardian's PIN being typed is not to take it over by that alone.
  const wantsCode = role === 'guardian' && has.secondFactor
  if (who.memberId === memberId) return { ...plan, question: ask.ownPin(wantsCode), wanted: { name, isOwn: true, pin: true, secondFactor: false } }
  // What a grown-up has chosen is theirs: nobody else opens their profile.
  if (who.role !== 'guardian' || (!isMinor(role) && has.pin)) return 'notAllowed'
  if (!(await deps.credentials.has(who.memberId)).secondFactor) return 'noCredentials'
  const secondFactor = role === 'guardian' && !has.secondFactor
  return { ...plan, question: ask.pinFor(name), wanted: { name, isOwn: !isMinor(role), pin: true, secondFactor } }
}

/** Of the guardian whose profile is open: after a code of the one that counts now, or a recovery code, where there is one. */
export function createSetSecondFactor(deps: SetCredentialsDeps) {
  return (): Promise<HouseholdResult> => asHouseholdResult(async () => carryOut(deps, await secondFactorPlan(deps, writableLog(deps.ledger))))
}

async function secondFactorPlan(deps: SetCredentialsDeps, log: EventLog): Promise<Plan | HouseholdRefusal> {
  const who = whoAsks(log, deps.actor)
  if (typeof who === 'string') return who
  const { memberId, role } = who
  if (role !== 'guardian') return 'notAllowed'
  const has = await deps.credentials.has(memberId)
  const question = householdQuestions(deps.language()).secondFactor(has.secondFactor)
  const name = personFor(log, memberId)?.name ?? ''
  return { actor: memberId, memberId, question, wanted: { name, isOwn: true, pin: false, secondFactor: true } }
}

/**
 * What a grown-up who has just come in still needs, or a guardian who has just become one. Whoever lets them in has said yes
 * to that a moment ago; what is not chosen now can be chosen later.
 */
export function createWelcomeMember(deps: SetCredentialsDeps) {
  return (memberId: string): Promise<HouseholdResult> =>
    asHouseholdResult(async () => {
      const log = writableLog(deps.ledger)
      const concerned = personFor(log, memberId)
      if (!concerned) return refused('gone')
      const has = await deps.credentials.has(memberId)
      const wanted = { name: concerned.name, isOwn: true, pin: !has.pin, secondFactor: concerned.role === 'guardian' && !has.secondFactor }
      return carryOut(deps, { actor: deps.actor() ?? memberId, memberId, question: null, wanted })
    })
}

async function carryOut(deps: SetCredentialsDeps, plan: Plan | HouseholdRefusal): Promise<HouseholdResult> {
  if (typeof plan === 'string') return refused(plan)
  const { actor, memberId, question, wanted } = plan
  if (!wanted.pin && !wanted.secondFactor) return done
  const dialogue = deps.questions.begin()
  if (!dialogue) return refused('busy')
  try {
    const log = writableLog(deps.ledger)
    if (question && !(await hasConsent(deps, log, dialogue, question, actor))) return declined
    const chosen = await choose(deps, dialogue, wanted)
    if (!chosen) return declined
    if (!personFor(writableLog(deps.ledger), memberId)) return refused('gone')
    await keep(deps, memberId, chosen)
    await recordChosen(log, actor, memberId, chosen)
    deps.onHouseholdChanged()
    return done
  } finally {
    dialogue.close()
  }
}
