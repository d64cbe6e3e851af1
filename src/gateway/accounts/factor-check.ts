import type { CodeMethod } from '../../contract/account.ts'
import { assertNever } from '../../domain/assert-never.ts'
import type { AccountEvents } from './account-events.ts'
import type { AccountRecords } from './account-records.ts'
import type { Codes } from './codes.ts'
import type { Caller } from './identity.ts'
import type { RecoveryCodes } from './recovery-codes.ts'
import type { Secrets } from './secrets.ts'
import { totpStep } from './totp.ts'
import type { SendMethod, Tries } from './tries.ts'

export interface Factor {
  readonly accountId: string
  readonly subject: string
  readonly method: CodeMethod
  readonly code: string
  readonly purpose: string
}

/** Whether a code is right, whichever way it is given; uses it up. */
export type FactorCheck = (factor: Factor, caller: Caller) => Promise<boolean>

export type SentBy = 'email' | 'sms'
/** What counts messages to somebody who has shown one factor. */
export const sendMethods: Readonly<Record<SentBy, SendMethod>> = { email: 'sentEmail', sms: 'sentText' }

/** A code that went out by text message is none by e-mail. */
export const sentPurpose = (purpose: string, by: SentBy) => `${purpose}:${by}`

export interface FactorCheckParts {
  readonly now: () => number
  readonly secrets: Secrets
  readonly codes: Codes
  readonly records: AccountRecords
  readonly recovery: RecoveryCodes
  readonly tries: Tries
  readonly events: AccountEvents
}

export function createFactorCheck({ now, secrets, codes, records, recovery, tries, events }: FactorCheckParts): FactorCheck {
  async function isTotpRight(accountId: string, code: string): Promise<boolean> {
    const sealed = (await records.settings(accountId))?.totp_secret
    const step = sealed ? totpStep(secrets.open(sealed), code, now()) : null
    return step !== null && records.useStep(accountId, step)
  }

  async function isSentRight({ subject, code, purpose }: Factor, by: SentBy): Promise<boolean> {
    const isRight = await codes.check(subject, sentPurpose(purpose, by), code)
    if (isRight) await tries.succeed(subject, sendMethods[by])
    return isRight
  }

  return async (factor, caller) => {
    const { accountId, method, code } = factor
    switch (method) {
      case 'totp':
        return isTotpRight(accountId, code)
      case 'sms':
      case 'email':
        return isSentRight(factor, method)
      case 'recovery': {
        const isRight = await recovery.use(accountId, code)
        if (isRight) await events.record(accountId, 'recoveryCodeUsed', caller)
        return isRight
      }
      default:
        return assertNever(method)
    }
  }
}
