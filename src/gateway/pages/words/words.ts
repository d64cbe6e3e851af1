import type { Caller } from '../../accounts/identity.ts'
import { english, type Words } from './english.ts'
import { german } from './german.ts'

export type Language = Caller['language']

const tables: Readonly<Record<Language, Words>> = { en: english, de: german }

export function wordsOf(language: Language): Words {
  return tables[language]
}

export function isLanguage(text: string | undefined): text is Language {
  return text !== undefined && Object.hasOwn(tables, text)
}

/** The one of ours that the person likes best (RFC 9110 §12.5.4); English where they like none. */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '').slice(0, 200).split(',').map((wish) => {
    const [range = '', ...parameters] = wish.trim().toLowerCase().split(';')
    const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
    return { tag: range.trim().split('-')[0], quality: Number(quality ?? 1) }
  })
  const best = wishes.sort((one, other) => other.quality - one.quality).find(({ tag, quality }) => quality > 0 && isLanguage(tag))
  return isLanguage(best?.tag) ? best.tag : 'en'
}

/** How dates and amounts are written. */
export function localeOf(language: Language): string {
  return { en: 'en-GB', de: 'de-DE' }[language]
}
