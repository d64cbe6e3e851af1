// @ts-check
import fs from 'node:fs'
import { which } from './which.mjs'

/**
 * @typedef {'always' | 'headless' | 'tests'} Wanted headless: only by tests and where there is no display; tests: only by tests that
 *   are left out where it is not to be had
 * @typedef {{ package: string, why: string, wanted: Wanted, commands?: string[], files?: string[] }} Requirement
 *   It is there when one of the commands or one of the files is: cheaper than asking dpkg, and true
 *   as well for what was installed in another way.
 */

/** @type {readonly Requirement[]} */
export const REQUIREMENTS = [
  { package: 'chromium', why: 'shows the windows', wanted: 'always', commands: ['chromium', 'chromium-browser', 'google-chrome'] },
  { package: 'g++', why: 'builds keytar', wanted: 'always', commands: ['g++'] },
  { package: 'make', why: 'builds keytar', wanted: 'always', commands: ['make'] },
  { package: 'python3', why: 'builds keytar', wanted: 'always', commands: ['python3'] },
  { package: 'pkg-config', why: 'builds keytar', wanted: 'always', commands: ['pkg-config'] },
  {
    package: 'libsecret-1-dev',
    why: 'builds keytar, which reaches the keychain',
    wanted: 'always',
    files: ['/usr/include/libsecret-1/libsecret/secret.h'],
  },
  { package: 'dbus', why: 'private session for a keychain', wanted: 'headless', commands: ['dbus-run-session'] },
  { package: 'gnome-keyring', why: 'keychain', wanted: 'headless', commands: ['gnome-keyring-daemon'] },
  { package: 'xvfb', why: 'display', wanted: 'headless', commands: ['Xvfb'] },
  { package: 'openbox', why: 'window manager on that display', wanted: 'headless', commands: ['openbox'] },
  {
    package: 'fonts-ipafont-gothic',
    why: 'Japanese titles in the pictures',
    wanted: 'headless',
    files: [
      '/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf',
      '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    ],
  },
  { package: 'hledger', why: 'reads an export', wanted: 'tests', commands: ['hledger'] },
  { package: 'beancount', why: 'reads an export', wanted: 'tests', commands: ['bean-check'] },
]

// A user's PATH often leaves out the administrator's folders.
const SEARCH_PATH = () => `${process.env['PATH'] ?? ''}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`

/**
 * @typedef {object} System
 * @property {(command: string) => boolean} hasCommand
 * @property {(file: string) => boolean} hasFile
 *
 * @returns {System}
 */
export const thisSystem = () => ({
  hasCommand: (command) => which(command, SEARCH_PATH()) !== undefined,
  hasFile: (file) => fs.existsSync(file),
})

/**
 * @param {System} system
 * @param {{ headless: boolean }} use
 */
export const missingRequirements = (system, use) =>
  missingOf(system, REQUIREMENTS.filter(({ wanted }) => wanted === 'always' || (wanted === 'headless' && use.headless)))

/**
 * What some tests could use.
 *
 * @param {System} system
 */
export const missingForTests = (system) => missingOf(system, REQUIREMENTS.filter(({ wanted }) => wanted === 'tests'))

/**
 * @param {System} system
 * @param {Requirement[]} requirements
 */
const missingOf = (system, requirements) =>
  requirements.filter(({ commands = [], files = [] }) => !commands.some(system.hasCommand) && !files.some(system.hasFile))

/**
 * @typedef {{ kind: 'nothing' }
 *   | { kind: 'install', packages: string[], as: 'root' | 'sudo' }
 *   | { kind: 'ask', line: string }
 *   | { kind: 'mention', packages: string[] }} Plan
 *
 * @param {readonly Requirement[]} missing
 * @param {{ platform: string, isDebian: boolean, isRoot: boolean, hasFreeSudo: () => boolean }} machine
 * @returns {Plan}
 */
export function planSystemPackages(missing, machine) {
  const packages = missing.map((requirement) => requirement.package)
  if (packages.length === 0 || machine.platform !== 'linux') return { kind: 'nothing' }
  if (!machine.isDebian) return { kind: 'mention', packages }
  if (machine.isRoot) return { kind: 'install', packages, as: 'root' }
  if (machine.hasFreeSudo()) return { kind: 'install', packages, as: 'sudo' }
  return { kind: 'ask', line: `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}` }
}
