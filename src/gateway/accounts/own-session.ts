import type { Account, Caller, Identity, PageSession } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import type { SignInSteps } from './sign-in.ts'

/** Somebody who is signed in on the pages. */
export interface Here {
  readonly account: Account
  readonly accountId: string
  readonly subject: string
  readonly hash: string
  readonly isFresh: boolean
}

/** Null for a session that is none, has ended or was signed out. */
export type FindHere = (session: string | undefined) => Promise<Here | null>

export function createFindHere({ sessions, records, subjectOf }: IdentityCore): FindHere {
  return async (session) => {
    const known = session === undefined ? null : await sessions.find(session)
    const account = known ? await records.account(known.accountId) : null
    return known && account ? { ...known, account, subject: subjectOf(account.email) } : null
  }
}

/** Only for somebody who has shown their factors within the last minutes. */
export type FindFresh = (session: string) => Promise<Here | null>

export const createFindFresh =
  (findHere: FindHere): FindFresh =>
  async (session) => {
    const here = await findHere(session)
    return here?.isFresh ? here : null
  }

type OwnSession = Pick<Identity, 'session' | 'refresh' | 'signOut' | 'endPageSessions'>

export function createOwnSession(core: IdentityCore, { afterFirst }: SignInSteps, findHere: FindHere): OwnSession {
  const { credentials, sessions, events, gate, judge } = core

  async function showAgain(here: Here, password: string, caller: Caller) {
    const { accountId, subject, hash } = here
    const refused = await gate.ask(caller)
    if (refused) return refused
    const kept = await credentials.find(accountId)
    const verdict = await judge({ subject, accountId, method: 'password', failed: 'signInFailed' }, caller, () => credentials.verify(kept?.passwordHash ?? null, password))
    return verdict ?? afterFirst(accountId, 'password', hash, caller)
  }

  return {
    async session(session): Promise<PageSession | null> {
      const here = await findHere(session)
      return here && { account: here.account, isFresh: here.isFresh }
    },
    async refresh(session, { password }, caller) {
      const here = await findHere(session)
      return here ? showAgain(here, password, caller) : { kind: 'wrong' }
    },
    async signOut(session, caller) {
      const here = await findHere(session)
      if (!here) return
      await sessions.end(here.hash)
      await events.record(here.accountId, 'signedOut', caller)
    },
    endPageSessions: (accountId) => sessions.endAll(accountId),
  }
}
