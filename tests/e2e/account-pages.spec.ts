/** The account pages in a phone's browser, from the real gateway: by keyboard alone, with the proof of work, passkeys and two themes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { TOTP } from 'otpauth'
import * as v from 'valibot'
import { CatalogueSchema } from '../../src/contract/catalogue.ts'
import { createGateway, type Gateway } from '../../src/gateway/create-gateway.ts'
import sandboxCatalogue from '../../resources/sandbox-catalogue.json' with { type: 'json' }
import { createGatewayClient } from '../support/gateway-client.ts'
import { oauthCalls } from '../support/signing-in.ts'
import { accountPages, mailboxCode } from '../support/pages/account-pages.ts'
import { openPhone } from '../support/phone.ts'

const email = 'robin@example.org'
const password = 'violet tram opens lemon'

// Pictures of each step would take longer than the steps.
test.use({ trace: 'off' })

let dataDir: string
let gateway: Gateway
/** How far the gateway's clock runs ahead. */
let aheadMs = 0
const bugs: unknown[] = []
test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tuppence-account-pages-'))
  gateway = await createGateway({ dataDir, catalogue: v.parse(CatalogueSchema, sandboxCatalogue), mode: 'sandbox', pagesDir: 'resources/account-pages', requestsPerMinute: 10_000, now: () => Date.now() + aheadMs, onError: (error) => bugs.push(error) })
})
test.afterAll(async () => {
  await gateway.close()
  rmSync(dataDir, { recursive: true, force: true })
  expect(bugs).toEqual([])
})

/** Everything that axe finds, of whatever weight; what is pressed is as large as a finger; and nothing is wider than the page. */
async function lookOver(page: Page): Promise<void> {
  // In legacy mode axe opens no tab of its own, which takes longer than the looking.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const { tooSmall, tooWide } = await page.evaluate(() => ({
    tooSmall: [...document.querySelectorAll<HTMLElement>('a:not(.skip), button, input:not([type=hidden]), select')]
      .filter((element) => element.getClientRects().length > 0 && element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML),
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }))
  const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
  expect.soft({ url: page.url(), found, tooSmall, tooWide }).toEqual({ url: page.url(), found: [], tooSmall: [], tooWide: 0 })
}

