import { expect } from '@playwright/test'
import { chooseOperatorPin, kioskOf, operatorPin } from '../../support/kiosk.ts'
import { cheapOffer } from '../../support/offers.ts'
import type { Chapter } from '../chapter.ts'

/** So long without a touch brings the warning, in milliseconds, and as long again as is left until the minute is over ends the turn. */
const [warnAfterMs, leftThenMs] = [45_000, 15_000]

export const kiosk: Chapter = {
  title: 'a kiosk: somebody looks around, is warned and goes, and the operator ends it',
  async play(tuppence, album) {
    const { launcher, sandbox } = tuppence
    const { page } = launcher
    const { start, warning, leave } = kioskOf(tuppence)
    await expect(page.getByRole('button', { name: 'Choose the operator’s PIN' })).toBeVisible()
    await album.take(page, 'kiosk-first-start')
    await chooseOperatorPin(tuppence)
    await expect(start).toBeVisible()
    await album.take(page, 'kiosk')
    await start.click()
    await expect(launcher.offer(cheapOffer.title)).toBeVisible()
    await page.getByRole('searchbox').click()
    await expect(page.getByRole('group', { name: 'Keyboard on the screen' })).toBeVisible()
    await album.take(page, 'kiosk-store-and-keyboard')
    await page.getByRole('button', { name: 'Done', exact: true }).click()
    await sandbox.advanceClock(warnAfterMs)
    await expect(warning).toBeVisible()
    await album.take(page, 'kiosk-are-you-still-there')
    await sandbox.advanceClock(leftThenMs)
    await expect(start).toBeVisible()
    await leave.click()
    const window = await tuppence.confirm()
    await album.take(window.page, 'kiosk-operator')
    await window.leaveKiosk(operatorPin)
    await expect(page.getByRole('link', { name: 'History' })).toBeVisible()
  },
}
