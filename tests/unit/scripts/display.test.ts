import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { displayForTests } from '../../../scripts/lib/display.mjs'
import { hasDisplay } from '../../../scripts/lib/has-display.mjs'

describe('whether there is a display', () => {
  it.each([
    [{ DISPLAY: ':0' }, 'linux', true],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
    [{ DISPLAY: '' }, 'linux', false],
    [{}, 'linux', false],
    [{}, 'darwin', true],
    [{}, 'win32', true],
  ])('%o on %s: %s', (env, platform, expected) => {
    expect(hasDisplay(env, platform)).toBe(expected)
  })
})

describe.runIf(process.platform === 'linux')('the private display', () => {
  const socketOf = (display = '') => `/tmp/.X11-unix/X${display.slice(1)}`

  it('hides the display of the person who runs the tests, and is gone when stopped', async () => {
    const display = await displayForTests({ ...process.env, WAYLAND_DISPLAY: 'wayland-0', TUPPENCE_TEST_DISPLAY: '' })
    expect(fs.existsSync(socketOf(display.env['DISPLAY']))).toBe(true)
    expect(display.env).not.toHaveProperty('WAYLAND_DISPLAY')
    await display.stop()
    expect(fs.existsSync(socketOf(display.env['DISPLAY']))).toBe(false)
  })

  it('is the own one of the person who wants to watch', async () => {
    const env = { DISPLAY: ':77', TUPPENCE_TEST_DISPLAY: 'own' }
    expect((await displayForTests(env)).env).toBe(env)
  })

  it('ends with its parent, also when that is killed', async () => {
    const lib = pathToFileURL(path.resolve('scripts/lib/display.mjs')).href
    const script = `const { startPrivateDisplay } = await import('${lib}'); console.log((await startPrivateDisplay()).env.DISPLAY)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const socket = socketOf(line.toString().trim())
    expect(fs.existsSync(socket)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => fs.existsSync(socket)).toBe(false)
  })
})
