/** A person's phone: a browser of its own, which trusts the gateway by its key as if it had a certificate that everybody knows. */
import { existsSync } from 'node:fs'
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test'

const candidates = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export interface Phone {
  readonly context: BrowserContext
  readonly page: Page
  readonly close: () => Promise<void>
}

export interface PhoneOptions extends BrowserContextOptions {
  /** Base64 of the SHA-256 of the gateway's public key. */
  readonly pin: string
}

/** English and dark unless told. `close` it when done. */
export async function openPhone({ pin, ...options }: PhoneOptions): Promise<Phone> {
  const executablePath = candidates.find((candidate) => existsSync(candidate))
  const browser = await chromium.launch({ args: [`--ignore-certificate-errors-spki-list=${pin}`], ...(executablePath && { executablePath }) })
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: 'en-GB',
    colorScheme: 'dark',
    ...options,
  })
  const page = await context.newPage()
  return { context, page, close: () => browser.close() }
}
