/** What a month came to, through the screen. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seriousFindings } from '../support/axe.ts'
import { expect, test } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { bundleOffer, cheapOffer } from '../support/offers.ts'
import { answerSaveBoxes } from '../support/system-box.ts'

const dayMs = 86_400_000

async function buy({ launcher, confirm }: Tuppence, title: string): Promise<void> {
  await launcher.openStore()
  await launcher.buy(title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText(/Paid/)
}

async function openInsight({ launcher }: Tuppence): Promise<void> {
  await launcher.openHistory()
  await launcher.page.getByRole('link', { name: 'Insight' }).click()
}

test('P9 insight says what was spent, beside the time before, as a sentence, a chart, a table and a picture', async ({ tuppence }) => {
  const { electron, launcher, sandbox } = tuppence
  const { page } = launcher
  await openInsight(tuppence)
  await expect(page.getByText(/Nothing was bought in/)).toBeVisible()
  await buy(tuppence, cheapOffer.title)
  await buy(tuppence, bundleOffer.title)
  const [first] = await sandbox.charges()
  // Always the year after, whatever day it is.
  await sandbox.advanceClock(366 * dayMs)
  await buy(tuppence, cheapOffer.title)
  await buy(tuppence, cheapOffer.title)
  await sandbox.refund(first!.idempotencyKey, '9')
  await sandbox.advanceClock(300_000)
  await openInsight(tuppence)
  await page.getByText('Year', { exact: true }).click()
  await expect(page.getByText('€0.98 so far this year.')).toBeVisible()
  await expect(page.getByText('€0.09 came back by refunds and chargebacks. It is not taken off what was spent.')).toBeVisible()
  await expect(page.getByRole('figure', { name: 'Spending over time' })).toBeVisible()
  await page.screenshot({ path: process.env['SHOT'] ? `${process.env['SHOT']}/year.png` : join(tmpdir(), 'year.png'), fullPage: true })
  expect(await seriousFindings(page)).toEqual([])

  await page.getByText('The chart as a table').click()
  const cells = await page.getByRole('table').getByRole('row').allInnerTexts()
  expect(cells.filter((text) => text.includes('€0.98'))).toHaveLength(1)

  const folder = mkdtempSync(join(tmpdir(), 'tuppence-picture-'))
  try {
    const proposed = await answerSaveBoxes(electron, join(folder, 'year.png'))
    await page.getByRole('button', { name: 'Save as picture…' }).click()
    await expect(page.getByText('Saved as year.png')).toBeVisible()
    expect(await proposed()).toMatch(/^tuppence-\d{4}-\d\d-\d\d\.png$/)
    const bytes = readFileSync(join(folder, 'year.png'))
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    // As wide as the card that it shows.
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(600)
  } finally {
    rmSync(folder, { recursive: true })
  }

  await page.getByRole('button', { name: 'Earlier' }).click()
  await expect(page.getByText(/€0\.49 spent in \d{4}\./)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Earlier' })).toBeDisabled()
})
