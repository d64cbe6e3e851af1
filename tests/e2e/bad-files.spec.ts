import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'

const digest = async (file: string) => createHash('sha256').update(await readFile(file)).digest('hex')

test('P3 a ledger that is not a database is explained, left as it is, and nothing can be bought', async ({
  launch,
  dataDir,
}) => {
  const file = join(dataDir, 'ledger.sqlite')
  await writeFile(file, 'Dear diary, today I spent nothing.\n'.repeat(100))
  const before = await digest(file)
  const tuppence = await launch()
  await expect(tuppence.launcher.page.getByRole('alert').filter({ hasText: dataDir })).toBeVisible()
  await tuppence.launcher.buy(cheapOffer.title)
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  expect(await tuppence.sandbox.charges()).toEqual([])
  await tuppence.close()
  expect(await digest(file)).toBe(before)
})

test('P3 a ledger of a newer version is explained and left as it is', async ({ launch, dataDir }) => {
  const first = await launch()
  await expect(first.launcher.offer(cheapOffer.title)).toBeVisible()
  await first.close()
  const file = join(dataDir, 'ledger.sqlite')
  const database = new Database(file)
  database.pragma('user_version = 4711')
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  const before = await digest(file)

  const second = await launch()
  await expect(second.launcher.page.getByRole('alert')).toContainText(/newer/i)
  await second.launcher.buy(cheapOffer.title)
  await expect(second.launcher.notice).toContainText('Nothing was charged')
  await second.close()
  expect(await digest(file)).toBe(before)
})

test('P3 a ledger that cannot be read is explained', async ({ launch, dataDir }) => {
  await mkdir(join(dataDir, 'ledger.sqlite'))
  const tuppence = await launch()
  await expect(tuppence.launcher.page.getByRole('alert').filter({ hasText: dataDir })).toBeVisible()
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.page.getByRole('alert').first()).toBeVisible()
})

test('P3 a data folder that is a file is explained, left as it is, and nothing can be bought', async ({ launch, dataDir }) => {
  const file = join(dataDir, 'not-a-folder')
  await writeFile(file, 'Dear diary, today I spent nothing.\n')
  const before = await digest(file)
  const tuppence = await launch({ dataDir: file })
  const missing = tuppence.launcher.page.getByRole('alert', { name: 'What is missing' })
  await expect(missing).toContainText('Your ledger cannot be read')
  await expect(missing).toContainText(file)
  await missing.getByRole('button', { name: 'Try again' }).click()
  await expect(missing).toContainText('Your ledger cannot be read')
  await expect(tuppence.launcher.page.getByRole('button', { name: 'Buy', exact: true })).toHaveCount(0)
  expect(await tuppence.confirmWindows()).toBe(0)
  await tuppence.close()
  expect(await digest(file)).toBe(before)
  expect(await readdir(dataDir)).toEqual(['not-a-folder'])
})

test('P3 an event that was changed by hand is noticed, shown, and stops buying', async ({ launch, dataDir }) => {
  const first = await launch()
  await first.launcher.buy(cheapOffer.title)
  await (await first.confirm()).approve()
  await expect(first.launcher.notice).toContainText('Paid')
  await first.close()

  const file = join(dataDir, 'ledger.sqlite')
  const database = new Database(file)
  for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as { name: string }[]) {
    database.exec(`DROP TRIGGER "${name}"`)
  }
  const changed = database.prepare("UPDATE events SET payload = replace(payload, '\"49\"', '\"48\"') WHERE type = 'purchase.approved'")
  expect(changed.run().changes).toBe(1)
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  const before = await digest(file)

  const second = await launch()
  await expect(second.launcher.page.getByRole('alert')).toContainText(/changed|tamper/i)
  await second.launcher.buy(cheapOffer.title)
  await expect(second.launcher.notice).toContainText('Nothing was charged')
  expect(await second.sandbox.charges()).toHaveLength(1)
  await second.close()
  expect(await digest(file)).toBe(before)
})
