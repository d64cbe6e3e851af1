import { describe, expect, it } from 'vitest'
import { english } from '../../../src/gateway/pages/words/english.ts'
import { german } from '../../../src/gateway/pages/words/german.ts'
import { preferredLanguage } from '../../../src/gateway/pages/words/words.ts'

/** All words by their path; those that take something are given something. */
function said(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, word]): [string, string][] => {
    const here = `${path}.${name}`
    if (typeof word === 'string') return [[here, word]]
    if (typeof word === 'function') return [1, 2, 90_000].map((argument) => [`${here}(${argument})`, String((word as (...given: unknown[]) => unknown)(argument, argument))])
    return said(word as object, here)
  })
}

describe('the words of the pages', () => {
  const both = { english: said(english), german: said(german) }

  it('are the same in number in both languages, and none is empty', () => {
    expect(both.german.map(([path]) => path)).toEqual(both.english.map(([path]) => path))
    expect([...both.english, ...both.german].filter(([, word]) => word.trim() === '' || /undefined|\[object|NaN/.test(word))).toEqual([])
  })

  it('are translated: only names are the same', () => {
    const germanWords = new Map(both.german)
    const same = both.english.filter(([path, word]) => germanWords.get(path) === word).map(([, word]) => word)
    expect([...new Set(same)].filter((word) => /\D/.test(word)).sort()).toEqual(['Code', 'Name', 'Passkey', 'Passkeys', 'Sandbox', 'Tuppence'])
  })

  it('say du, and no word of how the server is made', () => {
    expect(both.german.filter(([, word]) => /\b(Sie|Ihre?[mnrs]?)\b(?! (läuft|gehört|ist))/.test(word.replaceAll(/(^|[.!?:] )Sie\b/g, '$1')))).toEqual([])
    expect([...both.english, ...both.german].filter(([, word]) => /token|session|cookie|CSRF|HTTP|challenge|payload/i.test(word))).toEqual([])
  })
})

describe('the language', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['de', 'de'],
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['fr,de;q=0.7,en;q=0.3', 'de'],
    ['en;q=0.2, de;q=0.4', 'de'],
    ['de;q=0', 'en'],
    ['fr', 'en'],
    ['__proto__', 'en'],
  ])('wished for by %s is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language)
  })
})
