/** A household: who opens what, what a child may, and what a guardian says. */
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import { setUpHousehold } from '../support/household.ts'
import { cheapOffer } from '../support/offers.ts'
import { exclusionPage } from '../support/pages/exclusion-page.ts'
import { familyPage } from '../support/pages/family-page.ts'
import { limitsPage } from '../support/pages/limits-page.ts'
import { startPage } from '../support/pages/start-page.ts'
import { answerBoxes } from '../support/system-box.ts'

const dayMs = 24 * 60 * 60_000
const minuteMs = 60_000
const pauseMs = 30_000
const weekly = 'Week · All sellers'
const mia = { name: 'Mia' }
const theo = { name: 'Theo', role: 'Teen', weekly: '5' } as const

test('the first start asks who uses this; one adult alone is in the store with one press, and has a weekly cap with four more', async ({ launch }) => {
  const { electron, launcher } = await launch({ firstStart: true })
  const start = startPage(launcher.page)
  const limits = limitsPage(launcher.page)
  await expect(start.justMe).toBeVisible()
  expect(await seriousFindings(launcher.page)).toEqual([])
  await start.justMe.click()
  await expect(launcher.offer(cheapOffer.title)).toBeVisible()
  await answerBoxes(electron, 'yes')
  await limits.open()
  await limits.setFirst('5')
  await expect(limits.limit('Week · All sellers')).toContainText('€5.00 left')
})

test('P8 a child asks, a guardian says yes with PIN and code, exactly that is charged once, and the cap of the household stops the next', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher, sandbox } = tuppence
  const limits = limitsPage(launcher.page)
  await startPage(launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [mia])
  await limits.open()
  await limits.choose('Household')
  await launcher.page.getByRole('button', { name: 'Add limit' }).click()
  await limits.setFirst('0.90')
  await home.consent(home.guardian)
  await expect(limits.limit('Week · All sellers')).toContainText('€0.90 left')
  await home.lock()

  await home.open('Mia')
  await launcher.ask(cheapOffer.title)
  await expect(launcher.notice).toContainText('A guardian is asked. Nothing was charged.')
  await launcher.ask(cheapOffer.title)
  const family = familyPage(launcher.page)
  await family.open()
  await expect(family.request(cheapOffer.title)).toHaveCount(1)
  expect(await seriousFindings(launcher.page)).toEqual([])

  await family.answer(cheapOffer.title).click()
  const window = await tuppence.confirm()
  await expect(window.page.getByRole('heading', { name: 'Mia asks for this' })).toBeVisible()
  expect(await seriousFindings(window.page)).toEqual([])
  await window.approveRequest({ pin: home.pinOf('Mia'), code: await home.code() })
  await expect(window.hint).toContainText('PIN or code is wrong. Nothing was paid.')
  await window.approveRequest({ pin: home.pinOf(home.guardian), code: '000000' })
  await expect(window.hint).toContainText('PIN or code is wrong. Nothing was paid.')
  expect(await sandbox.charges()).toEqual([])
  await window.approveRequest({ pin: home.pinOf(home.guardian), code: await home.code() })
  await expect.poll(async () => (await sandbox.charges()).length).toBe(1)
  await expect.poll(tuppence.confirmWindows).toBe(0)
  await expect(family.request(cheapOffer.title)).toContainText(home.guardian)
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(1)

  await launcher.openStore()
  await launcher.ask(cheapOffer.title)
  await expect(launcher.notice).toContainText('Nothing was charged.')
  await expect(launcher.notice).toContainText('€0.90')
  await expect(launcher.askGuardian).toHaveCount(0)
  expect(await sandbox.charges()).toHaveLength(1)
})

