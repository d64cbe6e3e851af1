/** Limits, as a person sets them, meets them and changes them. */
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { limitsPage } from '../support/pages/limits-page.ts'
import { answerBoxes } from '../support/system-box.ts'

const dayMs = 24 * 60 * 60_000
const pauseMs = 30_000
const weekly = 'Week · All sellers'

async function setWeekly(tuppence: Tuppence, amount: string): Promise<void> {
  await answerBoxes(tuppence.electron, 'yes')
  const limits = limitsPage(tuppence.launcher.page)
  await limits.open()
  await limits.setFirst(amount)
  await expect(limits.limit(weekly)).toBeVisible()
}

async function buy({ launcher, confirm }: Tuppence): Promise<void> {
  await launcher.buy(cheapOffer.title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
}

/** The pages keep the real time: there the half minute for thinking it over has to pass as well. */
async function passPause({ launcher, sandbox }: Tuppence): Promise<void> {
  await sandbox.advanceClock(pauseMs)
  await launcher.page.clock.fastForward(pauseMs + 1_000)
}

test('P4 a weekly cap lets purchases through as long as there is room, asks once more near its end, and stops the next one, saying why', async ({ tuppence }) => {
  const { launcher, sandbox } = tuppence
  const limits = limitsPage(launcher.page)
  const asked = await answerBoxes(tuppence.electron, 'Cancel')
  await limits.open()
  await limits.setFirst('1')
  await expect.poll(asked).toMatch(/^Cancel\|/)
  await expect(launcher.page.getByText('You said no. Nothing was changed.')).toBeVisible()
  await expect(limits.limit(weekly)).toHaveCount(0)

  await setWeekly(tuppence, '1')
  await expect(limits.limit(weekly)).toContainText('€1.00 left')
  await launcher.openStore()
  await buy(tuppence)

  await launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.page.getByText('€0.02 left this week').first()).toBeVisible()
  await expect(confirm.limitQuestion).not.toBeChecked()
  expect(await seriousFindings(confirm.page)).toEqual([])
  await expect(async () => {
    await confirm.pay.click({ force: true })
    await expect(confirm.page.getByRole('status')).toContainText('tick the box above', { timeout: 500 })
  }).toPass()
  expect(await sandbox.charges()).toHaveLength(1)
  await confirm.approve()
  await expect(launcher.notice).toContainText('Paid')
  await expect(launcher.notice).toContainText('Four fifths of this limit are used')

  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('Nothing was charged.')
  await expect(launcher.notice).toContainText('You set a limit of €1.00 a week. €0.98 is spent, €0.02 is left, and this counts as €0.49.')
  await expect(launcher.notice).toContainText('There is room again from')
  await expect(launcher.notice.getByRole('listitem')).toHaveCount(2)
  expect(await seriousFindings(launcher.page)).toEqual([])
  expect(await tuppence.confirmWindows()).toBe(0)
  await launcher.notice.getByRole('link', { name: 'See your limits' }).first().click()
  await expect(limits.limit(weekly)).toContainText('€0.02 left')
  expect(await sandbox.charges()).toHaveLength(2)
})

test('P5 a tighter cap acts at once; a looser one after a pause, a day and a second yes', async ({ tuppence }) => {
  const { launcher, sandbox } = tuppence
  const { page } = launcher
  const limits = limitsPage(page)
  await page.clock.install()
  await setWeekly(tuppence, '1')
  await limits.considerChange(weekly, '0.40')
  await expect(page.getByText('This acts at once.')).toBeVisible()
  await limits.set.click()
  await expect(limits.limit(weekly)).toContainText('of €0.40')
  await launcher.openStore()
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('You set a limit of €0.40 a week.')

  await limits.open()
  await limits.considerChange(weekly, '5')
  await expect(page.getByText('at the earliest, after a second yes')).toBeVisible()
  await expect(limits.askLooser).toBeDisabled()
  await passPause(tuppence)
  await limits.askLooser.click()
  const waiting = limits.waiting(`${weekly}: €5.00`)
  await expect(waiting).toContainText('Waits until')
  await expect(limits.limit(weekly)).toContainText('of €0.40')
  expect(await seriousFindings(page)).toEqual([])

  await sandbox.advanceClock(dayMs)
  await launcher.openStore()
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('Nothing was charged.')
  await limits.open()
  await expect(waiting).toContainText('Ready for your second yes')
  await waiting.getByRole('button', { name: /^Confirm/ }).click()
  await expect(limits.limit(weekly)).toContainText('of €5.00')
  await expect(limits.log.filter({ hasText: 'Confirmed, acts now' })).toHaveCount(1)
  await launcher.openStore()
  await buy(tuppence)
  expect(await sandbox.charges()).toHaveLength(1)
})

test('P5 a looser cap that gets no second yes within seven days lapses', async ({ tuppence }) => {
  const { launcher, sandbox } = tuppence
  const limits = limitsPage(launcher.page)
  await launcher.page.clock.install()
  await setWeekly(tuppence, '1')
  await limits.considerChange(weekly, '5')
  await expect(limits.askLooser).toBeDisabled()
  await passPause(tuppence)
  await limits.askLooser.click()
  await expect(limits.waiting(`${weekly}: €5.00`)).toBeVisible()
  await sandbox.advanceClock(7 * dayMs)
  await launcher.openStore()
  await limits.open()
  await expect(launcher.page.getByRole('button', { name: /^Confirm/ })).toHaveCount(0)
  await expect(limits.limit(weekly)).toContainText('of €1.00')
})

test('P4 a new person sets a weekly cap with the keyboard alone: the screen, the amount, Enter, and yes in the box', async ({ tuppence }) => {
  const { page } = tuppence.launcher
  const limits = limitsPage(page)
  const asked = await answerBoxes(tuppence.electron, 'yes')
  const focusedName = () => page.evaluate(() => document.activeElement?.closest('a,button,input')?.textContent ?? '')
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Limits', exact: true })).toBeVisible()
  for (let tabs = 0; tabs < 10 && (await focusedName()) !== 'Limits'; tabs++) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await limits.amount.waitFor()
  for (let tabs = 0; tabs < 10; tabs++) {
    if (await limits.amount.evaluate((field) => field === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.type('10')
  await page.keyboard.press('Enter')
  await expect.poll(asked).toContain('10')
  await expect(limits.limit(weekly)).toContainText('€10.00 left')
})

test('the screen of the limits holds bars and their table at 200 %', async ({ tuppence }) => {
  const { page } = tuppence.launcher
  await setWeekly(tuppence, '10,50')
  await expect(limitsPage(page).limit(weekly)).toContainText('€10.50 left')
  await page.getByRole('button', { name: 'Show as table' }).click()
  await expect(page.getByRole('region', { name: 'Limits as a table' }).getByRole('row', { name: weekly })).toContainText('€10.50')
  expect(await seriousFindings(page)).toEqual([])
  // What a window of 1280 × 800 has left at 200 %.
  await page.setViewportSize({ width: 640, height: 400 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
})
