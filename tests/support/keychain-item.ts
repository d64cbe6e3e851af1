/** What the app keeps in a test's own keychain, as whoever opened that keychain would find it. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { vaultScope } from '../../src/main/adapters/vault/keytar-vault.ts'
import type { SecretName } from '../../src/main/ports/vault.ts'

const repo = fileURLToPath(new URL('../..', import.meta.url))
const script = `require('keytar').getPassword('Tuppence', process.argv[1]).then((value) => process.stdout.write(JSON.stringify(value)))`

/** A process connects to one keychain in its life, so each look is a process of its own. */
export function keychainItem(env: Readonly<Record<string, string | undefined>>, dataDir: string, name: SecretName): string | null {
  const node = ['--input-type=commonjs', '-e', script, `${name}@${vaultScope(dataDir)}`]
  return JSON.parse(execFileSync(process.execPath, node, { env: { ...process.env, ...env }, cwd: repo, encoding: 'utf8' })) as string | null
}