test('P8 a denial is told to the child with its reason, and nothing is charged', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher, sandbox } = tuppence
  await startPage(launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [mia])
  await home.lock()
  await home.open('Mia')
  await launcher.ask(cheapOffer.title)
  await expect(launcher.notice).toContainText('A guardian is asked.')
  await home.lock()
  await home.open(home.guardian)
  const family = familyPage(launcher.page)
  await expect(family.link).toContainText('1')
  await family.open()
  await family.answer(cheapOffer.title, 'Mia').click()
  await (await tuppence.confirm()).denyRequest({ pin: home.pinOf(home.guardian), reason: 'talkFirst', note: 'After dinner' })
  await expect.poll(tuppence.confirmWindows).toBe(0)
  await home.lock()
  await home.open('Mia')
  await family.open()
  await expect(family.request(cheapOffer.title)).toContainText('Let us talk about it first.')
  await expect(family.request(cheapOffer.title)).toContainText('After dinner')
  expect(await sandbox.charges()).toEqual([])
})

test('P8 wrong PINs make everybody wait, longer each time, through a restart and whatever the clock says', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  await startPage(tuppence.launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [mia])
  await home.lock()
  await startPage(tuppence.launcher.page).profile('Mia').click()
  const window = await tuppence.confirm()
  for (const wrong of ['4711', '4712', '4713']) {
    await window.enterPin(wrong)
    await expect(window.hint).toContainText('PIN is wrong')
    await expect(window.page.getByLabel('PIN', { exact: true })).toHaveValue('')
  }
  await tuppence.close()

  const again = await launch()
  await again.sandbox.jumpClock(dayMs)
  const tile = startPage(again.launcher.page).profile('Mia')
  await expect(tile).toBeDisabled()
  await expect(tile).toContainText('Wait')
  await again.sandbox.advanceClock(minuteMs)
  await tile.click()
  await (await again.confirm()).enterPin(home.pinOf('Mia'))
  await expect(startPage(again.launcher.page).open).toContainText('Mia')
})

test('a profile shows its own purchases only, is locked after five minutes without anybody, and after a restart', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher, sandbox } = tuppence
  const start = startPage(launcher.page)
  await start.myFamily.click()
  const home = await setUpHousehold(tuppence, [mia, theo])
  await home.lock()
  await home.open('Theo')
  await launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.page.getByText('Bought by')).toBeVisible()
  await expect(confirm.page.getByText('€4.51 left this week')).toBeVisible()
  await confirm.approve()
  await expect(launcher.notice).toContainText('Paid')
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(1)

  await sandbox.advanceClock(5 * minuteMs)
  await expect(start.heading).toBeVisible({ timeout: 30_000 })
  await expect(launcher.page.getByText(cheapOffer.title)).toHaveCount(0)
  await home.open('Mia')
  await launcher.openHistory()
  await expect(launcher.page.getByText('You have not bought anything yet.')).toBeVisible()
  await expect(launcher.historyRows).toHaveCount(0)
  await home.lock()
  await home.open(home.guardian)
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(1)
  await expect(launcher.historyRows).toContainText('Theo')
  await tuppence.close()

  const again = await launch()
  await expect(startPage(again.launcher.page).heading).toBeVisible()
})

test('P5 more to spend for a child, and another adult, wait a day and a second yes with the PIN', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher, sandbox } = tuppence
  const family = familyPage(launcher.page)
  await startPage(launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [mia])
  await family.open()
  await family.addMember('Inge', 'Adult')
  await home.consent(home.guardian, await home.code())
  await expect(family.waiting('Inge: Adult')).toBeVisible()
  expect(await seriousFindings(launcher.page)).toEqual([])
  await home.lock()
  await expect(startPage(launcher.page).profile('Inge')).toHaveCount(0)

  await sandbox.advanceClock(dayMs)
  await home.open(home.guardian)
  await family.open()
  await family.waiting('Inge: Adult').getByRole('button', { name: /^Confirm/ }).click()
  await (await tuppence.confirm()).consent(home.pinOf(home.guardian), await home.code())
  await (await tuppence.confirm()).chooseNewPin('7315')
  await expect.poll(tuppence.confirmWindows).toBe(0)
  await home.lock()
  await startPage(launcher.page).profile('Inge').click()
  await (await tuppence.confirm()).enterPin('7315')
  await expect(startPage(launcher.page).open).toContainText('Inge')
  await expect(launcher.page.getByRole('navigation').getByRole('link', { name: 'Ledger' })).toHaveCount(0)
})

