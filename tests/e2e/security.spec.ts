/** The state of every safeguard on screen, measured: what is switched off shows, and what is told of the past is what happened. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'
import { seriousFindings } from '../support/axe.ts'
import { expect, test as base } from '../support/fixtures.ts'
import type { Tuppence } from '../support/launch.ts'
import { cheapOffer } from '../support/offers.ts'
import { drawnText } from '../support/pdf-text.ts'
import { answerSaveBoxes } from '../support/system-box.ts'
import { claimsOf } from '../support/tokens.ts'

const test = base.extend<{ folder: string }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tuppence-security-'))
    await use(folder)
    rmSync(folder, { recursive: true })
  },
})

async function openSecurity({ launcher: { page } }: Tuppence): Promise<void> {
  await page.getByRole('link', { name: 'Security' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^\d+ of 15 safeguards are in order$/ })).toBeVisible()
}

async function measureAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Measure again' }).click()
  await expect(page.getByRole('button', { name: 'Measure again' })).toBeEnabled()
}

const safeguard = (page: Page, name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) })

async function buy({ launcher, confirm }: Tuppence): Promise<void> {
  await launcher.openStore()
  await launcher.buy(cheapOffer.title)
  await (await confirm()).approve()
  await expect(launcher.notice).toContainText('Paid')
}

/** The row of the gateway: how many connections and requests there were. */
async function counted(page: Page): Promise<[connections: number, requests: number]> {
  const [connections, requests] = await page.getByRole('row').filter({ hasText: '127.0.0.1' }).getByRole('cell').allTextContents()
  return [Number(connections), Number(requests)]
}

test('P10 after a purchase it shows whom it spoke to and, letter by letter, what was sent', async ({ tuppence, dataDir }) => {
  const { launcher: { page }, sandbox } = tuppence
  await openSecurity(tuppence)
  await expect(page.getByRole('region', { name: 'What was sent with the last purchase' })).toContainText('Nothing has been bought yet.')
  expect(await seriousFindings(page)).toEqual([])
  await measureAgain(page)
  const [, before] = await counted(page)
  await buy(tuppence)
  const [charge] = await sandbox.charges()
  await openSecurity(tuppence)
  await measureAgain(page)
  const [connections, after] = await counted(page)
  expect(connections).toBeGreaterThan(0)
  // A quote and the purchase itself, at least.
  expect(after).toBeGreaterThanOrEqual(before + 2)

  const sent = page.getByRole('region', { name: 'What was sent with the last purchase' })
  for (const summary of await sent.locator('summary').all()) await summary.click()
  const [body = '', authorisation = ''] = await sent.locator('pre').allTextContents()
  const request = JSON.parse(body) as { quote: string; authorisation: string }
  expect(Object.keys(request).toSorted()).toEqual(['authorisation', 'quote'])
  // The very bytes, by what the gateway kept of them when they came.
  expect(createHash('sha256').update(JSON.stringify(request)).digest('base64url')).toBe(digestAtGateway(dataDir))
  expect(claimsOf(request.authorisation)).toEqual(JSON.parse(authorisation))
  expect(JSON.parse(authorisation)).toMatchObject({ idempotencyKey: charge!.idempotencyKey, amount: charge!.amount, currency: charge!.currency })
  await expect(sent).toContainText('accept, connection, content-length, content-type, dpop, host, idempotency-key')
  expect(await seriousFindings(page)).toEqual([])
})

test('P6 it names what is in the keychain, and nothing of it is in the page', async ({ tuppence, keychain }) => {
  const { launcher: { page } } = tuppence
  await buy(tuppence)
  await openSecurity(tuppence)
  const secrets = page.getByRole('region', { name: 'What is in the keychain' })
  for (const name of ['device-signing-key', 'log-mac-key', 'log-anchor']) await expect(secrets.getByRole('listitem').filter({ hasText: name })).toContainText(/there$/)
  const values = await secretsOf(tuppence)
  expect(values.length).toBeGreaterThanOrEqual(3)
  const told = JSON.stringify(await page.evaluate(() => (globalThis as unknown as { tuppence: { posture: { get(): Promise<unknown> } } }).tuppence.posture.get()))
  const shown = `${await page.content()}${told}`
  for (const value of values) expect(shown.includes(value)).toBe(false)

  await keychain.lock()
  await measureAgain(page)
  await expect(safeguard(page, 'Keychain')).toContainText('Not in order')
  await expect(safeguard(page, 'Keychain')).toContainText('Unlock the keychain')
  await expect(page.getByRole('listitem').first()).toContainText('Keychain')
})

