import { expect } from '@playwright/test'
import { bundleOffer, cheapOffer, yenOffer } from '../../support/offers.ts'
import type { Chapter } from '../chapter.ts'

export const buyAgain: Chapter = {
  title: 'buy again: a bundle, in yen, the same thing twice, and when things go wrong',
  async play(tuppence, album) {
    const { launcher, sandbox } = tuppence
    for (const offer of [bundleOffer, yenOffer, cheapOffer]) {
      await launcher.buy(offer.title)
      const confirm = await tuppence.confirm()
      await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
      await album.take(confirm.page, `confirm-${offer.id}`)
      await confirm.approve()
      await expect(launcher.notice).toContainText(offer.priceText)
      await expect.poll(tuppence.confirmWindows).toBe(0)
    }
    await launcher.buy(bundleOffer.title)
    const declined = await tuppence.confirm()
    await sandbox.setFaults({ kind: 'decline' })
    await declined.approve()
    await expect(declined.close).toBeVisible()
    await album.take(declined.page, 'declined')
    await declined.leave('close')
    await album.take(launcher.page, 'declined-in-the-store')

    await launcher.buy(bundleOffer.title)
    const unknown = await tuppence.confirm()
    await sandbox.setFaults({ kind: 'timeoutAfterCharge', delayMs: 100 })
    await unknown.approve()
    await expect(unknown.close).toBeVisible()
    await album.take(unknown.page, 'outcome-not-known')
    await unknown.leave('close')
    await album.take(launcher.page, 'outcome-not-known-in-the-store')
    await launcher.notice.getByRole('button', { name: 'Check now' }).click()
  },
}
