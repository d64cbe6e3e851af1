import { expect, test } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'

/** What a tester relies on from outside, by the names in docs/TESTING.md, where the app could make them ambiguous. */
for (const [language, store, history] of [['English', 'Store', 'History'], ['Deutsch', 'Shop', 'Verlauf']] as const) {
  test(`only the navigation's links are named ${store} and ${history}, also after a purchase`, async ({ tuppence }) => {
    const { page, notice } = tuppence.launcher
    await tuppence.launcher.buy(cheapOffer.title)
    await (await tuppence.confirm()).approve()
    await expect(notice).toContainText('Paid')
    await tuppence.launcher.prefer(language, 'dark')
    await expect(page.getByRole('link', { name: history })).toHaveCount(1)
    await expect(page.getByRole('link', { name: store })).toHaveCount(1)
    await notice.getByRole('link').click()
    await expect(page.getByRole('heading', { level: 1, name: cheapOffer.title })).toBeVisible()
  })
}

test('the history is a table from the start, with its headings and no rows', async ({ tuppence }) => {
  await tuppence.launcher.openHistory()
  const { page, historyRows } = tuppence.launcher
  await expect(page.getByRole('grid').getByRole('columnheader')).toHaveText(['When', 'Item', 'Seller', 'State', 'Receipt', 'Amount'])
  await expect(historyRows).toHaveCount(0)
  await expect(page.getByText('You have not bought anything yet.')).toBeVisible()
})
