import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { longOffer } from '../support/offers.ts'

// What axe finds hangs on the words or on the colours, never on both: each language and each theme once are all there is to see.
for (const [language, name, theme] of [['en', 'English', 'dark'], ['de', 'Deutsch', 'light']] as const) {
  test(`axe finds nothing serious on any screen, ${language}, ${theme}`, async ({ tuppence }) => {
    const { page } = tuppence.launcher
    await tuppence.launcher.prefer(name, theme)
    await expect(page.locator('html')).toHaveAttribute('lang', new RegExp(`^${language}`))
    await expect(tuppence.launcher.offer(longOffer.title)).toBeVisible()
    expect(await seriousFindings(page)).toEqual([])

    await tuppence.launcher.offer(longOffer.title).getByRole('button').click()
    const confirm = await tuppence.confirm()
    await expect(confirm.page.locator('button[aria-disabled="false"]')).toBeVisible()
    expect(await seriousFindings(confirm.page)).toEqual([])
    await tuppence.sandbox.setFaults({ kind: 'decline' })
    await confirm.page.locator('button[aria-disabled="false"]').click()
    await expect(tuppence.launcher.notice).toBeVisible()
    expect(await seriousFindings(confirm.page)).toEqual([])
    expect(await seriousFindings(page)).toEqual([])

    await confirm.page.close()
    await page.getByRole('navigation').getByRole('link').nth(1).click()
    await expect(tuppence.launcher.historyRows).toHaveCount(1)
    expect(await seriousFindings(page)).toEqual([])

    // Limits, self-exclusion, family, ledger, security.
    for (const screen of [2, 3, 4, 5, 6]) {
      await page.getByRole('navigation').getByRole('link').nth(screen).click()
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
      expect(await seriousFindings(page)).toEqual([])
    }
  })
}
