/** Opens a page of the gateway in the browser of this computer. */
import type { AccountGateway } from '../ports/account-gateway.ts'
import { GatewayError } from '../ports/gateway.ts'
import type { SystemBrowser } from '../ports/system-browser.ts'
import type { SignIn } from './sign-in.ts'

export interface OpenAccountPageDeps {
  readonly browser: SystemBrowser
  readonly gateway: Pick<AccountGateway, 'settingsAddress'>
  readonly signIn: Pick<SignIn, 'openPage'>
}

export function createOpenAccountPage({ browser, gateway, signIn }: OpenAccountPageDeps) {
  return async function openAccountPage({ page }: { readonly page: 'signIn' | 'settings' }): Promise<{ opened: boolean }> {
    if (page === 'signIn') return { opened: await signIn.openPage() }
    try {
      return { opened: await browser.open(await gateway.settingsAddress()) }
    } catch (error) {
      if (error instanceof GatewayError) return { opened: false }
      throw error
    }
  }
}
