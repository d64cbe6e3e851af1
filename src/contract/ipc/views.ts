/** What crosses the border about views of the history that a person keeps: what was asked for last, and what they saved under a name. */
import * as v from 'valibot'
import { addressWithoutCardNumber, withoutCardNumber } from '../card-number.ts'
import { LineSchema } from '../text.ts'

/** What stands after `/history` in the address of the page: search parameters, with or without their question mark. */
export const ViewAddressSchema = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.regex(/^\??[A-Za-z0-9._~!$&'()*+,;=:@%-]*$/, 'not search parameters'),
)

export const ViewNameSchema = v.pipe(LineSchema, v.maxLength(60))

/** So many are saved for one person at most. */
export const savedViewsAtMost = 50

export const SavedViewSchema = v.strictObject({ name: ViewNameSchema, address: ViewAddressSchema })
/** One that is kept now. */
export const NewViewSchema = v.strictObject({ name: v.pipe(ViewNameSchema, withoutCardNumber), address: v.pipe(ViewAddressSchema, addressWithoutCardNumber) })
export type SavedView = v.InferOutput<typeof SavedViewSchema>

export const ViewsSchema = v.variant('kind', [
  /** Saved ones by name. */
  v.strictObject({
    kind: v.literal('ok'),
    last: v.nullable(ViewAddressSchema),
    saved: v.pipe(v.array(SavedViewSchema), v.maxLength(savedViewsAtMost)),
  }),
  /** No profile is open, or nobody can tell whose views there are. */
  v.strictObject({ kind: v.literal('locked') }),
])
export type ViewsView = v.InferOutput<typeof ViewsSchema>

/** `notKept` says that it holds until the app is closed, and could not be written down for the next start. */
export const ViewsResultSchema = v.strictObject({ kind: v.picklist(['ok', 'locked', 'full', 'notKept']) })
export type ViewsResult = v.InferOutput<typeof ViewsResultSchema>
