/** Playwright fixtures: each test has its own data folder, keychain, gateway and clock. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { displayForTests } from '../../scripts/lib/display.mjs'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import { launchTuppence, type LaunchOptions, type Tuppence } from './launch.ts'

export { expect } from '@playwright/test'

interface Keychain {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Locks it as its owner could; nobody will ask for the password. */
  lock(): Promise<void>
}

interface Fixtures {
  /** An empty folder, removed after the test. */
  readonly dataDir: string
  /** A keychain that only this test knows. */
  readonly keychain: Keychain
  /** Starts the app on this test's folder and keychain; what is still open is closed after the test. */
  readonly launch: (options?: Partial<LaunchOptions>) => Promise<Tuppence>
  /** The app, started on an empty folder. */
  readonly tuppence: Tuppence
}

interface WorkerFixtures {
  /** A screen that only this worker's windows are on: those of another would take the focus away. */
  readonly display: { readonly env: NodeJS.ProcessEnv }
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  display: [
    async ({}, use) => {
      const display = await displayForTests()
      await use(display)
      await display.stop()
    },
    { scope: 'worker' },
  ],
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tuppence-test-'))
    await use(folder)
    // Chromium may still be writing there for a moment after it was told to end.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  },
  keychain: async ({}, use) => {
    const keychain = await startPrivateKeychain()
    await use(keychain)
    await keychain.stop()
  },
  launch: async ({ dataDir, display, keychain }, use) => {
    const started: Tuppence[] = []
    await use(async (options = {}) => {
      const tuppence = await launchTuppence({ dataDir, ...options, env: { ...display.env, ...keychain.env, ...options.env } })
      started.push(tuppence)
      return tuppence
    })
    for (const tuppence of started) await tuppence.close().catch(() => null)
  },
  tuppence: async ({ launch }, use) => {
    await use(await launch())
  },
})