test('each safeguard that is switched off shows when it is measured again, with what to do', async ({ tuppence }) => {
  const { launcher: { page }, sandbox } = tuppence
  await openSecurity(tuppence)
  await measureAgain(page)
  await expect(safeguard(page, 'Connection to the gateway')).toContainText('TLS 1.3 with TLS_')
  await expect(safeguard(page, 'Isolation of the pages')).toContainText('In order')
  await expect(safeguard(page, 'Kind of build')).toContainText('no real money moves')
  await expect(safeguard(page, 'Clock')).toContainText('In order')
  // Whether it is confined depends on who runs the tests, but it has always been looked at.
  await expect(safeguard(page, 'Sandbox of the windows')).toContainText(/confines (every window|\d of \d)/)

  await page.evaluate(() => Object.assign(globalThis, { process: {} }))
  await measureAgain(page)
  await expect(safeguard(page, 'Isolation of the pages')).toContainText('Not in order')

  await page.evaluate(() => navigator.geolocation.getCurrentPosition(() => {}))
  await expect(async () => {
    await measureAgain(page)
    await expect(page.getByRole('region', { name: 'What Tuppence may do' })).toContainText('Asked for and denied: geolocation', { timeout: 500 })
  }).toPass()

  await sandbox.stopGateway()
  await measureAgain(page)
  await expect(safeguard(page, 'Connection to the gateway')).toContainText('Not known')
  await expect(safeguard(page, 'Connection to the gateway')).toContainText('Check the network')
  await expect(safeguard(page, 'Clock')).toContainText('Not known')
})

test('P9 it is saved as a signed file and as a PDF that say what the screen says', async ({ tuppence, folder }) => {
  const { electron, launcher: { page } } = tuppence
  await buy(tuppence)
  await openSecurity(tuppence)
  const [pdf, json] = [join(folder, 'security.pdf'), join(folder, 'security.json')]
  const proposed = await answerSaveBoxes(electron, pdf)
  await page.getByRole('button', { name: 'Save as PDF…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved as security.pdf' })).toBeVisible()
  expect(await proposed()).toBe('tuppence-security.pdf')
  const headline = await page.getByRole('status').filter({ hasText: 'safeguards are in order' }).textContent()
  const drawn = drawnText(readFileSync(pdf))
  for (const text of [headline!, 'Keychain', 'SQLite 3.', '127.0.0.1', 'idempotencyKey', 'device-signing-key', 'SAQ A']) expect(drawn).toContain(text)

  await answerSaveBoxes(electron, json)
  await page.getByRole('button', { name: 'Save as signed file…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Saved as security.json' })).toBeVisible()
  const file = JSON.parse(readFileSync(json, 'utf8')) as { posture: { safeguards: unknown[] }; signed: string }
  expect(claimsOf(file.signed)).toEqual(file.posture)
  expect(file.posture.safeguards).toHaveLength(15)
  expect(readdirSync(folder).toSorted()).toEqual(['security.json', 'security.pdf'])
})

/** SHA-256 of the body of the one purchase that the gateway got. */
function digestAtGateway(dataDir: string): string | undefined {
  const db = new Database(join(dataDir, 'gateway', 'gateway.sqlite'), { readonly: true })
  try {
    return db.prepare<[], string>('SELECT request_digest FROM purchases').pluck().get()
  } finally {
    db.close()
  }
}

/** What the keychain really holds for the app, asked from beside it. */
async function secretsOf({ electron }: Tuppence): Promise<string[]> {
  const found = await electron.evaluate(async () => {
    const { createRequire } = process.getBuiltinModule('node:module')
    const keytar = createRequire(`${process.cwd()}/package.json`)('keytar') as { findCredentials(service: string): Promise<{ password: string }[]> }
    return keytar.findCredentials('Tuppence')
  })
  return found.map(({ password }) => password).filter((password) => password !== 'unlocked')
}
