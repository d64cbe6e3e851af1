/** The passkeys of an account: with user verification one is two factors by itself (NIST SP 800-63B-4 §3.1.7). */
import type { Caller, Identity, NotFresh, Refused } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import type { FindFresh } from './own-session.ts'
import { createPasskeyStore, type Passkey } from './passkey-store.ts'
import type { Pending } from './pending.ts'
import { secondWays } from './second-factor-rule.ts'
import type { FactorChange } from './second-factors.ts'
import type { SignInSteps } from './sign-in.ts'
import { createWebAuthn } from './web-authn.ts'

const wrong: Refused = { kind: 'wrong' }
const notFresh: NotFresh = { kind: 'notFresh' }

type SignIn = Pick<Identity, 'passkeyRequest' | 'signInWithPasskey'>
type Settings = Pick<Identity, 'beginPasskey' | 'confirmPasskey' | 'removePasskey'>

export interface PasskeysParts {
  readonly steps: SignInSteps
  readonly change: FactorChange
  readonly findFresh: FindFresh
}

export function createPasskeys(core: IdentityCore, { steps, change, findFresh }: PasskeysParts): SignIn & Settings {
  return { ...passkeySignIn(core, steps), ...passkeySettings(core, change, findFresh) }
}

function passkeySignIn(core: IdentityCore, steps: SignInSteps): SignIn {
  const { pending, records, gate, events, secrets } = core
  const passkeys = createPasskeyStore(core)
  const webAuthn = createWebAuthn(core)

  /** The sign-in that wants a second factor, where a passkey can be it. */
  async function waiting(hash: string | null): Promise<(Pending<'secondFactor'> & { readonly accountId: string }) | null> {
    const found = hash === null ? null : await pending.findByHash('secondFactor', hash)
    const account = found?.accountId ? await records.account(found.accountId) : null
    return found && account && secondWays(found.details.first, account).includes('passkey') ? { ...found, accountId: account.accountId } : null
  }

  async function isRight(passkey: Passkey, answer: unknown, challenge: string, isAlone: boolean, caller: Caller): Promise<boolean> {
    const counter = await webAuthn.verifyAnswer(answer, { challenge, passkey, isAlone })
    if (counter === null) events.recordLater(passkey.accountId, 'signInFailed', caller)
    else await passkeys.count(passkey.id, counter)
    return counter !== null
  }

  return {
    async passkeyRequest(token) {
      const first = token === null ? null : await waiting(secrets.hash(token))
      const options = await webAuthn.requestOptions(first && (await passkeys.of(first.accountId)))
      const details = { challenge: options.challenge, answers: first?.hash ?? null }
      return { ceremony: await pending.open('passkeySignIn', { subject: '', accountId: first?.accountId ?? null, details }), options }
    },

    async signInWithPasskey({ ceremony, response, pending: token }, caller) {
      const refused = await gate.ask(caller)
      if (refused) return refused
      const begun = await pending.find('passkeySignIn', ceremony)
      if (!begun || !(await pending.end(begun.hash))) return wrong
      const { challenge, answers } = begun.details
      // What was asked for as a second factor is never a whole sign-in, nor the other way round.
      if (answers !== (token === null ? null : secrets.hash(token))) return wrong
      const passkey = await passkeys.find(webAuthn.idIn(response) ?? '')
      const first = await waiting(answers)
      if (!passkey || (answers !== null && first?.accountId !== passkey.accountId)) return wrong
      if (!(await isRight(passkey, response, challenge, first === null, caller))) return wrong
      if (first && !(await pending.end(first.hash))) return wrong
      return steps.complete(passkey.accountId, first?.details.replaces ?? null, caller)
    },
  }
}

function passkeySettings(core: IdentityCore, change: FactorChange, findFresh: FindFresh): Settings {
  const { pending } = core
  const passkeys = createPasskeyStore(core)
  const webAuthn = createWebAuthn(core)
  return {
    async beginPasskey(session) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const { account, accountId, subject } = here
      const options = await webAuthn.creationOptions(account, await passkeys.of(accountId))
      return { ceremony: await pending.open('passkeyAdd', { subject, accountId, details: { challenge: options.challenge } }), options }
    },
    async confirmPasskey(session, { ceremony, response, name }, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const { accountId } = here
      const begun = await pending.find('passkeyAdd', ceremony)
      if (!begun || begun.accountId !== accountId || !(await pending.end(begun.hash))) return wrong
      const made = await webAuthn.verifyCreation(response, begun.details.challenge)
      if (!made || !(await passkeys.add({ ...made, accountId, name }))) return wrong
      return change.added(here, 'passkeyAdded', caller)
    },
    async removePasskey(session, passkeyId, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      return (await passkeys.remove(here.accountId, passkeyId)) ? change.removed(here, 'passkeyRemoved', caller) : { kind: 'done' }
    },
  }
}
