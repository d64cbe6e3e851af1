import type { Added, Caller, Done, Identity, NotFresh, Refused, SecurityEventKind } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import { sentPurpose } from './factor-check.ts'
import type { FindFresh, Here } from './own-session.ts'
import { totpSecret, totpSecretBytes, totpStep, totpUri } from './totp.ts'

const notFresh: NotFresh = { kind: 'notFresh' }
const wrong: Refused = { kind: 'wrong' }
/** ITU-T E.164: a plus and at most fifteen digits. */
const phonePattern = /^\+[1-9]\d{6,14}$/

/** What every second factor that comes or goes has in common. */
export interface FactorChange {
  readonly added: (here: Here, kind: SecurityEventKind, caller: Caller) => Promise<Added>
  /** Recovery codes go with the last second factor: there is nothing left to recover. */
  readonly removed: (here: Here, kind: SecurityEventKind, caller: Caller) => Promise<Done>
}

export function createFactorChange({ records, recovery, events }: IdentityCore): FactorChange {
  return {
    async added({ accountId }, kind, caller) {
      await events.record(accountId, kind, caller)
      return { kind: 'added', recoveryCodes: await recovery.ensure(accountId) }
    },
    async removed({ accountId }, kind, caller) {
      const account = await records.account(accountId)
      if (account?.secondFactors.length === 0) await recovery.drop(accountId)
      await events.record(accountId, kind, caller)
      return { kind: 'done' }
    },
  }
}

type App = Pick<Identity, 'beginTotp' | 'confirmTotp' | 'removeTotp'>
type Phone = Pick<Identity, 'beginPhone' | 'confirmPhone' | 'removePhone'>

export function createSecondFactors(core: IdentityCore, change: FactorChange, findFresh: FindFresh): App & Phone {
  return { ...authenticatorApp(core, change, findFresh), ...phoneNumber(core, change, findFresh) }
}

function authenticatorApp(core: IdentityCore, change: FactorChange, findFresh: FindFresh): App {
  const { records, secrets, now } = core
  return {
    async beginTotp(session) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const secret = totpSecret(core.randomBytes(totpSecretBytes))
      await records.set(here.accountId, { totp_waiting: secrets.seal(secret) })
      return { secret, uri: totpUri(secret, here.account.email) }
    },
    async confirmTotp(session, code, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const waiting = (await records.settings(here.accountId))?.totp_waiting ?? null
      const step = waiting === null ? null : totpStep(secrets.open(waiting), code, now())
      // The person types it from a screen of their own, into a secret that is not theirs yet: there is nothing to guess.
      if (step === null) return wrong
      await records.set(here.accountId, { totp_secret: waiting, totp_waiting: null, totp_newest_step: BigInt(step) })
      return change.added(here, 'secondFactorAdded', caller)
    },
    async removeTotp(session, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      await records.set(here.accountId, { totp_secret: null, totp_waiting: null })
      return change.removed(here, 'secondFactorRemoved', caller)
    },
  }
}

function phoneNumber(core: IdentityCore, change: FactorChange, findFresh: FindFresh): Phone {
  const { records, secrets, pending, codes, tries, gate, judge } = core
  return {
    async beginPhone(session, phone, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const refused = await gate.ask(caller)
      if (refused) return refused
      if (!core.delivery.canText || !phonePattern.test(phone)) return wrong
      const { accountId, subject } = here
      const token = await pending.open('phone', { subject, accountId, details: { phone } })
      const code = { subject, accountId, purpose: sentPurpose(`phone:${secrets.hash(token)}`, 'sms'), use: 'phone', by: 'sms', sent: 'sentText', to: phone } as const
      return (await core.sendCode(code, caller)) ?? { kind: 'codeSent', pending: token }
    },
    async confirmPhone(session, { pending: token, code }, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const found = await pending.find('phone', token)
      if (!found || found.accountId !== here.accountId) return wrong
      const { subject, accountId, hash, details } = found
      const guess = { subject, accountId, method: 'sms', failed: 'signInFailed' } as const
      const verdict = await judge(guess, caller, () => codes.check(subject, sentPurpose(`phone:${hash}`, 'sms'), code))
      if (verdict || !(await pending.end(hash))) return verdict ?? wrong
      await tries.succeed(subject, 'sentText')
      await records.set(here.accountId, { phone: details.phone })
      return change.added(here, 'secondFactorAdded', caller)
    },
    async removePhone(session, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      await records.set(here.accountId, { phone: null })
      return change.removed(here, 'secondFactorRemoved', caller)
    },
  }
}
