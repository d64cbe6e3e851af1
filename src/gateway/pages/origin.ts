import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether this server's own page sends the form. Under `Referrer-Policy: no-referrer` browsers write `Origin: null` even into forms of
 * the same origin (Fetch §3.2), and then only their `Sec-Fetch-Site` tells.
 */
export function isFromOwnPage(headers: IncomingHttpHeaders, origin: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return headers.origin === origin || (headers.origin === 'null' && site === 'same-origin')
}
