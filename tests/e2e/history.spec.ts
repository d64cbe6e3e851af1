/** P9: every purchase can be found, in whatever way somebody remembers it, and what is shown comes to sums that are never netted. */
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { setUpHousehold } from '../support/household.ts'
import type { Tuppence } from '../support/launch.ts'
import { bundleOffer, cheapOffer, yenOffer } from '../support/offers.ts'
import { historyPage } from '../support/pages/history-page.ts'
import { startPage } from '../support/pages/start-page.ts'

/** How long the app waits before it asks for messages again, in milliseconds. */
const messagesEveryMs = 5 * 60_000

async function buy({ launcher, confirm }: Tuppence, title: string): Promise<void> {
  await launcher.openStore()
  await launcher.buy(title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
}

/** Three purchases of three sellers in three currencies; of the first, 4 cents came back. */
async function buySome(tuppence: Tuppence): Promise<void> {
  for (const { title } of [cheapOffer, bundleOffer, yenOffer]) await buy(tuppence, title)
  const [first] = await tuppence.sandbox.charges()
  await tuppence.sandbox.refund(first!.idempotencyKey, '4')
  await tuppence.sandbox.advanceClock(messagesEveryMs)
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.historyRows).toHaveCount(4)
}

test('P9 what is typed finds by name, seller, amount and what became of it; suggestions teach it, and nothing is an error', async ({ tuppence }) => {
  await buySome(tuppence)
  const { search, suggestion, reading, lines } = historyPage(tuppence.launcher.page)

  await search.fill('acorn')
  await expect(lines).toHaveCount(1)
  await expect(lines).toContainText(bundleOffer.title)

  await search.fill('seller:kasekuchen')
  await expect(lines).toHaveCount(2)
  await expect(reading).toContainText('seller begins with “kasekuchen”')

  await search.fill('')
  await suggestion('refunded').click()
  await expect(search).toHaveValue('refunded')
  await expect(search).toBeFocused()
  await expect(lines).toHaveCount(2)
  await suggestion('>5 eur').click()
  await expect(search).toHaveValue('refunded >5 eur')
  await expect(reading).toContainText('more than €5.00')
  await expect(tuppence.launcher.page.getByText('No purchase fits your search.')).toBeVisible()
  await suggestion('>5 eur').click()
  await expect(lines).toHaveCount(2)

  await search.fill('>abc acorn')
  await expect(reading).toContainText('“>abc” is no amount, so it is left out. Try “>5 eur”.')
  await expect(lines).toHaveCount(1)
  expect(await seriousFindings(tuppence.launcher.page)).toEqual([])

  await search.fill('¥50')
  await expect(lines).toHaveCount(1)
  await expect(lines).toContainText(yenOffer.title)
})

