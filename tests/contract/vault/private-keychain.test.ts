/** The keychain that tests, tour and start bring along leaves nothing behind, however its owner ends. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { hasSecretService, startPrivateKeychain } from '../../../scripts/lib/private-keychain.mjs'

const owner = fileURLToPath(new URL('../../support/children/own-keychain.ts', import.meta.url))

interface Owned {
  readonly address: string
  readonly pids: { readonly bus: number; readonly keyring: number }
}

const folderOf = (address: string) => dirname(address.replace('unix:path=', ''))

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const isGone = ({ address, pids }: Owned) =>
  !isAlive(pids.bus) && !isAlive(pids.keyring) && !existsSync(folderOf(address))

describe.runIf(process.platform === 'linux')('a private keychain', () => {
  it('is there when it says so, and gone when it was stopped', async () => {
    const keychain = await startPrivateKeychain()
    const owned = { address: keychain.env.DBUS_SESSION_BUS_ADDRESS, pids: keychain.pids }
    expect(isGone(owned)).toBe(false)
    expect(await hasSecretService({ ...process.env, ...keychain.env })).toBe(true)
    await keychain.stop()
    expect(isGone(owned)).toBe(true)
    expect(await hasSecretService({ ...process.env, ...keychain.env })).toBe(false)
  })

  it('shares nothing with another one', async () => {
    const [one, two] = await Promise.all([startPrivateKeychain(), startPrivateKeychain()])
    expect(one.env).not.toEqual(two.env)
    await one.stop()
    expect(await hasSecretService({ ...process.env, ...two.env })).toBe(true)
    await two.stop()
  })

  it.each(['SIGKILL', 'SIGTERM'] as const)('ends with its owner, also by %s', async (signal) => {
    const child = spawn(process.execPath, [owner], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const owned = JSON.parse(line.toString()) as Owned
    expect(isGone(owned)).toBe(false)
    child.kill(signal)
    await once(child, 'exit')
    await vi.waitFor(() => expect(isGone(owned)).toBe(true), { timeout: 50_000, interval: 10 })
  })

  it('does not keep its owner from ending', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [owner, 'end'])
    await vi.waitFor(() => expect(isGone(JSON.parse(stdout) as Owned)).toBe(true), { timeout: 50_000, interval: 10 })
  })

  it('says what to install when the programs are missing', async () => {
    const path = process.env['PATH']
    process.env['PATH'] = '/nonexistent'
    const error: unknown = await startPrivateKeychain().catch((reason: unknown) => reason)
    process.env['PATH'] = path
    expect(String(error)).toContain('gnome-keyring-daemon not found')
  })
})

describe('hasSecretService', () => {
  it('is false without a session bus, on Linux only', async () => {
    const env = { PATH: process.env['PATH'], DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }
    expect(await hasSecretService(env, 'linux')).toBe(false)
    expect(await hasSecretService(env, 'darwin')).toBe(true)
    expect(await hasSecretService(env, 'win32')).toBe(true)
  })
})
