/** Kiosk mode, as it crosses to the pages. */
import * as v from 'valibot'
import { HouseholdResultSchema } from './household.ts'

const nothing = v.undefined()

/** Milliseconds until the turn is over; null while nobody has to be asked whether they are there. */
export const TurnLeftSchema = v.strictObject({ leftMs: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))) })

export const KioskViewSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('off') }),
  v.strictObject({
    kind: v.literal('on'),
    /** Nobody has chosen the PIN that ends it; null while the keychain does not tell. */
    hasPin: v.nullable(v.boolean()),
    isInUse: v.boolean(),
    ...TurnLeftSchema.entries,
  }),
])
export type KioskView = v.InferOutput<typeof KioskViewSchema>

export const kioskCalls = {
  'kiosk.get': { input: nothing, output: KioskViewSchema },
  /** Somebody is here. The first one begins their turn. */
  'kiosk.touch': { input: nothing, output: v.strictObject({}) },
  /** The page still works; the answer to `kiosk.asked`. */
  'kiosk.here': { input: nothing, output: v.strictObject({}) },
  /** The person has finished: what is personal goes. */
  'kiosk.finish': { input: nothing, output: v.strictObject({}) },
  /** Begins kiosk mode after a yes outside of the page; the operator's PIN is chosen on the way where there is none. */
  'kiosk.begin': { input: nothing, output: HouseholdResultSchema },
  /** Has the trusted window ask for the operator's PIN, and ends kiosk mode. */
  'kiosk.leave': { input: nothing, output: HouseholdResultSchema },
  /** The operator's PIN, chosen in the trusted window. In kiosk mode only where there is none. */
  'kiosk.setPin': { input: nothing, output: HouseholdResultSchema },
} as const

export const kioskEvents = {
  'kiosk.changed': KioskViewSchema,
  /** Wants `kiosk.here`: a page that does not answer hangs. */
  'kiosk.asked': v.strictObject({}),
} as const
