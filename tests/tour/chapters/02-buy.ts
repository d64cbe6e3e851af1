import { expect } from '@playwright/test'
import { cheapOffer } from '../../support/offers.ts'
import type { Chapter } from '../chapter.ts'

export const buy: Chapter = {
  title: 'buy something',
  async play(tuppence, album) {
    await tuppence.launcher.buy(cheapOffer.title)
    const confirm = await tuppence.confirm()
    await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
    await album.take(confirm.page, 'confirm')
    await album.take(tuppence.launcher.page, 'store-waiting-for-the-answer')
    await confirm.approve()
    await expect(tuppence.launcher.notice).toContainText('Paid')
    await album.take(tuppence.launcher.page, 'paid')
  },
}
