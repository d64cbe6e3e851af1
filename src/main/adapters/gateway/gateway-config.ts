import * as v from 'valibot'
import { Bytes32Schema } from '../../../contract/text.ts'

/** Where the gateway is and how to know it. Fixed at packaging in production; told by the sandbox when it has started. */
export const GatewayConfigSchema = v.strictObject({
  /** Base address, `https://…`, without a path. */
  url: v.pipe(
    v.string(),
    v.url(),
    v.check((text) => /^https:\/\/[^/?#]+$/.test(text), 'not an https address without a path'),
  ),
  /** SHA-256 of the SubjectPublicKeyInfo, base64 (RFC 7469): the one in use and a spare. */
  pins: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/))), v.minLength(1)),
  /** The Ed25519 public key that signs quotes, receipts and time, with its key id. */
  signingKey: v.strictObject({ kid: Bytes32Schema, x: Bytes32Schema }),
})
export type GatewayConfig = v.InferOutput<typeof GatewayConfigSchema>
