// @ts-check
import { spawn } from 'node:child_process'
import { boundToUs } from './bound.mjs'
import { Failure } from './failure.mjs'
import { hasDisplay } from './has-display.mjs'
import { which } from './which.mjs'

const SCREEN = '1920x1080x24'
const READY_WITHIN_MS = 20_000

/** @typedef {{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }} Display */

/**
 * The display for tests, the tour and the bench: always a private one, so that nobody's pointer or
 * window manager is part of a result, unless TUPPENCE_TEST_DISPLAY=own asks to watch.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Display>}
 */
export async function displayForTests(env = process.env) {
  const wantsOwn = env['TUPPENCE_TEST_DISPLAY'] === 'own' && hasDisplay(env)
  if (process.platform !== 'linux' || wantsOwn) return { env, stop: async () => {} }
  return startPrivateDisplay(env)
}

/**
 * Starts Xvfb on a display number of its own choosing, with a window manager where there is one:
 * focus and full screen are its work, and without it they behave like on no real desktop.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Display>}
 * @throws {Failure}
 */
export async function startPrivateDisplay(env = process.env) {
  const server = spawnBound(['Xvfb', '-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'], env, ['ignore', 'ignore', 'ignore', 'pipe'])
  const number = await displayNumber(server)
  /** @type {NodeJS.ProcessEnv} */
  const withDisplay = { ...env, DISPLAY: `:${number}`, XDG_SESSION_TYPE: 'x11' }
  // Either would lead a program past the private display.
  delete withDisplay['WAYLAND_DISPLAY']
  delete withDisplay['XAUTHORITY']
  const manager = which('openbox') === undefined ? undefined : spawnBound(['openbox', '--sm-disable'], withDisplay, ['ignore', 'ignore', 'ignore'])
  manager?.on('error', () => {})
  return {
    env: withDisplay,
    stop: async () => {
      await ended(manager)
      await ended(server)
    },
  }
}

/**
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {import('node:child_process').StdioOptions} stdio
 */
function spawnBound(command, env, stdio) {
  const [program = '', ...args] = boundToUs(command, 'TERM')
  return spawn(program, args, { env, stdio })
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<number>}
 */
function displayNumber(server) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => {
      clearTimeout(timer)
      server.kill('SIGKILL')
      reject(new Failure(`The private display did not start: ${why}.`, { means: 'Windows cannot be tested here.', next: 'Install the package xvfb (`npm run bootstrap` does).' }))
    }
    const timer = setTimeout(() => fail(`no answer within ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS)
    server.once('error', (error) => fail(error.message))
    server.once('exit', (code) => fail(`Xvfb ended with code ${code}`))
    let text = ''
    server.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      text += chunk.toString()
      if (!text.includes('\n')) return
      clearTimeout(timer)
      server.removeAllListeners('exit')
      resolve(Number(text))
    })
  })
}

/** @param {import('node:child_process').ChildProcess | undefined} child */
async function ended(child) {
  if (child === undefined || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exit
}
