/** The ledger's screen: what happens to money later, checking, comparing, copying and repairing, as a person sees it. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { answerBoxes } from '../support/system-box.ts'
import { tamper } from '../support/tamper.ts'

/** How long the app waits before it asks for messages again, in milliseconds. */
const messagesEveryMs = 5 * 60_000
const quoteLifeMs = 11 * 60_000

async function buy({ launcher, confirm }: Tuppence): Promise<void> {
  await launcher.buy(cheapOffer.title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
}

const setAside = async (dataDir: string) => (await readdir(dataDir)).filter((name) => /^ledger-set-aside-.*[.]sqlite$/.test(name))
const ledgerFile = (dataDir: string) => join(dataDir, 'ledger.sqlite')
const alertOf = ({ launcher }: Tuppence) => launcher.page.getByRole('alert').first()

test('P2 P9 what came back is in the history and the comparison agrees; axe, keyboard and 200 % find nothing wrong', async ({ tuppence }) => {
  const { launcher, sandbox } = tuppence
  const { page } = launcher
  await buy(tuppence)
  await buy(tuppence)
  const [first, second] = await sandbox.charges()
  await sandbox.refund(first!.idempotencyKey, '4')
  await sandbox.chargeBack(second!.idempotencyKey)
  await sandbox.advanceClock(messagesEveryMs)
  await launcher.openLedger()
  const compare = launcher.ledgerTask('Compare with the gateway')
  await compare.getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(compare).toContainText('Ledger and gateway agree on 2 charges, to the cent.')
  await launcher.ledgerTask('Backups').getByRole('button').click()
  await expect(launcher.ledgerTask('Backups').getByRole('listitem')).not.toHaveCount(0)
  await launcher.ledgerTask('Check').getByRole('button').click()
  await expect(launcher.ledgerTask('Check')).toContainText('nothing was altered')
  await expect(launcher.ledgerTask('Check')).toContainText('Countersigned by the gateway')
  expect(await seriousFindings(page)).toEqual([])

  await launcher.openHistory()
  await expect(launcher.historyRows.filter({ hasText: 'Partly refunded' })).toHaveCount(1)
  await expect(launcher.historyRows.filter({ hasText: 'Charged back' })).toHaveCount(1)

  await launcher.openLedger()
  // What a window of 1280 × 800 has left at 200 %.
  await page.setViewportSize({ width: 640, height: 400 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0)
})

test('P3 an altered ledger is only read; restored after a yes in a box of the system, it keeps the evidence and says what was lost', async ({ launch, dataDir }) => {
  const first = await launch()
  await buy(first)
  await first.launcher.openLedger()
  await first.launcher.ledgerTask('Backups').getByRole('button').click()
  await expect(first.launcher.ledgerTask('Backups').getByRole('listitem')).not.toHaveCount(0)
  await first.close()
  tamper(ledgerFile(dataDir), (db) => db.exec(`UPDATE events SET payload = replace(payload, 'EUR', 'USD') WHERE type = 'purchase.approved'`))

  const app = await launch()
  await expect(alertOf(app)).toContainText(/altered|changed|tampered/i)
  await app.launcher.openLedger()
  await expect(app.launcher.ledgerTask('Check')).toContainText('was changed')
  expect(await seriousFindings(app.launcher.page)).toEqual([])

  const refused = await answerBoxes(app.electron, 'Cancel')
  await app.launcher.page.getByRole('button', { name: 'Repair…' }).click()
  await expect.poll(refused).toContain('Cancel|Restore: Restore the ledger')
  expect(await setAside(dataDir)).toEqual([])
  await expect(alertOf(app)).toBeVisible()

  await answerBoxes(app.electron, 'yes')
  await app.launcher.page.getByRole('button', { name: 'Repair…' }).click()
  await expect(app.launcher.page.getByText('This ledger was restored on')).toBeVisible()
  await expect(app.launcher.page.getByText('No entry was lost.')).toBeVisible()
  await expect(app.launcher.page.getByRole('alert')).toHaveCount(0)
  expect(await setAside(dataDir)).toHaveLength(1)
  await app.launcher.openHistory()
  await expect(app.launcher.historyRows.filter({ hasText: 'Paid' })).toHaveCount(1)
  await app.launcher.openStore()
  await buy(app)
  await app.launcher.openLedger()
  await app.launcher.ledgerTask('Compare with the gateway').getByRole('button').click()
  await expect(app.launcher.ledgerTask('Compare with the gateway')).toContainText('agree on 2 charges')
})

test('P3 P6 with an emptied keychain nothing is sold and no key is made, until the person begins a new ledger', async ({ launch, dataDir }) => {
  const first = await launch()
  await buy(first)
  await first.close()
  const emptied = await startPrivateKeychain()
  try {
    const app = await launch({ env: emptied.env })
    await expect(alertOf(app)).toContainText(/key/i)
    await app.launcher.buy(cheapOffer.title)
    await expect(app.launcher.notice).toContainText('Nothing was charged')
    const question = await answerBoxes(app.electron, 'yes')
    await app.launcher.page.getByRole('button', { name: 'Repair…' }).click()
    await expect.poll(question).toContain('Start a new ledger, without what the old one knew?')
    await app.launcher.openLedger()
    await expect(app.launcher.page.getByText('This ledger was started anew on')).toBeVisible()
    expect(await setAside(dataDir)).toHaveLength(1)
    await app.launcher.openStore()
    await buy(app)
    await app.close()
  } finally {
    await emptied.stop()
  }
})

test('P2 a purchase that is still open is shown with what is done about it, and is closed when it can no longer be charged', async ({ tuppence }) => {
  const { launcher, sandbox } = tuppence
  await sandbox.setFaults({ kind: 'timeoutBeforeCharge', delayMs: 0 })
  await launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(launcher.notice).toContainText('We do not know yet')
  await launcher.openLedger()
  const open = launcher.ledgerTask('1 purchase is being checked')
  await open.getByRole('button', { name: 'Ask the gateway now' }).click()
  await expect(open).toContainText('The gateway has not received it.')
  expect(await seriousFindings(launcher.page)).toEqual([])
  await sandbox.advanceClock(quoteLifeMs)
  await expect(open).toHaveCount(0)
  await launcher.openHistory()
  await expect(launcher.historyRows.filter({ hasText: 'Not charged' })).toHaveCount(1)
  expect(await sandbox.charges()).toEqual([])
})
