/**
 * Signing in from a device (RFC 8628, RFC 6749, RFC 7009, RFC 8414) with tokens that are bound to the device key (RFC 9449), and what a
 * signed-in device may ask. Members have the names that the RFCs give them; parameters of a form that are not known are ignored, as RFC 6749
 * §3.2 wants it.
 */
import * as v from 'valibot'
import { AccountCodeSchema, CodeMethodSchema, CodeWaySchema, DisplayNameSchema, MaskedSchema, ScopeSchema, SignedInDeviceSchema } from '../account.ts'
import { MoneySchema } from '../money.ts'
import { Bytes32Schema, IdSchema, InstantSchema, JwsSchema, LineSchema } from '../text.ts'

/** The only client there is: a public one (RFC 6749 §2.1), which proves itself by its device key. */
export const clientId = 'tuppence-launcher'

export const deviceGrantType = 'urn:ietf:params:oauth:grant-type:device_code'

/** Unguessable, 32 random bytes in base64url. The gateway keeps hashes of them. */
export const TokenSchema = Bytes32Schema

/** RFC 8628 §3.1. `device_name` is what the person sees in their list; `is_kiosk` warns them on the page that asks. */
export const DeviceAuthorizationRequestSchema = v.object({
  client_id: v.literal(clientId),
  scope: v.optional(v.pipe(v.string(), v.maxLength(200)), 'profile:read purchase'),
  device_name: v.pipe(LineSchema, v.maxLength(80)),
  is_kiosk: v.optional(v.picklist(['true', 'false']), 'false'),
})

/** RFC 8628 §3.2. `user_code` is `WDJB-MJHT`: twenty letters without vowels. Seconds. */
export const DeviceAuthorizationSchema = v.strictObject({
  device_code: TokenSchema,
  user_code: v.pipe(v.string(), v.regex(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)),
  verification_uri: v.pipe(v.string(), v.url()),
  verification_uri_complete: v.pipe(v.string(), v.url()),
  expires_in: v.pipe(v.number(), v.integer(), v.minValue(1)),
  interval: v.pipe(v.number(), v.integer(), v.minValue(1)),
})
export type DeviceAuthorization = v.InferOutput<typeof DeviceAuthorizationSchema>

/** RFC 8628 §3.4, RFC 6749 §6. */
export const TokenRequestSchema = v.variant('grant_type', [
  v.object({ grant_type: v.literal(deviceGrantType), device_code: TokenSchema, client_id: v.literal(clientId) }),
  v.object({ grant_type: v.literal('refresh_token'), refresh_token: TokenSchema, client_id: v.literal(clientId) }),
])

/** RFC 6749 §5.1, RFC 9449 §5. A new refresh token each time; the one before is good no more. */
export const TokensSchema = v.strictObject({
  access_token: TokenSchema,
  token_type: v.literal('DPoP'),
  expires_in: v.pipe(v.number(), v.integer(), v.minValue(1)),
  refresh_token: TokenSchema,
  scope: v.string(),
})
export type Tokens = v.InferOutput<typeof TokensSchema>

/** RFC 7009 §2.1. The gateway needs no hint of what kind of token it is. */
export const RevocationRequestSchema = v.object({
  token: TokenSchema,
  client_id: v.literal(clientId),
})

/** RFC 6749 §5.2, RFC 8628 §3.5, RFC 9449 §5. */
export const OAuthErrorSchema = v.strictObject({
  error: v.picklist([
    ...(['invalid_request', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'] as const),
    ...(['authorization_pending', 'slow_down', 'access_denied', 'expired_token', 'invalid_dpop_proof', 'temporarily_unavailable'] as const),
  ]),
  error_description: v.exactOptional(v.string()),
})
export type OAuthError = v.InferOutput<typeof OAuthErrorSchema>

/** RFC 8414 §2. */
export const AuthorizationServerSchema = v.strictObject({
  issuer: v.string(),
  device_authorization_endpoint: v.string(),
  token_endpoint: v.string(),
  revocation_endpoint: v.string(),
  grant_types_supported: v.array(v.string()),
  response_types_supported: v.array(v.string()),
  scopes_supported: v.array(v.string()),
  token_endpoint_auth_methods_supported: v.array(v.string()),
  revocation_endpoint_auth_methods_supported: v.array(v.string()),
  dpop_signing_alg_values_supported: v.array(v.string()),
  service_documentation: v.exactOptional(v.string()),
})

/** What `profile:read` lets a device see. */
export const AccountResponseSchema = v.strictObject({
  accountId: IdSchema,
  displayName: v.nullable(DisplayNameSchema),
  email: MaskedSchema,
  scopes: v.array(ScopeSchema),
  /** How the second factor can be given, best first. */
  codeWays: v.pipe(v.array(CodeWaySchema), v.minLength(1)),
  /** From this price on each purchase wants the second factor. */
  stepUpAbove: MoneySchema,
  signedInAt: InstantSchema,
})
export type AccountResponse = v.InferOutput<typeof AccountResponseSchema>

export const DevicesResponseSchema = v.strictObject({ devices: v.array(SignedInDeviceSchema) })

/** The digest of what was shown: of a challenge, or of a change (SHA-256 over its canonical JSON, RFC 8785). */
const subject = { digest: Bytes32Schema }

/** A code by e-mail or text message for this one step-up. */
export const SendStepUpCodeSchema = v.strictObject({ ...subject, method: v.picklist(['sms', 'email']) })

/** The second factor, for exactly this. */
export const StepUpRequestSchema = v.strictObject({ ...subject, method: CodeMethodSchema, code: AccountCodeSchema })

/** `stepUp` is signed by the gateway (StepUpClaims). */
export const StepUpResponseSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('given'), stepUp: JwsSchema }),
  v.strictObject({ kind: v.picklist(['wrong', 'wait']), waitMs: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
])

/**
 * Signed by the gateway (`tuppence-step-up+jws`): the person of this account has given the second factor at this device for exactly what
 * has this digest. Good for five minutes and once.
 */
export const StepUpClaimsSchema = v.strictObject({
  stepUpId: IdSchema,
  accountId: IdSchema,
  deviceId: Bytes32Schema,
  ...subject,
  method: CodeMethodSchema,
  givenAt: InstantSchema,
  expiresAt: InstantSchema,
})
export type StepUpClaims = v.InferOutput<typeof StepUpClaimsSchema>
