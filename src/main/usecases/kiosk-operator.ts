/** The operator of a kiosk: chooses the PIN that ends kiosk mode, begins it and ends it. */
import type { ReplyResult } from '../../contract/ipc/confirm.ts'
import type { HouseholdResult } from '../../contract/ipc/household.ts'
import type { Language } from '../../contract/ipc/status.ts'
import { operatorId } from '../../domain/kiosk.ts'
import { hasMembers } from '../../domain/roles.ts'
import type { AskPerson } from '../ports/ask-person.ts'
import type { Credentials } from '../ports/credentials.ts'
import type { EventLog } from '../ports/event-log.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'
import { type ConsentDeps, hasConsent } from './ask-member.ts'
import { choose, type ChooseDeps, keep, recordChosen } from './choose-credentials.ts'
import { writableLog } from './controls-results.ts'
import { asHouseholdResult, declined, done, refused, whoAsks } from './household-results.ts'
import type { Dialogue, TrustedQuestions } from './trusted-question.ts'
import { actorNamed } from './who-decides.ts'
import { kioskWords } from './kiosk-words.ts'

export interface OperatorDeps extends ConsentDeps, ChooseDeps {
  readonly askBox: AskPerson
  readonly credentials: Credentials
  readonly isOn: () => boolean
  readonly language: () => Language
  readonly ledger: LedgerAccess
  readonly questions: Pick<TrustedQuestions, 'begin'>
  /** Begins or ends kiosk mode, also for the next start. */
  readonly turn: (on: boolean) => Promise<void>
}

export function createOperator(deps: OperatorDeps) {
  const words = () => kioskWords(deps.language())
  let isKnown: boolean | null = null

  async function choosePin(log: EventLog, dialogue: Dialogue): Promise<boolean> {
    const chosen = await choose(deps, dialogue, { name: words().operator, isOwn: true, pin: true, secondFactor: false })
    if (!chosen) return false
    await keep(deps, operatorId, chosen)
    await recordChosen(log, actorNamed(deps.actor()), operatorId, chosen)
    return true
  }

  /** In a household a guardian with their PIN, else whoever says yes in a box of the system. */
  async function isMeant(log: EventLog, question: ReturnType<typeof kioskWords>['begin'], during: (dialogue: Dialogue) => Promise<boolean>): Promise<HouseholdResult> {
    const who = hasMembers(log.controls()) ? whoAsks(log, deps.actor) : null
    if (typeof who === 'string') return refused(who)
    if (who && who.role !== 'guardian') return refused('notAllowed')
    if (!who && !(await deps.askBox(question))) return declined
    const dialogue = deps.questions.begin()
    if (!dialogue) return refused('busy')
    try {
      if (who && !(await hasConsent(deps, log, dialogue, question, who.memberId))) return declined
      return (await during(dialogue)) ? done : declined
    } finally {
      dialogue.close()
    }
  }

  async function begin(): Promise<HouseholdResult> {
    const log = writableLog(deps.ledger)
    const { pin } = await deps.credentials.has(operatorId)
    const began = await isMeant(log, words().begin, async (dialogue) => pin || (await choosePin(log, dialogue)))
    if (began.kind === 'done') await deps.turn(true)
    return began
  }

  async function setPin(): Promise<HouseholdResult> {
    const log = writableLog(deps.ledger)
    if (!deps.isOn()) return isMeant(log, words().newPin, (dialogue) => choosePin(log, dialogue))
    // At the first start with `--kiosk`: whoever sets it up is in front of it.
    if ((await deps.credentials.has(operatorId)).pin) return refused('notAllowed')
    return duringOneQuestion(async (dialogue) => ((await choosePin(log, dialogue)) ? done : declined))
  }

  async function duringOneQuestion(ask: (dialogue: Dialogue) => Promise<HouseholdResult>): Promise<HouseholdResult> {
    const dialogue = deps.questions.begin()
    if (!dialogue) return refused('busy')
    try {
      return await ask(dialogue)
    } finally {
      dialogue.close()
    }
  }

  /** P8: the PIN is compared under the same lock-out as everybody's. */
  async function leave(): Promise<HouseholdResult> {
    if (!deps.isOn()) return done
    if (!(await deps.credentials.has(operatorId)).pin) return refused('noCredentials')
    const left = await duringOneQuestion(async (dialogue) => {
      const reply = await dialogue.ask({ kind: 'operator' }, async ({ pin }): Promise<ReplyResult> => {
        const identified = await deps.identify({ memberId: operatorId, pin }, { code: false })
        return identified.kind === 'granted' ? { kind: 'accepted' } : identified
      })
      return reply ? done : declined
    })
    if (left.kind === 'done') await deps.turn(false)
    return left
  }

  return {
    begin: () => asHouseholdResult(begin),
    leave: () => asHouseholdResult(leave),
    setPin: () => asHouseholdResult(setPin),
    /** Null while the keychain does not tell. */
    hasPin: async (): Promise<boolean | null> => {
      // It is asked for each second while somebody is warned, and a PIN does not go away again.
      if (!isKnown) isKnown = await deps.credentials.has(operatorId).then(({ pin }) => pin, () => null)
      return isKnown
    },
  }
}
