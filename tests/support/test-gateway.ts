/** A real gateway on a real port for one suite, with a clock that stands still until the test moves it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll } from 'vitest'
import { CatalogueSchema } from '../../src/contract/catalogue.ts'
import { createGateway, type Gateway, type GatewayOptions } from '../../src/gateway/create-gateway.ts'
import sandboxCatalogue from '../../resources/sandbox-catalogue.json' with { type: 'json' }
import { createGatewayClient, type GatewayClient } from './gateway-client.ts'

export interface TestWorld {
  readonly gateway: Gateway
  readonly client: GatewayClient
  readonly dataDir: string
  readonly clock: { nowMs: number }
  /** The same folder and clock in a new gateway, as after a restart; `close` ends the newest. */
  readonly restart: (options?: Partial<GatewayOptions>) => Promise<TestWorld>
  /** Ends the gateway and removes its folder. Throws when it reported a bug of its own. */
  readonly close: () => Promise<void>
}

export const catalogue = v.parse(CatalogueSchema, sandboxCatalogue)

/** For a live gateway that writes to nobody: nothing listens there. */
export const noMailServer = { url: 'smtp://127.0.0.1:1', from: 'tuppence@example.org' }

const tempDirs: string[] = []
afterAll(() => {
  for (const dir of tempDirs) rmSync(dir, { recursive: true, force: true })
})

/** A folder that goes away after the last test of the file. */
export function makeTempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tuppence-gateway-'))
  tempDirs.push(dir)
  return dir
}

export async function startTestGateway(options: Partial<GatewayOptions> = {}): Promise<TestWorld> {
  const dataDir = options.dataDir ?? makeTempDir()
  const clock = { nowMs: Date.parse('2026-11-23T09:00:00.000Z') }
  return open(dataDir, clock, options)
}

async function open(dataDir: string, clock: { nowMs: number }, options: Partial<GatewayOptions>): Promise<TestWorld> {
  const bugs: unknown[] = []
  const gateway = await createGateway({
    dataDir,
    catalogue,
    mode: 'sandbox',
    pagesDir: 'resources/account-pages',
    requestsPerMinute: 100_000,
    now: () => clock.nowMs,
    onError: (error) => bugs.push(error),
    ...options,
  })
  const client = createGatewayClient(gateway, () => clock.nowMs)
  async function stop(): Promise<void> {
    await client.close()
    await gateway.close()
  }
  return {
    gateway,
    client,
    dataDir,
    clock,
    async restart(changes = {}) {
      await stop()
      return open(dataDir, clock, { ...options, ...changes })
    },
    async close() {
      await stop()
      rmSync(dataDir, { recursive: true, force: true })
      if (bugs.length > 0) throw new AggregateError(bugs, 'the gateway reported bugs')
    },
  }
}
