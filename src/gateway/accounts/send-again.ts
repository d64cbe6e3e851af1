import type { CodeToSend } from './code-sender.ts'
import { sentPurpose } from './factor-check.ts'
import type { Identity } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'

/** Another code for what waits for one. Everything that was answered before stays as it is. */
export function createSendAgain({ credentials, pending, gate, sendCode }: IdentityCore): Pick<Identity, 'sendAgain'> {
  async function codeOf(token: string): Promise<CodeToSend | null> {
    const signUp = await pending.find('signUp', token)
    if (signUp) {
      const { subject, hash, details } = signUp
      const owner = await credentials.findByEmail(details.email)
      return { subject, accountId: null, purpose: `signUp:${hash}`, use: 'signUp', by: 'email', sent: 'sentFirst', to: owner ? null : details.email }
    }
    const signIn = await pending.find('signInCode', token)
    if (signIn) {
      const { subject, hash, accountId } = signIn
      const owner = accountId === null ? null : await credentials.find(accountId)
      return { subject, accountId, purpose: `signIn:${hash}`, use: 'signIn', by: 'email', sent: 'sentFirst', to: owner?.email ?? null }
    }
    const phone = await pending.find('phone', token)
    if (!phone) return null
    const { subject, hash, accountId, details } = phone
    return { subject, accountId, purpose: sentPurpose(`phone:${hash}`, 'sms'), use: 'phone', by: 'sms', sent: 'sentText', to: details.phone }
  }

  return {
    async sendAgain({ pending: token }, caller) {
      const refused = await gate.ask(caller)
      if (refused) return refused
      const code = await codeOf(token)
      return code ? ((await sendCode(code, caller)) ?? { kind: 'done' }) : { kind: 'wrong' }
    },
  }
}
