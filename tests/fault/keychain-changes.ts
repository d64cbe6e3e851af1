/** Another keychain, or another secret in it, beside a ledger that is there: no new key is made, and nothing is sold. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { startPrivateKeychain } from '../../scripts/lib/private-keychain.mjs'
import type { Outcome } from '../../src/contract/ipc/outcome.ts'
import { vaultScope } from '../../src/main/adapters/vault/keytar-vault.ts'
import type { SecretName } from '../../src/main/ports/vault.ts'
import { type GatewayProcess, startGatewayProcess } from '../crash/gateway-process.ts'
import { startCoreApp } from '../crash/start-core-app.ts'
import { filesOf } from '../support/files.ts'
import { cheapOffer } from '../support/offers.ts'

type Env = Readonly<Record<string, string | undefined>>

export interface ChangeFigures {
  cases: number
  violations: number
  /** What the app said the ledger is, for each change. */
  readonly told: Record<string, string>
}

interface Change {
  readonly name: string
  /** What the app has to say the ledger is then. */
  readonly expected: string
  /** Null is no secret at all; without a name the keychain is another one. */
  readonly secret?: { readonly name: SecretName; readonly value: string | null }
  readonly env?: Env
}

/** `say` is told of everything that must not be. */
export async function changeTheKeychain(say: (line: string) => void): Promise<ChangeFigures> {
  const figures: ChangeFigures = { cases: 0, violations: 0, told: {} }
  const root = mkdtempSync(join(tmpdir(), 'tuppence-keychain-'))
  const dataDir = join(root, 'data')
  mkdirSync(dataDir)
  const [its, another] = [await startPrivateKeychain(), await startPrivateKeychain()]
  const gateway = await startGatewayProcess(join(root, 'gateway'), 0)
  try {
    const first = await openAndBuy(its.env, dataDir, gateway)
    if (first.bought !== 'succeeded') throw new Error(`buying ended as ${first.bought} before anything was changed`)
    const secrets = secretsOf(its.env, dataDir)
    const files = filesOf(dataDir)
    const changes: readonly Change[] = [
      { name: 'wiped', expected: 'keyMissing', env: another.env },
      { name: 'gone', expected: 'vaultUnavailable', env: { DBUS_SESSION_BUS_ADDRESS: 'disabled:' } },
      { name: 'key taken out', expected: 'keyMissing', secret: { name: 'log-mac-key', value: null } },
      { name: 'key of another log', expected: 'tampered', secret: { name: 'log-mac-key', value: Buffer.alloc(32, 7).toString('base64url') } },
      { name: 'no key', expected: 'keyMissing', secret: { name: 'log-mac-key', value: 'hunter2' } },
      { name: 'anchor taken out', expected: 'tampered', secret: { name: 'log-anchor', value: null } },
      { name: 'older anchor', expected: 'tampered', secret: { name: 'log-anchor', value: JSON.stringify({ seq: 1, mac: 'A'.repeat(43) }) } },
      { name: 'no anchor', expected: 'tampered', secret: { name: 'log-anchor', value: '{' } },
      { name: 'locked', expected: 'vaultUnavailable' },
    ]
    for (const change of changes) {
      if (change.name === 'locked') await its.lock()
      const env = change.env ?? its.env
      if (change.secret) setSecret(env, dataDir, change.secret.name, change.secret.value)
      const { state, bought } = await openAndBuy(env, dataDir, gateway)
      const wrong = [
        ...(state === change.expected ? [] : [`the ledger is ${state}, not ${change.expected}`]),
        ...(bought.startsWith('refused') ? [] : [`buying ended as ${bought}`]),
        ...(isDeepStrictEqual(filesOf(dataDir), files) ? [] : ['its files were changed']),
        ...((await gateway.charges()).length === 1 ? [] : ['something was charged']),
        ...(change.env && change.name === 'wiped' && secretsOf(env, dataDir)['log-mac-key'] !== null ? ['a new key was made'] : []),
      ]
      figures.cases += 1
      figures.violations += wrong.length
      figures.told[change.name] = `${state}, ${bought}`
      for (const what of wrong) say(`keychain ${change.name}: ${what}`)
      if (change.secret) setSecret(env, dataDir, change.secret.name, secrets[change.secret.name] ?? null)
    }
    return figures
  } finally {
    await gateway.kill()
    await its.stop()
    await another.stop()
    rmSync(root, { recursive: true, force: true })
  }
}

async function openAndBuy(env: Env, dataDir: string, gateway: GatewayProcess): Promise<{ state: string; bought: string }> {
  const app = startCoreApp({ env })
  try {
    const state = await app.tell<string>({ do: 'open', dataDir, gateway: gateway.config, clockAheadMs: 0 })
    const outcome = await app.tell<Outcome>({ do: 'buy', offerId: cheapOffer.id })
    await app.tell({ do: 'close' })
    return { state, bought: outcome.kind === 'refused' ? `refused: ${outcome.reason}` : outcome.kind }
  } finally {
    await app.kill()
  }
}

/** A process connects to one keychain in its life, so each look at one is a process of its own. */
function inKeychain(env: Env, script: string, ...args: string[]): string {
  const node = ['--input-type=commonjs', '-e', `const keytar = require('keytar'); const args = process.argv.slice(1); ${script}`, ...args]
  return execFileSync(process.execPath, node, { env: { ...process.env, ...env }, cwd: project, encoding: 'utf8' })
}

const project = fileURLToPath(new URL('../..', import.meta.url))
const service = 'Tuppence'

function secretsOf(env: Env, dataDir: string): Partial<Record<SecretName, string | null>> {
  const read = (name: SecretName) => {
    const script = 'keytar.getPassword(args[0], args[1]).then((value) => process.stdout.write(JSON.stringify(value)))'
    return JSON.parse(inKeychain(env, script, service, `${name}@${vaultScope(dataDir)}`)) as string | null
  }
  return { 'log-mac-key': read('log-mac-key'), 'log-anchor': read('log-anchor') }
}

function setSecret(env: Env, dataDir: string, name: SecretName, value: string | null): void {
  const account = `${name}@${vaultScope(dataDir)}`
  if (value === null) inKeychain(env, 'keytar.deletePassword(args[0], args[1])', service, account)
  else inKeychain(env, 'keytar.setPassword(args[0], args[1], args[2])', service, account, value)
}
