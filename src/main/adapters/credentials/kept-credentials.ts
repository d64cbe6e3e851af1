/** The text of one member's item in the keychain. */
import * as v from 'valibot'
import { Bytes32Schema } from '../../../contract/text.ts'
import { recoveryCodeCount } from '../../ports/credentials.ts'
import { pinHashPattern } from './pin-hash.ts'
import { totpSecretPattern } from './totp.ts'

const SecondFactorSchema = v.strictObject({
  secret: v.pipe(v.string(), v.regex(totpSecretPattern)),
  salt: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
  recovery: v.pipe(v.array(Bytes32Schema), v.length(recoveryCodeCount)),
})

const KeptCredentialsSchema = v.strictObject({
  pin: v.optional(v.pipe(v.string(), v.regex(pinHashPattern))),
  secondFactor: v.optional(SecondFactorSchema),
})
export type KeptCredentials = v.InferOutput<typeof KeptCredentialsSchema>

/**
 * Text that is not as this app writes it counts as none held: nobody gets in by it, and new credentials take its place. No
 * error is made of it, because a parser's message may quote a secret.
 */
export function readKept(text: string | null): KeptCredentials {
  try {
    return v.parse(KeptCredentialsSchema, JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

/** About 700 bytes at most. Credential Manager of Windows takes 2,560 (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
export const writeKept = (kept: KeptCredentials): string => JSON.stringify(kept)
