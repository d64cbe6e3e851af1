import { expect } from '@playwright/test'
import { detailPage } from '../../support/pages/detail-page.ts'
import { answerBoxes } from '../../support/system-box.ts'
import type { Chapter } from '../chapter.ts'

const gems = '60 Nuggets'
const minuteMs = 60_000

export const nineGems: Chapter = {
  title: 'nine gems in ten minutes: the window says so with numbers, then a yes has to wait, and nothing is stopped',
  async play(tuppence, album) {
    const { launcher, sandbox } = tuppence
    const seen = { noted: false, waited: false }
    for (let count = 1; count <= 9; count += 1) {
      await launcher.buy(gems)
      const confirm = await tuppence.confirm()
      await confirm.pay.waitFor()
      const isNoted = (await confirm.page.getByText('You are buying faster than you usually do:').count()) > 0
      const isWaiting = (await confirm.thinking.count()) > 0
      if (isNoted && !isWaiting && !seen.noted) await album.take(confirm.page, 'confirm-faster-than-usual')
      if (isWaiting && !seen.waited) await album.take(confirm.page, 'confirm-takes-a-moment')
      if (count === 9) await album.take(confirm.page, 'confirm-nine-gems')
      seen.noted ||= isNoted
      seen.waited ||= isWaiting
      await confirm.approve()
      await expect(launcher.notice).toContainText('Paid')
      await expect.poll(tuppence.confirmWindows).toBe(0)
      await sandbox.advanceClock(minuteMs)
    }
    expect(seen).toEqual({ noted: true, waited: true })
    expect(await sandbox.charges()).toHaveLength(9)
  },
}

export const notMe: Chapter = {
  title: 'this was not me: buying is frozen, and says so',
  async play(tuppence, album) {
    const { launcher, sandbox } = tuppence
    const { page } = launcher
    await launcher.openHistory()
    await launcher.historyRows.first().click()
    const card = detailPage(page).card('How it looked')
    await card.scrollIntoViewIfNeeded()
    await album.take(page, 'purchase-how-it-looked')
    await answerBoxes(tuppence.electron, 'yes')
    await card.getByRole('button', { name: 'This was not me' }).click()
    await expect(card).toContainText('Buying is frozen on this computer.')
    await album.take(page, 'purchase-this-was-not-me')
    await launcher.openStore()
    await launcher.buy(gems)
    await expect(launcher.notice).toContainText('buying is frozen')
    await album.take(page, 'buying-is-frozen')
    expect(await sandbox.charges()).toHaveLength(9)
    await page.getByRole('link', { name: /^Monitoring/ }).click()
    await expect(page.getByText('Buying is frozen on this computer.')).toBeVisible()
    await album.take(page, 'monitoring-frozen')
    await page.getByRole('heading', { name: 'How unusual each purchase was' }).scrollIntoViewIfNeeded()
    await album.take(page, 'monitoring-time-line')
  },
}
