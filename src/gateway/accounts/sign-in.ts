import { maskedEmail } from '../oauth/masked-email.ts'
import { maskedPhone } from './masked-phone.ts'
import type { Account, Caller, FirstFactorResult, Identity, Refused, SecondFactorWanted, SignedIn } from './identity.ts'
import { sendMethods, sentPurpose } from './factor-check.ts'
import type { IdentityCore } from './identity-core.ts'
import { type FirstFactor, type SecondWay, secondWays } from './second-factor-rule.ts'

const wrong: Refused = { kind: 'wrong' }

/** How a sign-in goes on once its first factor was right, and how it ends. */
export interface SignInSteps {
  /** `replaces`: the hash of the session of somebody who shows their factors again. */
  readonly afterFirst: (accountId: string, first: FirstFactor, replaces: string | null, caller: Caller) => Promise<FirstFactorResult>
  readonly complete: (accountId: string, replaces: string | null, caller: Caller) => Promise<SignedIn>
}

export function createSignInSteps({ records, pending, sessions, events, subjectOf }: IdentityCore): SignInSteps {
  async function complete(accountId: string, replaces: string | null, caller: Caller): Promise<SignedIn> {
    const session = await sessions.start(accountId)
    await records.set(accountId, { language: caller.language })
    if (replaces === null) await events.record(accountId, 'signedIn', caller)
    else await sessions.end(replaces)
    return { kind: 'signedIn', session }
  }

  return {
    complete,
    async afterFirst(accountId, first, replaces, caller) {
      const account = await records.account(accountId)
      if (!account) return wrong
      const ways = secondWays(first, account)
      if (ways.length === 0) return complete(accountId, replaces, caller)
      const token = await pending.open('secondFactor', { subject: subjectOf(account.email), accountId, details: { first, replaces } })
      return { kind: 'secondFactor', pending: token, ways: ways.map((way) => withDestination(way, account)) }
    },
  }
}

export function withDestination(way: SecondWay, { email, phone }: Account): SecondFactorWanted['ways'][number] {
  if (way === 'email') return { method: way, destination: maskedEmail(email) }
  if (way === 'sms' && phone !== null) return { method: way, destination: maskedPhone(phone) }
  return { method: way }
}

type First = Pick<Identity, 'signInWithPassword' | 'sendSignInCode' | 'signInWithCode'>
type Second = Pick<Identity, 'sendSecondFactorCode' | 'answerSecondFactor'>

export function createSignIn(core: IdentityCore, steps: SignInSteps): First & Second {
  return { ...firstFactor(core, steps), ...secondFactor(core, steps) }
}

function firstFactor(core: IdentityCore, { afterFirst }: SignInSteps): First {
  const { credentials, pending, codes, tries, gate, judge, subjectOf } = core
  return {
    async signInWithPassword({ email, password, proof }, caller) {
      const subject = subjectOf(email)
      const refused = await gate.askWithProofIfHot(subject, proof, caller)
      if (refused) return refused
      const found = await credentials.findByEmail(email.trim())
      const accountId = found?.accountId ?? null
      const verdict = await judge({ subject, accountId, method: 'password', failed: 'signInFailed' }, caller, () => credentials.verify(found?.passwordHash ?? null, password))
      if (verdict || accountId === null) return verdict ?? wrong
      return afterFirst(accountId, 'password', null, caller)
    },

    async sendSignInCode({ email, proof }, caller) {
      const subject = subjectOf(email)
      const refused = await gate.askWithProofIfHot(subject, proof, caller)
      if (refused) return refused
      const found = await credentials.findByEmail(email.trim())
      const accountId = found?.accountId ?? null
      const token = await pending.open('signInCode', { subject, accountId, details: { email: email.trim() } })
      const unsent = await core.sendCode({ subject, accountId, purpose: `signIn:${core.secrets.hash(token)}`, use: 'signIn', by: 'email', sent: 'sentFirst', to: found?.email ?? null }, caller)
      return unsent ?? { kind: 'codeSent', pending: token }
    },

    async signInWithCode({ pending: token, code }, caller) {
      const refused = await gate.ask(caller)
      if (refused) return refused
      const found = await pending.find('signInCode', token)
      if (!found) return wrong
      const { subject, accountId, hash } = found
      const verdict = await judge({ subject: hash, accountId, method: 'firstCode', failed: 'signInFailed' }, caller, () => codes.check(subject, `signIn:${hash}`, code))
      if (verdict || accountId === null || !(await pending.end(hash))) return verdict ?? wrong
      await tries.succeed(subject, 'sentFirst')
      return afterFirst(accountId, 'emailCode', null, caller)
    },
  }
}

function secondFactor(core: IdentityCore, { complete }: SignInSteps): Second {
  const { records, pending, gate, judge } = core

  /** What a token stands for, if the account still wants that. */
  async function wanted(token: string, method: SecondWay) {
    const found = await pending.find('secondFactor', token)
    const account = found?.accountId ? await records.account(found.accountId) : null
    return found && account && secondWays(found.details.first, account).includes(method) ? { ...found, account } : null
  }

  return {
    async sendSecondFactorCode({ pending: token, method }, caller) {
      const found = (await gate.ask(caller)) ?? (await wanted(token, method))
      if (!found || 'kind' in found) return found ?? wrong
      const { subject, account, hash } = found
      const to = method === 'email' ? account.email : account.phone
      const code = { subject, accountId: account.accountId, purpose: sentPurpose(`secondFactor:${hash}`, method), use: 'secondFactor', by: method, sent: sendMethods[method], to } as const
      return (await core.sendCode(code, caller)) ?? { kind: 'done' }
    },

    async answerSecondFactor({ pending: token, method, code }, caller) {
      const found = (await gate.ask(caller)) ?? (await wanted(token, method))
      if (!found || 'kind' in found) return found ?? wrong
      const { subject, hash, details, account } = found
      const { accountId } = account
      const verdict = await judge({ subject, accountId, method, failed: 'signInFailed' }, caller, () =>
        core.isFactorRight({ accountId, subject, method, code, purpose: `secondFactor:${hash}` }, caller),
      )
      if (verdict || !(await pending.end(hash))) return verdict ?? wrong
      return complete(accountId, details.replaces, caller)
    },
  }
}
