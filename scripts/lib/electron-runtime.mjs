// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import { pathWithOurPrograms } from './nodes.mjs'
import { inRepo } from './paths.mjs'

/**
 * The one place that decides what runs the app: Electron's own binary where it is installed, else
 * the same bundles on the system's Chromium. What the user has set already always wins.
 */

/** Holds an executable named `electron`, as ELECTRON_OVERRIDE_DIST_PATH wants it. */
export const onChromiumFolder = inRepo('tools', 'electron-on-chromium', 'bin')

/**
 * @typedef {{ kind: 'chosen' | 'electron' | 'chromium', folder: string, executable: string }} Runtime
 *   chosen: by the user, through ELECTRON_OVERRIDE_DIST_PATH
 */

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [electronPackage]
 * @returns {Runtime}
 */
export function electronRuntime(env = process.env, electronPackage = inRepo('node_modules', 'electron')) {
  const chosen = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (chosen !== undefined && chosen !== '') {
    const kind = path.resolve(chosen) === onChromiumFolder ? 'chromium' : 'chosen'
    return { kind, folder: chosen, executable: path.join(chosen, executableName(electronPackage)) }
  }
  const own = ownBinary(electronPackage)
  if (own !== undefined) return { kind: 'electron', folder: path.join(electronPackage, 'dist'), executable: own }
  return { kind: 'chromium', folder: onChromiumFolder, executable: path.join(onChromiumFolder, 'electron') }
}

/**
 * Electron's own binary, if it was downloaded completely and for the installed version.
 *
 * @param {string} [electronPackage]
 */
export function ownBinary(electronPackage = inRepo('node_modules', 'electron')) {
  try {
    const name = fs.readFileSync(path.join(electronPackage, 'path.txt'), 'utf8')
    const version = fs.readFileSync(path.join(electronPackage, 'dist', 'version'), 'utf8').trim().replace(/^v/, '')
    const manifest = JSON.parse(fs.readFileSync(path.join(electronPackage, 'package.json'), 'utf8'))
    const file = path.join(electronPackage, 'dist', name)
    return version === manifest.version && fs.existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}

/**
 * The environment for whatever starts the app: our programs first on PATH, and the runtime named
 * for the `electron` package (so for Playwright too) and for electron-vite.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {NodeJS.ProcessEnv}
 */
export function electronEnvironment(env = process.env) {
  const runtime = electronRuntime(env)
  /** @type {NodeJS.ProcessEnv} */
  const result = { ...env, PATH: pathWithOurPrograms(env['PATH']) }
  if (runtime.kind === 'chromium') result['ELECTRON_OVERRIDE_DIST_PATH'] = runtime.folder
  if (env['ELECTRON_EXEC_PATH'] === undefined) result['ELECTRON_EXEC_PATH'] = runtime.executable
  // Left over from an editor or a script that is itself an Electron app, it would turn Electron into Node.
  delete result['ELECTRON_RUN_AS_NODE']
  // Electron refuses to start as root with its sandbox, as Chromium does. Containers run as root.
  if (runtime.kind !== 'chromium' && process.platform === 'linux' && process.getuid?.() === 0) {
    result['ELECTRON_DISABLE_SANDBOX'] ??= '1'
  }
  return result
}

/** @param {string} electronPackage */
function executableName(electronPackage) {
  try {
    return fs.readFileSync(path.join(electronPackage, 'path.txt'), 'utf8')
  } catch {
    return 'electron'
  }
}
