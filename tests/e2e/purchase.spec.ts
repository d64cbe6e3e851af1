import { compactVerify, importJWK } from 'jose'
import { expect, test } from '../support/fixtures.ts'
import { payloadsOf, readLedger } from '../support/ledger-file.ts'
import { cheapOffer } from '../support/offers.ts'

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
    async () => (await tuppence.confirm()).cancel.click(),
    async () => (await tuppence.confirm()).page.keyboard.press('Escape'),
    async () => (await tuppence.confirm()).page.close(),
  ]
  for (const cancel of ways) {
    await launcher.buy(cheapOffer.title)
    await cancel()
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

/** What the confirm page saw, on its own clock: when it was disturbed, and when a key went down. */
interface Seen {
  readonly kind: 'disturbed' | 'keydown'
  readonly atMs: number
}

test('P1 Enter pressed 20 times as the confirm window appears pays nothing', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const { page, pay } = await tuppence.confirm()
  await pay.focus()
  await page.evaluate(() => {
    const seen: Seen[] = []
    Object.assign(globalThis, { seen })
    const note = (kind: Seen['kind']) => () => void seen.push({ kind, atMs: performance.now() })
    window.confirmation.window.onDisturbed(note('disturbed'))
    document.addEventListener('keydown', note('keydown'), { capture: true })
  })
  for (let press = 0; press < 20; press += 1) {
    // However slow the machine is: no press is later than half a second after a disturbance.
    await tuppence.electron.evaluate(({ BrowserWindow }, x) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Confirm purchase')!
      window.setBounds({ ...window.getBounds(), x })
    }, 10 + press * 7)
    await page.keyboard.press('Enter')
  }
  await expect(pay).toBeFocused()
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen[] }).seen)
  const calmMs = seen.flatMap(({ kind, atMs }, index) => {
    if (kind !== 'keydown') return []
    const disturbed = seen.slice(0, index).findLast((earlier) => earlier.kind === 'disturbed')
    return [atMs - (disturbed?.atMs ?? Number.NEGATIVE_INFINITY)]
  })
  expect(calmMs).toHaveLength(20)
  expect(Math.max(...calmMs)).toBeLessThan(500)
  await expect(page.getByText('Nothing was paid')).toBeVisible()
  expect(await tuppence.sandbox.charges()).toEqual([])
  await expect(pay).toHaveAttribute('aria-disabled', 'false')
  await page.keyboard.press('Enter')
  await expect(tuppence.launcher.notice).toContainText('Paid')
})

test('P1 keys and clicks on Pay do not count while the window was just moved', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await confirm.pay.focus()
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await tuppence.electron.evaluate(({ BrowserWindow }, x) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.getTitle() === 'Confirm purchase')
      window?.setBounds({ ...window.getBounds(), x })
    }, attempt * 7)
    await confirm.page.keyboard.press(attempt % 2 ? 'Enter' : 'Space')
    await confirm.pay.click({ force: true })
  }
  expect(await tuppence.sandbox.charges()).toEqual([])
  await confirm.approve()
  await expect(tuppence.launcher.notice).toContainText('Paid')
})

test('P2 closing the confirm window while the charge is under way loses nothing', async ({ tuppence }) => {
  await tuppence.sandbox.setFaults({ kind: 'slow', delayMs: 1500 })
  await tuppence.launcher.buy(cheapOffer.title)
  await tuppence.sandbox.setFaults({ kind: 'slow', delayMs: 1500 })
  const confirm = await tuppence.confirm()
  await confirm.approve()
  await expect(confirm.pay).toBeHidden()
  await confirm.page.close()
  await expect(tuppence.launcher.notice).toContainText('Paid')
  expect(await tuppence.sandbox.charges()).toHaveLength(1)
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
