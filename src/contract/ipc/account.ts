/** The account that this computer is signed in to, as it crosses to the launcher. No password, code or token ever does. */
import * as v from 'valibot'
import { CodeWaySchema, DisplayNameSchema, MaskedSchema, ScopeSchema, SignedInDeviceSchema } from '../account.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, LineSchema } from '../text.ts'

const nothing = v.undefined()

/** Why signing in ended without a session. */
export const SignInEndSchema = v.picklist(['denied', 'expired', 'cancelled', 'gatewayUnreachable', 'gatewayRefused', 'keychainUnavailable'])
export type SignInEnd = v.InferOutput<typeof SignInEndSchema>

export const AccountViewSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('signedOut'),
    /** Nothing is sold here without an account; else it is the sandbox, which needs none. */
    isNeeded: v.boolean(),
    /** How the last try to sign in ended, or why there is no session any more; null where there is nothing to say. */
    ended: v.nullable(v.picklist([...SignInEndSchema.options, 'signedOutElsewhere'])),
  }),
  v.strictObject({ kind: v.literal('starting') }),
  /** The person is to say yes on a page of the gateway, in a browser or on a phone. */
  v.strictObject({
    kind: v.literal('waiting'),
    /** RFC 8628 §3.3: shown as it is. */
    userCode: LineSchema,
    /** Where to type it: host and path, without what a machine needs. */
    address: LineSchema,
    /** Rows of the modules of a QR code of the whole address. */
    qr: v.array(v.pipe(v.string(), v.regex(/^[01]+$/))),
    /** How much longer the code is good, in milliseconds. */
    leftMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
    /** The browser of this computer was opened; never in kiosk mode. */
    inBrowser: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('signedIn'),
    displayName: v.nullable(DisplayNameSchema),
    email: MaskedSchema,
    scopes: v.array(ScopeSchema),
    codeWays: v.array(CodeWaySchema),
    stepUpAbove: MoneySchema,
    signedInAt: InstantSchema,
    /** Ends with the turn in front of the kiosk. */
    isForTurn: v.boolean(),
  }),
  /** Nobody can tell: the keychain does not answer. */
  v.strictObject({ kind: v.literal('unavailable') }),
])
export type AccountView = v.InferOutput<typeof AccountViewSchema>

export const DevicesResultSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ok'), devices: v.array(SignedInDeviceSchema) }),
  v.strictObject({ kind: v.literal('unavailable'), reason: v.picklist(['signedOut', 'notAllowed', 'gatewayUnreachable', 'gatewayRefused', 'keychainUnavailable']) }),
])

export type DevicesResult = v.InferOutput<typeof DevicesResultSchema>

export const accountCalls = {
  'account.get': { input: nothing, output: AccountViewSchema },
  /** Begins to sign in. Resolves as soon as there is a code to show; what becomes of it is told by `account.changed`. */
  'account.signIn': { input: nothing, output: AccountViewSchema },
  'account.cancelSignIn': { input: nothing, output: AccountViewSchema },
  /** Opens the page once more in the browser of this computer; `settings` is where the account is looked after. Not in kiosk mode. */
  'account.openPage': { input: v.strictObject({ page: v.picklist(['signIn', 'settings']) }), output: v.strictObject({ opened: v.boolean() }) },
  /** Here; also where the gateway cannot be reached: then the keychain forgets, and the gateway is told when it can be. */
  'account.signOut': { input: nothing, output: AccountViewSchema },
  'account.devices': { input: nothing, output: DevicesResultSchema },
  'account.signOutDevice': { input: v.strictObject({ sessionId: IdSchema }), output: DevicesResultSchema },
  'account.signOutEverywhere': { input: nothing, output: AccountViewSchema },
} as const

export const accountEvents = { 'account.changed': AccountViewSchema } as const
