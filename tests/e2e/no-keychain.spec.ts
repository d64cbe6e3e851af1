import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'

/** A session bus that is not there: as on a computer without a keychain service. */
const noKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus', XDG_RUNTIME_DIR: '/nonexistent' }

test('P6 without a keychain the app starts, says what is missing, sells nothing and writes no ledger', async ({
  launch,
  dataDir,
}) => {
  const tuppence = await launch({ env: noKeychain })
  await expect(tuppence.launcher.page.getByRole('alert')).toContainText(/keychain/i)
  await tuppence.launcher.buy(cheapOffer.title)
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  expect(await tuppence.confirmWindows()).toBe(0)
  await tuppence.close()
  expect(await readdir(dataDir)).not.toContain('ledger.sqlite')
})

test('P6 when the keychain has gone the history is still shown, nothing is sold, and no secret is on the disk', async ({
  launch,
  dataDir,
}) => {
  const first = await launch()
  await first.launcher.buy(cheapOffer.title)
  await (await first.confirm()).approve()
  await expect(first.launcher.notice).toContainText('Paid')
  await first.close()

  const second = await launch({ env: noKeychain })
  await expect(second.launcher.page.getByRole('alert').first()).toContainText(/keychain/i)
  await second.launcher.buy(cheapOffer.title)
  await expect(second.launcher.notice).toContainText('Nothing was charged')
  await second.launcher.openHistory()
  await expect(second.launcher.historyRows).toHaveCount(1)
  expect(await second.sandbox.charges()).toHaveLength(1)
  await second.close()

  const secretShapes = /"d":"[A-Za-z0-9_-]{43}"|log-mac-key|device-signing-key/
  for (const name of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    if (!name.isFile() || name.parentPath.includes(join(dataDir, 'gateway'))) continue
    expect(secretShapes.test((await readFile(join(name.parentPath, name.name))).toString('latin1'))).toBe(false)
  }
})

test('P6 a keychain that is locked while the confirm window is open: nothing is sent, and the banner says why', async ({
  launch,
  keychain,
}) => {
  const tuppence = await launch()
  await tuppence.launcher.buy(cheapOffer.title)
  const confirm = await tuppence.confirm()
  await expect(confirm.pay).toHaveAttribute('aria-disabled', 'false')
  await keychain.lock()
  await confirm.approve()
  await expect(tuppence.launcher.notice).toContainText('Nothing was charged')
  await expect(tuppence.launcher.page.getByRole('alert').filter({ hasText: /keychain/i }).first()).toBeVisible()
  expect(await tuppence.sandbox.charges()).toEqual([])
})
