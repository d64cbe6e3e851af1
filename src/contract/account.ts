/** Accounts as they cross every border: who pays, and what a device may do in their name. */
import * as v from 'valibot'
import { IdSchema, LineSchema } from './text.ts'

/**
 * What a signed-in device may do (RFC 6749 §3.3): see the account's name and address, and buy in its name. Nothing else can be asked
 * for.
 */
export const scopes = ['profile:read', 'purchase'] as const
export const ScopeSchema = v.picklist(scopes)
export type Scope = v.InferOutput<typeof ScopeSchema>

/** An address as people type it, for sending to; at most 254 characters (RFC 5321 §4.5.3.1.3). */
export const EmailSchema = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254), v.email())

/** The person's name for themselves, which may be made up. */
export const DisplayNameSchema = v.pipe(LineSchema, v.maxLength(40))

/** An address with most of it hidden, such as `r…n@example.org`: enough for its owner to know it. */
export const MaskedSchema = v.pipe(LineSchema, v.maxLength(100))

/** How a second factor is given: an authenticator's code (RFC 6238), one that was sent, or one of the recovery codes. */
export const CodeMethodSchema = v.picklist(['totp', 'sms', 'email', 'recovery'])
export type CodeMethod = v.InferOutput<typeof CodeMethodSchema>

/** Why a purchase or a change wants the second factor anew. */
export const StepUpReasonSchema = v.picklist(['firstOnDevice', 'newSeller', 'aboveAmount', 'looserControl'])
export type StepUpReason = v.InferOutput<typeof StepUpReasonSchema>

/** What a person is told: `looksWrong` is a reason of this device's own, and not of the gateway's. */
export const ToldStepUpReasonSchema = v.picklist([...StepUpReasonSchema.options, 'looksWrong'])
export type ToldStepUpReason = v.InferOutput<typeof ToldStepUpReasonSchema>

/** Six digits, or a recovery code. */
export const AccountCodeSchema = v.pipe(v.string(), v.trim(), v.regex(/^(\d{6}|[A-Za-z0-9]{5}-?[A-Za-z0-9]{5})$/, 'not a code'))

/** A way to give the second factor now; `destination` says where a code is sent to. */
export const CodeWaySchema = v.strictObject({ method: CodeMethodSchema, destination: v.exactOptional(MaskedSchema) })
export type CodeWay = v.InferOutput<typeof CodeWaySchema>

/** A device that is signed in, as the person's list shows it. */
export const SignedInDeviceSchema = v.strictObject({
  /** Names the sign-in, not the device's key. */
  sessionId: IdSchema,
  name: v.pipe(LineSchema, v.maxLength(80)),
  isThis: v.boolean(),
  signedInAt: v.string(),
  lastUsedAt: v.string(),
})
export type SignedInDevice = v.InferOutput<typeof SignedInDeviceSchema>
