/** What a person adds in a line of their own words, as main takes it. */

/** How long a note can be, in code units. */
export const longestNote = 140

/** Characters that look like a space or like nothing, and those that break a line. Main takes words with single spaces between. */
const blanks = /[\p{Cc}\p{White_Space}\u115F\u1160\u2800\u3164\uFFA0\u{1D159}]+/gu

/** The note as one line; null where nothing was written that can be seen. */
export function readNote(typed: string): string | null {
  const note = typed.replaceAll(blanks, ' ').trim().slice(0, longestNote).trim()
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(note) ? note : null
}
