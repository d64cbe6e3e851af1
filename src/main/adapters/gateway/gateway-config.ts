import * as v from 'valibot'
import { Bytes32Schema } from '../../../contract/text.ts'

/** `https://…`, without a path. */
const BaseSchema = v.pipe(
  v.string(),
  v.url(),
  v.check((text) => /^https:\/\/[^/?#]+$/.test(text), 'not an https address without a path'),
)

const SigningKeySchema = v.strictObject({ kid: Bytes32Schema, x: Bytes32Schema })

/** Where the gateway is and how to know it. Fixed at packaging in production; told by the sandbox when it has started. */
export const GatewayConfigSchema = v.strictObject({
  url: BaseSchema,
  /** Where people find the gateway's pages, there where that is another address than the one that this app calls. */
  publicUrl: v.exactOptional(BaseSchema),
  /** SHA-256 of the SubjectPublicKeyInfo, base64 (RFC 7469): the one in use and a spare. */
  pins: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/))), v.minLength(1)),
  /** The Ed25519 public key that signs quotes, receipts and time, with its key id. */
  signingKey: SigningKeySchema,
  /** Those that it used before: what they signed is still good, and nothing new is accepted by them. */
  formerSigningKeys: v.exactOptional(v.array(SigningKeySchema)),
})
export type GatewayConfig = v.InferOutput<typeof GatewayConfigSchema>
