import type { Appearance, Language, Preferences, Status } from '../../contract/ipc/status.ts'
import type { Gateway } from '../ports/gateway.ts'
import type { LedgerAccess } from '../ports/ledger-access.ts'

/** Facts about this build and this computer that do not change while the app runs. */
export interface Surroundings {
  readonly sandbox: boolean
  readonly version: string
  readonly dataFolder: string
  /** BCP 47 tags, most wanted first. */
  readonly systemLanguages: readonly string[]
  /** Whether kiosk mode is on. */
  readonly kiosk?: boolean
}

/** How the pages present themselves, from what the person chose and what the computer is set to. */
export function appearanceFor(preferences: Preferences, { sandbox, systemLanguages, kiosk }: Surroundings): Appearance {
  const wanted = preferences.language === 'system' ? systemLanguages : [preferences.language, ...systemLanguages]
  const language = wanted.map(languageOf).find((known) => known !== null) ?? 'en'
  const locale = systemLanguages.find((tag) => languageOf(tag) === language) ?? language
  return { language, locale, theme: preferences.theme, sandbox, ...(kiosk && { kiosk }) }
}

function languageOf(tag: string): Language | null {
  const language = tag.split('-')[0]?.toLowerCase()
  return language === 'en' || language === 'de' ? language : null
}

/** The live state of everything that a purchase depends on. */
export function reportStatus(
  deps: { readonly gateway: Gateway; readonly ledger: LedgerAccess },
  preferences: Preferences,
  surroundings: Surroundings,
): Status {
  return {
    appearance: appearanceFor(preferences, surroundings),
    preferences,
    vault: deps.ledger.vault(),
    gateway: deps.gateway.state(),
    ledger: deps.ledger.state(),
    dataFolder: surroundings.dataFolder,
    version: surroundings.version,
  }
}
