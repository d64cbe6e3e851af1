/** Who is in the household, as it crosses to the pages. */
import * as v from 'valibot'
import { withoutCardNumber } from './card-number.ts'
import { RoleSchema } from './controls.ts'
import { IdSchema, LineSchema } from './text.ts'

/** What a member is called: one short line, made up or not. */
export const NameSchema = v.pipe(LineSchema, v.maxLength(40))

/** One that is given now. */
export const NewNameSchema = v.pipe(NameSchema, withoutCardNumber)

export const PersonSchema = v.strictObject({ memberId: IdSchema, name: NameSchema, role: RoleSchema })
export type Person = v.InferOutput<typeof PersonSchema>

/** ASCII digits; whether it is too easy is decided later. */
export const PinSchema = v.pipe(v.string(), v.regex(/^\d{4,12}$/, 'not a PIN'))

/** Six digits of an authenticator, or a recovery code as a person types it. */
export const CodeSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9 -]{6,20}$/, 'not a code'))

export const DenialReasonSchema = v.picklist(['notNow', 'tooMuch', 'spentEnough', 'notForYou', 'talkFirst'])
export type DenialReason = v.InferOutput<typeof DenialReasonSchema>

/** A word of the guardian to the minor. */
export const NoteSchema = v.pipe(LineSchema, v.maxLength(140))

/** One that is written now. */
export const NewNoteSchema = v.pipe(NoteSchema, withoutCardNumber)
