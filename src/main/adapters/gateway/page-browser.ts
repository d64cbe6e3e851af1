import type { SystemBrowser } from '../../ports/system-browser.ts'
import type { GatewayConfig } from './gateway-config.ts'
import { isPageOf } from './gateway-pages.ts'

export interface PageBrowserDeps {
  readonly config: () => Promise<GatewayConfig | null>
  /** A browser leads out of kiosk mode. */
  readonly isKiosk: () => boolean
  /** Rejects where no browser was found. */
  readonly openExternal: (address: string) => Promise<void>
}

/** P10: pages of the gateway, and no other address, whoever asks for it. */
export function createPageBrowser({ config, isKiosk, openExternal }: PageBrowserDeps): SystemBrowser {
  return {
    async open(address) {
      const known = await config().catch(() => null)
      if (!known || !isPageOf(known, address) || isKiosk()) return false
      return openExternal(address).then(() => true, () => false)
    },
  }
}
