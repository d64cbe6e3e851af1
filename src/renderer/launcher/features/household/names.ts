import { holdsCardNumber } from '../../../../contract/card-number.ts'

/** How long a name can be. */
export const longestName = 40

/** What was typed, with single spaces between words and nothing that cannot be seen; empty where nothing is left. */
export function cleanName(typed: string): string {
  // Format characters hide, except for the joiners that some scripts and emoji are written with.
  const shown = typed.replace(/(?![\u200C\u200D])\p{Cf}/gu, '')
  const plain = shown.replace(/[\p{Cc}\p{White_Space}\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]+/gu, ' ').trim()
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(plain) ? plain : ''
}

export type NameProblem = 'empty' | 'tooLong' | 'cardNumber' | 'taken'

/** What is wrong with a name beside those that others have; null where nothing is. */
export function nameProblem(typed: string, others: readonly string[]): NameProblem | null {
  const name = cleanName(typed)
  if (name === '') return 'empty'
  if (name.length > longestName) return 'tooLong'
  if (holdsCardNumber(name)) return 'cardNumber'
  return others.some((other) => cleanName(other).toLowerCase() === name.toLowerCase()) ? 'taken' : null
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One or two letters to know a person by: of the first and the last word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\p{Zs}-]+/u).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1)
  return ends.map((word) => [...letters.segment(word ?? '')][0]?.segment ?? '').join('').toUpperCase()
}
