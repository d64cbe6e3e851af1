/** Computers without a usable keychain: no session bus, a bus without the service, no library at all. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { keytarVault, type Keychain } from '../../../src/main/adapters/vault/keytar-vault.ts'
import { VaultError } from '../../../src/main/ports/vault.ts'
import { expectProblem } from './vault-contract.ts'

const askVault = fileURLToPath(new URL('../../support/children/ask-vault.ts', import.meta.url))

/** What a process of its own says about its keychain, as GLib remembers the bus of the process it is in. */
async function problemIn(env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [askVault], { env: { PATH: process.env['PATH'], ...env } })
  return stdout.trim()
}

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it.each<[string, NodeJS.ProcessEnv]>([
    ['without any session', {}],
    ['with the address of a bus that is gone', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }],
    ['with an address that is none', { DBUS_SESSION_BUS_ADDRESS: 'nonsense' }],
  ])('P6 %s there is no keychain', async (_name, env) => {
    expect(await problemIn(env)).toBe('absent')
  })
})

describe('keytar', () => {
  it('P6 counts as absent when its library cannot be loaded, and is tried again', async () => {
    let attempts = 0
    const load = () => {
      attempts++
      return Promise.reject(new Error('libsecret-1.so.0: cannot open shared object file'))
    }
    await expectProblem(keytarVault({ scope: 's', load }), 'absent')
    expect(attempts).toBe(4)
  })

  it('is not loaded before it is needed', () => {
    let loads = 0
    const load = () => Promise.reject(new Error(`load ${(loads += 1)}`))
    keytarVault({ scope: 's', load })
    expect(loads).toBe(0)
  })

  it('never carries out late what has timed out', async () => {
    const done: string[] = []
    const { promise: stuck, resolve: unstick } = Promise.withResolvers<void>()
    const keychain: Keychain = {
      getPassword: () => Promise.resolve(null),
      deletePassword: () => Promise.resolve(false),
      async setPassword(_service, account, value) {
        await stuck
        done.push(`${account}=${value}`)
      },
    }
    const vault = keytarVault({ scope: 's', timeoutMs: 20, load: () => Promise.resolve(keychain) })
    await expect(vault.set('log-anchor', '1')).rejects.toEqual(new VaultError('timedOut'))
    await expect(vault.set('log-anchor', '2')).rejects.toEqual(new VaultError('timedOut'))
    unstick()
    await vault.set('log-anchor', '3')
    expect(done).toEqual(['log-anchor@s=1', 'log-anchor@s=3'])
  })

  it('P6 never has a value in an error, not even one that the keychain put there', async () => {
    const keychain: Keychain = {
      getPassword: () => Promise.resolve(null),
      deletePassword: () => Promise.resolve(false),
      setPassword: (_service, _account, value) => Promise.reject(new Error(`cannot store ${value}`)),
    }
    await expectProblem(keytarVault({ scope: 's', load: () => Promise.resolve(keychain) }), 'locked')
  })
})
