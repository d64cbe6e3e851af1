/** Signing in on a computer of one's own and in front of a kiosk, through the gateway's pages in another browser; and what a thief gets. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import type { KeptSignIn } from '../../src/main/ports/session.ts'
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { createGatewayClient } from '../support/gateway-client.ts'
import { keychainItem } from '../support/keychain-item.ts'
import { chooseOperatorPin, kioskOf } from '../support/kiosk.ts'
import { cheapOffer } from '../support/offers.ts'
import { accountScreen } from '../support/pages/account-screen.ts'
import { oauthCalls } from '../support/signing-in.ts'
import { somebody, untilSignedIn } from '../support/somebody.ts'

const robin = 'robin@example.org'
const masked = 'r…n@example.org'

/** A field in which a browser, or a person, would put a password. */
const passwordFields = (page: Page) => page.locator('input[type=password], input[autocomplete*=password], input[autocomplete=username]').count()

async function filesIn(folder: string): Promise<string> {
  const texts: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // The gateway's own folder stands for another machine, and keeps hashes.
    if (entry.isFile() && !entry.parentPath.includes(join(folder, 'gateway'))) texts.push((await readFile(join(entry.parentPath, entry.name))).toString('latin1'))
  }
  return texts.join('\n')
}

test('P6 on a computer of one’s own: the browser’s page lets it in, no screen has a field for a password, a stolen token is worth nothing, and signing out elsewhere acts at the next request', async ({ tuppence, dataDir, keychain, launch }) => {
  test.setTimeout(240_000)
  const { page } = tuppence.launcher
  const account = accountScreen(page)
  await account.signIn()
  await expect(account.qr).toBeVisible()
  expect(await seriousFindings(page)).toEqual([])
  const [opened = ''] = await tuppence.openedAddresses()

  const person = await somebody(tuppence)
  await person.page.goto(opened)
  await person.pages.signUp({ email: robin, codeTo: person.codeTo })
  await person.pages.allowDevice()
  await untilSignedIn(tuppence)
  await expect(account.signedIn(masked)).toBeVisible()
  await expect(account.devices).toHaveCount(1)
  for (const theme of ['light', 'dark'] as const) {
    await tuppence.launcher.prefer('English', theme)
    expect(await seriousFindings(page)).toEqual([])
  }
  for (const link of await page.getByRole('navigation').getByRole('link').all()) {
    await link.click()
    expect(await passwordFields(page)).toBe(0)
  }

  // What is bought is paid by the account.
  await tuppence.launcher.openStore()
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.page.getByText(`Wallet of ${masked}`)).toBeVisible()
  await confirm.leave('cancel')

  // What a thief finds: nothing in files, and in the keychain a token that no other key can use.
  const kept = JSON.parse(keychainItem(keychain.env, dataDir, 'session') ?? 'null') as KeptSignIn
  const token = kept.session!.refreshToken
  const files = await filesIn(dataDir)
  for (const secret of [token, robin]) expect(files.includes(secret)).toBe(false)
  const { url, pins, controlToken } = await tuppence.electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())
  const thief = createGatewayClient({ url, pin: pins[0]!, controlToken })
  const stolen = await oauthCalls(thief).refresh(await thief.enrolledDevice(), token)
  expect([stolen.status, stolen.body]).toMatchObject([400, { error: 'invalid_grant' }])
  await thief.close()

  // A folder that is copied to another keychain is nobody's.
  const copy = await mkdtemp(join(tmpdir(), 'tuppence-copy-'))
  const other = await startPrivateKeychain()
  await cp(dataDir, copy, { recursive: true, filter: (from) => !from.endsWith('.lock') && !/Singleton/.test(from) })
  const elsewhere = await launch({ dataDir: copy, env: other.env })
  await expect(accountScreen(elsewhere.launcher.page).signInEntry).toBeVisible()
  await elsewhere.close()
  await other.stop()
  await rm(copy, { recursive: true, force: true, maxRetries: 10 })

  // The person says elsewhere that this computer is out: so it is at its next request, and told why.
  await person.pages.open('/account/devices')
  await person.page.getByRole('button', { name: /^Sign out everywhere/ }).first().click()
  await tuppence.launcher.buy(cheapOffer.title)
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  await expect(page.getByRole('alert').filter({ hasText: 'This computer was signed out of your account.' })).toBeVisible()
  await expect(account.signInEntry).toBeVisible()
  expect([keychainItem(keychain.env, dataDir, 'session'), await tuppence.sandbox.charges()]).toEqual([null, []])
  await person.close()
})

test('P10 in front of a kiosk a visitor signs in by the QR code for their turn alone, and nothing of them is left', async ({ launch, dataDir, keychain }) => {
  test.setTimeout(240_000)
  const tuppence = await launch({ args: ['--kiosk'] })
  const { page } = tuppence.launcher
  const [kiosk, account] = [kioskOf(tuppence), accountScreen(page)]
  await chooseOperatorPin(tuppence)
  await kiosk.start.click()
  // Whoever only looks around is told what it takes before anything is asked.
  await tuppence.launcher.buy(cheapOffer.title)
  await expect(tuppence.launcher.notice).toContainText('Buying here needs an account')
  await tuppence.launcher.notice.getByRole('button', { name: 'Sign in or sign up' }).click()
  await expect(account.qr).toBeVisible()
  await expect(account.openAgain).toHaveCount(0)
  expect([await passwordFields(page), await tuppence.openedAddresses()]).toEqual([0, []])

  const person = await somebody(tuppence)
  const code = (await page.evaluate(() => window.tuppence.account.get())) as { userCode: string }
  await person.pages.openScreen(code.userCode)
  await person.pages.signUp({ email: robin, codeTo: person.codeTo })
  await expect(person.page.getByText('Anybody can stand in front of this screen', { exact: false })).toBeVisible()
  await person.pages.allowDevice()
  await untilSignedIn(tuppence)

  // They come back to what they wanted to buy.
  const confirm = await tuppence.confirm()
  await confirm.approveWithCode(await person.codeTo(robin))
  await expect(tuppence.launcher.notice).toContainText('Paid')
  await expect(account.entryOf(masked)).toBeVisible()
  await expect(tuppence.launcher.notice.getByRole('link')).toHaveCount(0)
  // No history and no controls, neither on a screen nor for a page that asks.
  expect(await page.evaluate(() => window.tuppence.history.facets().then(() => 'told', () => 'refused'))).toBe('refused')
  expect(await page.evaluate(() => window.tuppence.controls.get())).toEqual({ kind: 'unavailable' })
  expect(await page.evaluate(() => window.tuppence.purchase.latest())).toEqual({ kind: 'locked' })

  await kiosk.done.click()
  await expect(kiosk.start).toBeVisible()
  await kiosk.start.click()
  await expect(account.signInEntry).toBeVisible()
  await expect(page.getByText(masked)).toHaveCount(0)
  await expect(tuppence.launcher.notice).not.toContainText('Paid')
  await expect.poll(() => keychainItem(keychain.env, dataDir, 'session')).toBeNull()
  await person.pages.open('/account/devices')
  await expect(person.page.getByText('Tuppence on Linux')).toHaveCount(0)
  await person.close()
})
