/** What a month came to, on the screen and as files. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { seriousFindings } from '../support/axe.ts'
import { expect, test as base } from '../support/fixtures.ts'
import { setUpHousehold } from '../support/household.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer, yenOffer } from '../support/offers.ts'
import { limitsPage } from '../support/pages/limits-page.ts'
import { startPage } from '../support/pages/start-page.ts'
import { answerBoxes, answerSaveBoxes, holdSaveBox } from '../support/system-box.ts'

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tuppence-statements-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

async function buy({ launcher, confirm }: Tuppence, title: string): Promise<void> {
  await launcher.openStore()
  await launcher.buy(title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
}

function statementsPage(page: Page) {
  const part = (name: string) => page.getByRole('region', { name, exact: true }).first()
  return {
    part,
    months: page.getByRole('listbox', { name: 'Months' }).getByRole('option'),
    seal: page.locator('code').last(),
    save: (as: 'PDF' | 'web page') => page.getByRole('button', { name: `Save as ${as}…` }),
    async open() {
      await page.getByRole('link', { name: 'History' }).click()
      await page.getByRole('link', { name: 'Statements' }).click()
    },
  }
}

test('P9 a statement says what the month came to: the screen, the history and the saved web page have the same numbers', async ({ tuppence, folder }) => {
  const { electron, launcher, sandbox } = tuppence
  const { page } = launcher
  const statements = statementsPage(page)
  await statements.open()
  await expect(page.getByText('There is no statement yet.')).toBeVisible()

  await answerBoxes(electron, 'yes')
  const limits = limitsPage(page)
  await limits.open()
  await limits.setFirst('20')
  await buy(tuppence, cheapOffer.title)
  const [charge] = await sandbox.charges()
  await buy(tuppence, yenOffer.title)
  await sandbox.refund(charge!.idempotencyKey, '4')
  await sandbox.advanceClock(300_000)

  await statements.open()
  await expect(statements.months).toHaveCount(1)
  await expect(statements.months.first()).toContainText('€0.49')
  await expect(statements.part('Lines').getByRole('row', { name: /Refund/ })).toContainText('€0.04')
  const sums = statements.part('Sums').getByRole('row')
  await expect(sums.filter({ hasText: 'Up to and with' })).toHaveText([/€0\.49.*€0\.04/, /¥50.*¥0/])
  await expect(statements.part('By seller')).toContainText(cheapOffer.seller)
  await expect(statements.part('Limits in force').getByRole('row', { name: 'Week · All sellers' })).toContainText('no limit€20.00')
  await expect(statements.part('Changes to them')).toContainText('Set, acts at once')
  const seal = await statements.seal.textContent()
  expect(seal).toMatch(/^[\w-]{43}$/)
  expect(await seriousFindings(page)).toEqual([])

  const proposed = await answerSaveBoxes(electron, join(folder, 'month.html'))
  await statements.save('web page').click()
  await expect(page.getByText('Saved as month.html')).toBeVisible()
  expect(await proposed()).toMatch(/^tuppence-statement-\d{4}-\d\d\.html$/)
  const html = readFileSync(join(folder, 'month.html'), 'utf8')
  for (const said of ['€0.49', '€0.04', '¥50', '€20.00', cheapOffer.title, yenOffer.seller, seal ?? '?']) expect(html).toContain(said)
  expect(html).not.toMatch(/<script|src=|href=|url\(/)

  await answerSaveBoxes(electron, join(folder, 'month.pdf'))
  await statements.save('PDF').click()
  await expect(page.getByText('Saved as month.pdf')).toBeVisible()
  expect(readFileSync(join(folder, 'month.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  expect(readdirSync(folder).sort()).toEqual(['month.html', 'month.pdf'])

  await page.getByRole('link', { name: 'See this month in the history' }).click()
  const totals = page.getByRole('region', { name: 'Totals' })
  await expect(totals).toContainText('3 lines')
  await expect(totals).toContainText(/Spent.*€0\.49/)
  await expect(totals).toContainText(/Came back.*€0\.04/)
  await expect(totals).toContainText('¥50')
})

test('P9 who cancels, or gives up in the box, is told so, and no file is left', async ({ tuppence, folder }) => {
  const { electron, launcher } = tuppence
  const statements = statementsPage(launcher.page)
  await buy(tuppence, cheapOffer.title)
  await statements.open()
  const box = await holdSaveBox(electron, join(folder, 'cancelled.pdf'))
  await statements.save('PDF').click()
  await expect(launcher.page.getByRole('progressbar', { name: 'Save the statement' })).toBeVisible()
  await launcher.page.getByRole('button', { name: 'Cancel' }).click()
  await box.answer()
  await expect(launcher.page.getByText('You cancelled it. No file was left behind.')).toBeVisible()
  await answerSaveBoxes(electron, join(folder, 'nowhere', 'month.html'))
  await statements.save('web page').click()
  await expect(launcher.page.getByText('That folder is not there any more. Choose another one.')).toBeVisible()
  expect(readdirSync(folder)).toEqual([])
})

test('P10 a member has statements of their own alone, and a guardian of everybody and of each', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher } = tuppence
  const { page } = launcher
  const statements = statementsPage(page)
  await startPage(page).myFamily.click()
  const home = await setUpHousehold(tuppence, [{ name: 'Theo', role: 'Teen', weekly: '5' }])
  await buy(tuppence, yenOffer.title)
  await home.lock()
  await home.open('Theo')
  await buy(tuppence, cheapOffer.title)
  await statements.open()
  await expect(statements.part('Lines').getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('heading', { level: 2, name: 'Theo' })).toBeVisible()
  await expect(page.getByText(yenOffer.title)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Statement of/ })).toHaveCount(0)

  await home.lock()
  await home.open(home.guardian)
  await statements.open()
  await expect(statements.part('Lines').getByRole('row')).toHaveCount(3)
  await page.getByRole('button', { name: /Statement of/ }).click()
  await page.getByRole('option', { name: 'Theo' }).click()
  await expect(statements.part('Lines').getByRole('row')).toHaveCount(2)
  await expect(statements.part('Lines')).toContainText(cheapOffer.title)
  await page.getByRole('link', { name: 'See this month in the history' }).click()
  await expect(page.getByRole('region', { name: 'Totals' })).toContainText('1 line')
})
