import type { Identity, Refused } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import { resetLetter } from './letters.ts'
import { passwordFault } from './password-strength.ts'

const wrong: Refused = { kind: 'wrong' }

/** A forgotten password: a link by mail, once and for 20 minutes, which sets a new one and signs nobody in, but everybody out. */
export function createReset(core: IdentityCore): Pick<Identity, 'requestReset' | 'resetPassword'> {
  const { credentials, pending, sessions, tries, events, gate, delivery, now, publicOrigin, subjectOf } = core
  return {
    async requestReset({ email, proof }, caller) {
      const refused = await gate.askWithProof(proof, caller)
      if (refused) return refused
      const subject = subjectOf(email)
      const { waitMs } = await tries.begin(subject, 'sentFirst')
      if (waitMs > 0) return { kind: 'wait', waitMs }
      const found = await credentials.findByEmail(email.trim())
      const atMs = now()
      delivery.later(async () => {
        if (!found) return
        const { accountId } = found
        await pending.endAll('reset', accountId)
        const token = await pending.open('reset', { subject, accountId, details: { email: found.email } })
        delivery.mail(resetLetter(found.email, token, caller.language, { atMs, caller, origin: publicOrigin() }), () => events.note(accountId, 'messageNotSent', caller))
        await events.note(accountId, 'resetRequested', caller)
      })
      return { kind: 'done' }
    },

    async resetPassword({ token, password }, caller) {
      const refused = await gate.ask(caller)
      if (refused) return refused
      const found = await pending.find('reset', token)
      if (!found || found.accountId === null) return wrong
      const { accountId, subject, hash, details } = found
      const fault = await passwordFault(password, [details.email])
      if (fault) return { kind: 'weakPassword', ...fault }
      const passwordHash = await credentials.hash(password)
      if (!(await pending.end(hash))) return wrong
      await credentials.setPasswordHash(accountId, passwordHash)
      // Also a sign-in that has begun with the old one.
      await pending.endAll('secondFactor', accountId)
      await tries.succeed(subject, 'password')
      await tries.succeed(subject, 'sentFirst')
      await sessions.endAll(accountId)
      await core.signOutDevices(accountId, caller)
      await events.record(accountId, 'passwordReset', caller)
      return { kind: 'done' }
    },
  }
}
