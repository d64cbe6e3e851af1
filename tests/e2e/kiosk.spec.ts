/** Kiosk mode: a bored visitor does not get out, the next one finds nothing, and the operator's PIN ends it. */
import { fakeGamepad, padButton } from '../support/fake-gamepad.ts'
import { expect, test } from '../support/fixtures.ts'
import { setUpHousehold, type Household } from '../support/household.ts'
import { chooseOperatorPin, kioskOf, operatorPin, tryToLeave } from '../support/kiosk.ts'
import { kioskChords } from '../support/kiosk-chords.ts'
import { type Tuppence, windowTitled } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { startPage } from '../support/pages/start-page.ts'
import { answerBoxes } from '../support/system-box.ts'

const warnAfterMs = 45_000
const overAfterMs = 60_000

/** What would lead out of the app: windows, boxes of the system, other addresses. */
function watchForWaysOut({ electron }: Tuppence): Promise<void> {
  return electron.evaluate(({ app, dialog }) => {
    const found: string[] = []
    Object.assign(globalThis, { waysOut: found })
    app.on('browser-window-created', () => found.push('a window'))
    for (const box of ['showMessageBox', 'showSaveDialog', 'showOpenDialog', 'showErrorBox'] as const) {
      dialog[box] = (() => {
        found.push(box)
        return Promise.resolve({ response: 1, canceled: true, filePath: '', filePaths: [] })
      }) as never
    }
  })
}

function waysOut({ electron }: Tuppence): Promise<readonly string[]> {
  return electron.evaluate(() => (globalThis as unknown as { waysOut: string[] }).waysOut)
}

/** A household that was set up as usual, and then its kiosk with the operator's PIN. */
async function kioskWithHousehold(launch: (options?: { firstStart?: boolean; args?: string[] }) => Promise<Tuppence>): Promise<{ tuppence: Tuppence; pinOf: Household['pinOf'] }> {
  const first = await launch({ firstStart: true })
  await startPage(first.launcher.page).myFamily.click()
  const { pinOf } = await setUpHousehold(first, [{ name: 'Theo', role: 'Teen', weekly: '5' }])
  await first.close()
  const tuppence = await launch({ args: ['--kiosk'] })
  await chooseOperatorPin(tuppence)
  return { tuppence, pinOf }
}

async function openProfile(tuppence: Tuppence, name: string, pin: string): Promise<void> {
  const start = startPage(tuppence.launcher.page)
  await kioskOf(tuppence).start.click()
  await start.profile(name).click()
  await (await tuppence.confirm()).enterPin(pin)
  await expect(start.open).toContainText(name)
  await expect.poll(tuppence.confirmWindows).toBe(0)
}

test('in a kiosk no key, mouse, drop or page leads out, and wrong PINs do neither; the operator’s PIN does', async ({ launch }) => {
  test.setTimeout(180_000)
  const tuppence = await launch({ args: ['--kiosk'] })
  const { launcher: { page }, electron } = tuppence
  const kiosk = kioskOf(tuppence)
  await chooseOperatorPin(tuppence)
  await kiosk.start.click()
  await expect(tuppence.launcher.offer(cheapOffer.title)).toBeVisible()
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1920)
  // The hidden window of the next question is made in advance.
  await expect.poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(2)
  const before = await kiosk.windows()
  expect(before).toMatchObject([{ isFull: true, isKiosk: true, zoom: 1, title: 'Tuppence' }])
  await watchForWaysOut(tuppence)

  const seen = await page.evaluateHandle(() => {
    const keys: string[] = []
    addEventListener('keydown', ({ key }) => keys.push(key), { capture: true })
    return keys
  })
  for (const chord of kioskChords) await page.keyboard.press(chord)
  await page.keyboard.press('Home')
  await expect.poll(() => seen.jsonValue()).toContain('Home')
  // Of some chords it is the first key that is let through, and then nothing else.
  expect((await seen.jsonValue()).filter((key) => key !== 'Shift')).toEqual(['Home'])
  for (const button of ['left', 'middle', 'right'] as const) await page.mouse.click(700, 60, { button })
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -400)
  await page.keyboard.up('Control')
  await page.evaluate(() => {
    const files = new DataTransfer()
    files.items.add(new File(['x'], 'page.html', { type: 'text/html' }))
    files.setData('text/uri-list', 'https://example.com/')
    for (const type of ['dragenter', 'dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: files }))
    location.href = 'view-source:https://example.com/'
    window.open('https://example.com/')
  })
  expect(await kiosk.windows()).toEqual(before)
  expect(await page.evaluate(() => [devicePixelRatio, visualViewport?.scale])).toEqual([1, 1])
  expect(await waysOut(tuppence)).toEqual([])

  // Main refuses what the page does not offer.
  const refused = await page.evaluate(async () => {
    const { tuppence: bridge } = window
    const ends = (call: Promise<unknown>) => call.then((answer) => JSON.stringify(answer), (error: Error) => error.message.replace(/.*: /, ''))
    return Promise.all([
      ends(bridge.history.export({} as never)), ends(bridge.imports.choose({} as never)), ends(bridge.ledger.backUp()), ends(bridge.kiosk.begin()),
      ends(bridge.app.setPreferences({ language: 'de', theme: 'light' })), ends(bridge.household.rename({ memberId: 'x', name: 'y' })), ends(bridge.kiosk.setPin()),
    ])
  })
  expect(refused).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'refused', '{"kind":"refused","reason":"notAllowed"}'])

  const trusted = await tryToLeave(tuppence, '9999')
  await expect(trusted.hint).toContainText('The PIN is wrong')
  expect(await kiosk.windows()).toHaveLength(2)
  await trusted.leaveKiosk('9998')
  await trusted.leaveKiosk('9997')
  await expect(trusted.hint).toContainText('No try counts before')
  await trusted.leaveKiosk(operatorPin)
  await expect(trusted.hint).toContainText('too early for another try')
  await tuppence.sandbox.advanceClock(30_000)
  await trusted.leaveKiosk(operatorPin)
  await expect(page.getByRole('link', { name: 'History' })).toBeVisible()
  await expect.poll(() => electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((one) => one.isKiosk()))).toBe(false)
})

