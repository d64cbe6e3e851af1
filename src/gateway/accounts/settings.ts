import type { Caller, Done, Identity, NotFresh, SecurityEventKind } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import type { FindFresh, FindHere, Here } from './own-session.ts'
import { passwordFault } from './password-strength.ts'

const notFresh: NotFresh = { kind: 'notFresh' }
const done: Done = { kind: 'done' }

type Settings = Pick<Identity, 'setDisplayName' | 'setPassword' | 'setStepUpAbove' | 'newRecoveryCodes'>

/** What somebody who is signed in changes about their account, besides their second factors. */
export function createSettings({ credentials, records, pending, sessions, recovery, events }: IdentityCore, findHere: FindHere, findFresh: FindFresh): Settings {
  async function finish({ accountId }: Here, kind: SecurityEventKind, caller: Caller): Promise<Done> {
    await events.record(accountId, kind, caller)
    return done
  }

  return {
    async setDisplayName(session, name, caller) {
      const here = await findHere(session)
      if (!here) return notFresh
      await credentials.rename(here.accountId, name ?? '')
      return finish(here, 'nameChanged', caller)
    },
    async setPassword(session, password, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const { email, displayName } = here.account
      const fault = await passwordFault(password, displayName === null ? [email] : [email, displayName])
      if (fault) return { kind: 'weakPassword', ...fault }
      await credentials.setPasswordHash(here.accountId, await credentials.hash(password))
      // Also a sign-in that has begun with the old one.
      await pending.endAll('secondFactor', here.accountId)
      await sessions.endAll(here.accountId, here.hash)
      return finish(here, 'passwordChanged', caller)
    },
    async setStepUpAbove(session, cents, caller) {
      const here = await findHere(session)
      if (!here || (cents > here.account.stepUpAboveCents && !here.isFresh)) return notFresh
      await records.set(here.accountId, { step_up_above_cents: cents })
      return finish(here, 'stepUpAmountChanged', caller)
    },
    async newRecoveryCodes(session, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const recoveryCodes = await recovery.make(here.accountId)
      await events.record(here.accountId, 'recoveryCodesMade', caller)
      return { kind: 'made', recoveryCodes }
    },
  }
}
