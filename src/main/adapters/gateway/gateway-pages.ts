import type { GatewayConfig } from './gateway-config.ts'

/** Where people find the gateway's pages. */
export const pagesOf = ({ url, publicUrl = url }: Pick<GatewayConfig, 'url' | 'publicUrl'>): string => publicUrl

/**
 * Whether an address is a page of the gateway: https, its own host and port, and nothing in it that would make it another's for some
 * reader, such as a name and password before the host.
 */
export function isPageOf(config: Pick<GatewayConfig, 'url' | 'publicUrl'>, address: string): boolean {
  const pages = pagesOf(config)
  if (!address.startsWith(`${pages}/`) || /[\s\\\p{Cc}]/u.test(address)) return false
  const read = URL.parse(address)
  return read !== null && read.protocol === 'https:' && read.origin === new URL(pages).origin && read.username === '' && read.password === ''
}
