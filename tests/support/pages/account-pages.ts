import { expect, type Locator, type Page } from '@playwright/test'

/** Whatever tells which code went to somebody last; see `mailboxCode`. */
export type CodeTo = (to: string) => Promise<string>

/** What a person sees and does on the account pages of the gateway. English names. */
export interface AccountPages {
  readonly page: Page
  readonly heading: Locator
  readonly email: Locator
  readonly password: Locator
  readonly code: Locator
  open(path: string): Promise<void>
  /** Opens what the QR code of a screen says. */
  openScreen(userCode: string): Promise<void>
  /** From any page that leads there, up to the page that asks for the code. Without a password unless told. */
  askForAccount(email: string, password?: string): Promise<void>
  /** Types six digits, which send themselves; the page after it is shown when this is done. */
  enterCode(code: string): Promise<void>
  /** The whole way to an account, to wherever the person wanted to be. */
  signUp(who: { readonly email: string; readonly password?: string; readonly codeTo: CodeTo }): Promise<void>
  /** With a password; what is asked for next is for the caller. */
  signIn(email: string, password: string): Promise<void>
  /** On the page that asks about a screen. */
  allowDevice(): Promise<void>
  denyDevice(): Promise<void>
  /** The secret of an authenticator app that is being added. */
  readSecret(): Promise<string>
  /** The recovery codes, which are put away by this. */
  keepRecoveryCodes(): Promise<string[]>
  signOut(): Promise<void>
}

export function accountPages(page: Page, publicUrl: string): AccountPages {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const heading = page.getByRole('heading', { level: 1 })
  const email = page.getByLabel('E-mail address')
  const password = page.getByLabel(/^Password/)
  const code = page.getByLabel(/^Code.*six digits$/)

  async function enterCode(digits: string): Promise<void> {
    const left = page.waitForEvent('framenavigated')
    await code.pressSequentially(digits)
    await left
    await page.waitForLoadState()
  }

  async function askForAccount(address: string, secret = ''): Promise<void> {
    if ((await heading.textContent()) === 'Sign in') await page.getByRole('link', { name: 'Create an account' }).click()
    await expect(heading).toHaveText('Create your account')
    await email.fill(address)
    if (secret !== '') await password.fill(secret)
    await press('Create account')
    await expect(heading).toHaveText('Enter the code')
  }

  return {
    ...{ page, heading, email, password, code, enterCode, askForAccount },
    open: async (path) => void (await page.goto(new URL(path, publicUrl).href)),
    openScreen: async (userCode) => void (await page.goto(`${publicUrl}/device?code=${userCode}`)),
    async signUp({ email: address, password: secret, codeTo }) {
      await askForAccount(address, secret)
      await enterCode(await codeTo(address))
    },
    async signIn(address, secret) {
      await email.fill(address)
      await password.fill(secret)
      await press('Sign in')
    },
    async allowDevice() {
      await press('Allow')
      await expect(heading).toHaveText('You are signed in there')
    },
    async denyDevice() {
      await press('Deny')
      await expect(heading).toHaveText('Denied')
    },
    readSecret: async () => (await page.getByRole('definition').innerText()).replaceAll(/\s/g, ''),
    async keepRecoveryCodes() {
      await expect(heading).toHaveText('Your recovery codes')
      const codes = await page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem').allInnerTexts()
      await press('I have put them away')
      await expect(heading).toHaveText('Your account')
      return codes
    },
    async signOut() {
      await press('Sign out of this page')
      await expect(heading).toHaveText('Sign in')
    },
  }
}

/** Reads the newest code in the sandbox's mailbox, in a tab of its own, as a person at a sandbox does. */
export function mailboxCode(page: Page, publicUrl: string): CodeTo {
  return async (to) => {
    const mailbox = await page.context().newPage()
    await mailbox.goto(`${publicUrl}/sandbox/mailbox`)
    const letter = mailbox.getByRole('listitem').filter({ hasText: to }).filter({ hasText: /\d{6}/ }).first()
    const code = /(?:^|\s)(\d{6})(?:\s|$)/.exec(await letter.innerText())?.[1]
    await mailbox.close()
    if (!code) throw new Error(`no code in the mailbox for ${to}`)
    return code
  }
}
