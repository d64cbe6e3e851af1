// @ts-check
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { boundToUs } from './bound.mjs'
import { ownBinary } from './electron-runtime.mjs'
import { pinnedNode } from './nodes.mjs'
import { inRepo, logFolder } from './paths.mjs'
import { ending, signalGroup } from './run.mjs'
import { readStamp, writeStamp } from './stamp.mjs'

const SILENCE_LIMIT_MS = 15_000
const WHOLE_LIMIT_MS = 5 * 60_000
const LOOK_EVERY_MS = 250
const STOPS = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP']

const stampFile = inRepo('node_modules', '.tuppence-electron.json')

/**
 * @typedef {{ version: string, had: boolean }} Try
 *
 * @typedef {object} BinaryState
 * @property {string} version of the installed npm package
 * @property {unknown} lastTry
 * @property {boolean} there
 * @property {NodeJS.ProcessEnv} env
 */

/** @returns {BinaryState} */
export const binaryState = () => ({
  version: JSON.parse(fs.readFileSync(inRepo('node_modules', 'electron', 'package.json'), 'utf8')).version,
  lastTry: readStamp(stampFile),
  there: ownBinary() !== undefined,
  env: process.env,
})

/**
 * @param {BinaryState} state
 * @param {{ again: boolean }} options
 * @returns {'there' | 'chosen' | 'tried' | 'try'}
 */
export function planBinary(state, { again }) {
  if (state.there) return 'there'
  if (isSet(state.env['ELECTRON_OVERRIDE_DIST_PATH']) || isSet(state.env['ELECTRON_SKIP_BINARY_DOWNLOAD'])) return 'chosen'
  const lastTry = /** @type {Partial<Try> | undefined} */ (state.lastTry)
  return lastTry?.version === state.version && !again ? 'tried' : 'try'
}

/** @param {string | undefined} value */
const isSet = (value) => value !== undefined && value !== ''

/**
 * Has Electron's package download its binary; gives up after 15 s in which nothing arrived.
 *
 * @returns {Promise<boolean>} whether it is there now
 */
export async function fetchBinary() {
  const { version } = binaryState()
  const scratch = inRepo('out', '.electron-download')
  fs.rmSync(scratch, { recursive: true, force: true })
  fs.mkdirSync(scratch, { recursive: true })
  fs.mkdirSync(logFolder, { recursive: true })
  const log = fs.openSync(path.join(logFolder, 'electron-binary.log'), 'w')
  const [program = '', ...args] = boundToUs([pinnedNode() ?? process.execPath, inRepo('node_modules', 'electron', 'install.js')], 'KILL')
  // The download grows in TMPDIR, where we watch it.
  const child = spawn(program, args, {
    stdio: ['ignore', log, log],
    env: { ...process.env, TMPDIR: scratch, TEMP: scratch, TMP: scratch, ELECTRON_GET_NO_PROGRESS: '1' },
    detached: process.platform !== 'win32',
  })
  const stop = () => signalGroup(child, 'SIGKILL')
  let interrupted = false
  const interrupt = () => {
    interrupted = true
    stop()
  }
  for (const event of STOPS) process.once(event, interrupt)
  const watch = watchGrowth([scratch, inRepo('node_modules', 'electron')], stop)
  try {
    await ending(child)
  } finally {
    watch()
    for (const event of STOPS) process.off(event, interrupt)
    fs.closeSync(log)
    fs.rmSync(scratch, { recursive: true, force: true })
  }
  const had = ownBinary() !== undefined
  /** @type {Try} */
  const tried = { version, had }
  if (!interrupted) writeStamp(stampFile, tried)
  return had
}

/**
 * @param {string[]} folders
 * @param {() => void} onStandstill
 * @returns {() => void} ends the watch
 */
function watchGrowth(folders, onStandstill) {
  const startedAt = Date.now()
  let grewAt = startedAt
  let size = sizeOf(folders)
  const timer = setInterval(() => {
    const now = Date.now()
    const sizeNow = sizeOf(folders)
    if (sizeNow !== size) grewAt = now
    size = sizeNow
    if (now - grewAt > SILENCE_LIMIT_MS || now - startedAt > WHOLE_LIMIT_MS) onStandstill()
  }, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

/** @param {string[]} folders */
function sizeOf(folders) {
  let bytes = 0
  for (const folder of folders) {
    for (const entry of list(folder)) {
      const file = path.join(folder, entry.name)
      bytes += entry.isDirectory() ? sizeOf([file]) : (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    }
  }
  return bytes
}

/** @param {string} folder */
function list(folder) {
  try {
    return fs.readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
