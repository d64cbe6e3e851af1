/** keytar against a real gnome-keyring on a D-Bus session of its own; every test has its own scope in it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPrivateKeychain, type PrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'
import { keytarVault } from '../../../src/main/adapters/vault/keytar-vault.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { describeVault, expectProblem } from './vault-contract.ts'

let keychain: PrivateKeychain
beforeAll(async () => {
  keychain = await startPrivateKeychain()
  // GLib connects once in the life of a process, at keytar's first use.
  Object.assign(process.env, keychain.env)
})
afterAll(() => keychain.stop())

describe.runIf(process.platform === 'linux')('on gnome-keyring', () => {
  describeVault({ open: () => keytarVault({ scope: randomUUID() }) })

  it('P6 keeps the secrets of one data folder from those of another', async () => {
    const [here, there] = [keytarVault({ scope: 'here' }), keytarVault({ scope: 'there' })]
    await here.set('log-mac-key', 'secret')
    expect(await there.get('log-mac-key')).toBeNull()
  })

  it('finds again what another instance has set', async () => {
    await keytarVault({ scope: 'again' }).set('log-mac-key', 'secret')
    expect(await keytarVault({ scope: 'again' }).get('log-mac-key')).toBe('secret')
  })

  it('says that a keychain that hangs timed out, and works again when it does', async () => {
    await keytarVault({ scope: 'hanging' }).set('log-anchor', '1')
    const vault = keytarVault({ scope: 'hanging', timeoutMs: 300 })
    process.kill(keychain.pids.keyring, 'SIGSTOP')
    const late = vault.set('log-anchor', '2')
    await expect(late).rejects.toEqual(new VaultError('timedOut'))
    await expect(vault.set('log-anchor', '3')).rejects.toEqual(new VaultError('timedOut'))
    process.kill(keychain.pids.keyring, 'SIGCONT')
    const patient = keytarVault({ scope: 'hanging' })
    await patient.set('log-anchor', '4')
    expect(await patient.get('log-anchor')).toBe('4')
  })

  it('P6 tells a locked keychain from an empty one', async () => {
    const vault = keytarVault({ scope: 'locked' })
    await vault.set('log-anchor', 'there')
    await keychain.lock()
    await expectProblem(vault, 'locked')
    await expectProblem(keytarVault({ scope: 'never used' }), 'locked')
  })

  it('says that a keychain whose service ended is absent', async () => {
    process.kill(keychain.pids.keyring, 'SIGKILL')
    await expectProblem(keytarVault({ scope: 'ended' }), 'absent')
  })
})
