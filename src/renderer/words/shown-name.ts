/** Directional controls, and what has no width; without the joiners that some scripts and emoji are written with (Unicode Technical Standard 39, section 5.4). */
// eslint-disable-next-line no-misleading-character-class -- a set of single characters, not of what they combine to
const hidden = /[\u00AD\u034F\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu

/**
 * A name as it really is, where money is asked for: what would turn the letters around or hide between them is seen as `�`, and turns nothing
 * around.
 */
export function shownName(name: string): string {
  // Flags of some countries are an emoji with tags behind it.
  return name.replaceAll(/\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}|[\s\S]/gu, (part) => (part.length > 2 ? part : part.replace(hidden, '\uFFFD')))
}
