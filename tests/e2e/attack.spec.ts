/** What cannot be attacked without windows. The rest is `npm run attack` (docs/SECURITY-TESTS.md). */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Catalogue } from '../../src/contract/catalogue.ts'
import { argumentsOf, handOvers } from '../attack/arguments.ts'
import { seededRandom } from '../crash/random.ts'
import { expect, test } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'
import { shownName } from '../../src/renderer/words/shown-name.ts'
import { startOwnGateway } from '../support/own-gateway.ts'
import { detailPage } from '../support/pages/detail-page.ts'
import { historyPage } from '../support/pages/history-page.ts'

const zalgo = `N${'\u0336\u0337\u0338\u0489\u0353\u0359'.repeat(4)}ebel`
const hostile = [
  { seller: '\u202EHbmG ttatsrekweleipS\u202C shcufleben', title: '<img src=x onerror="window.canary=1"> Free! €0.00' },
  { seller: 'Nеbelfuchs Spielewerkstatt GmbH', title: '<script>window.canary = 1</script>' },
  { seller: zalgo, title: `Price: 0,00 € — you pay nothing ${'💎'.repeat(60)}` },
  { seller: 'Bank of\u200B Ada', title: 'x'.repeat(200) },
] as const

const catalogue: Catalogue = {
  revision: 'hostile-1',
  sellers: hostile.map(({ seller }, n) => ({ id: `seller-${n}`, name: seller })),
  offers: hostile.map(({ title }, n) => ({
    ...{ id: `offer-${n}`, sellerId: `seller-${n}`, kind: 'item', title, game: `${zalgo} 0,00 €`, description: "'; DROP TABLE events;-- {{7*7}}".repeat(20), icon: 'gem' },
    price: { amount: String(101 + n), currency: 'EUR' },
  })),
}

const canaryIn = (page: Page) => page.evaluate(() => 'canary' in globalThis)

test('P1 whatever an offer calls itself, the question names the payee and the price that are then paid, warns, and runs nothing', async ({ launch, dataDir }) => {
  const gateway = await startOwnGateway(join(dataDir, 'own'), catalogue)
  const tuppence = await launch({ preload: gateway.preload })
  const { page } = tuppence.launcher
  for (const [n, { seller, title }] of hostile.entries()) {
    await page.getByRole('article').nth(n).getByRole('button', { name: 'Buy', exact: true }).click()
    const confirm = await tuppence.confirm()
    await expect(confirm.pay).toHaveText(`Pay €1.0${1 + n}`)
    await expect(confirm.page.getByText(shownName(seller), { exact: true }).first()).toBeVisible()
    await expect(confirm.page.getByText(title, { exact: true }).first()).toBeVisible()
    await expect(confirm.page.getByText('Unusual characters in a name')).toBeVisible()
    expect(await canaryIn(confirm.page)).toBe(false)
    if (n > 0) await confirm.leave('cancel')
    else await confirm.approve()
    await expect.poll(() => tuppence.confirmWindows()).toBe(0)
  }
  expect(await canaryIn(page)).toBe(false)
  expect((await tuppence.sandbox.charges()).map(({ sellerId, amount }) => [sellerId, amount])).toEqual([['seller-0', '101']])
  await tuppence.close()
  await gateway.close()
})

test('P1 P7 a launcher that wants to be in front, and keys in the first half second, approve nothing', async ({ tuppence }) => {
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await confirm.holdTime()
  const { page } = tuppence.launcher
  const tried = await page.evaluate(async () => {
    const nameOf = (error: Error) => error.name
    globalThis.focus()
    globalThis.moveTo(0, 0)
    globalThis.resizeTo(2_000, 2_000)
    const opened = globalThis.open('app://confirm/confirm/index.html', 'confirm', 'popup') === null
    const isFull = await document.documentElement.requestFullscreen().then(() => 'full', nameOf)
    const isFramed = (() => {
      const frame = document.createElement('iframe')
      frame.src = 'app://confirm/confirm/index.html'
      document.body.append(frame)
      return 'confirmation' in (frame.contentWindow ?? {})
    })()
    return { opened, isFull, isFramed, isTold: 'confirmation' in globalThis }
  })
  expect(tried).toMatchObject({ opened: true, isFramed: false, isTold: false })
  expect(tried.isFull).not.toBe('full')
  for (const disturb of [tuppence.moveConfirmWindow, tuppence.showConfirmWindow]) {
    await disturb()
    await expect(confirm.pay).toHaveAttribute('aria-disabled', 'true')
    await confirm.pay.focus()
    for (const key of ['Enter', 'Space', 'Enter']) await confirm.page.keyboard.press(key)
    await confirm.pay.click({ force: true })
    await expect(confirm.hint).toContainText('had just opened or moved')
    await confirm.page.clock.runFor(600)
    await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
  }
  // A key that was held down since before, and clicks that no person made.
  await confirm.page.evaluate(() => {
    const pay = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.startsWith('Pay'))!
    pay.click()
    pay.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    pay.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    pay.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  })
  expect(await tuppence.confirmWindows()).toBe(1)
  expect(await tuppence.sandbox.charges()).toEqual([])
})

