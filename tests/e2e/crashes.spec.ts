import { once } from 'node:events'
import type { Fault } from '../../src/contract/http/messages.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'

/** Presses `Pay`, and waits until the yes is on the disk: its request is under way, or on a slow machine over already. */
async function payInto(tuppence: Tuppence, fault: Fault): Promise<void> {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await tuppence.sandbox.setFaults(fault)
  await confirm.approve()
  const charging = tuppence.launcher.offer(cheapOffer.title).getByText('Charging…')
  const ended = tuppence.launcher.notice.filter({ hasText: /Paid|not know/ })
  await expect(charging.or(ended)).toBeVisible()
}

async function expectPaidOnce(tuppence: Tuppence): Promise<void> {
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.historyRows).toHaveCount(1)
  await expect(tuppence.launcher.historyRows).toContainText('Paid')
  expect(await tuppence.sandbox.charges()).toMatchObject([{ offerId: cheapOffer.id, amount: cheapOffer.amount }])
}

/** As pulling the plug would, for the app: nothing of it gets to tidy up. */
async function kill(tuppence: Tuppence): Promise<void> {
  const process = tuppence.electron.process()
  const ended = once(process, 'exit')
  process.kill('SIGKILL')
  await ended
}

test('P2 killed before the gateway charged, the app finds at the next start that nothing was charged', async ({ launch }) => {
  const first = await launch()
  // The sandbox's gateway ends with the app, long before it would have charged.
  await payInto(first, { kind: 'slow', delayMs: 60_000 })
  await kill(first)
  const { launcher, sandbox } = await launch()
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(1)
  await expect(launcher.historyRows).toContainText('Being checked')
  // Only when the quote has run out can the request that was sent no longer be carried out. That is found out by itself.
  await sandbox.advanceClock(11 * 60_000)
  await expect(launcher.historyRows).toContainText('Not charged')
  expect(await sandbox.charges()).toEqual([])
})

test('P2 killed between the charge and its answer, the app finds the one charge again at the next start', async ({ launch }) => {
  const first = await launch()
  await payInto(first, { kind: 'timeoutAfterCharge', delayMs: 60_000 })
  await expect.poll(async () => (await first.sandbox.charges()).length).toBe(1)
  await kill(first)
  await expectPaidOnce(await launch())
})

test('P2 closing the launcher while the charge is under way loses nothing', async ({ launch }) => {
  const first = await launch()
  await payInto(first, { kind: 'slow', delayMs: 3_000 })
  const ended = once(first.electron.process(), 'exit')
  await first.launcher.page.close()
  await ended
  await expectPaidOnce(await launch())
})

/** Crashes the launcher's page from outside, as running out of memory would. */
function crashLauncher(tuppence: Tuppence): Promise<void> {
  return tuppence.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')!.webContents.forcefullyCrashRenderer()
  })
}

/** Resolves once the page has been loaded anew: what is asked of a page that is just about to crash may never be answered. */
function crashAndReviveLauncher(tuppence: Tuppence): Promise<void> {
  return tuppence.electron.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')!
    const loaded = Promise.withResolvers<void>()
    webContents.once('did-finish-load', () => loaded.resolve())
    webContents.forcefullyCrashRenderer()
    return loaded.promise
  })
}

/** What a page of the app says, asked through the main process: a crashed page is none for Playwright any more. */
function launcherSays(tuppence: Tuppence): Promise<string> {
  return tuppence.electron.evaluate(async ({ BrowserWindow }) => {
    const launcher = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')
    return launcher ? String(await launcher.webContents.executeJavaScript('document.body.innerText')) : 'no window'
  })
}

test('a launcher page that crashes is there again with the store', async ({ tuppence }) => {
  await tuppence.launcher.openHistory()
  await crashAndReviveLauncher(tuppence)
  await expect.poll(() => launcherSays(tuppence).catch(() => '')).toContain(cheapOffer.title)
})

test('a launcher page that crashes twice in a row closes the app, which says so', async ({ tuppence }) => {
  // Twice within a minute is in a row, and a minute is soon over on a slow machine.
  await tuppence.sandbox.holdClock()
  const said: string[] = []
  tuppence.electron.process().stderr?.on('data', (text: Buffer) => said.push(text.toString()))
  await tuppence.electron.evaluate(({ dialog }) => {
    dialog.showErrorBox = (title, content) => console.error(`box: ${title}: ${content}`)
  })
  const ended = once(tuppence.electron.process(), 'exit')
  // A page that crashes while it is loaded for the first time is another matter.
  await expect(tuppence.launcher.offer(cheapOffer.title)).toBeVisible()
  await crashAndReviveLauncher(tuppence)
  await expect.poll(() => launcherSays(tuppence).catch(() => '')).toContain(cheapOffer.title)
  await crashLauncher(tuppence)
  await ended
  expect(said.join('')).toContain('box: Tuppence has to close: Nothing is charged without your yes.')
})

test('P2 a sandbox gateway that was killed is started again by Try again, with all it knew', async ({ tuppence }) => {
  const { launcher, sandbox, electron } = tuppence
  await launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
  const before = await electron.evaluate(() => globalThis.tuppenceSandbox!.gatewayPid())
  process.kill(before!, 'SIGKILL')
  await expect.poll(() => electron.evaluate(() => globalThis.tuppenceSandbox!.gatewayPid())).toBeUndefined()

  await launcher.buy(cheapOffer.title)
  const missing = launcher.page.getByRole('alert', { name: 'What is missing' })
  await expect(missing).toContainText('The sandbox’s gateway has stopped')
  await expect(missing).toContainText('Press Try again to start it.')
  await expect(missing).not.toContainText('internet')
  expect(await tuppence.confirmWindows()).toBe(0)
  await missing.getByRole('button', { name: 'Try again' }).click()
  await expect(missing).toBeHidden()
  expect(await electron.evaluate(() => globalThis.tuppenceSandbox!.gatewayPid())).not.toBe(before)

  await launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect.poll(async () => (await sandbox.charges()).length).toBe(2)
  await launcher.openHistory()
  await expect(launcher.historyRows.filter({ hasText: 'Paid' })).toHaveCount(2)
})
