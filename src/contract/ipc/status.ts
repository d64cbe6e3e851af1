import * as v from 'valibot'

export const LanguageSchema = v.picklist(['en', 'de'])
export type Language = v.InferOutput<typeof LanguageSchema>
export const ThemeSchema = v.picklist(['dark', 'light'])
export type Theme = v.InferOutput<typeof ThemeSchema>

/** What a person chose for all windows. `system` follows the computer's language. */
export const PreferencesSchema = v.strictObject({
  language: v.picklist(['system', 'en', 'de']),
  theme: ThemeSchema,
  /** One adult has said that they use this alone. No household is begun by it, and one can be begun later. */
  alone: v.exactOptional(v.literal(true)),
})
export type Preferences = v.InferOutput<typeof PreferencesSchema>

/** How a page is to present itself: languages and colours are the same in both windows. */
export const AppearanceSchema = v.strictObject({
  language: LanguageSchema,
  /** BCP 47 tag for `Intl`, for example `de-AT`; its language equals `language`. */
  locale: v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)),
  theme: ThemeSchema,
  /** True in sandbox builds: no real money moves, and every screen says so. */
  sandbox: v.boolean(),
  /** In kiosk mode: full screen, with what fingers need. */
  kiosk: v.exactOptional(v.literal(true)),
})
export type Appearance = v.InferOutput<typeof AppearanceSchema>

export const VaultStateSchema = v.picklist(['ready', 'absent', 'locked', 'timedOut'])

export const GatewayStateSchema = v.picklist([
  'starting',
  'ready',
  'unreachable',
  'certificateNotTrusted',
  'signatureNotTrusted',
  'notConfigured',
])

export const LedgerStateSchema = v.picklist([
  'ready',
  /** The keychain is not usable, so events can be shown but not checked, and none added. */
  'vaultUnavailable',
  /** The keychain works but holds no key for this ledger. */
  'keyMissing',
  'tampered',
  'notADatabase',
  'foreignDatabase',
  'newerVersion',
  'unreadable',
  'inUse',
])
export type LedgerState = v.InferOutput<typeof LedgerStateSchema>

/** The live state of everything a purchase depends on. Buying is possible only when all three are `ready`. */
export const StatusSchema = v.strictObject({
  appearance: AppearanceSchema,
  preferences: PreferencesSchema,
  vault: VaultStateSchema,
  gateway: GatewayStateSchema,
  ledger: LedgerStateSchema,
  /** Folder that holds the ledger, shown to the person where something is wrong with it. */
  dataFolder: v.string(),
  version: v.string(),
})
export type Status = v.InferOutput<typeof StatusSchema>
