/** The gateway as a program of its own: from the command line, and as the app's utility process. */
import { type ChildProcess, execFileSync, fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { UtilityMessage } from '../../../src/gateway/utility.ts'
import { createGatewayClient, random32, claimsOf } from '../../support/gateway-client.ts'
import { makeTempDir } from '../../support/test-gateway.ts'

const cli = fileURLToPath(new URL('../../../src/gateway/cli.ts', import.meta.url))
const utility = fileURLToPath(new URL('../../../src/gateway/utility.ts', import.meta.url))
const parentPort = fileURLToPath(new URL('../../support/parent-port.mjs', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

describe('the command line', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', timeout: 50_000 })

  async function start(...args: string[]) {
    const child = spawn(process.execPath, [cli, '--data', makeTempDir(), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    children.push(child)
    const lines: Record<string, string> = {}
    let text = ''
    const wanted = args.includes('--live') ? 4 : 5
    for await (const part of child.stdout.setEncoding('utf8')) {
      text += part as string
      if (text.trimEnd().split('\n').length >= wanted) break
    }
    for (const line of text.trimEnd().split('\n')) {
      const [, name, value] = /^(.*?): (.*)$/.exec(line) ?? []
      lines[name as string] = value as string
    }
    return { child, lines }
  }

  it('prints where the gateway is and what to trust it by, and stops on a signal', async () => {
    const { child, lines } = await start()
    const url = lines['URL'] as string
    const pin = lines['Pin (SHA-256 of the public key)'] as string
    const client = createGatewayClient({ url, pin, controlToken: lines['Control token (sandbox)'] as string })
    expect((await client.buy(await client.enrolledDevice(), 'hedgerow-teapot')).body['status']).toBe('succeeded')
    expect(await client.charges()).toHaveLength(1)
    expect(lines['Signing key']).toMatch(/^[\w-]{43} \(kid [\w-]{43}\)$/)
    await client.close()
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('has no control token in live mode', async () => {
    expect((await start('--live', '--smtp', 'smtp://127.0.0.1:1', '--mail-from', 'tuppence@example.org')).lines).not.toHaveProperty('Control token (sandbox)')
  })

  it('does not start a live gateway that could write to nobody', () => {
    const { status, stderr } = run('--data', makeTempDir(), '--live')
    expect(status).toBe(1)
    expect(stderr).toContain('--smtp URL is missing')
  })

  it('explains itself', () => {
    const help = run('--help')
    expect([help.status, help.stderr]).toEqual([0, ''])
    expect(help.stdout).toMatch(/--data DIR[^]*--port N[^]*--live/)
  })

  it('says what is wrong with an argument or a folder, without a stack', () => {
    const file = join(makeTempDir(), 'file')
    writeFileSync(file, '')
    const cases: readonly [string[], RegExp][] = [
      [[], /--data DIR is missing/],
      [['--data', 'x', '--port', '99999'], /--port takes a whole number from 0 to 65535, not "99999"/],
      [['--data', 'x', '--prot', '1'], /--prot/],
      [['--data', file], /is not a folder/],
      [['--data', '/proc/tuppence'], /could not start in \/proc\/tuppence|may not write/],
    ]
    for (const [args, message] of cases) {
      const { status, stderr } = run(...args)
      expect(status).toBe(1)
      expect(stderr).toMatch(message)
      expect(stderr).not.toMatch(/^\s+at /m)
    }
  })
})

describe('the utility process', () => {
  function start(...args: string[]): ChildProcess {
    const execArgv = ['--import', parentPort]
    const child = fork(utility, args, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    children.push(child)
    return child
  }
  const firstMessage = async (child: ChildProcess) => (await once(child, 'message'))[0] as UtilityMessage

  async function ready(child: ChildProcess) {
    const message = await firstMessage(child)
    if (message.type !== 'ready') throw new Error(message.message)
    return message
  }

  it('says that it is ready, serves, and stops when told', async () => {
    const child = start('--data', makeTempDir())
    const client = createGatewayClient(await ready(child))
    expect((await client.buy(await client.enrolledDevice(), 'hedgerow-teapot')).body['status']).toBe('succeeded')
    await client.close()
    child.send({ type: 'stop' })
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('says why it failed', async () => {
    expect(await firstMessage(start('--data', '/proc/tuppence'))).toMatchObject({ type: 'failed' })
    expect(await firstMessage(start())).toMatchObject({ type: 'failed', message: expect.stringContaining('--data') as unknown })
  })

  it('lets its clock be advanced, so that time can pass for app and gateway alike', async () => {
    const child = start('--data', makeTempDir())
    const client = createGatewayClient(await ready(child))
    const now = async () => {
      const { body } = await client.send(`/v1/time?nonce=${random32()}`)
      return Date.parse((claimsOf(body['time'] as string) as { now: string }).now)
    }
    const dayMs = 24 * 60 * 60 * 1000
    const before = await now()
    child.send({ type: 'advanceClock', ms: dayMs })
    await expect.poll(now).toBeGreaterThanOrEqual(before + dayMs)
    await client.close()
  })

  it('stops when its parent goes away', async () => {
    const child = start('--data', makeTempDir())
    await ready(child)
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('stops when its parent is killed', async () => {
    const script = `
      const child = require('node:child_process').fork(${JSON.stringify(utility)}, ['--data', ${JSON.stringify(makeTempDir())}],
        { execArgv: ['--import', ${JSON.stringify(parentPort)}] })
      child.once('message', () => { console.log(child.pid); process.kill(process.pid, 'SIGKILL') })`
    let text = ''
    try {
      text = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })
    } catch (error) {
      text = (error as { stdout: string }).stdout
    }
    const pid = Number(text)
    expect(pid).toBeGreaterThan(1)
    await expect.poll(() => isRunning(pid), { timeout: 50_000 }).toBe(false)
  })

  function isRunning(pid: number): boolean {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
})
