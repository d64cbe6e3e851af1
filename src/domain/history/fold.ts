/**
 * How words are compared: without case, accents and ligatures, and by their beginnings, so that `mull` finds `Müller` and `strasse` finds
 * `Straße`.
 */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').replaceAll(/\p{M}/gu, '')
  // By way of the capitals, since some small letters share one, and ß is SS there.
  return bare.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}

/** The words of a text as they are compared: runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
