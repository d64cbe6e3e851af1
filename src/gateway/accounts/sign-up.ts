import type { Identity, Refused } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import { passwordFault } from './password-strength.ts'

const wrong: Refused = { kind: 'wrong' }

type SignUp = Pick<Identity, 'proofOfWork' | 'signUp' | 'confirmEmail'>

/**
 * An account is made only once its address is confirmed, by whoever confirms it: what others typed for the same address, a password
 * above all, is never part of it. For an address that has an account all looks the same, and its owner is told by mail.
 */
export function createSignUp(core: IdentityCore): SignUp {
  const { credentials, records, pending, codes, tries, sessions, events, gate, judge, secrets, subjectOf } = core

  return {
    proofOfWork: (caller) => core.proofs.challenge(caller),

    async signUp({ email, password, proof }, caller) {
      const fault = password === null ? null : await passwordFault(password, [email])
      if (fault) return { kind: 'weakPassword', ...fault }
      const refused = await gate.askWithProof(proof, caller)
      if (refused) return refused
      const subject = subjectOf(email)
      const address = email.trim().toLowerCase()
      const passwordHash = password === null ? null : await credentials.hash(password)
      const owner = await credentials.findByEmail(address)
      const token = await pending.open('signUp', { subject, accountId: null, details: { email: address, passwordHash } })
      const code = { subject, accountId: null, purpose: `signUp:${secrets.hash(token)}`, use: 'signUp', by: 'email', sent: 'sentFirst', to: owner ? null : address } as const
      const unsent = await core.sendCode(code, caller)
      if (unsent) return unsent
      if (owner) events.recordLater(owner.accountId, 'signUpTried', caller)
      return { kind: 'codeSent', pending: token }
    },

    async confirmEmail({ pending: token, code }, caller) {
      const refused = await gate.ask(caller)
      if (refused) return refused
      const found = await pending.find('signUp', token)
      if (!found) return wrong
      const { subject, hash, details } = found
      const verdict = await judge({ subject: hash, accountId: null, method: 'firstCode', failed: 'signInFailed' }, caller, () => codes.check(subject, `signUp:${hash}`, code))
      if (verdict || !(await pending.end(hash))) return verdict ?? wrong
      const accountId = await credentials.create(details)
      if (accountId === null) return wrong
      await records.begin(accountId, caller.language, (transaction) => core.onMade(transaction, { accountId, subject }))
      await tries.succeed(subject, 'sentFirst')
      await events.record(accountId, 'accountCreated', caller)
      return { kind: 'signedIn', session: await sessions.start(accountId) }
    },
  }
}
