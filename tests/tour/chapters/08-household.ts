import { expect } from '@playwright/test'
import { setUpHousehold } from '../../support/household.ts'
import { cheapOffer } from '../../support/offers.ts'
import { exclusionPage } from '../../support/pages/exclusion-page.ts'
import { familyPage } from '../../support/pages/family-page.ts'
import { limitsPage } from '../../support/pages/limits-page.ts'
import { startPage } from '../../support/pages/start-page.ts'
import type { Chapter } from '../chapter.ts'

const weekly = 'Week · All sellers'
const people = [{ name: 'Mia' }, { name: 'Maximilian-Theodor von Hohenlohe', role: 'Teen', weekly: '5' }, { name: 'Ben', role: 'Adult' }] as const

export const household: Chapter = {
  title: 'a child asks, a guardian says yes, the week’s cap stops the next one, an adult takes a week off',
  async play(tuppence, album) {
    const { launcher, sandbox } = tuppence
    const { page } = launcher
    const start = startPage(page)
    const limits = limitsPage(page)
    const family = familyPage(page)
    await expect(start.justMe).toBeVisible()
    await album.take(page, 'first-start')
    await start.myFamily.click()
    const home = await setUpHousehold(tuppence, people, {
      onForm: () => album.take(page, 'household-form'),
      onWindow: (window, what) => album.take(window.page, what),
    })
    await limits.open()
    await limits.choose('Household')
    await page.getByRole('button', { name: 'Add limit' }).click()
    await limits.amount.fill('0.90')
    await limits.set.click()
    const consent = await tuppence.confirm()
    await expect(consent.page.getByLabel(/^PIN of /)).toBeVisible()
    await album.take(consent.page, 'consent-with-a-pin')
    await home.consent(home.guardian)
    await expect(limits.limit(weekly)).toContainText('€0.90 left')
    await album.take(page, 'limits-of-the-household')
    await home.lock()
    await album.take(page, 'who-is-there')

    await home.open('Mia')
    await album.take(page, 'store-of-a-child')
    await launcher.ask(cheapOffer.title)
    await expect(launcher.notice).toContainText('A guardian is asked.')
    await family.open()
    await expect(family.request(cheapOffer.title)).toBeVisible()
    await album.take(page, 'requests-of-a-child')
    await home.lock()

    await home.open(home.guardian)
    await family.open()
    await album.take(page, 'family')
    await family.answer(cheapOffer.title, 'Mia').click()
    const asked = await tuppence.confirm()
    await expect(asked.pay).toHaveAttribute('aria-disabled', 'false')
    await album.take(asked.page, 'confirm-what-a-child-asks')
    await asked.approveRequest({ pin: home.pinOf(home.guardian), code: await home.code() })
    await expect.poll(async () => (await sandbox.charges()).length).toBe(1)
    await expect.poll(tuppence.confirmWindows).toBe(0)
    await home.lock()

    await home.open('Mia')
    await launcher.openStore()
    await launcher.ask(cheapOffer.title)
    await expect(launcher.notice).toContainText('€0.90')
    await album.take(page, 'stopped-by-the-household')
    await home.lock()

    await home.open('Ben')
    const exclusion = exclusionPage(page)
    await exclusion.open()
    await exclusion.choose('7 days')
    await exclusion.begin.click()
    await home.consent('Ben')
    await expect(exclusion.state).toContainText('You are excluded from buying until')
    await album.take(page, 'a-week-off')
    await home.lock()

    await home.open(home.guardian)
    await launcher.openHistory()
    await expect(launcher.historyRows).toContainText('Mia')
    await album.take(page, 'history-of-everybody')
    await launcher.prefer('Deutsch', 'light')
    await page.getByRole('navigation').getByRole('link', { name: 'Familie' }).click()
    await album.take(page, 'family-german-light')
    expect(await sandbox.charges()).toHaveLength(1)
  },
}
