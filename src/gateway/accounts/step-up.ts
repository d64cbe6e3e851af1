import type { CodeWay } from '../../contract/account.ts'
import { sendMethods, sentPurpose } from './factor-check.ts'
import type { Identity } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import { codeMethods } from './second-factor-rule.ts'
import { withDestination } from './sign-in.ts'

type StepUp = Pick<Identity, 'codeWays' | 'sendCode' | 'checkCode'>

/** The second factor anew, for one purpose, from a device that is signed in. */
export function createStepUp(core: IdentityCore): StepUp {
  const { records, judge, subjectOf } = core
  return {
    async codeWays(accountId) {
      const account = await records.account(accountId)
      return account ? (codeMethods(account).map((method) => withDestination(method, account)) as CodeWay[]) : []
    },
    async sendCode(accountId, method, purpose, caller) {
      const account = await records.account(accountId)
      const to = (method === 'email' ? account?.email : account?.phone) ?? null
      if (!account || to === null || !codeMethods(account).includes(method)) return { kind: 'wrong' }
      const code = { subject: subjectOf(account.email), accountId, purpose: sentPurpose(`stepUp:${purpose}`, method), use: 'stepUp', by: method, sent: sendMethods[method], to } as const
      return (await core.sendCode(code, caller)) ?? { kind: 'done' }
    },
    async checkCode(accountId, { method, code, purpose }, caller) {
      const account = await records.account(accountId)
      if (!account || !codeMethods(account).includes(method)) return { kind: 'wrong' }
      const subject = subjectOf(account.email)
      const verdict = await judge({ subject, accountId, method, failed: null }, caller, () =>
        core.isFactorRight({ accountId, subject, method, code, purpose: `stepUp:${purpose}` }, caller),
      )
      return verdict ?? { kind: 'done' }
    },
  }
}
