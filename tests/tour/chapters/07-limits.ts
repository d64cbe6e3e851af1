import { expect } from '@playwright/test'
import { cheapOffer, yenOffer } from '../../support/offers.ts'
import { exclusionPage } from '../../support/pages/exclusion-page.ts'
import { limitsPage } from '../../support/pages/limits-page.ts'
import { answerBoxes } from '../../support/system-box.ts'
import type { Chapter } from '../chapter.ts'

const weekly = 'Week · All sellers'

export const limit: Chapter = {
  title: 'a weekly cap is set, is nearly used up, stops the next purchase, and a week off is taken',
  async play(tuppence, album) {
    const { launcher, sandbox } = tuppence
    const { page } = launcher
    const limits = limitsPage(page)
    await launcher.prefer('English', 'dark')
    await answerBoxes(tuppence.electron, 'yes')
    await limits.open()
    await limits.amount.fill('2')
    await album.take(page, 'limits-first')
    await limits.set.click()
    await expect(limits.limit(weekly)).toContainText('€1.02 left')
    await album.take(page, 'limits')

    await launcher.openStore()
    await launcher.buy(yenOffer.title)
    const foreign = await tuppence.confirm()
    await foreign.thinkItOver()
    await expect(foreign.pay).toHaveAttribute('aria-disabled', 'false')
    await album.take(foreign.page, 'confirm-with-a-limit-in-another-currency')
    await foreign.approve()
    await expect(launcher.notice).toContainText(yenOffer.priceText)
    await expect.poll(tuppence.confirmWindows).toBe(0)

    await launcher.buy(cheapOffer.title)
    await (await tuppence.confirm()).approve()
    await expect(launcher.notice).toContainText(cheapOffer.priceText)
    await expect.poll(tuppence.confirmWindows).toBe(0)
    await launcher.buy(cheapOffer.title)
    await expect(launcher.notice).toContainText('You set a limit of €2.00 a week.')
    await album.take(page, 'stopped-by-the-limit')

    await limits.open()
    await limits.considerChange(weekly, '1.70')
    await limits.set.click()
    await expect(limits.limit(weekly)).toContainText('of €1.70')
    await limits.considerChange(weekly, '5')
    await expect(limits.askLooser).toBeVisible()
    await album.take(page, 'limits-a-looser-one-takes-thought')

    const exclusion = exclusionPage(page)
    await exclusion.open()
    await exclusion.choose('7 days')
    await album.take(page, 'self-exclusion')
    await exclusion.begin.click()
    await expect(exclusion.state).toContainText('You have excluded yourself from buying until')
    const before = (await sandbox.charges()).length
    await launcher.openStore()
    await launcher.buy(cheapOffer.title)
    await expect(launcher.notice).toContainText('You have excluded yourself')
    expect((await sandbox.charges()).length).toBe(before)
    await album.take(page, 'store-during-an-exclusion')
    await launcher.prefer('Deutsch', 'light')
    await page.getByRole('navigation').getByRole('link', { name: 'Grenzen', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Grenzen', level: 1 })).toBeAttached()
    await album.take(page, 'limits-german-light')
  },
}