test('P10 when nobody is there the next one finds nothing of the one before, and what was being asked is cancelled', async ({ launch }) => {
  test.setTimeout(180_000)
  const { tuppence, pinOf } = await kioskWithHousehold(launch)
  const { launcher, sandbox } = tuppence
  const { page } = launcher
  const kiosk = kioskOf(tuppence)
  const search = page.getByRole('searchbox')
  await openProfile(tuppence, 'Theo', pinOf('Theo'))
  await search.click()
  for (const letter of 'wolf') await page.getByRole('button', { name: letter, exact: true }).click()
  await expect(search).toHaveValue('wolf')
  await page.getByRole('button', { name: 'Done', exact: true }).click()
  await expect(page.getByRole('group', { name: 'Keyboard on the screen' })).toBeHidden()
  await sandbox.advanceClock(warnAfterMs)
  await expect(kiosk.warning).toContainText(/In \d+ seconds/)
  await kiosk.stillHere.click()
  await expect(kiosk.warning).toBeHidden()
  await expect(search).toHaveValue('wolf')

  await search.fill('')
  await launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
  await sandbox.advanceClock(warnAfterMs)
  await expect(confirm.page.getByRole('alert')).toContainText('Are you still there?')
  await sandbox.advanceClock(overAfterMs - warnAfterMs)
  await expect(kiosk.start).toBeVisible()
  await expect.poll(tuppence.confirmWindows).toBe(0)
  expect(await sandbox.charges()).toEqual([])
  await kiosk.start.click()
  await expect(startPage(page).heading).toBeVisible()
  await page.getByRole('button', { name: 'Just look around the store' }).click()
  await expect(search).toHaveValue('')
  await expect(launcher.notice.getByText(cheapOffer.title)).toBeHidden()
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('Nothing was charged')
  expect(await tuppence.confirmWindows()).toBe(0)

  await kiosk.done.click()
  await openProfile(tuppence, 'Theo', pinOf('Theo'))
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByRole('link', { name: 'Purchases' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Export' })).toBeHidden()
  await expect(page.getByRole('link', { name: 'Import' })).toBeHidden()
  await kiosk.done.click()
  await expect(kiosk.start).toBeVisible()
  expect(new URL(page.url()).hash).toBe('')
})

test('P1 a page that crashes or hangs comes back, and what was being asked is cancelled, never approved', async ({ launch }) => {
  test.setTimeout(180_000)
  const { tuppence, pinOf } = await kioskWithHousehold(launch)
  const { electron, sandbox, launcher } = tuppence
  await openProfile(tuppence, 'Theo', pinOf('Theo'))
  await launcher.buy(cheapOffer.title)
  await expect((await tuppence.confirm()).pay).toHaveAttribute('aria-disabled', 'false')
  /** Milliseconds until the page is loaded anew; how long that takes depends on the machine, and is told rather than judged. */
  const backAfter = (how: 'crash' | 'hang') =>
    electron.evaluate(({ BrowserWindow }, what) => {
      const { webContents } = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')!
      const [loaded, beganMs] = [Promise.withResolvers<number>(), Date.now()]
      webContents.once('did-finish-load', () => loaded.resolve(Date.now() - beganMs))
      if (what === 'crash') webContents.forcefullyCrashRenderer()
      else webContents.executeJavaScript('for (;;) {}').catch(() => {})
      return loaded.promise
    }, how)
  const says = () =>
    electron.evaluate(async ({ BrowserWindow }) => String(await BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')!.webContents.executeJavaScript('document.body.innerText')))
  const crashMs = await backAfter('crash')
  await expect.poll(() => says().catch(() => '')).toContain('Touch to begin')
  expect(await tuppence.confirmWindows()).toBe(0)
  expect(await sandbox.charges()).toEqual([])
  const hangMs = await backAfter('hang')
  await expect.poll(() => says().catch(() => '')).toContain('Touch to begin')
  test.info().annotations.push({ type: 'measured', description: `back after a crash in ${crashMs} ms, after a hang in ${hangMs} ms` })
  console.log(`back after a crash in ${crashMs} ms, after a hang in ${hangMs} ms`)
})

test('an adult alone begins kiosk mode from the preferences; a restart comes back to it, and what closes its window does not end it', async ({ launch }) => {
  test.setTimeout(180_000)
  const first = await launch()
  await answerBoxes(first.electron, 'yes')
  await first.launcher.page.getByRole('button', { name: 'Preferences' }).click()
  await first.launcher.page.getByRole('button', { name: 'Begin kiosk mode…' }).click()
  await (await first.confirm()).chooseNewPin(operatorPin)
  await expect(kioskOf(first).start).toBeVisible()
  await first.close()
  const tuppence = await launch()
  const kiosk = kioskOf(tuppence)
  await kiosk.start.click()
  await expect(tuppence.launcher.offer(cheapOffer.title)).toBeVisible()
  await expect(tuppence.launcher.page.getByRole('link', { name: 'History' })).toBeHidden()
  const closed = tuppence.launcher.page.waitForEvent('close')
  await tuppence.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')!.destroy())
  await closed
  // The window of the next question is made in advance, and is another.
  const again = await windowTitled(tuppence.electron, 'Tuppence')
  await expect(again.getByRole('button', { name: 'Leave…' })).toBeVisible()
})

test('P1 a game controller goes through the store; a press of A pays nothing, one that is held pays once, and B cancels', async ({ launch }) => {
  test.setTimeout(180_000)
  const { tuppence, pinOf } = await kioskWithHousehold(launch)
  const { launcher: { page }, sandbox } = tuppence
  await openProfile(tuppence, 'Theo', pinOf('Theo'))
  await page.bringToFront()
  const pad = await fakeGamepad(page)
  await pad.press(padButton.rightBumper)
  await expect(page.getByRole('link', { name: 'History', exact: true })).toHaveAttribute('aria-current', 'page')
  await pad.press(padButton.leftBumper)
  const buy = tuppence.launcher.offer(cheapOffer.title).getByRole('button', { name: 'Buy', exact: true })
  await page.getByRole('searchbox').fill(cheapOffer.title)
  for (const _ of Array.from({ length: 8 })) {
    if (await buy.evaluate((button) => button === document.activeElement)) break
    await pad.press(padButton.down)
  }
  await expect(buy).toBeFocused()

  await pad.press(padButton.a)
  const first = await tuppence.confirm()
  await expect(first.pay).toHaveAttribute('aria-disabled', 'false')
  const inFirst = await fakeGamepad(first.page)
  await first.pay.focus()
  await inFirst.press(padButton.a)
  await expect(first.pay).toBeVisible()
  // The page is gone before it could say that it has looked.
  await inFirst.press(padButton.b).catch(() => null)
  await expect.poll(tuppence.confirmWindows).toBe(0)
  expect(await sandbox.charges()).toEqual([])

  await tuppence.launcher.buy(cheapOffer.title)
  const second = await tuppence.confirm()
  await expect(second.pay).toHaveAttribute('aria-disabled', 'false')
  const inSecond = await fakeGamepad(second.page)
  await second.pay.focus()
  await inSecond.hold()
  await inSecond.hold(padButton.a).catch(() => null)
  await expect.poll(tuppence.confirmWindows).toBe(0)
  await expect.poll(async () => (await sandbox.charges()).length).toBe(1)
})