/** What the browser itself objects to, such as a breach of the content security policy. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => void (message.type() === 'error' && !/status of (404|409|422|429)/.test(message.text()) && complaints.push(message.text())))
  page.on('pageerror', (error) => void complaints.push(error.message))
  return complaints
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return
  }
  throw new Error(`no way to ${name} by the Tab key`)
}

test('by keyboard alone: an account with the proof of work and a mailed code, an authenticator, out and in again, and a passkey', async () => {
  const phone = await openPhone({ pin: gateway.pin })
  const { page } = phone
  const pages = accountPages(page, gateway.publicUrl)
  const codeTo = mailboxCode(page, gateway.publicUrl)
  const complaints = complaintsOf(page)
  const client = createGatewayClient(gateway)
  const device = await client.enrolledDevice()
  const { user_code: userCode, device_code: deviceCode } = (await oauthCalls(client).begin(device)).body as { user_code: string; device_code: string }

  await pages.openScreen(userCode)
  await expect(pages.heading).toHaveText('Sign in')
  await tabTo(page, 'Create an account')
  await page.keyboard.press('Enter')
  await expect(pages.email).toBeFocused()
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await expect(page.getByRole('group', { name: 'Check that you are not a robot' }).getByRole('status')).toHaveText('Checked: you are not a robot.')
  await page.keyboard.press('Enter')
  await expect(pages.heading).toHaveText('Enter the code')
  await expect(pages.code).toBeFocused()
  await page.keyboard.type(await codeTo(email))
  await expect(pages.heading).toHaveText('Sign in on this screen?')
  await lookOver(page)
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  await tabTo(page, 'Allow')
  await page.keyboard.press('Enter')
  await expect(pages.heading).toHaveText('You are signed in there')
  expect((await oauthCalls(client).redeem(device, deviceCode)).body).toMatchObject({ token_type: 'DPoP' })
  await client.close()

  await pages.open('/account/authenticator')
  await lookOver(page)
  const totp = new TOTP({ secret: await pages.readSecret() })
  await pages.code.focus()
  await page.keyboard.type(totp.generate())
  await expect(pages.heading).toHaveText('Your recovery codes')
  await lookOver(page)
  expect(await pages.keepRecoveryCodes()).toHaveLength(10)

  await pages.signOut()
  await pages.signIn(email, password)
  await expect(pages.heading).toHaveText('Second factor')
  await lookOver(page)
  // Each of its codes counts once.
  aheadMs += 30_000
  await expect(pages.code).toBeFocused()
  await page.keyboard.type(totp.generate({ timestamp: Date.now() + aheadMs }))
  await expect(pages.heading).toHaveText('Your account')

  const cdp = await phone.context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  await pages.open('/account/passkeys')
  await page.getByLabel('Name for the new one').focus()
  await page.keyboard.type('My phone')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The passkey is added.')).toBeVisible()
  await pages.open('/account/passkeys')
  await lookOver(page)
  await pages.open('/account')
  await pages.signOut()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).press('Enter')
  await expect(pages.heading).toHaveText('Your account')
  expect(complaints).toEqual([])
  await phone.close()
})

const looks = [
  { locale: 'en-GB', colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  { locale: 'de-DE', colorScheme: 'light', viewport: { width: 320, height: 640 } },
] as const
for (const look of looks) {
  test(`axe finds nothing on any page, ${look.locale} and ${look.colorScheme}, and all of it fits a phone and a finger`, async () => {
    test.setTimeout(240_000)
    const { locale } = look
    const phone = await openPhone({ pin: gateway.pin, ...look })
    const { page } = phone
    const complaints = complaintsOf(page)
    const visit = async (path: string) => {
      await page.goto(`${gateway.publicUrl}${path}`)
      await lookOver(page)
    }
    for (const path of ['/device', '/device?code=nothing', '/device/allowed', '/device/denied', '/device/gone', '/account/sign-in', '/account/forgotten', '/account/forgotten/sent', '/account/sign-in/code', '/account/reset?token=used', '/account/nothing', '/sandbox/mailbox'])
      await visit(path)
    await visit('/account/sign-up')
    const someone = `${locale}@example.org`.toLowerCase()
    await page.locator('#password').fill('qwertyuiop')
    await page.locator('#email').fill(someone)
    await page.locator('main button').first().click()
    await expect(page.locator('#password-error')).toBeVisible()
    await lookOver(page)
    await page.locator('main button').first().click()
    await expect(page.locator('#code')).toBeVisible()
    await lookOver(page)
    await page.locator('#code').pressSequentially(await mailboxCode(page, gateway.publicUrl)(someone))
    await page.waitForURL('**/account')
    await lookOver(page)
    for (const name of ['name', 'password', 'phone', 'passkeys', 'amount', 'devices', 'events', 'download', 'delete', 'recovery-codes', 'deleted']) await visit(`/account/${name}`)
    expect(complaints).toEqual([])
    await phone.close()
  })
}

test('without scripts a person is told why one is needed, and all else works', async () => {
  const phone = await openPhone({ pin: gateway.pin, javaScriptEnabled: false })
  const pages = accountPages(phone.page, gateway.publicUrl)
  await pages.open('/account/sign-up')
  // Playwright's way of switching scripts off leaves the page's parser believing in them.
  expect(await phone.page.locator('.proof noscript').textContent()).toContain('This page needs JavaScript for one thing')
  await pages.open('/account/sign-in')
  await pages.email.fill('without@example.org')
  await phone.page.getByRole('button', { name: 'Send me a code by e-mail' }).click()
  await expect(pages.heading).toHaveText('Enter the code')
  await pages.code.fill('000000')
  await phone.page.getByRole('button', { name: 'Continue' }).click()
  await expect(phone.page.getByText('This code is not right')).toBeVisible()
  await pages.open('/account/sign-in')
  await phone.page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(phone.page.getByRole('alert')).toContainText('That button needs JavaScript')
  await phone.close()
})
