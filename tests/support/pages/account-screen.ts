import type { Locator, Page } from '@playwright/test'

/** The launcher's account screen, and the way there. */
export interface AccountScreen {
  /** In the header. */
  readonly signInEntry: Locator
  entryOf(name: string): Locator
  readonly begin: Locator
  readonly cancel: Locator
  readonly openAgain: Locator
  readonly settings: Locator
  readonly signOut: Locator
  readonly everywhere: Locator
  readonly reallyEverywhere: Locator
  readonly qr: Locator
  /** The heading of whoever is signed in. */
  signedIn(name: string): Locator
  readonly devices: Locator
  /** Begins to sign in. */
  signIn(): Promise<void>
}

export function accountScreen(page: Page): AccountScreen {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const signInEntry = page.getByRole('link', { name: 'Sign in', exact: true })
  const begin = button('Sign in or sign up')
  return {
    signInEntry,
    entryOf: (name) => page.getByRole('link', { name: `Account of ${name}` }),
    begin,
    cancel: button('Cancel'),
    openAgain: button('Open in browser again'),
    settings: button('Account settings'),
    signOut: page.getByRole('button', { name: /^Sign out (here|now)$/ }),
    everywhere: button('Sign out everywhere…'),
    reallyEverywhere: button('Sign out everywhere'),
    qr: page.getByRole('img', { name: /^QR code/ }),
    signedIn: (name) => page.getByRole('heading', { name, exact: true, level: 2 }),
    devices: page.getByRole('region', { name: 'Devices that are signed in' }).getByRole('listitem'),
    async signIn() {
      await signInEntry.click()
      await begin.click()
    },
  }
}
