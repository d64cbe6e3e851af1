/** WebAuthn Level 3 as this gateway uses it: for its own site alone. */
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server'
import * as v from 'valibot'
import type { Account } from './identity.ts'
import type { Passkey } from './passkey-store.ts'

export type MadePasskey = Omit<Passkey, 'accountId'>

/** A browser's answer that could be one; what is in it is for the library to read. */
const AnswerSchema = v.looseObject({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,1400}$/)),
  rawId: v.string(),
  type: v.literal('public-key'),
  response: v.looseObject({}),
})

export interface WebAuthn {
  readonly requestOptions: (allowed: readonly Passkey[] | null) => Promise<PublicKeyCredentialRequestOptionsJSON>
  readonly creationOptions: (account: Account, known: readonly Passkey[]) => Promise<PublicKeyCredentialCreationOptionsJSON>
  /** The id of the passkey that answers, or null for what is no answer. */
  readonly idIn: (answer: unknown) => string | null
  /** The passkey's new counter, or null where it is not right. `isAlone`: without another factor, so that its holder has to be verified. */
  readonly verifyAnswer: (answer: unknown, to: { readonly challenge: string; readonly passkey: Passkey; readonly isAlone: boolean }) => Promise<number | null>
  readonly verifyCreation: (answer: unknown, challenge: string) => Promise<MadePasskey | null>
}

/** COSE algorithms (RFC 9053, RFC 8812): EdDSA, ES256 and RS256, which is what authenticators have. */
const supportedAlgorithmIDs = [-8, -7, -257]

/** Loaded with the first passkey: it brings parsers of every kind of certificate. */
const library = () => import('@simplewebauthn/server')

export function createWebAuthn({ publicOrigin }: { readonly publicOrigin: () => string }): WebAuthn {
  /** The origin and the host in it are in what is signed, so that no other site can have these passkeys answer. */
  const rpID = () => new URL(publicOrigin()).hostname
  const site = () => ({ expectedOrigin: publicOrigin(), expectedRPID: rpID() })

  return {
    async requestOptions(allowed) {
      const { generateAuthenticationOptions } = await library()
      const userVerification = allowed === null ? 'required' : 'preferred'
      return generateAuthenticationOptions({ rpID: rpID(), userVerification, ...(allowed !== null && { allowCredentials: allowed.map(named) }) })
    },
    async creationOptions({ accountId, email, displayName }, known) {
      const { generateRegistrationOptions } = await library()
      return generateRegistrationOptions({
        rpName: 'Tuppence',
        rpID: rpID(),
        userID: Uint8Array.from(Buffer.from(accountId)),
        userName: email,
        userDisplayName: displayName ?? email,
        excludeCredentials: known.map(named),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs,
      })
    },
    idIn(answer) {
      const read = v.safeParse(AnswerSchema, answer)
      return read.success ? read.output.id : null
    },
    async verifyAnswer(answer, { challenge, passkey, isAlone }) {
      const { verifyAuthenticationResponse } = await library()
      const { id, publicKey, counter } = passkey
      const credential: WebAuthnCredential = { id, publicKey, counter }
      const check = { response: answer as AuthenticationResponseJSON, expectedChallenge: challenge, ...site(), credential, requireUserVerification: isAlone }
      const result = await verifyAuthenticationResponse(check).catch(() => null)
      return result?.verified ? result.authenticationInfo.newCounter : null
    },
    async verifyCreation(answer, challenge) {
      if (!v.is(AnswerSchema, answer)) return null
      const { verifyRegistrationResponse } = await library()
      const response = answer as unknown as RegistrationResponseJSON
      const check = { response, expectedChallenge: challenge, ...site(), requireUserVerification: true, supportedAlgorithmIDs }
      const result = await verifyRegistrationResponse(check).catch(() => null)
      if (!result?.verified) return null
      const { id, publicKey, counter, transports = [] } = result.registrationInfo.credential
      return { id, publicKey: Uint8Array.from(publicKey), counter, transports }
    },
  }
}

function named({ id, transports }: Passkey): { id: string; transports: string[] } {
  return { id, transports: [...transports] }
}
