import type { Appearance } from '../../contract/ipc/status.ts'

/** How to say something when main, which knows what the person chose, does not answer. BCP 47 tags, most wanted first. */
export function guessAppearance(languages: readonly string[]): Appearance {
  const locale = languages.find((tag) => /^(?:de|en)\b/i.test(tag)) ?? 'en'
  return { language: /^de/i.test(locale) ? 'de' : 'en', locale, theme: 'dark', sandbox: false }
}
