/** The keychain that `scripts/windowed.mjs` runs its command with. */
import { describe, expect, it } from 'vitest'
import { hasSecretService, keychainOrPrivateOne, startPrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'

const withBus = (address: string) => ({ ...process.env, DBUS_SESSION_BUS_ADDRESS: address })

describe.runIf(process.platform === 'linux')('the keychain of a command that opens windows', () => {
  it.each(['unix:path=/nonexistent', 'none:'])('is a private one where none answers (%s), for as long as the command runs', async (address) => {
    const keychain = await keychainOrPrivateOne(withBus(address))
    expect(await hasSecretService(keychain.env)).toBe(true)
    await keychain.stop()
    expect(await hasSecretService(keychain.env)).toBe(false)
  })

  it('is the one that is there, and is left running', async () => {
    const own = await startPrivateKeychain()
    const env = withBus(own.env.DBUS_SESSION_BUS_ADDRESS)
    const keychain = await keychainOrPrivateOne(env)
    expect(keychain.env).toBe(env)
    await keychain.stop()
    expect(await hasSecretService(env)).toBe(true)
    await own.stop()
  })
})

it('is left to the system where that is not Linux', async () => {
  const env = withBus('none:')
  expect((await keychainOrPrivateOne(env, 'darwin')).env).toBe(env)
})
