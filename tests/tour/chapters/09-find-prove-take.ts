import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { inRepo } from '../../../scripts/lib/paths.mjs'
import { parseCsv } from '../../support/export-lines.ts'
import type { Tuppence } from '../../support/launch.ts'
import { detailPage } from '../../support/pages/detail-page.ts'
import { historyPage } from '../../support/pages/history-page.ts'
import { answerOpenBoxes, answerSaveBoxes } from '../../support/system-box.ts'
import type { Album } from '../album.ts'
import type { Chapter } from '../chapter.ts'

const verifier = inRepo('tools', 'tuppence-verify', 'verify.mjs')

export const findProveTake: Chapter = {
  title: 'find it, prove it, take it away',
  async play(tuppence, album) {
    const folder = await mkdtemp(join(tmpdir(), 'tuppence-tour-'))
    try {
      await tuppence.launcher.prefer('English', 'dark')
      await tuppence.launcher.page.getByRole('button', { name: 'Dismiss' }).click()
      await bringIn(tuppence, album)
      await find(tuppence, album)
      await prove(tuppence, album, folder)
      await addUp(tuppence, album, folder)
      await takeAway(tuppence, album, folder)
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

/** What was bought at another store becomes part of the history. */
async function bringIn({ electron, launcher: { page, openHistory } }: Tuppence, album: Album): Promise<void> {
  await openHistory()
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  const screen = page.getByRole('region', { name: 'Import', exact: true })
  await expect(screen.getByRole('button', { name: 'Choose a file…' })).toBeVisible()
  await album.take(page, 'import')
  await answerOpenBoxes(electron, inRepo('tests', 'support', 'import-samples', 'steam-history.html'))
  await screen.getByRole('button', { name: 'Choose a file…' }).click()
  await expect(screen.getByRole('region', { name: 'Rows that cannot go in' })).toBeVisible()
  await album.take(page, 'import-preview')
  await screen.getByRole('button', { name: /^Import [\d,]+ rows?$/ }).click()
  await expect(screen).toContainText('rows were imported.')
  await album.take(page, 'import-done')
}

async function find({ launcher: { page, openHistory } }: Tuppence, album: Album): Promise<void> {
  const history = historyPage(page)
  await openHistory()
  await expect(history.totals).toContainText('lines')
  await album.take(page, 'history-of-two-stores')
  await history.search.fill('refunded')
  await expect(history.reading).toContainText('Shows')
  await expect(history.lines.filter({ hasText: 'Refund' }).first()).toBeVisible()
  await album.take(page, 'history-search')
  await history.search.fill('>abc')
  await expect(history.reading).toContainText('left out')
  await album.take(page, 'history-search-explained')
  await history.search.fill('')
  await history.filters.click()
  await history.choose('Bought at', 'Tuppence')
  await expect(history.active).toHaveCount(1)
  await album.take(page, 'history-filters')
  await history.active.click()
  await history.filters.click()
}

/** The whole life of one purchase, its receipt as files, and the verifier, which an altered byte does not get past. */
async function prove(tuppence: Tuppence, album: Album, folder: string): Promise<void> {
  const { electron, launcher: { page }, sandbox } = tuppence
  const detail = detailPage(page)
  const [charge] = await sandbox.charges()
  await detail.open(charge?.idempotencyKey ?? '')
  await expect(detail.card('What you were shown')).toContainText('matches')
  await album.take(page, 'purchase')
  await detail.card('Receipt').scrollIntoViewIfNeeded()
  await album.take(page, 'purchase-receipt')
  const [pdf, json] = [join(folder, 'receipt.pdf'), join(folder, 'receipt.json')]
  for (const [button, file] of [['Save as PDF…', pdf], ['Save as file to verify…', json]] as const) {
    await answerSaveBoxes(electron, file)
    await page.getByRole('button', { name: button }).click()
    await expect(page.getByRole('status').filter({ hasText: `Saved as receipt.${button.includes('PDF') ? 'pdf' : 'json'}` })).toBeVisible()
  }
  execFileSync(process.execPath, [verifier, json])
  const text = await readFile(json, 'utf8')
  await writeFile(json, text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)))
  expect(spawnSync(process.execPath, [verifier, json]).status).not.toBe(0)
}

async function addUp({ electron, launcher: { page } }: Tuppence, album: Album, folder: string): Promise<void> {
  await page.getByRole('link', { name: 'Statements' }).click()
  await expect(page.getByRole('region', { name: 'Sums', exact: true }).first()).toBeVisible()
  await album.take(page, 'statement')
  await answerSaveBoxes(electron, join(folder, 'statement.html'))
  await page.getByRole('button', { name: 'Save as web page…' }).click()
  await expect(page.getByText('Saved as statement.html')).toBeVisible()
  await page.getByRole('link', { name: 'Insight' }).click()
  await expect(page.getByRole('figure')).toBeVisible()
  await album.take(page, 'insight')
}

/** What is in the file is what the screen says. */
async function takeAway({ electron, launcher: { page, openHistory } }: Tuppence, album: Album, folder: string): Promise<void> {
  await openHistory()
  const file = join(folder, 'history.csv')
  await answerSaveBoxes(electron, file)
  await page.getByRole('button', { name: 'Export…' }).click()
  await page.getByRole('button', { name: 'Choose where to…' }).click()
  await expect(page.getByText('Exported to history.csv')).toBeVisible()
  await album.take(page, 'exported')
  const lines = parseCsv(await readFile(file, 'utf8'))
  await expect(historyPage(page).totals).toContainText(`${lines.length} lines`)
}