test('P9 what came back is a line of its own with its sign, leads to its purchase and is added up by itself', async ({ tuppence }) => {
  await buySome(tuppence)
  const { launcher } = tuppence
  const { lines, months, totals } = historyPage(launcher.page)
  const refund = lines.filter({ hasText: `Refund of ${cheapOffer.title}` })
  await expect(refund).toContainText('Came back')
  await expect(refund).toContainText('+€0.04')
  const charge = lines.filter({ hasText: 'Partly refunded' })
  await expect(charge).toContainText('€0.49')
  const link = (line: typeof refund) => line.getByRole('link').getAttribute('href')
  const purchase = (await link(charge))!
  expect(purchase).toMatch(/^#\/history\/purchase\/.+/)
  expect(await link(refund)).toBe(purchase)
  for (const sums of [totals, months]) {
    await expect(sums).toContainText('4 lines')
    await expect(sums).toContainText(/Spent.*€0\.49/)
    await expect(sums).toContainText(/Came back.*€0\.04/)
  }
  await refund.click()
  await expect.poll(() => new URL(launcher.page.url()).hash).toBe(purchase)
})

test('P9 filters are chosen from what is there, are in the address through reload and back, and go away one by one', async ({ tuppence }) => {
  await buySome(tuppence)
  const { page } = tuppence.launcher
  const { filters, choose, menu, active, lines, search } = historyPage(page)
  await filters.click()
  expect(await seriousFindings(page)).toEqual([])
  await choose('Seller', cheapOffer.seller, yenOffer.seller)
  await expect(lines).toHaveCount(3)
  await choose('Lines', 'Charges')
  await expect(lines).toHaveCount(2)
  await expect(filters).toHaveText('Filters (2)')
  await page.getByLabel('Amount up to').fill('0,49')
  await expect(lines).toHaveCount(1)
  await expect(active).toHaveCount(3)
  expect(new URL(page.url()).hash).toMatch(/^#\/history\?most=0\.49&line=charge&seller=.+|^#\/history\?most=0\.49&seller=.+&line=charge$/)

  await page.reload()
  await expect(active).toHaveCount(3)
  await expect(lines).toHaveCount(1)
  await page.goBack()
  await expect(lines).toHaveCount(3)
  await page.goForward()
  await expect(lines).toHaveCount(1)

  await active.filter({ hasText: 'Amount' }).click()
  await expect(lines).toHaveCount(2)
  await filters.click()
  await choose('Period', 'Last month')
  await expect(lines).toHaveCount(0)
  await page.getByRole('button', { name: /^Without Period/ }).click()
  await expect(lines).toHaveCount(2)
  await expect(menu('Period')).toContainText('Any time')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect(lines).toHaveCount(4)
  await expect(search).toHaveValue('')

  // What an address asks for that means nothing is left out.
  await page.evaluate(() => { location.hash = '#/history?state=odd&from=2026-02-31&sort=up&text=acorn' })
  await expect(lines).toHaveCount(1)
  await expect(active).toHaveCount(0)
})

test('P9 each column sorts, and the keyboard goes through the rows, opens a purchase and comes back to it', async ({ tuppence }) => {
  await buySome(tuppence)
  const { page } = tuppence.launcher
  const { column, everyLine, lines, months } = historyPage(page)
  expect((await everyLine()).map(({ text }) => text).join()).toMatch(/Came back.*Paid.*Paid.*Partly refunded/s)
  await expect(column('When')).toHaveAttribute('aria-sort', 'descending')
  for (const name of ['Item', 'Seller', 'State', 'Receipt', 'Amount']) {
    await column(name).getByRole('button').click()
    await expect(column(name)).toHaveAttribute('aria-sort', name === 'Amount' ? 'descending' : 'ascending')
    await expect(column('When')).toHaveAttribute('aria-sort', 'none')
    await expect(months).toHaveCount(0)
  }
  await expect(lines.first()).toContainText('¥50')
  await expect(lines.last()).toContainText('+€0.04')
  await column('Amount').getByRole('button').click()
  await expect(lines.first()).toContainText('+€0.04')

  await page.keyboard.press('Tab')
  await expect(lines.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(lines.nth(1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(lines.last()).toBeFocused()
  await page.keyboard.press('Home')
  await expect(lines.first()).toBeFocused()
  await page.keyboard.press('PageDown')
  await expect(lines.first()).not.toBeFocused()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  const row = await lines.nth(1).innerText()
  await page.keyboard.press('Enter')
  await expect.poll(() => new URL(page.url()).hash).toMatch(/^#\/history\/purchase\/.+/)
  await page.goBack()
  await expect(page.locator(':focus')).toContainText(row.split('\n')[0]!)
  await expect(page.locator(':focus')).toHaveAttribute('aria-rowindex', '3')
})

test('what is news comes into the table without taking the keyboard from its row', async ({ tuppence }) => {
  await buySome(tuppence)
  const { sandbox, launcher } = tuppence
  const { lines } = historyPage(launcher.page)
  const bundle = lines.filter({ hasText: bundleOffer.title })
  await bundle.focus()
  const before = Number(await bundle.getAttribute('aria-rowindex'))
  const [, second] = await sandbox.charges()
  await sandbox.refund(second!.idempotencyKey, '9')
  await sandbox.advanceClock(messagesEveryMs)
  await expect(lines).toHaveCount(5)
  const focused = launcher.page.locator(':focus')
  await expect(focused).toContainText('Partly refunded')
  await expect(focused).toHaveAttribute('aria-rowindex', String(before + 1))
  await expect(focused).toHaveAttribute('tabindex', '0')
  await launcher.page.keyboard.press('ArrowUp')
  await expect(focused).toHaveAttribute('aria-rowindex', String(before))
})

test('P9 a view is saved under a name and opened again, and a restart shows what was looked at last', async ({ launch }) => {
  const first = await launch()
  await buySome(first)
  const { page } = first.launcher
  const { search, savedViews, lines, column } = historyPage(page)
  await search.fill('acorn')
  await expect(lines).toHaveCount(1)
  const menu = page.getByRole('button', { name: 'Saved views' })
  await menu.click()
  await page.getByLabel('Save this view as').fill('Nuts')
  await savedViews.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(savedViews.getByRole('listitem')).toHaveText(['Nuts'])
  expect(await seriousFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await search.fill('')
  await expect(lines).toHaveCount(4)
  await menu.click()
  await savedViews.getByRole('button', { name: 'Nuts', exact: true }).click()
  await expect(lines).toHaveCount(1)
  await search.fill('')
  await column('Amount').getByRole('button').click()
  await expect(lines.first()).toContainText('¥50')
  await first.close()

  const second = await launch()
  await second.launcher.openHistory()
  const again = historyPage(second.launcher.page)
  await expect(again.column('Amount')).toHaveAttribute('aria-sort', 'descending')
  await expect(again.lines.first()).toContainText('¥50')
  await second.launcher.page.getByRole('button', { name: 'Saved views' }).click()
  await again.savedViews.getByRole('button', { name: 'Remove Nuts' }).click()
  await expect(again.savedViews.getByRole('listitem')).toHaveCount(0)
})

test('P10 what one member looked for and saved is nothing that the next one sees, and is theirs again when they come back', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher } = tuppence
  await startPage(launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [{ name: 'Theo', role: 'Teen', weekly: '50' }])
  await home.lock()
  await home.open('Theo')
  await buy(tuppence, cheapOffer.title)
  await launcher.openHistory()
  const { search, lines, suggestion, column, savedViews } = historyPage(launcher.page)
  await search.fill('secret wish')
  await expect(launcher.page.getByText('No purchase fits your search.')).toBeVisible()
  // Whom it is about needs no saying where there is but one.
  await expect(column('Who')).toHaveCount(0)
  await home.lock()
  await expect.poll(() => launcher.page.url()).not.toContain('secret')
  await home.open(home.guardian)
  await launcher.openHistory()
  await expect(lines).toHaveCount(1)
  await expect(search).toHaveValue('')
  await expect(column('Who')).toBeVisible()
  await suggestion('member:theo').click()
  await expect(lines).toHaveCount(1)
  await launcher.page.getByRole('button', { name: 'Saved views' }).click()
  await expect(savedViews.getByRole('listitem')).toHaveCount(0)
  await launcher.page.keyboard.press('Escape')
  expect(await seriousFindings(launcher.page)).toEqual([])
  await home.lock()
  await home.open('Theo')
  await launcher.openHistory()
  await expect(search).toHaveValue('secret wish')
})

test('at 200 % nothing of the history is beside the window, with its filters open', async ({ tuppence }) => {
  await buySome(tuppence)
  const { page } = tuppence.launcher
  // What a window of 1280 × 800 has left at 200 %.
  await page.setViewportSize({ width: 640, height: 400 })
  await historyPage(page).filters.click()
  await expect(historyPage(page).menu('Seller')).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
  expect(await page.locator('#content').evaluate((content) => content.scrollWidth - content.clientWidth)).toBeLessThanOrEqual(0)
  expect(await seriousFindings(page)).toEqual([])
})
