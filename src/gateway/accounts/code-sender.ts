import type { Delivery } from '../outbox/delivery.ts'
import type { AccountEvents } from './account-events.ts'
import type { Codes } from './codes.ts'
import type { Caller, Refused } from './identity.ts'
import { codeLetter, codeText, type CodeUse } from './letters.ts'
import type { SentBy } from './factor-check.ts'
import type { SendMethod, Tries } from './tries.ts'

export interface CodeToSend {
  readonly subject: string
  readonly accountId: string | null
  readonly purpose: string
  readonly use: CodeUse
  readonly by: SentBy
  /** What counts it. */
  readonly sent: SendMethod
  /** Where to; null for nowhere, where there is nobody: all the rest is the same. */
  readonly to: string | null
}

/** Null where it was sent, or would have been. Sends more and more slowly: nobody's mailbox is flooded by it. */
export type CodeSender = (code: CodeToSend, caller: Caller) => Promise<Refused | null>

export interface CodeSenderParts {
  readonly codes: Codes
  readonly tries: Tries
  readonly delivery: Delivery
  readonly events: AccountEvents
  readonly now: () => number
  readonly publicOrigin: () => string
}

export function createCodeSender({ codes, tries, delivery, events, now, publicOrigin }: CodeSenderParts): CodeSender {
  return async ({ subject, accountId, purpose, use, by, sent, to }, caller) => {
    const { waitMs } = await tries.begin(subject, sent)
    if (waitMs > 0) return { kind: 'wait', waitMs }
    const code = await codes.make(subject, purpose)
    if (to === null) return null
    const onLost = async () => {
      if (accountId !== null) await events.note(accountId, 'messageNotSent', caller)
    }
    const occasion = { atMs: now(), caller, origin: publicOrigin() }
    if (by === 'email') delivery.mail(codeLetter(to, code, use, caller.language, occasion), onLost)
    else delivery.text(codeText(to, code, use, caller.language), onLost)
    return null
  }
}