test('P1 no second start, address or file that is handed to the app does anything but show its window', async ({ tuppence }) => {
  await expect(tuppence.launcher.offer(cheapOffer.title)).toBeVisible()
  const random = seededRandom(6)
  const starts = Array.from({ length: 300 }, () => argumentsOf(random))
  await tuppence.electron.evaluate(
    ({ app }, { argvs, names }) => {
      for (const [n, argv] of argvs.entries()) {
        if (n % 30 === 0) app.emit('second-instance', { preventDefault() {} }, argv, '/', { approve: true })
        for (const name of names) app.emit(name, { preventDefault() {} }, argv.at(-1), () => {})
      }
    },
    { argvs: starts, names: handOvers.filter((name) => name.startsWith('open') || name.startsWith('continue')) },
  )
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.historyRows).toHaveCount(0)
  expect(await tuppence.confirmWindows()).toBe(0)
  expect(await tuppence.sandbox.charges()).toEqual([])
  expect(await tuppence.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((one) => one.isVisible()).length)).toBe(1)
})

const number = '4242 4242 4242 4242'
/** Without what may be between the digits, in both ways that the app writes texts. */
const bare = (bytes: Buffer) => bytes.toString('latin1').replaceAll('\0', '').replaceAll(/[\s+.-]|%20/g, '')

async function filesIn(folder: string): Promise<{ readonly name: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(files.map(async (name) => ({ name, bytes: await readFile(name) })))
}

test('P6 P10 the number of a card typed anywhere, and the secrets of the keychain, are in no file, no log and no page', async ({ tuppence, dataDir }) => {
  const { page } = tuppence.launcher
  const said: Buffer[] = []
  for (const stream of [tuppence.electron.process().stdout, tuppence.electron.process().stderr]) stream?.on('data', (bytes: Buffer) => said.push(bytes))
  await tuppence.launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(tuppence.launcher.notice).toContainText('Paid')
  await tuppence.launcher.openHistory()
  await historyPage(page).search.fill(number)
  await expect(page.getByRole('status').filter({ hasText: 'That is the number of a card. It is not looked for' })).toBeVisible()
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByLabel('Save this view as').fill(`Mine ${number}`)
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'There is the number of a card in it' })).toBeVisible()
  await page.keyboard.press('Escape')
  const detail = detailPage(page)
  const [charge] = await tuppence.sandbox.charges()
  await detail.open(charge!.idempotencyKey)
  await detail.sayWhatIsWrong('The amount is wrong', `My card ${number}`)
  await detail.send.click()
  await expect(page.getByText('There is the number of a card in it, which is never sent.')).toBeVisible()

  const secrets = await tuppence.electron.evaluate(async () => {
    const require = process.getBuiltinModule('node:module').createRequire(`${process.cwd()}/package.json`)
    const keytar = require('keytar') as { findCredentials(service: string): Promise<{ account: string; password: string }[]> }
    return (await keytar.findCredentials('Tuppence')).filter(({ account }) => !account.endsWith('probe')).map(({ password }) => password)
  })
  expect(secrets.length).toBeGreaterThan(1)
  const readable = await page.evaluate(async () => {
    const { app, catalogue, controls, family, history, household, ledger, purchase, views } = globalThis.window.tuppence
    const answers = await Promise.all([app.status(), catalogue.list(), controls.get(), family.get(), history.facets(), household.get(), ledger.care(), purchase.latest(), views.get()])
    return JSON.stringify([answers, Object.values(localStorage), Object.values(sessionStorage), document.cookie])
  })
  const shown = await page.content()
  await tuppence.close()
  const files = await filesIn(dataDir)
  expect(files.map(({ name }) => name)).toContain(join(dataDir, 'ledger.sqlite'))
  const places = [...files, { name: 'log', bytes: Buffer.concat(said) }, { name: 'bridge', bytes: Buffer.from(readable) }]
  expect(places.filter(({ bytes }) => bare(bytes).includes('4242424242424242')).map(({ name }) => name)).toEqual([])
  const holding = (secret: string) => [...places, { name: 'page', bytes: Buffer.from(shown) }].filter(({ bytes }) => bytes.includes(secret)).map(({ name }) => name)
  expect(secrets.flatMap(holding)).toEqual([])
})
