import { compactVerify, importJWK } from 'jose'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { payloadsOf, readLedger } from '../support/ledger-file.ts'
import { cheapOffer } from '../support/offers.ts'
import type { ConfirmPage } from '../support/pages/confirm-page.ts'

test('P1 P2 buying makes one charge, one receipt that verifies, one balanced entry and one line in the history @smoke', async ({
  tuppence,
  dataDir,
}) => {
  const { launcher, sandbox, electron } = tuppence
  await launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.page.getByText(cheapOffer.seller, { exact: true }).first()).toBeVisible()
  await expect(confirm.page.getByText(cheapOffer.title, { exact: true }).first()).toBeVisible()
  await expect(confirm.pay).toContainText(cheapOffer.priceText)
  await confirm.approve()

  await expect(launcher.notice).toContainText('Paid')
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(1)
  await expect(launcher.historyRows).toContainText(cheapOffer.title)

  const charges = await sandbox.charges()
  expect(charges).toMatchObject([{ offerId: cheapOffer.id, amount: cheapOffer.amount, currency: cheapOffer.currency }])
  const { signingKey } = await electron.evaluate(() => globalThis.tuppenceSandbox!.gateway())
  await tuppence.close()

  const ledger = readLedger(dataDir)
  const [succeeded, ...more] = payloadsOf(ledger, 'purchase.succeeded')
  expect(more).toEqual([])
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: signingKey.x }, 'EdDSA')
  const { payload } = await compactVerify(String(succeeded?.['receipt']), key)
  expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
    receiptNumber: charges[0]?.receiptNumber,
    price: { amount: cheapOffer.amount, currency: cheapOffer.currency },
    payee: cheapOffer.seller,
  })
  expect(ledger.postings).toHaveLength(2)
  expect(ledger.postings.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n)
  expect(payloadsOf(ledger, 'purchase.approved')).toMatchObject([{ challenge: { payee: cheapOffer.seller } }])
})

test('P1 cancelling, by button, by Escape or by closing the window, charges nothing', async ({ tuppence, dataDir }) => {
  const { launcher, sandbox } = tuppence
  const ways = [
    (confirm: ConfirmPage) => confirm.leave('cancel'),
    async ({ page, pay }: ConfirmPage) => {
      // A window that gets the focus at this very moment takes half of a key for somebody else's.
      await expect(pay).toHaveAttribute('aria-disabled', 'false')
      await page.keyboard.press('Escape')
    },
    ({ page }: ConfirmPage) => page.close(),
  ]
  for (const cancel of ways) {
    await launcher.buy(cheapOffer.title)
    const confirm = await tuppence.confirm()
    const closed = confirm.page.waitForEvent('close')
    // The window may be gone before Playwright has heard that the press arrived.
    await Promise.all([closed, cancel(confirm).catch(() => null)])
    await expect.poll(tuppence.confirmWindows).toBe(0)
    await expect(launcher.offer(cheapOffer.title).getByRole('button', { name: 'Buy', exact: true })).toBeEnabled()
  }
  expect(await sandbox.charges()).toEqual([])
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(0)
  await tuppence.close()
  const ledger = readLedger(dataDir)
  expect(ledger.postings).toEqual([])
  expect(payloadsOf(ledger, 'purchase.approved')).toEqual([])
  expect(payloadsOf(ledger, 'purchase.cancelled')).toHaveLength(3)
})

/** After a disturbance, with both clocks held: the main process would take any answer, so that only the page can refuse one. */
async function leaveItToThePage({ sandbox }: Tuppence, confirm: ConfirmPage): Promise<void> {
  await expect(confirm.pay).toHaveAttribute('aria-disabled', 'true')
  await sandbox.advanceClock(1_000)
}

/** Pressed once time passes again, it pays. */
async function expectLaterPressPays({ launcher, sandbox }: Tuppence, confirm: ConfirmPage): Promise<void> {
  await expect(confirm.page.getByText('Nothing was paid')).toBeVisible()
  expect(await sandbox.charges()).toEqual([])
  await sandbox.releaseClock()
  await confirm.page.clock.resume()
  await confirm.approve()
  await expect(launcher.notice).toContainText('Paid')
  expect(await sandbox.charges()).toHaveLength(1)
}

test('P1 Enter pressed 20 times as the confirm window appears pays nothing', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await confirm.pay.focus()
  await confirm.holdTime()
  await tuppence.sandbox.holdClock()
  await tuppence.showConfirmWindow()
  await leaveItToThePage(tuppence, confirm)
  for (let press = 0; press < 20; press += 1) {
    await confirm.page.keyboard.press('Enter')
    await expect(confirm.pay).toBeFocused()
    await confirm.page.clock.runFor(press < 19 ? 25 : 24)
  }
  await confirm.page.keyboard.press('Enter')
  await expectLaterPressPays(tuppence, confirm)
})

test('P1 keys and clicks on Pay do not count while the window was just moved', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await confirm.pay.focus()
  await confirm.holdTime()
  await tuppence.sandbox.holdClock()
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await tuppence.moveConfirmWindow()
    await leaveItToThePage(tuppence, confirm)
    await confirm.page.clock.runFor(499)
    await confirm.page.keyboard.press(attempt % 2 ? 'Enter' : 'Space')
    await confirm.pay.click({ force: true })
  }
  await expectLaterPressPays(tuppence, confirm)
})

test('P2 closing the confirm window while the charge is under way loses nothing', async ({ launch }) => {
  const first = await launch()
  await first.launcher.buy(cheapOffer.title)
  const confirm = await first.confirm()
  // The answer is held until the gateway is told to stop.
  await first.sandbox.setFaults({ kind: 'timeoutAfterCharge', delayMs: 60_000 })
  await confirm.approve()
  await expect(confirm.pay).toBeHidden()
  await expect.poll(async () => (await first.sandbox.charges()).length).toBe(1)
  await confirm.page.close()
  await first.sandbox.stopGateway()
  // What the app did not hear, it asks for at the next start.
  await expect(first.launcher.notice).toContainText(/Paid|not know/)
  await first.close()
  const { launcher, sandbox } = await launch()
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(1)
  await expect(launcher.historyRows).toContainText('Paid')
  expect(await sandbox.charges()).toHaveLength(1)
})

test('P3 what was bought is still in the history after a restart', async ({ launch }) => {
  const first = await launch()
  await first.launcher.buy(cheapOffer.title)
  await (await first.confirm()).approve()
  await expect(first.launcher.notice).toContainText('Paid')
  await first.close()

  const second = await launch()
  await second.launcher.openHistory()
  await expect(second.launcher.historyRows).toHaveCount(1)
  await expect(second.launcher.historyRows).toContainText(cheapOffer.title)
})
