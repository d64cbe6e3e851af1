// @ts-check
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { boundToUs } from './bound.mjs'
import { Failure } from './failure.mjs'
import { logFolder } from './paths.mjs'
import { say, seconds } from './report.mjs'

const STILL_AT_IT_EVERY_MS = 30_000
const END_WITHIN_MS = 5_000

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending */

/**
 * Runs a command whose output goes to a log file, so that a good run stays readable. When we are told
 * to end, it ends first, so that nothing is still at work on the same files afterwards.
 *
 * @param {string} name of the log
 * @param {string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, append?: boolean, finishes?: boolean }} [options]
 *   finishes: must not be killed halfway, even if we are
 * @returns {Promise<Ending & { log: string }>}
 * @throws {Failure} when the command cannot be started
 */
export async function runLogged(name, command, options = {}) {
  fs.mkdirSync(logFolder, { recursive: true })
  const log = path.join(logFolder, `${name}.log`)
  const file = fs.openSync(log, options.append === true ? 'a' : 'w')
  fs.writeSync(file, `$ ${command.join(' ')}\n`)
  const startedAt = Date.now()
  const mayBeKilled = options.finishes !== true
  const [program = '', ...args] = mayBeKilled ? boundToUs(command, 'KILL') : command
  const child = spawn(program, args, {
    stdio: ['ignore', file, file],
    // A group of its own, so that what it has started in turn can be ended with it.
    detached: process.platform !== 'win32',
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  const heartbeat = setInterval(() => say(`      … still at it after ${seconds(Date.now() - startedAt)}`), STILL_AT_IT_EVERY_MS)
  const release = onSignals((signal) => {
    signalGroup(child, signal)
    if (mayBeKilled) setTimeout(() => signalGroup(child, 'SIGKILL'), END_WITHIN_MS).unref()
  })
  try {
    return { ...(await ending(child)), log }
  } catch (error) {
    throw new Failure(`${command[0]} could not be started (${error instanceof Error ? error.message : String(error)}).`)
  } finally {
    release()
    clearInterval(heartbeat)
    fs.closeSync(file)
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<Ending>}
 */
export const ending = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal }))
  })

/**
 * Passes the signals that end us on to a child, which then decides how this ends.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} its undo
 */
export const passSignals = (child) => onSignals((signal) => void child.kill(signal))

/**
 * Hears the signals that would end us, which then do not.
 *
 * @param {(signal: NodeJS.Signals) => void} react
 * @returns {() => void} its undo
 */
export function onSignals(react) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, react)
  return () => {
    for (const signal of signals) process.off(signal, react)
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child spawned as detached
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It has just ended by itself.
  }
}

/**
 * The exit code a shell would give.
 *
 * @param {Ending} ended
 */
export function exitCodeOf({ code, signal }) {
  if (code !== null) return code
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
  return 128 + (numbers[/** @type {keyof typeof numbers} */ (signal)] ?? 0)
}
