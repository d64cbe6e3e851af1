const tintCount = 8

/** One of the eight tints in tints.css. The same text always gets the same one: a game is one colour everywhere. */
export function tintOf(text: string): number {
  let hash = 0
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521
  return 1 + (hash % tintCount)
}
