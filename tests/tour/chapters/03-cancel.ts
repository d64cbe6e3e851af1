import { expect } from '@playwright/test'
import { longOffer } from '../../support/offers.ts'
import type { Chapter } from '../chapter.ts'

export const cancel: Chapter = {
  title: 'think again and cancel',
  async play(tuppence, album) {
    await tuppence.launcher.buy(longOffer.title)
    const confirm = await tuppence.confirm()
    await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
    await album.take(confirm.page, 'confirm-long-names')
    await confirm.leave('cancel')
    await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
    await album.take(tuppence.launcher.page, 'cancelled')
  },
}
