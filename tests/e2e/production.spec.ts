import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import catalogue from '../../resources/sandbox-catalogue.json' with { type: 'json' }
import { CatalogueSchema } from '../../src/contract/catalogue.ts'
import { createGateway, type Gateway } from '../../src/gateway/create-gateway.ts'
import { expect, test as base } from '../support/fixtures.ts'
import { cheapOffer } from '../support/offers.ts'
import { layOutProduction } from '../support/production-app.ts'

const productionDir = fileURLToPath(new URL('../../out/production', import.meta.url))

interface Live {
  readonly gateway: Gateway
  /** The gateway's self-signed certificate, as a root that the app can be told to trust. */
  readonly certificateFile: string
}

const test = base.extend<{ appDir: string; live: Live }>({
  appDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tuppence-production-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  live: async ({}, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tuppence-gateway-'))
    const mail = { url: 'smtp://127.0.0.1:1', from: 'tuppence@example.org' }
    const gateway = await createGateway({ dataDir, catalogue: v.parse(CatalogueSchema, catalogue), mode: 'live', accounts: 'optional', mail })
    await use({ gateway, certificateFile: join(dataDir, 'gateway-tls.pem') })
    await gateway.close()
    await rm(dataDir, { recursive: true, force: true })
  },
})

test('a production build has no sandbox gateway, no tester’s control and no sandbox catalogue', async () => {
  const found: string[] = []
  const words = ['tuppenceSandbox', '/sandbox/faults', 'sandbox-wallet', 'cheesecake', 'controlToken', 'utilityProcess']
  for (const name of await readdir(productionDir, { recursive: true })) {
    const file = join(productionDir, name)
    if (!(await stat(file)).isFile()) continue
    const text = await readFile(file, 'utf8')
    found.push(...words.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`))
    if (name.endsWith('gateway.cjs')) found.push(name)
  }
  expect(found).toEqual([])
})

test('without a configuration the app explains that it has no gateway, and sells nothing', async ({ launch, appDir }) => {
  const { launcher, electron } = await launch({ main: await layOutProduction(appDir, null) })
  await expect(launcher.page.getByRole('alert').first()).toContainText(/gateway/i)
  await expect(launcher.page.getByText(/no real money/i)).toHaveCount(0)
  await launcher.openHistory()
  await expect(launcher.historyRows).toHaveCount(0)
  expect(await electron.evaluate(() => 'tuppenceSandbox' in globalThis)).toBe(false)
})

test('a wrong certificate is told apart from a gateway that is down, and nothing is bought', async ({
  launch,
  appDir,
  live: { gateway, certificateFile },
}) => {
  const pins = [Buffer.alloc(32).toString('base64')]
  const main = await layOutProduction(appDir, { url: gateway.url, pins, signingKey: gateway.signingKey })
  const { launcher } = await launch({ main, env: { NODE_EXTRA_CA_CERTS: certificateFile } })
  await expect(launcher.page.getByRole('alert').first()).toContainText(/certificate/i)
  await expect(launcher.page.getByRole('article')).toHaveCount(0)
})

test('a gateway that signs with another key is not believed', async ({ launch, appDir, live: { gateway, certificateFile } }) => {
  const signingKey = { kid: gateway.signingKey.kid, x: Buffer.alloc(32, 9).toString('base64url') }
  const main = await layOutProduction(appDir, { url: gateway.url, pins: [gateway.pin], signingKey })
  const { launcher, confirmWindows } = await launch({ main, env: { NODE_EXTRA_CA_CERTS: certificateFile } })
  await launcher.buy(cheapOffer.title)
  await expect(launcher.notice).toContainText('Nothing was charged')
  expect(await confirmWindows()).toBe(0)
})

test('P1 the production build buys at a real gateway over a pinned and chained connection', async ({
  launch,
  appDir,
  live: { gateway, certificateFile },
}) => {
  const main = await layOutProduction(appDir, { url: gateway.url, pins: [gateway.pin], signingKey: gateway.signingKey })
  const tuppence = await launch({ main, env: { NODE_EXTRA_CA_CERTS: certificateFile } })
  await tuppence.launcher.buy(cheapOffer.title)
  await (await tuppence.confirm()).approve()
  await expect(tuppence.launcher.notice).toContainText('Paid')
  await tuppence.launcher.openHistory()
  await expect(tuppence.launcher.historyRows).toContainText(cheapOffer.title)
})
