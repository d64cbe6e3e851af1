/** P5: the first yes to a looser control takes the account's second factor besides, where this device is signed in to one. */
import type { ReplyResult } from '../../contract/ipc/confirm.ts'
import { looseningDigest } from '../../domain/canonical.ts'
import type { Change } from '../../domain/controls.ts'
import { hasMembers } from '../../domain/roles.ts'
import type { AskPerson, Question } from '../ports/ask-person.ts'
import type { StepUpAccount } from '../ports/step-up.ts'
import { type ConsentDeps, hasConsent } from './ask-member.ts'
import { writableLog } from './controls-results.ts'
import { giveStepUp, type GiveStepUpDeps } from './give-step-up.ts'
import type { Dialogue, TrustedQuestions } from './trusted-question.ts'

export interface AskStepUpDeps extends GiveStepUpDeps {
  /** SHA-256 of the UTF-8 of a text, in base64url. */
  readonly sha256: (text: string) => string
}

/** The one change that it is for, by the id under which the gateway is asked. */
export interface Loosening {
  readonly changeId: string
  readonly change: Change
}

/** What goes to the gateway with the change: the signed step-up, where the device is signed in. */
export interface Agreed {
  readonly stepUp?: string
}

/**
 * Asks for a looser control, outside of all pages of the launcher; null where the person did not say yes. Rejects with GatewayError, and
 * VaultError where the keychain does not answer.
 */
export type AskLooser = (question: Question, by: string | null, loosening: Loosening) => Promise<Agreed | null>

/** What the second factor is for, by its digest, and who says yes; null while there are no members. */
export interface AskedAbout {
  readonly id: string
  readonly digest: string
  readonly memberId: string | null
}

export function aboutLoosening(loosening: Loosening, memberId: string | null, sha256: AskStepUpDeps['sha256']): AskedAbout {
  return { id: loosening.changeId, digest: looseningDigest(loosening, sha256), memberId }
}

/** Asks for the account's second factor where this device is signed in to one, outside of all pages of the launcher. Rejects as `AskLooser` does. */
export type AskAccount = (question: Question, about: AskedAbout) => Promise<'yes' | 'no' | 'noAccount'>

export function createAskAccount(deps: AskStepUpDeps & { readonly questions: Pick<TrustedQuestions, 'begin'> }): AskAccount {
  return async (question, about) => {
    const account = await deps.gateway.stepUp.account()
    if (!account) return 'noAccount'
    const dialogue = deps.questions.begin()
    if (!dialogue) return 'no'
    try {
      return (await askStepUp(deps, dialogue, account, question, about)) ? 'yes' : 'no'
    } finally {
      dialogue.close()
    }
  }
}

/** The second factor of this account, for this alone; null where the person cancelled, or did not answer in time. */
export async function askStepUp(deps: AskStepUpDeps, dialogue: Dialogue, account: StepUpAccount, question: Question, about: AskedAbout): Promise<Agreed | null> {
  const { title, message, detail, confirm, cancel } = question
  const { digest } = about
  const subject = { ...about, about: 'control', accountId: account.accountId } as const
  let stepUp: string | null = null
  const ways = [...account.ways]
  const reply = await dialogue.ask({ kind: 'stepUp', title, message, detail, confirm, cancel, ways }, async ({ method, code }): Promise<ReplyResult> => {
    if (!ways.some((way) => way.method === method)) throw new Error('a way that was not offered')
    const result = await giveStepUp(deps, subject, { method, code })
    if (result.kind === 'given') {
      stepUp = result.stepUp
      return { kind: 'accepted' }
    }
    return result.kind === 'wrong' || result.kind === 'wait' ? result : { kind: 'unavailable' }
  }, digest)
  return reply === null || stepUp === null ? null : { stepUp }
}

/** Without an account it is asked as every other decision is. */
export function createAskLooser(
  deps: AskStepUpDeps & ConsentDeps & { readonly askPerson: AskPerson; readonly questions: Pick<TrustedQuestions, 'begin'> },
): AskLooser {
  return async (question, by, loosening) => {
    const account = await deps.gateway.stepUp.account()
    if (!account) return (await deps.askPerson(question, by)) ? {} : null
    const log = writableLog(deps.ledger)
    const dialogue = deps.questions.begin()
    if (!dialogue) return null
    try {
      if (hasMembers(log.controls()) && !(await hasConsent(deps, log, dialogue, question, by))) return null
      const agreed = await askStepUp(deps, dialogue, account, question, aboutLoosening(loosening, by, deps.sha256))
      deps.touch()
      // Nobody says yes to what somebody else has begun.
      return deps.actor() === by ? agreed : null
    } finally {
      dialogue.close()
    }
  }
}
