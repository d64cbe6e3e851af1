import { expect } from '@playwright/test'
import { longOffer } from '../../support/offers.ts'
import type { Chapter } from '../chapter.ts'

export const lookUp: Chapter = {
  title: 'look it up, in English and in German, dark and light',
  async play({ launcher }, album) {
    const { page } = launcher
    await launcher.openHistory()
    await expect(launcher.historyRows).toHaveCount(6)
    await expect(launcher.historyRows.filter({ hasText: 'Paid' })).toHaveCount(5)
    await album.take(page, 'history')
    await launcher.prefer('Deutsch', 'light')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(launcher.historyRows).toHaveCount(6)
    await album.take(page, 'history-german-light')
    await page.getByRole('navigation').getByRole('link').first().click()
    await expect(launcher.offer(longOffer.title)).toBeVisible()
    await album.take(page, 'store-german-light')
  },
}
