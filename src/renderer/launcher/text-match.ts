/** Lower case without accents, so that `muller` finds `Müller`. */
function simplified(text: string): string {
  return text.normalize('NFKD').replace(/\p{Diacritic}/gu, '').toLowerCase()
}

/** Whether every word of the query occurs somewhere in the fields. An empty query matches everything. */
export function matchesText(query: string, fields: readonly string[]): boolean {
  const words = simplified(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = simplified(fields.join('\n'))
  return words.every((word) => text.includes(word))
}
