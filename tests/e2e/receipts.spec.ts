/** Receipts taken away as files, and verified without the app. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { inRepo } from '../../scripts/lib/paths.mjs'
import { seriousFindings } from '../support/axe.ts'
import { expect, test as base } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { bundleOffer, cheapOffer } from '../support/offers.ts'
import { drawnText, inflated, tagsOf } from '../support/pdf-text.ts'
import { answerSaveBoxes } from '../support/system-box.ts'

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tuppence-receipts-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

async function buy({ launcher, confirm }: Tuppence, title: string): Promise<void> {
  await launcher.openStore()
  await launcher.buy(title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
}

/** Goes to what a purchase was, by its address. */
const openPurchase = ({ launcher: { page } }: Tuppence, purchaseId: string) =>
  page.evaluate((id) => {
    location.hash = `#/history/purchase/${id}`
  }, purchaseId)

/** How the newest purchase stands, as the page is told. */
function newestState(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const { tuppence } = globalThis as unknown as { tuppence: { purchase: { latest(): Promise<{ rows: { state: string }[] }> } } }
    return (await tuppence.purchase.latest()).rows[0]?.state
  })
}

function verify(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRepo('tools', 'tuppence-verify', 'verify.mjs'), ...args], { encoding: 'utf8' })
  return { status, said: stdout + stderr }
}

test('P9 a receipt is saved as a PDF and as a file that is verified without the app; one altered byte and it is refused', async ({ tuppence, folder }) => {
  const { electron, launcher: { page }, sandbox } = tuppence
  await buy(tuppence, bundleOffer.title)
  const [charge] = await sandbox.charges()
  await sandbox.refund(charge!.idempotencyKey, '4')
  await sandbox.advanceClock(300_000)
  await expect.poll(() => newestState(page)).toBe('partlyRefunded')
  await openPurchase(tuppence, charge!.idempotencyKey)
  const [pdf, json] = [join(folder, 'receipt.pdf'), join(folder, 'receipt.json')]

  const proposed = await answerSaveBoxes(electron, pdf)
  await page.getByRole('button', { name: 'Save as PDF…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved as receipt.pdf' })).toBeVisible()
  expect(await proposed()).toBe(`tuppence-receipt-${charge!.receiptNumber}.pdf`)
  const bytes = readFileSync(pdf)
  const drawn = drawnText(bytes)
  for (const text of ['£1.49', charge!.receiptNumber, charge!.idempotencyKey, bundleOffer.title, 'no real money', '-£0.04', 'Refunded']) expect(drawn).toContain(text)
  expect(tagsOf(bytes)).toMatchObject({ Document: 1, H1: 1, Table: 3 })

  await page.getByRole('button', { name: 'Save as PDF…' }).click()
  await answerSaveBoxes(electron, json)
  await page.getByRole('button', { name: 'Save as file to verify…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved as receipt.json' })).toBeVisible()
  expect(await seriousFindings(page)).toEqual([])
  expect(readFileSync(pdf)).toEqual(bytes)
  expect(readdirSync(folder)).toEqual(['receipt.json', 'receipt.pdf'])

  const good = verify(json)
  expect(good).toMatchObject({ status: 0 })
  for (const text of ['This receipt is good', '1.49 GBP', charge!.receiptNumber, bundleOffer.title]) expect(good.said).toContain(text)
  const { key } = JSON.parse(readFileSync(json, 'utf8')) as { key: { kid: string } }
  expect(verify(json, '--key', key.kid)).toMatchObject({ status: 0 })
  expect(drawn.replace(/\n/g, '')).toContain(key.kid)

  const file = readFileSync(json)
  for (const at of [0, 100, Math.floor(file.length / 2), file.length - 10, file.length - 1]) {
    const altered = Buffer.from(file)
    altered[at] = (altered[at] ?? 0) ^ 1
    writeFileSync(json, altered)
    expect(verify(json)).toMatchObject({ status: 1, said: expect.stringContaining('NOT GOOD') })
  }
  // The page on paper is for reading, and says where the proof is.
  expect(inflated(bytes)).not.toContain(folder)
})

test('who gives up in the box, or has nothing to save, is told so, and no file is left', async ({ tuppence, folder }) => {
  const { electron, launcher: { page }, sandbox } = tuppence
  await sandbox.setFaults({ kind: 'decline', times: 1 })
  await tuppence.launcher.openStore()
  await tuppence.launcher.buy(cheapOffer.title)
  const declined = await tuppence.confirm()
  await declined.approve()
  await declined.leave('close')
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  await buy(tuppence, cheapOffer.title)
  const [charge] = await sandbox.charges()
  await openPurchase(tuppence, charge!.idempotencyKey)
  await answerSaveBoxes(electron, null)
  await page.getByRole('button', { name: 'Save as PDF…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'You cancelled it' })).toBeVisible()

  await answerSaveBoxes(electron, join(folder, 'nowhere', 'receipt.pdf'))
  await page.getByRole('button', { name: 'Save as PDF…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'That folder is not there any more' })).toBeVisible()

  const elsewhere = page.evaluate(() => {
    const { tuppence: bridge } = globalThis as unknown as { tuppence: { documents: { saveReceipt(input: object): Promise<unknown> } } }
    return bridge.documents.saveReceipt({ purchaseId: 'nothing', format: 'pdf' })
  })
  expect(await elsewhere).toEqual({ kind: 'notFound' })
  expect(readdirSync(folder)).toEqual([])
})
