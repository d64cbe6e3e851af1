/** How much somebody has to do, besides typing, from the first start to their first purchase with an account that they did not have before. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import * as v from 'valibot'
import { CatalogueSchema } from '../../src/contract/catalogue.ts'
import sandboxCatalogue from '../../resources/sandbox-catalogue.json' with { type: 'json' }
import { expect, test } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'
import { startOwnGateway } from '../support/own-gateway.ts'
import { mailboxCode } from '../support/pages/account-pages.ts'
import { startPage } from '../support/pages/start-page.ts'
import { openPhone } from '../support/phone.ts'

/** Counts what a person does in a page: each press of the mouse, and each key that types nothing. */
function countActions(): void {
  const count = (what: string) => void (globalThis as unknown as { acted(what: string): void }).acted(what)
  addEventListener('pointerdown', (event) => event.isTrusted && count(`press ${(event.target as HTMLElement).textContent.trim().slice(0, 40)}`), true)
  addEventListener('keydown', (event) => event.isTrusted && event.key.length > 1 && count(`key ${event.key}`), true)
}

test('from the first start to a first purchase with a new account it takes at most eight actions besides typing; looking around takes no account', async ({ launch }) => {
  test.setTimeout(180_000)
  const folder = await mkdtemp(join(tmpdir(), 'tuppence-first-'))
  const gateway = await startOwnGateway(folder, v.parse(CatalogueSchema, sandboxCatalogue), { accounts: 'needed' })
  const tuppence = await launch({ firstStart: true, preload: gateway.preload })
  const actions: string[] = []
  const acted = (_: unknown, what: string) => void actions.push(what)
  const { page } = tuppence.launcher
  const watch = async (one: Page) => {
    await one.exposeBinding('acted', acted)
    await one.evaluate(countActions)
  }
  await watch(page)

  await startPage(page).justMe.click()
  // A guest looks at everything there is.
  await expect(page.getByRole('article')).not.toHaveCount(0)
  await tuppence.launcher.offer(cheapOffer.title).getByRole('button', { name: 'Buy' }).click()
  await expect(tuppence.launcher.notice).toContainText('Buying here needs an account')
  await tuppence.launcher.notice.getByRole('button', { name: 'Sign in or sign up' }).click()
  await expect.poll(tuppence.openedAddresses).toHaveLength(1)

  const { publicUrl, pins } = await tuppence.electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())
  const browser = await openPhone({ pin: pins[0]! })
  await browser.context.exposeBinding('acted', acted)
  await browser.page.addInitScript(countActions)
  const codeTo = mailboxCode(browser.page, publicUrl!)
  const heading = browser.page.getByRole('heading', { level: 1 })
  await browser.page.goto((await tuppence.openedAddresses())[0]!)
  await browser.page.getByRole('link', { name: 'Create an account' }).click()
  await expect(heading).toHaveText('Create your account')
  // The field has the keyboard already.
  await browser.page.keyboard.type('robin@example.org')
  await browser.page.getByRole('button', { name: 'Create account' }).click()
  await expect(heading).toHaveText('Enter the code')
  await browser.page.keyboard.type(await codeTo('robin@example.org'))
  await browser.page.getByRole('button', { name: 'Allow', exact: true }).click()
  await expect(heading).toHaveText('You are signed in there')

  // The app asks by itself, and then asks about the purchase.
  await tuppence.sandbox.advanceClock(5_000)
  const confirm = await tuppence.confirm()
  await watch(confirm.page)
  await expect(confirm.page.getByText('A code was sent to')).toBeVisible()
  const field = confirm.page.getByRole('textbox')
  if (!(await field.evaluate((element) => element === element.ownerDocument.activeElement))) await field.click()
  await confirm.page.keyboard.type(await codeTo('robin@example.org'))
  await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
  await confirm.pay.click()
  await expect(tuppence.launcher.notice).toContainText('Paid')

  expect(actions.length, actions.join('\n')).toBeLessThanOrEqual(8)
  // Somebody did count.
  expect(actions.length).toBeGreaterThanOrEqual(6)
  await browser.close()
  await tuppence.close()
  await gateway.close()
  await rm(folder, { recursive: true, force: true })
})
