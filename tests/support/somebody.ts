/** Somebody with a browser of their own beside the app, and the app that waits for their yes. */
import { expect } from '@playwright/test'
import type { Tuppence } from './launch.ts'
import { accountPages, mailboxCode } from './pages/account-pages.ts'
import { openPhone } from './phone.ts'

/** At the pages of this app's gateway, on a phone. `close` it when done. */
export async function somebody({ electron }: Tuppence) {
  const { publicUrl, pins } = await electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())
  const browser = await openPhone({ pin: pins[0]! })
  const pages = accountPages(browser.page, publicUrl!)
  return { ...browser, pages, codeTo: mailboxCode(browser.page, publicUrl!) }
}

/** Until the app has asked the gateway once more, which it does every few seconds by its own clock. */
export async function untilSignedIn({ sandbox, launcher }: Tuppence): Promise<void> {
  await expect
    .poll(async () => {
      await sandbox.advanceClock(5_000)
      return launcher.page.evaluate('window.tuppence.account.get().then(({ kind }) => kind)')
    })
    .toBe('signedIn')
}