test('P5 a guardian excludes a child, whose Ask is then a wall; what the child may spend is looser only after a day and a second yes', async ({ launch }) => {
  const tuppence = await launch({ firstStart: true })
  const { launcher, sandbox } = tuppence
  const { page } = launcher
  const limits = limitsPage(page)
  const exclusion = exclusionPage(page)
  const start = startPage(page)
  await start.myFamily.click()
  const home = await setUpHousehold(tuppence, [mia])
  await page.clock.install()
  await limits.open()
  await limits.choose('Mia')
  await limits.considerChange(weekly, '5')
  await expect(limits.askLooser).toBeVisible()
  await sandbox.advanceClock(pauseMs)
  await page.clock.fastForward(pauseMs + 1_000)
  await limits.askLooser.click()
  await home.consent(home.guardian, await home.code())
  await expect(limits.waiting(`Mia · ${weekly}: €5.00`)).toBeVisible()
  await exclusion.open()
  await exclusion.chooseWhom('Mia')
  await exclusion.choose('24 hours')
  await exclusion.begin.click()
  await home.consent(home.guardian)
  await home.lock()

  await home.open('Mia')
  await launcher.ask(cheapOffer.title)
  await expect(launcher.notice).toContainText('Nothing was charged.')
  await expect(launcher.askGuardian).toHaveCount(0)
  await home.lock()
  await sandbox.advanceClock(dayMs)
  await home.open(home.guardian)
  await limits.open()
  await limits.choose('Mia')
  await limits.waiting(`Mia · ${weekly}: €5.00`).getByRole('button', { name: /^Confirm/ }).click()
  await home.consent(home.guardian, await home.code())
  await expect(limits.limit(weekly)).toContainText('€5.00 left')
  expect(await sandbox.charges()).toEqual([])
})

test('P8 with another keychain nothing of the household is open, and it is said what can be done', async ({ launch }) => {
  const first = await launch({ firstStart: true })
  await startPage(first.launcher.page).myFamily.click()
  await setUpHousehold(first, [mia])
  await first.close()

  const other = await startPrivateKeychain()
  try {
    const { electron, launcher: { page }, close } = await launch({ env: other.env })
    const start = startPage(page)
    const said = page.getByRole('main')
    await expect(page.getByRole('heading', { name: 'No profile can be opened here' })).toBeVisible()
    await expect(said).toContainText('Nothing can be bought on this computer, so nothing is charged here.')
    await expect(said).toContainText('A new ledger does not')
    await expect(start.profile('Mia')).toBeDisabled()
    await expect(page.getByRole('navigation')).toHaveCount(0)
    expect(await seriousFindings(page)).toEqual([])
    await answerBoxes(electron, 'yes')
    await page.getByRole('button', { name: 'Repair…' }).click()
    // A new ledger knows of the household by the gateway only.
    await expect(start.profile('Guardian 1')).toBeDisabled()
    await expect(said).toContainText('The PINs of its members are only there')
    await expect(said).not.toContainText('A new ledger does not')
    await close()
  } finally {
    await other.stop()
  }
})

test('while the keychain is locked it is said that no PIN is lost, and profiles are not said to have none', async ({ launch, keychain }) => {
  const first = await launch({ firstStart: true })
  await startPage(first.launcher.page).myFamily.click()
  await setUpHousehold(first, [mia])
  await keychain.lock()
  await startPage(first.launcher.page).lock.click()
  const said = first.launcher.page.getByRole('main')
  await expect(said).toContainText('No PIN is lost')
  await expect(startPage(first.launcher.page).profile('Mia')).toContainText('Cannot be opened now.')
})
