/**
 * Cookies of the pages. Their prefix makes browsers take them only over HTTPS, from this very host and for all of it, so that no
 * neighbour can plant one (RFC 6265bis §4.1.3.2). Lax and not Strict: who comes by a QR code is to be known.
 */
export const cookieNames = {
  session: '__Host-tuppence',
  journey: '__Host-tuppence-journey',
  language: '__Host-tuppence-language',
} as const

export function readCookie(header: string | undefined, name: string): string | undefined {
  const found = (header ?? '').split(';').map((pair) => pair.trim()).filter((pair) => pair.startsWith(`${name}=`))
  // Of two nobody can say which is ours.
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined
}

/** `value` is of base64url; without `maxAgeS` it lasts as long as the browser's own session. */
export function writeCookie(name: string, value: string, maxAgeS?: number): string {
  const age = maxAgeS === undefined ? '' : `; Max-Age=${maxAgeS}`
  return `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`
}
