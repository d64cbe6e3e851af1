// @ts-check
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { Failure } from './failure.mjs'
import { headersOf, machineNodeFile, machineNpm, pathWithoutOurPrograms, pinnedNode } from './nodes.mjs'
import { inRepo } from './paths.mjs'
import { readStamp, removeStamp, writeStamp } from './stamp.mjs'
import { runLogged } from './run.mjs'

// Inside node_modules, so that whoever deletes the packages deletes the claim that they are there.
const stampFile = inRepo('node_modules', '.tuppence-install.json')

/**
 * What the installed packages depend on.
 *
 * @returns {{ platform: string, lockfile: string }}
 */
export function wantedInstall() {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', '.npmrc']) {
    hash.update(fs.existsSync(inRepo(file)) ? fs.readFileSync(inRepo(file)) : '').update('\0')
  }
  return { platform: `${process.platform}-${process.arch}`, lockfile: hash.digest('hex') }
}

/**
 * @typedef {{ platform: string, lockfile: string }} Install
 * @typedef {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} Lockfile
 *
 * @typedef {object} InstallState
 * @property {Install} wanted
 * @property {unknown} stamp
 * @property {() => boolean} nativeProgramsThere
 * @property {() => Lockfile | undefined} lockfile
 * @property {() => Lockfile | undefined} installed npm's own record of what node_modules holds
 */

/**
 * @param {InstallState} state
 * @returns {'nothing' | 'remember' | 'programs' | 'everything'} remember: a developer's own
 *   `npm install` has already brought node_modules up to date; programs: only what install scripts
 *   make is missing
 */
export function planInstall(state) {
  const upToDate = JSON.stringify(state.stamp) === JSON.stringify(state.wanted)
  if (upToDate) return state.nativeProgramsThere() ? 'nothing' : 'programs'
  const stampIsOurs = /** @type {Partial<Install> | undefined} */ (state.stamp)?.platform === state.wanted.platform
  if (state.stamp !== undefined && !stampIsOurs) return 'everything'
  if (!holds(state.installed(), state.lockfile())) return 'everything'
  return state.nativeProgramsThere() ? 'remember' : 'programs'
}

/**
 * @param {Lockfile | undefined} installed
 * @param {Lockfile | undefined} wanted
 */
function holds(installed, wanted) {
  if (installed?.packages === undefined || wanted?.packages === undefined) return false
  for (const [place, entry] of Object.entries(wanted.packages)) {
    if (place === '') continue
    const there = installed.packages[place]
    if (there === undefined) {
      // npm leaves out optional packages that are for other platforms.
      if (entry.optional === true || entry.devOptional === true) continue
      return false
    }
    if (there.version !== entry.version || there.integrity !== entry.integrity) return false
  }
  return Object.keys(installed.packages).every((place) => wanted.packages?.[place] !== undefined)
}

/** @returns {InstallState} */
export const installState = () => ({
  wanted: wantedInstall(),
  stamp: readStamp(stampFile),
  nativeProgramsThere: () => pinnedNode() !== undefined && fs.existsSync(inRepo('node_modules', 'keytar', 'build', 'Release', 'keytar.node')),
  lockfile: () => /** @type {Lockfile | undefined} */ (readStamp(inRepo('package-lock.json'))),
  installed: () => /** @type {Lockfile | undefined} */ (readStamp(inRepo('node_modules', '.package-lock.json'))),
})

export const rememberInstall = () => writeStamp(stampFile, wantedInstall())

/** @param {{ headers?: string | undefined, searchPath: string, base?: NodeJS.ProcessEnv }} options */
export function installEnvironment({ headers, searchPath, base = process.env }) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...base,
    PATH: searchPath,
    // Electron's own download is a step of its own, with a time limit.
    ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
    // `npm --silent test` would leave nothing in the log that says why it failed.
    npm_config_loglevel: 'notice',
  }
  // keytar's script would otherwise take a program from the network that no hash of ours speaks for. Elsewhere a compiler is seldom there.
  if (process.platform === 'linux') env['npm_config_build_from_source'] = 'keytar'
  if (headers !== undefined) env['npm_config_nodedir'] = headers
  return env
}

/** Older npm versions do not know package.json's `allowScripts` and would run every script of every package, so none is run here. */
export const INSTALL = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']

/**
 * The packages whose install scripts run after that, one by one.
 *
 * @param {{ allowScripts: Record<string, boolean> }} manifest
 */
export const packagesWithScripts = ({ allowScripts }) => Object.keys(allowScripts).filter((name) => allowScripts[name] === true)

/** @throws {Failure} */
export async function installPackages() {
  removeStamp(stampFile)
  const ended = await runLogged('npm-ci', [...machineNpm(), ...INSTALL], { env: environment() })
  if (ended.code !== 0) {
    throw new Failure('npm ci failed.', {
      means: 'The packages that package-lock.json names could not all be installed.',
      next: 'Look at the lines above. If the network was away, run the same command again.',
      log: ended.log,
    })
  }
}

/** @throws {Failure} */
export async function buildNativePrograms() {
  for (const name of packagesWithScripts(JSON.parse(fs.readFileSync(inRepo('package.json'), 'utf8')))) {
    const ended = await runLogged(`npm-rebuild-${name}`, [...machineNpm(), 'rebuild', name, '--foreground-scripts'], { env: environment() })
    if (ended.code === 0) continue
    throw new Failure(`The npm package ${name} could not be set up.`, {
      means: name === 'keytar' ? 'keytar is compiled here and reaches the keychain; without it nothing can be bought.' : 'It brings the Node version that everything here runs on.',
      next: 'Look at the lines above, then run the same command again.',
      log: ended.log,
    })
  }
  if (!installState().nativeProgramsThere()) {
    throw new Failure('npm ran no install script for node or keytar.', {
      means: 'npm is set not to run scripts (ignore-scripts), but these two are needed.',
      next: 'Run `npm rebuild node keytar --ignore-scripts=false`, then the same command again.',
    })
  }
}

const environment = () => installEnvironment({ headers: headersOf(machineNodeFile()), searchPath: pathWithoutOurPrograms() })
