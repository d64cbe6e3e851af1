/** Text of others as lines that a history can show (contract/text.ts). */
import { holdsCardNumber } from '../../../contract/card-number.ts'

const longestName = 200

/** White space, control characters, line breaks, and what looks like a space: Hangul fillers, Braille blank, null notehead. */
const spaces = /[\p{Cc}\p{White_Space}\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]+/gu

/** One line with single spaces. */
export function oneLine(text: string): string {
  if (/^[!-~]+( [!-~]+)*$/.test(text)) return text
  return text.toWellFormed().replaceAll(spaces, ' ').trim()
}

/** The text as a name, or null for what no name can be: longer than 200 code units, nothing to be seen, or with the number of a card. */
export function nameFrom(text: string): string | null {
  // Not even looked at: a name with all its white space is never that long.
  if (text.length > 20 * longestName) return null
  const line = oneLine(text)
  return line.length <= longestName && /[\p{L}\p{N}\p{P}\p{S}]/u.test(line) && !holdsCardNumber(line) ? line : null
}

/** As many of the names as fit into one, separated by commas, and how many more there are: `Cape, Boots, +12`. */
export function namesTogether(names: readonly string[]): string {
  const all = names.join(', ')
  if (all.length <= longestName) return all
  const [first = '', ...others] = names
  let line = first
  let left = others.length
  for (const name of others) {
    if (line.length + name.length + ', , +999999'.length > longestName) break
    line += `, ${name}`
    left -= 1
  }
  return left === 0 ? line : `${line}, +${left}`
}

/** The beginning of what could not be read, by which a person finds it. */
export const excerpt = (text: string): string => oneLine(text.slice(0, 2000)).slice(0, longestName).toWellFormed()
