/** Puts together how people say who they are: the questions of the trusted window, PINs, and whose profile is open. */
import type { AskPerson } from './ports/ask-person.ts'
import type { Clock } from './ports/clock.ts'
import type { ConfirmWindow } from './ports/confirm-window.ts'
import type { Credentials } from './ports/credentials.ts'
import type { Gateway } from './ports/gateway.ts'
import type { Ids } from './ports/ids.ts'
import type { LedgerAccess } from './ports/ledger-access.ts'
import { createAskMember } from './usecases/ask-member.ts'
import { createAskAccount, createAskLooser } from './usecases/ask-step-up.ts'
import { createIdentify } from './usecases/identify.ts'
import type { PendingChallengeSlot } from './usecases/pending-challenge.ts'
import { createProfiles } from './usecases/profiles.ts'
import { createSendStepUpCode } from './usecases/send-step-up-code.ts'
import { createTrustedQuestions } from './usecases/trusted-question.ts'

export interface AccessDeps {
  /** A box of the system. */
  readonly askBox: AskPerson
  readonly clock: Clock
  readonly confirmWindow: ConfirmWindow
  readonly credentials: Credentials
  readonly gateway: Pick<Gateway, 'now' | 'stepUp' | 'time'>
  readonly ids: Pick<Ids, 'questionId'>
  readonly ledger: LedgerAccess
  readonly onHouseholdChanged: () => void
  readonly onQuestionChanged: () => void
  readonly onUnexpected: (error: unknown) => void
  readonly pending: Pick<PendingChallengeSlot, 'current' | 'reserve' | 'release'>
  /** SHA-256 of the UTF-8 of a text, in base64url. */
  readonly sha256: (text: string) => string
}

export function createAccess(deps: AccessDeps) {
  const { identify, waitMs } = createIdentify(deps)
  const questions = createTrustedQuestions(deps)
  const profiles = createProfiles({ ...deps, identify, questions, onChanged: deps.onHouseholdChanged })
  const { actor, touch } = profiles
  const asking = { ...deps, actor, touch, identify, questions }
  const askPerson = createAskMember(asking)
  return {
    actor,
    /** For what is the account's own to say, where there is one. */
    askAccount: createAskAccount(asking),
    /** For a looser control. */
    askLooser: createAskLooser({ ...asking, askPerson }),
    /** For every other decision about the controls of spending. */
    askPerson,
    identify,
    profiles,
    questions,
    sendStepUpCode: createSendStepUpCode({ ...deps, questions }),
    waitMs,
  }
}
