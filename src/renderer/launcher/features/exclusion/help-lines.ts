import helpLines from './help-lines.json'

/** Where people who buy or gamble more than they want are helped. Each organisation's own site is the source. */
export interface HelpLine {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly organisation: string
  /** As it is dialled in that country. */
  readonly phone: string
  readonly source: string
  /** The day on which the entry was made or last looked through, `2026-11-25`. */
  readonly date: string
}

const listed: readonly HelpLine[] = helpLines

export const helpCountries: readonly string[] = [...new Set(listed.map(({ country }) => country))]

export function helpIn(country: string): readonly HelpLine[] {
  return listed.filter((line) => line.country === country)
}

const usualCountry: Readonly<Record<string, string>> = { de: 'DE', en: 'GB' }

/** The country that a locale (BCP 47) names, or else the one that its language is called after. */
export function helpCountryOf(locale: string): string {
  const { language, region } = new Intl.Locale(locale)
  if (region !== undefined && helpCountries.includes(region)) return region
  return usualCountry[language] ?? 'GB'
}
