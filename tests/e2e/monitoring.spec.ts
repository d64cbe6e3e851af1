/** What looks wrong is said before it is paid, waits, and can be answered. */
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { detailPage } from '../support/pages/detail-page.ts'
import { answerBoxes } from '../support/system-box.ts'

const minuteMs = 60_000

async function buy({ launcher, confirm, sandbox }: Tuppence): Promise<void> {
  await launcher.buy(cheapOffer.title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
  await sandbox.advanceClock(minuteMs)
}

test('nine small purchases in ten minutes are first noted and then wait, and none is stopped; this was not me freezes buying, lists what was bought, and ends after time to think', async ({ tuppence }) => {
  const { launcher, sandbox, electron } = tuppence
  const seen = { noted: 0, waited: 0 }
  for (let count = 1; count <= 8; count += 1) {
    await launcher.buy(cheapOffer.title)
    const confirm = await tuppence.confirm()
    await confirm.pay.waitFor()
    const isNoted = (await confirm.page.getByText('You are buying faster than you usually do:').count()) > 0
    if (isNoted) seen.noted += 1
    if ((await confirm.thinking.count()) > 0) {
      seen.waited += 1
      expect(isNoted).toBe(true)
      if (seen.waited === 1) {
        expect(await seriousFindings(confirm.page)).toEqual([])
        await expect(async () => {
          await confirm.pay.click({ force: true })
          await expect(confirm.hint).toContainText('Pay can be pressed in a moment', { timeout: 500 })
        }).toPass()
        expect(await sandbox.charges()).toHaveLength(count - 1)
      }
    }
    await confirm.approve()
    await expect(launcher.notice).toContainText('Paid')
    await sandbox.advanceClock(minuteMs)
  }
  expect(await sandbox.charges()).toHaveLength(8)
  expect(seen.waited).toBeGreaterThan(0)
  expect(seen.noted).toBeGreaterThanOrEqual(seen.waited)
  await buy(tuppence)

  // The newest of them was somebody else's.
  await launcher.openHistory()
  await launcher.historyRows.first().click()
  const card = detailPage(launcher.page).card('How it looked')
  await expect(card).toContainText('You are buying faster than you usually do')
  await expect(card).toContainText(/\d+ purchases/)
  const asked = await answerBoxes(electron, 'Cancel')
  await card.getByRole('button', { name: 'This was not me' }).click()
  await expect.poll(asked).toContain('Say that it was not you')
  await expect(card).toContainText('Nothing was changed.')
  await answerBoxes(electron, 'yes')
  await card.getByRole('button', { name: 'This was not me' }).click()
  await expect(card).toContainText('Buying is frozen on this computer.')
  await expect(card).toContainText('somebody else’s')
  expect(await seriousFindings(launcher.page)).toEqual([])

  await launcher.openStore()
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('buying is frozen')
  expect(await sandbox.charges()).toHaveLength(9)

  // The screen lists all of it, and is the way back.
  const { page } = launcher
  await launcher.notice.getByRole('link', { name: 'See what was noticed' }).click()
  await expect(page.getByText('Buying is frozen on this computer.')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Bought since then' }).getByRole('link', { name: /^Look and dispute: / })).toHaveCount(1)
  await expect(page.getByRole('figure', { name: 'How purchases were judged' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Judged purchases' }).getByRole('listitem').filter({ hasText: 'It was said: this was not me.' })).toHaveCount(1)
  expect(await seriousFindings(page)).toEqual([])
  const goOn = page.getByRole('button', { name: 'Buy again…' })
  await goOn.click()
  await expect(page.getByText(/Take \d+ seconds? to think about it/)).toBeVisible()
  await sandbox.advanceClock(minuteMs)
  await goOn.click()
  await expect(page.getByText('Buying goes on. Every purchase is asked about as before.')).toBeVisible()
  await expect(goOn).toHaveCount(0)
  await launcher.openStore()
  await buy(tuppence)
  expect(await sandbox.charges()).toHaveLength(10)
})
