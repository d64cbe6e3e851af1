import { once } from 'node:events'
import type { Fault } from '../../src/contract/http/messages.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'

/** Presses `Pay`; the yes is on its way. */
async function payInto(tuppence: Tuppence, fault: Fault): Promise<void> {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await tuppence.sandbox.setFaults(fault)
  await confirm.approve()
  await expect(confirm.pay).toBeHidden()
}

async function expectPaidOnce(tuppence: Tuppence): Promise<void> {
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.historyRows).toHaveCount(1)
  await expect(tuppence.launcher.historyRows).toContainText('Paid')
  expect(await tuppence.sandbox.charges()).toMatchObject([{ offerId: cheapOffer.id, amount: cheapOffer.amount }])
}

/** Waits until the yes is on the disk and its request goes out. */
async function untilCharging({ launcher }: Tuppence): Promise<void> {
  await expect(launcher.offer(cheapOffer.title)).toContainText('Charging…')
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
  await payInto(first, { kind: 'slow', delayMs: 20_000 })
  await untilCharging(first)
  await kill(first)
  const { launcher, sandbox } = await launch()
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(1)
  await expect(launcher.historyRows).toContainText('Being checked')
  // Only when the quote has run out can the request that was sent no longer be carried out.
  await sandbox.advanceClock(11 * 60_000)
  await launcher.page.getByRole('button', { name: 'Check now' }).click()
  await expect(launcher.historyRows).toContainText('Not charged')
  expect(await sandbox.charges()).toEqual([])
})

test('P2 killed between the charge and its answer, the app finds the one charge again at the next start', async ({ launch }) => {
  const first = await launch()
  await payInto(first, { kind: 'timeoutAfterCharge', delayMs: 20_000 })
  await expect.poll(async () => (await first.sandbox.charges()).length).toBe(1)
  await kill(first)
  await expectPaidOnce(await launch())
})

test('P2 closing the launcher while the charge is under way loses nothing', async ({ launch }) => {
  const first = await launch()
  await payInto(first, { kind: 'slow', delayMs: 1500 })
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

/** What a page of the app says, asked through the main process: a crashed page is none for Playwright any more. */
function launcherSays(tuppence: Tuppence): Promise<string> {
  return tuppence.electron.evaluate(async ({ BrowserWindow }) => {
    const launcher = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Tuppence')
    return launcher ? String(await launcher.webContents.executeJavaScript('document.body.innerText')) : 'no window'
  })
}

test('a launcher page that crashes is there again with the store', async ({ tuppence }) => {
  await tuppence.launcher.openHistory()
  await crashLauncher(tuppence)
  await expect.poll(() => launcherSays(tuppence).catch(() => '')).toContain(cheapOffer.title)
})

test('a launcher page that crashes twice in a row closes the app, which says so', async ({ tuppence }) => {
  const said: string[] = []
  tuppence.electron.process().stderr?.on('data', (text: Buffer) => said.push(text.toString()))
  await tuppence.electron.evaluate(({ dialog }) => {
    dialog.showErrorBox = (title, content) => console.error(`box: ${title}: ${content}`)
  })
  const ended = once(tuppence.electron.process(), 'exit')
  await crashLauncher(tuppence)
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
