/** Self-exclusion, as a person begins it, meets it, and comes back from it. */
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { exclusionPage } from '../support/pages/exclusion-page.ts'
import { answerBoxes } from '../support/system-box.ts'

const dayMs = 24 * 60 * 60_000

async function excludeForAWeek(tuppence: Tuppence): Promise<void> {
  await answerBoxes(tuppence.electron, 'yes')
  const exclusion = exclusionPage(tuppence.launcher.page)
  await exclusion.open()
  await exclusion.choose('7 days')
  await exclusion.begin.click()
  await expect(exclusion.state).toContainText('You have excluded yourself from buying until')
}

async function expectBlocked({ launcher, confirmWindows, sandbox }: Tuppence, why: string): Promise<void> {
  await launcher.openStore()
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('Nothing was charged.')
  await expect(launcher.notice).toContainText(why)
  expect(await confirmWindows()).toBe(0)
  expect(await sandbox.charges()).toEqual([])
}

test('P5 an exclusion begins only after a yes in a box of the system, stops buying, and leaves store and history open', async ({ tuppence }) => {
  const { launcher, electron } = tuppence
  const exclusion = exclusionPage(launcher.page)
  const asked = await answerBoxes(electron, 'Cancel')
  await exclusion.open()
  await exclusion.chooseCountry('United Kingdom')
  await expect(exclusion.help).toContainText('0808 8020 133')
  await exclusion.begin.click()
  await expect(exclusion.state).toContainText('Choose how long first.')
  await exclusion.choose('6 months')
  await exclusion.begin.click()
  await expect.poll(asked).toMatch(/^Cancel\|/)
  await expect(exclusion.state).toContainText('You said no. Nothing was changed.')

  await excludeForAWeek(tuppence)
  expect(await seriousFindings(launcher.page)).toEqual([])
  await expectBlocked(tuppence, 'You have excluded yourself from buying until')
  await expect(launcher.page.getByText('The store can be looked at.')).toBeVisible()
  await expect(launcher.notice.getByRole('link')).toHaveText('Where help is, and how this ends')
  await launcher.openHistory()
  await expect(launcher.page.getByText('You have not bought anything yet.')).toBeVisible()
})

test('P5 an exclusion outlives a restart and a clock that is set forward; only a longer one can be chosen', async ({ launch }) => {
  const first = await launch()
  await excludeForAWeek(first)
  await first.close()

  const app = await launch()
  await expectBlocked(app, 'You have excluded yourself from buying until')
  await app.sandbox.jumpClock(30 * dayMs)
  await expectBlocked(app, 'You have excluded yourself from buying until')
  await app.sandbox.jumpClock(-30 * dayMs)

  const exclusion = exclusionPage(app.launcher.page)
  await exclusion.open()
  await expect(exclusion.state.getByRole('radio')).toHaveCount(4)
  const before = await exclusion.state.getByText(/excluded yourself from buying until/).textContent()
  await answerBoxes(app.electron, 'yes')
  await exclusion.choose('30 days')
  await exclusion.begin.click()
  await expect(exclusion.state.getByText(/excluded yourself from buying until/)).not.toHaveText(before!)
})

test('P5 after its end by the gateway’s clock buying waits for a new yes and one more day', async ({ tuppence }) => {
  const { launcher, sandbox } = tuppence
  const exclusion = exclusionPage(launcher.page)
  await excludeForAWeek(tuppence)
  await sandbox.advanceClock(7 * dayMs)
  await expectBlocked(tuppence, 'Your self-exclusion ended on')
  await exclusion.open()
  await exclusion.askReturn.click()
  await expect(exclusion.state).toContainText('You can buy again from')
  await expectBlocked(tuppence, 'your new yes acts from')
  await sandbox.advanceClock(dayMs)
  await launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
})
