/** What was bought elsewhere, through the screen. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seriousFindings } from '../support/axe.ts'
import { expect, test as base } from '../support/fixtures.ts'
import { setUpHousehold } from '../support/household.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { limitsPage } from '../support/pages/limits-page.ts'
import { startPage } from '../support/pages/start-page.ts'
import { answerBoxes, answerOpenBoxes, answerSaveBoxes } from '../support/system-box.ts'

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tuppence-import-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

const sample = (name: string) => join(import.meta.dirname, '../support/import-samples', name)

function importPage({ launcher: { page } }: Tuppence) {
  const screen = page.getByRole('region', { name: 'Import', exact: true })
  return {
    screen,
    open: async () => {
      await page.getByRole('navigation').getByRole('link', { name: 'History' }).click()
      await page.getByRole('link', { name: 'Import', exact: true }).click()
    },
    choose: () => screen.getByRole('button', { name: 'Choose a file…' }).click(),
    commit: screen.getByRole('button', { name: /^Import [\d,]+ rows?$/ }),
    counts: screen.getByRole('checkbox', { name: 'Count it towards limits' }),
    figure: (name: string) => screen.locator('dl > div').filter({ hasText: name }),
    column: (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) }),
  }
}

/** Rows of today, so that they are in the running week. */
function tableOfToday(file: string, nowMs: number): string {
  const day = new Date(nowMs).toISOString().slice(0, 10)
  writeFileSync(file, `Day;What;Paid;Currency\n${day};Moon cloak;12,40;EUR\n${day};Coins;5,00;USD\nsomeday;Broken;3,00;EUR\n2026-01-05;Old sword;3,00;EUR\n`)
  return file
}

test('P9 a saved page of Steam goes in, is found, exported and recognised the second time', async ({ tuppence, folder }) => {
  const { electron, launcher } = tuppence
  const imports = importPage(tuppence)
  await imports.open()
  expect(await seriousFindings(launcher.page)).toEqual([])
  await answerOpenBoxes(electron, sample('steam-history.html'))
  await imports.choose()
  await expect(imports.figure('Read as')).toContainText('Steam')
  await expect(imports.screen.getByRole('region', { name: 'Rows of the file' })).toContainText('Hollow Lantern')
  await expect(imports.screen.getByRole('region', { name: 'Rows that cannot go in' })).toBeVisible()
  expect(await seriousFindings(launcher.page)).toEqual([])
  const rows = Number(/\d+/.exec((await imports.commit.textContent()) ?? '')?.[0])
  await imports.commit.click()
  await expect(imports.screen).toContainText(`${rows} rows were imported.`)

  await answerSaveBoxes(electron, join(folder, 'all.csv'))
  await imports.screen.getByRole('link', { name: 'See them in your history' }).click()
  await launcher.page.getByRole('button', { name: 'Export…' }).click()
  await launcher.page.getByRole('button', { name: 'Choose where to…' }).click()
  await expect(launcher.page.getByText('Exported to all.csv')).toBeVisible()
  const exported = readFileSync(join(folder, 'all.csv'), 'utf8')
  expect(exported.trimEnd().split('\r\n')).toHaveLength(rows + 1)
  expect(exported).toContain('Hollow Lantern')

  await imports.open()
  await imports.screen.getByRole('button', { name: 'Import another file' }).click()
  await imports.choose()
  await expect(imports.screen).toContainText('There is nothing new in this file.')
  await expect(imports.figure('Is there already')).toContainText(String(rows))
  await expect(imports.commit).toBeHidden()
})

