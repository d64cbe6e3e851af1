/**
 * `npm run reconcile -- --data DIR` compares the ledger of a data folder with the gateway's list of everything that it
 * charged this device, and names every difference. Writes nothing; the app may run.
 *
 * Exit codes: 0 they agree; 2 they do not; 3 they could not be compared; 64 wrong use (sysexits.h, EX_USAGE).
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { CatalogueSchema } from '../src/contract/catalogue.ts'
import { compare, type Comparison } from '../src/domain/reconciliation.ts'
import { createGateway } from '../src/gateway/create-gateway.ts'
import { createVaultDevice } from '../src/main/adapters/device/vault-device.ts'
import type { GatewayConfig } from '../src/main/adapters/gateway/gateway-config.ts'
import { createHttpGateway } from '../src/main/adapters/gateway/http-gateway.ts'
import { readPackagedConfig } from '../src/main/adapters/gateway/packaged-config.ts'
import { openToday } from '../src/main/adapters/sqlite/open-today.ts'
import { rowsOf } from '../src/main/adapters/sqlite/rows.ts'
import { createRandomIds } from '../src/main/adapters/system/random-ids.ts'
import { createSystemClock } from '../src/main/adapters/system/system-clock.ts'
import { keytarVault, vaultScope } from '../src/main/adapters/vault/keytar-vault.ts'
import { GatewayError } from '../src/main/ports/gateway.ts'
import { VaultError } from '../src/main/ports/vault.ts'
import { inRepo } from './lib/paths.mjs'

const usage = 'npm run reconcile -- --data DIR [--json]'

const words: Record<Comparison['differences'][number]['kind'], string> = {
  missingHere: 'charged by the gateway, not in the ledger',
  missingThere: 'in the ledger, not charged by the gateway',
  amountDiffers: 'another amount or receipt',
  refundDiffers: 'another amount was refunded',
  chargebackDiffers: 'another amount was charged back',
}

interface Connected {
  readonly config: GatewayConfig
  readonly mustChain: boolean
  readonly close: () => Promise<void>
}

/** The gateway of the configuration; for a sandbox folder its own one, which is started for as long as it is asked. */
async function connect(dataDir: string): Promise<Connected> {
  const gatewayDir = join(dataDir, 'gateway')
  if (!existsSync(gatewayDir)) {
    const config = await readPackagedConfig(inRepo('resources', 'gateway.json'))
    if (!config) throw new Error('There is no gateway in resources/gateway.json, and none of the sandbox in this folder.')
    return { config, mustChain: true, close: async () => {} }
  }
  const catalogue = v.parse(CatalogueSchema, JSON.parse(readFileSync(inRepo('resources', 'sandbox-catalogue.json'), 'utf8')))
  const { url, pin, signingKey, close } = await createGateway({ dataDir: gatewayDir, catalogue, mode: 'sandbox' })
  return { config: { url, pins: [pin], signingKey }, mustChain: false, close }
}

function readPurchases(dataDir: string) {
  const file = join(dataDir, 'ledger.sqlite')
  if (!existsSync(file)) throw new Error('There is no ledger in this folder. Give the data folder, the one that holds ledger.sqlite.')
  const db = openToday(file)
  try {
    return rowsOf(db).purchases()
  } finally {
    db.close()
  }
}

async function reconcile(dataDir: string): Promise<Comparison> {
  const records = readPurchases(dataDir)
  const vault = keytarVault({ scope: vaultScope(dataDir) })
  const device = createVaultDevice({ vault, mayCreateKey: () => false })
  await device.id()
  const { config, mustChain, close } = await connect(dataDir)
  try {
    const [clock, ids] = [createSystemClock(), createRandomIds()]
    const gateway = createHttpGateway({ clock, device, ids, mustChain, config: async () => config })
    return compare(records, await gateway.chargeList())
  } finally {
    await close()
  }
}

function print({ matched, differences }: Comparison): void {
  console.log(`${matched} charges agree, to the cent; ${differences.length} differences.`)
  for (const { kind, purchaseId, receiptNumber, here, there } of differences) {
    const money = (amount: typeof here) => (amount ? `${amount.amount} ${amount.currency} (minor units)` : 'nothing')
    console.log(`- ${words[kind]}: receipt ${receiptNumber ?? 'none'}, purchase ${purchaseId}; ledger ${money(here)}, gateway ${money(there)}`)
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, json: { type: 'boolean', default: false } } })
  if (values.data === undefined) throw new TypeError('a data folder is wanted')
  const dataDir = resolve(values.data)
  const found = await reconcile(dataDir)
  if (values.json) console.log(JSON.stringify({ dataDir, ...found }))
  else print(found)
  return found.differences.length === 0 ? 0 : 2
}

function reasonOf(error: unknown): string {
  if (error instanceof VaultError) return 'The keychain gave no device key for this folder. Unlock it, or run this as the user who bought.'
  if (error instanceof GatewayError) return `The gateway could not be asked: ${error.problem.kind}.`
  return error instanceof Error ? error.message : String(error)
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUse = error instanceof TypeError
  console.error(isUse ? `${error.message}\nUse: ${usage}` : `Not compared. ${reasonOf(error)}`)
  process.exitCode = isUse ? 64 : 3
}
