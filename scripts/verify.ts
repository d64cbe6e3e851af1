/**
 * `npm run verify -- DATA_DIR` checks a ledger without the app: every event against the chain, the anchor in the keychain,
 * what the gateway signed, and the projections against a rebuild. It writes nothing into the folder, and the app may run.
 *
 * Exit codes: 0 clean; 2 tampered with; 3 it could not be checked; 64 wrong use (sysexits.h, EX_USAGE).
 */
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { calculateJwkThumbprint } from 'jose'
import { readPackagedConfig } from '../src/main/adapters/gateway/packaged-config.ts'
import { createGatewaySignatures } from '../src/main/adapters/gateway/signatures.ts'
import { type CheckedLog, verifyFolder } from '../src/main/adapters/sqlite/verify-folder.ts'
import { keytarVault, vaultScope } from '../src/main/adapters/vault/keytar-vault.ts'
import type { TamperFinding } from '../src/main/ports/event-log.ts'
import type { GatewaySignatures } from '../src/main/ports/signatures.ts'
import { inRepo } from './lib/paths.mjs'

const usage = 'npm run verify -- DATA_DIR [--gateway-key KID:X] [--json]'

const findings: Record<TamperFinding, string> = {
  macMismatch: 'it was changed, or is not from this log: its mac does not fit',
  gap: 'it is missing, or the events are not in order',
  malformed: 'it cannot be read',
  truncated: 'from here on events were cut off: the keychain knows of more',
  anchorMismatch: 'the keychain knows of another event here',
  logMissing: 'the log is gone, and the keychain remembers one',
  rolledBack: 'an older copy was put back: the gateway has countersigned a later head',
  signatureMismatch: 'what the gateway is said to have signed was not signed by it, or is about something else',
  projectionMismatch: 'postings, purchases or other tables worked out from it are not what follows from the events',
  schemaMismatch: 'tables, indexes or triggers are not those of this application',
}

const reasons: Record<Extract<CheckedLog, { kind: 'notPossible' }>['reason'], string> = {
  noLedger: 'There is no ledger in this folder. Give the data folder, the one that holds ledger.sqlite.',
  keychainUnavailable: 'The keychain did not answer. Unlock it, or run this as the user who bought, then run it again.',
  keyMissing: 'The keychain has no key for this folder, so nothing can be said about the events. Restore the keychain, or run this as the user who bought.',
  newerVersion: 'A newer version of Tuppence made this ledger. Use its verifier.',
  unreadable: 'The file cannot be read as a ledger.',
}

/** The sandbox keeps its gateway in the data folder; a production build has a gateway in its configuration. */
async function signaturesFor(dataDir: string, given: string | undefined): Promise<GatewaySignatures | null> {
  if (given !== undefined) {
    const [kid = '', x = ''] = given.split(':')
    return createGatewaySignatures({ signingKey: { kid, x } })
  }
  const sandboxKey = join(dataDir, 'gateway', 'gateway-signing-key.pem')
  if (existsSync(sandboxKey)) {
    const { x = '' } = createPublicKey(createPrivateKey(readFileSync(sandboxKey))).export({ format: 'jwk' })
    return createGatewaySignatures({ signingKey: { kid: await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x }), x } })
  }
  const config = await readPackagedConfig(inRepo('resources', 'gateway.json'))
  return config && createGatewaySignatures(config)
}

function showProgress(checked: number, of: number): void {
  if (process.stderr.isTTY && checked % 10_000 === 0) process.stderr.write(`\r${checked} of ${of} events checked`)
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, 'gateway-key': { type: 'string' } },
  })
  const [folder] = positionals
  if (folder === undefined || positionals.length > 1) throw new TypeError('one folder is wanted')
  const dataDir = resolve(folder)
  const startedAt = performance.now()
  const signatures = await signaturesFor(dataDir, values['gateway-key'])
  const vault = keytarVault({ scope: vaultScope(dataDir) })
  const found = await verifyFolder({ dataDir, vault, signatures, onProgress: showProgress })
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
  const seconds = Math.round(performance.now() - startedAt) / 1000
  const code = exitCodeOf(found)
  if (values.json) console.log(JSON.stringify({ ...found, exitCode: code, seconds, dataDir }))
  else console.log(wordsFor(found))
  return code
}

function exitCodeOf(found: CheckedLog): number {
  if (found.kind === 'tampered') return 2
  return found.kind === 'clean' && found.unchecked === 0 ? 0 : 3
}

function wordsFor(found: CheckedLog): string {
  switch (found.kind) {
    case 'clean':
      return found.unchecked === 0
        ? `Clean: ${found.events} events checked, nothing was altered.`
        : `The chain of ${found.events} events, the anchor and all tables are clean. ${found.unchecked} signatures of the gateway could not be checked, because its key is not known here: give it with --gateway-key KID:X.`
    case 'tampered':
      return `Tampered with. First bad event: ${found.firstBadSeq}. ${findings[found.finding][0]?.toUpperCase()}${findings[found.finding].slice(1)}.\nLeave the folder as it is: it is evidence. The app opens it for reading only.`
    case 'notPossible':
      return `Not checked. ${reasons[found.reason]}`
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUse = error instanceof TypeError
  console.error(isUse ? `${error.message}\nUse: ${usage}` : error)
  process.exitCode = isUse ? 64 : 3
}