test('P4 what counts uses up room as was said before, and undoing gives none back; bad rows are told and stay out', async ({ tuppence, folder }) => {
  const { electron, launcher, sandbox } = tuppence
  await answerBoxes(electron, 'yes')
  const limits = limitsPage(launcher.page)
  await limits.open()
  await limits.setFirst('12.50')
  await expect(limits.limit('Week · All sellers')).toBeVisible()

  const imports = importPage(tuppence)
  await imports.open()
  await answerOpenBoxes(electron, tableOfToday(join(folder, 'shop.csv'), await sandbox.now()))
  await imports.choose()
  await expect(imports.screen.getByRole('region', { name: 'Rows that cannot go in' })).toContainText('No date that can be read')
  await expect(imports.screen).toContainText('uses up €12.40 of €12.50, and €0.10 is left')
  await expect(imports.screen).toContainText('1 charge in another currency than EUR does not count')
  await imports.counts.uncheck()
  await expect(imports.screen).toContainText('Your limits stay as they are.')
  await imports.counts.check()
  await imports.commit.click()
  await expect(imports.screen).toContainText('3 rows were imported.')

  await launcher.openStore()
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('€0.10')
  expect(await sandbox.charges()).toEqual([])

  await imports.open()
  await imports.screen.getByRole('button', { name: 'Undo this import…' }).first().click()
  await expect(imports.screen).toContainText('What it counted towards limits stays counted')
  await imports.screen.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(imports.screen).toContainText('The import was undone.')
  await launcher.openStore()
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('€0.10')
  expect(await sandbox.charges()).toEqual([])

  // Imported anew, the same counts once.
  await imports.open()
  await imports.choose()
  await expect(imports.screen).toContainText('2 charges count already')
  expect(await seriousFindings(launcher.page)).toEqual([])
})

test('the columns of a table are guessed, shown and corrected; who cancels or chooses something else loses nothing', async ({ tuppence, folder }) => {
  const { electron, launcher, sandbox } = tuppence
  const imports = importPage(tuppence)
  await imports.open()
  writeFileSync(join(folder, 'what.bin'), Buffer.from([0, 1, 2, 3, 255, 254, 0, 0]))
  await answerOpenBoxes(electron, join(folder, 'what.bin'))
  await imports.choose()
  await expect(imports.screen.getByRole('status').first()).toContainText('what.bin')
  await answerOpenBoxes(electron, null)
  await imports.choose()
  await expect(imports.screen.getByRole('button', { name: 'Choose a file…' })).toBeVisible()

  await answerOpenBoxes(electron, tableOfToday(join(folder, 'shop.csv'), await sandbox.now()))
  await imports.choose()
  await expect(imports.figure('Goes in')).toContainText('3')
  await imports.column('Item').click()
  await launcher.page.getByRole('option', { name: 'Day', exact: true }).click()
  await expect(imports.screen.getByRole('region', { name: 'Rows of the file' })).toContainText('2026-01-05')
  await imports.column('Item').click()
  await launcher.page.getByRole('option', { name: 'What', exact: true }).click()
  await expect(imports.screen.getByRole('region', { name: 'Rows of the file' })).toContainText('Moon cloak')
  // What was looked at is still there after a look at another screen.
  await launcher.openStore()
  await imports.open()
  await expect(imports.commit).toBeVisible()
  await imports.screen.getByRole('button', { name: 'Choose another file' }).click()
  await expect(imports.screen.getByRole('button', { name: 'Choose a file…' })).toBeVisible()
  await expect(imports.screen.getByRole('heading', { name: 'Earlier imports' })).toBeHidden()
})

test('P10 a guardian imports for somebody, who sees it and nobody else does', async ({ launch, folder }) => {
  const tuppence = await launch({ firstStart: true })
  const { electron, launcher, sandbox } = tuppence
  await startPage(launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [{ name: 'Cleo', role: 'Teen' }, { name: 'Ben', role: 'Adult' }])
  const imports = importPage(tuppence)
  await imports.open()
  await answerOpenBoxes(electron, tableOfToday(join(folder, 'shop.csv'), await sandbox.now()))
  await imports.choose()
  await imports.column('Who bought it').click()
  await launcher.page.getByRole('option', { name: 'Cleo', exact: true }).click()
  await imports.commit.click()
  await expect(imports.screen).toContainText('rows were imported.')
  await expect(imports.screen.getByRole('listitem')).toContainText('Cleo')
  await home.lock()
  await home.open('Ben')
  await imports.open()
  await expect(imports.screen.getByRole('button', { name: 'Choose a file…' })).toBeVisible()
  await expect(imports.screen.getByRole('heading', { name: 'Earlier imports' })).toBeHidden()
  await home.lock()
  await home.open('Cleo')
  await imports.open()
  await expect(imports.screen.getByRole('heading', { name: 'shop.csv' })).toBeVisible()
})
