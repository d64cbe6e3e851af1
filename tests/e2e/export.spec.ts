/** The history as a file, through the screen. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seriousFindings } from '../support/axe.ts'
import { parseCsv, xmlTexts } from '../support/export-lines.ts'
import { expect, test as base } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { setUpHousehold } from '../support/household.ts'
import { bundleOffer, cheapOffer, yenOffer } from '../support/offers.ts'
import { startPage } from '../support/pages/start-page.ts'
import { answerSaveBoxes, holdSaveBox } from '../support/system-box.ts'

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tuppence-export-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

async function buy({ launcher, confirm }: Tuppence, title: string, outcome: RegExp): Promise<void> {
  await launcher.openStore()
  await launcher.buy(title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText(outcome)
}

function exportPanel({ launcher: { page } }: Tuppence) {
  const panel = page.getByRole('region', { name: 'Export', exact: true })
  return {
    panel,
    open: () => page.getByRole('button', { name: 'Export…' }).click(),
    choose: (format: string) => panel.getByRole('radio', { name: format }).check(),
    start: () => panel.getByRole('button', { name: 'Choose where to…' }).click(),
  }
}

test('P9 the whole history is exported as CSV, and what the file says is what the screen shows', async ({ tuppence, folder }) => {
  const { electron, launcher, sandbox } = tuppence
  await buy(tuppence, cheapOffer.title, /Paid €0.49/)
  await buy(tuppence, bundleOffer.title, /Paid £1.49/)
  await buy(tuppence, yenOffer.title, /Paid ¥50/)
  await sandbox.setFaults({ kind: 'decline', times: 1 })
  await buy(tuppence, cheapOffer.title, /Nothing was charged/)
  const [first] = await sandbox.charges()
  await sandbox.refund(first!.idempotencyKey, '4')
  await sandbox.advanceClock(300_000)
  await launcher.openHistory()
  await expect(launcher.historyRows.filter({ hasText: 'Partly refunded' })).toHaveCount(1)

  const { open, panel, start } = exportPanel(tuppence)
  const proposed = await answerSaveBoxes(electron, join(folder, 'all.csv'))
  await open()
  await expect(panel).toContainText('All 5 lines of your history are exported.')
  expect(await seriousFindings(launcher.page)).toEqual([])
  await start()
  await expect(panel).toContainText('Exported to all.csv')
  expect(await proposed()).toMatch(/^tuppence-\d{4}-\d\d-\d\d\.csv$/)
  expect(readdirSync(folder)).toEqual(['all.csv'])

  const lines = parseCsv(readFileSync(join(folder, 'all.csv'), 'utf8'))
  const of = (title: string, kind: string) => lines.find(({ Item, Line }) => Item === title && Line === kind)
  expect(lines).toHaveLength(5)
  expect(of(cheapOffer.title, 'charge')).toMatchObject({ Payee: cheapOffer.seller, Currency: 'EUR', Debit: '0.49', Credit: '', State: 'partlyRefunded' })
  expect(of(cheapOffer.title, 'refund')).toMatchObject({ Debit: '', Credit: '0.04', Receipt: of(cheapOffer.title, 'charge')?.Receipt })
  expect(of(cheapOffer.title, 'notCharged')).toMatchObject({ Debit: '', Credit: '', State: 'declined' })
  expect(of(bundleOffer.title, 'charge')).toMatchObject({ Debit: '1.49', Currency: 'GBP', 'Bundle count': '80', Kind: 'bundle' })
  expect(of(yenOffer.title, 'charge')).toMatchObject({ Debit: '50', Currency: 'JPY', Payee: yenOffer.seller })

  // Newest first on the screen, oldest first in the file.
  const symbols: Record<string, string> = { EUR: '€', GBP: '£', JPY: '¥' }
  const words: Record<string, string> = { succeeded: 'Paid', partlyRefunded: 'Partly refunded', declined: 'Declined' }
  const newestFirst = lines.toReversed()
  await expect(launcher.historyRows).toHaveCount(newestFirst.length)
  for (const [index, { Line, Payee, Item, Game, State, Receipt, Price, Credit, Currency }] of newestFirst.entries()) {
    const row = launcher.historyRows.nth(index)
    const cameBack = Line === 'refund'
    const money = cameBack ? `+${symbols[Currency ?? '']}${Credit}` : `${symbols[Currency ?? '']}${Price}`
    const shown = [Payee, Item, Game, cameBack ? 'Came back' : words[State ?? ''], Receipt, money]
    for (const text of shown) await expect(row).toContainText(text ?? '?')
  }
})

test('P9 what the search leaves is exported, in any format', async ({ tuppence, folder }) => {
  const { electron, launcher } = tuppence
  await buy(tuppence, cheapOffer.title, /Paid €0.49/)
  await buy(tuppence, yenOffer.title, /Paid ¥50/)
  await launcher.openHistory()
  await launcher.page.getByRole('searchbox').fill('¥50')
  await expect(launcher.historyRows).toHaveCount(1)
  const { choose, open, panel, start } = exportPanel(tuppence)
  await open()
  await expect(panel).toContainText('The one line that fits your search is exported.')
  await answerSaveBoxes(electron, join(folder, 'yen.ofx'))
  await choose('OFX')
  await start()
  await expect(panel).toContainText('Exported to yen.ofx')
  const text = readFileSync(join(folder, 'yen.ofx'), 'utf8')
  expect([xmlTexts(text, 'CURDEF'), xmlTexts(text, 'TRNAMT'), xmlTexts(text, 'NAME')]).toEqual([['JPY'], ['-50'], [yenOffer.seller]])
})

test('P9 who cancels, or gives up in the box, or chooses what cannot be written, is told so, and no file is left', async ({ tuppence, folder }) => {
  const { electron, launcher } = tuppence
  await buy(tuppence, cheapOffer.title, /Paid €0.49/)
  await launcher.openHistory()
  const { open, panel, start } = exportPanel(tuppence)
  await open()

  const box = await holdSaveBox(electron, join(folder, 'cancelled.csv'))
  await start()
  await expect(panel.getByRole('progressbar')).toBeVisible()
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await box.answer()
  await expect(panel).toContainText('You cancelled it. No file was left behind.')

  await answerSaveBoxes(electron, null)
  await start()
  await expect(panel).toContainText('Nothing was exported.')

  await answerSaveBoxes(electron, join(folder, 'nowhere', 'history.csv'))
  await start()
  await expect(panel).toContainText('That folder is not there any more. Choose another one.')
  expect(readdirSync(folder)).toEqual([])
})

test('P8 a member exports what they see: their own purchases, and a guardian everybody’s with their names', async ({ launch, folder }) => {
  const tuppence = await launch({ firstStart: true })
  const { electron, launcher } = tuppence
  await startPage(launcher.page).myFamily.click()
  const home = await setUpHousehold(tuppence, [{ name: 'Theo', role: 'Teen', weekly: '5' }])
  const exported = async (name: string) => {
    await launcher.openHistory()
    const { open, panel, start } = exportPanel(tuppence)
    await answerSaveBoxes(electron, join(folder, name))
    await open()
    await start()
    await expect(panel).toContainText(`Exported to ${name}`)
    return parseCsv(readFileSync(join(folder, name), 'utf8')).map(({ Item, Who }) => [Item, Who])
  }
  await buy(tuppence, yenOffer.title, /Paid ¥50/)
  await home.lock()
  await home.open('Theo')
  await buy(tuppence, cheapOffer.title, /Paid €0.49/)
  expect(await exported('theo.csv')).toEqual([[cheapOffer.title, 'Theo']])
  await home.lock()
  await home.open(home.guardian)
  expect(await exported('ada.csv')).toEqual([[yenOffer.title, home.guardian], [cheapOffer.title, 'Theo']])
})
