/** On a real gnome-keyring, on a D-Bus session of its own. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPrivateKeychain, type PrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'
import { createVaultCredentials } from '../../../src/main/adapters/credentials/vault-credentials.ts'
import { keytarVault } from '../../../src/main/adapters/vault/keytar-vault.ts'
import { describeCredentials } from './credentials-contract.ts'

let keychain: PrivateKeychain
beforeAll(async () => {
  keychain = await startPrivateKeychain()
  // GLib connects once in the life of a process, at keytar's first use.
  Object.assign(process.env, keychain.env)
})
afterAll(() => keychain.stop())

const open = (scope: string) => createVaultCredentials({ vault: keytarVault({ scope }) })

describe.runIf(process.platform === 'linux')('credentials on gnome-keyring', () => {
  describeCredentials({ open: () => open(randomUUID()) })

  it('are found again by the next start, and belong to one data folder', async () => {
    const [member, scope] = [randomUUID(), randomUUID()]
    await open(scope).setPin(member, '2580')
    expect(await open(scope).compare(member, { pin: '2580' }, 0)).toEqual({ pin: true, code: null })
    expect(await open(randomUUID()).has(member)).toEqual({ pin: false, secondFactor: false })
  })
})
