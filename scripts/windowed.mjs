// @ts-check
/**
 * `node scripts/windowed.mjs <command> [arguments]` runs a command that opens the app's windows: with the runtime chosen,
 * on a private display, and with a private keychain where there is none. Tests, tour and bench start through it.
 */
import { spawn } from 'node:child_process'
import { displayForTests } from './lib/display.mjs'
import { electronEnvironment } from './lib/electron-runtime.mjs'
import { keychainOrPrivateOne } from './lib/private-keychain.mjs'
import { sayFailure } from './lib/report.mjs'
import { ending, exitCodeOf, passSignals } from './lib/run.mjs'

/**
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 */
async function run([program = '', ...args], env) {
  const child = spawn(program, args, { stdio: 'inherit', env, shell: process.platform === 'win32' })
  const release = passSignals(child)
  try {
    return exitCodeOf(await ending(child))
  } finally {
    release()
  }
}

try {
  // Asked for before the display is private: a session bus may be found by the person's own.
  const keychain = await keychainOrPrivateOne(electronEnvironment())
  try {
    const display = await displayForTests(keychain.env)
    try {
      process.exitCode = await run(process.argv.slice(2), display.env)
    } finally {
      await display.stop()
    }
  } finally {
    await keychain.stop()
  }
} catch (error) {
  sayFailure(error)
  process.exitCode = 1
}
