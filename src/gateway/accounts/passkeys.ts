/** Passkeys: WebAuthn Level 3. With user verification one is two factors by itself (NIST SP 800-63B-4 §3.1.7). */
import type { AuthenticationResponseJSON, RegistrationResponseJSON, WebAuthnCredential } from '@simplewebauthn/server'
import * as v from 'valibot'
import type { Identity, NotFresh, Refused } from './identity.ts'
import type { IdentityCore } from './identity-core.ts'
import type { FindFresh } from './own-session.ts'
import { createPasskeyStore, type Passkey } from './passkey-store.ts'
import type { Pending } from './pending.ts'
import type { FactorChange } from './second-factors.ts'
import { secondWays } from './second-factor-rule.ts'
import type { SignInSteps } from './sign-in.ts'

const wrong: Refused = { kind: 'wrong' }
const notFresh: NotFresh = { kind: 'notFresh' }

/** Loaded with the first passkey: it brings parsers of every kind of certificate. */
const webAuthn = () => import('@simplewebauthn/server')
/** COSE algorithms (RFC 9053, RFC 8812): EdDSA, ES256 and RS256, which is what authenticators have. */
const supportedAlgorithmIDs = [-8, -7, -257]

type Passkeys = Pick<Identity, 'passkeyRequest' | 'signInWithPasskey' | 'beginPasskey' | 'confirmPasskey' | 'removePasskey'>

export interface PasskeysParts {
  readonly steps: SignInSteps
  readonly change: FactorChange
  readonly findFresh: FindFresh
}

/** What is read of a response before the library reads it all. */
const ResponseSchema = v.looseObject({ id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,1400}$/)), rawId: v.string(), type: v.literal('public-key'), response: v.looseObject({}) })

export function createPasskeys(core: IdentityCore, { steps, change, findFresh }: PasskeysParts): Passkeys {
  const { pending, records, gate, events, now, publicOrigin } = core
  const passkeys = createPasskeyStore({ store: core.store, now })
  /** RFC 6454 origin and the host in it: what the browser signs, so that no other site can ask for these keys. */
  const site = () => ({ expectedOrigin: publicOrigin(), expectedRPID: new URL(publicOrigin()).hostname })

  async function secondFactorOf(hash: string): Promise<(Pending<'secondFactor'> & { readonly accountId: string }) | null> {
    const found = await pending.findByHash('secondFactor', hash)
    const account = found?.accountId ? await records.account(found.accountId) : null
    return found && account && secondWays(found.details.first, account).includes('passkey') ? { ...found, accountId: account.accountId } : null
  }

  /** `isAlone`: without another factor before it, so that the person has to be verified by it. */
  async function isSigned(passkey: Passkey, response: unknown, challenge: string, isAlone: boolean): Promise<boolean> {
    const { id, publicKey, counter } = passkey
    const credential: WebAuthnCredential = { id, publicKey, counter }
    const check = { response: response as AuthenticationResponseJSON, expectedChallenge: challenge, ...site(), credential, requireUserVerification: isAlone }
    const { verifyAuthenticationResponse } = await webAuthn()
    const result = await verifyAuthenticationResponse(check).catch(() => null)
    if (!result?.verified) return false
    await passkeys.count(passkey.id, result.authenticationInfo.newCounter)
    return true
  }

  return {
    async passkeyRequest(token) {
      const second = token === null ? null : await secondFactorOf(core.secrets.hash(token))
      const allowed = second === null ? [] : await passkeys.of(second.accountId)
      const { generateAuthenticationOptions } = await webAuthn()
      const options = await generateAuthenticationOptions({
        rpID: site().expectedRPID,
        userVerification: second === null ? 'required' : 'preferred',
        ...(second !== null && { allowCredentials: allowed.map(({ id, transports }) => ({ id, transports: [...transports] })) }),
      })
      const details = { challenge: options.challenge, answers: second?.hash ?? null }
      return { ceremony: await pending.open('passkeySignIn', { subject: '', accountId: second?.accountId ?? null, details }), options }
    },

    async signInWithPasskey({ ceremony, response, pending: token }, caller) {
      const refused = await gate.ask(caller)
      if (refused) return refused
      const begun = await pending.find('passkeySignIn', ceremony)
      const read = v.safeParse(ResponseSchema, response)
      if (!begun || !(await pending.end(begun.hash)) || !read.success) return wrong
      const { challenge, answers } = begun.details
      if (answers !== (token === null ? null : core.secrets.hash(token))) return wrong
      const passkey = await passkeys.find(read.output.id)
      const second = answers === null ? null : await secondFactorOf(answers)
      if (!passkey || (answers !== null && second?.accountId !== passkey.accountId)) return wrong
      if (!(await isSigned(passkey, response, challenge, second === null))) {
        events.recordLater(passkey.accountId, 'signInFailed', caller)
        return wrong
      }
      if (second && !(await pending.end(second.hash))) return wrong
      return steps.complete(passkey.accountId, second?.details.replaces ?? null, caller)
    },

    async beginPasskey(session) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const { account, accountId, subject } = here
      const { generateRegistrationOptions } = await webAuthn()
      const options = await generateRegistrationOptions({
        supportedAlgorithmIDs,
        rpName: 'Tuppence',
        rpID: site().expectedRPID,
        userID: Uint8Array.from(Buffer.from(accountId)),
        userName: account.email,
        userDisplayName: account.displayName ?? account.email,
        excludeCredentials: (await passkeys.of(accountId)).map(({ id, transports }) => ({ id, transports: [...transports] })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      return { ceremony: await pending.open('passkeyAdd', { subject, accountId, details: { challenge: options.challenge } }), options }
    },

    async confirmPasskey(session, { ceremony, response, name }, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      const begun = await pending.find('passkeyAdd', ceremony)
      if (!begun || begun.accountId !== here.accountId || !(await pending.end(begun.hash)) || !v.is(ResponseSchema, response)) return wrong
      const made = response as unknown as RegistrationResponseJSON
      const { verifyRegistrationResponse } = await webAuthn()
      const check = { response: made, expectedChallenge: begun.details.challenge, ...site(), requireUserVerification: true, supportedAlgorithmIDs }
      const result = await verifyRegistrationResponse(check).catch(() => null)
      if (!result?.verified) return wrong
      const { id, publicKey, counter, transports = [] } = result.registrationInfo.credential
      const isNew = await passkeys.add({ id, accountId: here.accountId, publicKey: Uint8Array.from(publicKey), counter, transports, name })
      return isNew ? change.added(here, 'passkeyAdded', caller) : wrong
    },

    async removePasskey(session, passkeyId, caller) {
      const here = await findFresh(session)
      if (!here) return notFresh
      return (await passkeys.remove(here.accountId, passkeyId)) ? change.removed(here, 'passkeyRemoved', caller) : { kind: 'done' }
    },
  }
}
