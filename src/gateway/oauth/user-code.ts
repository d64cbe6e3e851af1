/** The code that a person compares, or types (RFC 8628 §6.1): eight of twenty letters, without vowels so that it makes no word. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'
const pattern = new RegExp(`^[${letters}]{8}$`)

/** `WDJB-MJHT`: some 34 random bits. */
export function makeUserCode(randomBytes: (size: number) => Uint8Array): string {
  const code = Array.from({ length: 8 }, () => randomLetter(randomBytes)).join('')
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

/** Each letter is as likely as any other: bytes beyond the last whole twenty are drawn again. */
function randomLetter(randomBytes: (size: number) => Uint8Array): string {
  for (;;) {
    const byte = randomBytes(1)[0] ?? 0
    if (byte < 240) return letters.charAt(byte % 20)
  }
}

/** What somebody has typed, as the code is kept; null where it cannot be one. Case, spaces and dashes do not count (RFC 8628 §6.1). */
export function readUserCode(typed: string): string | null {
  const code = typed.slice(0, 40).toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '')
  return pattern.test(code) ? `${code.slice(0, 4)}-${code.slice(4)}` : null
}
