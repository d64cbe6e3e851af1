// @ts-check

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [resolved]
 * @property {string} [integrity]
 * @property {boolean} [hasInstallScript]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 *
 * @typedef {{ packages: Record<string, LockEntry> }} Lockfile
 */

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']
const EXACT_VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/

/**
 * npm leaves a package for another platform out of package-lock.json when the registry it asks does
 * not carry it, and then `npm ci` refuses that lockfile as incomplete. What is missing follows from
 * what is there: the parent names each such package with its exact version, and the package's name
 * says its platform.
 *
 * @param {Lockfile} lockfile
 * @returns {Record<string, LockEntry>} the entries to add, by place
 */
export function missingPlatformPackages({ packages }) {
  /** @type {Record<string, LockEntry>} */
  const missing = {}
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name)
      if (platform === undefined || !EXACT_VERSION.test(version)) continue
      const known = { ...packages, ...missing }
      const found = resolve(known, place, name)
      if (found?.version === version) continue
      const target = found === undefined ? `node_modules/${name}` : `${place}/node_modules/${name}`
      const { cpu, libc, os } = platform
      // In npm's order of fields, so that npm's next write changes nothing.
      missing[target] = {
        version,
        cpu,
        ...(entry.dev === true ? { dev: true } : {}),
        ...(libc === undefined ? {} : { libc }),
        optional: true,
        ...(os === undefined ? {} : { os }),
      }
    }
  }
  return missing
}

/**
 * As Node looks a package up: beside the asking one, then further and further out.
 *
 * @param {Record<string, LockEntry>} packages
 * @param {string} place of the package that asks
 * @param {string} name
 * @returns {LockEntry | undefined}
 */
function resolve(packages, place, name) {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const entry = packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]
    if (entry !== undefined || folder === '') return entry
  }
}

/**
 * @param {string} name such as `@swc/core-linux-arm64-musl`
 * @returns {{ cpu: string[], os?: string[], libc?: string[] } | undefined}
 */
export function platformOf(name) {
  const words = name.split(/[-/]/)
  const os = OS.find((one) => words.includes(one))
  const cpu = CPU.find((one) => words.includes(one))
  if (cpu === undefined || (os === undefined && cpu !== 'wasm32')) return undefined
  if (os === undefined) return { cpu: [cpu] }
  const last = words.at(-1) ?? ''
  const libc = os !== 'linux' ? undefined : last.startsWith('musl') ? 'musl' : last.startsWith('gnu') ? 'glibc' : undefined
  return { cpu: [cpu], os: [os], ...(libc === undefined ? {} : { libc: [libc] }) }
}

/**
 * @param {Lockfile} lockfile
 * @returns {Lockfile} with what was missing, in npm's order
 */
export function completed(lockfile) {
  const all = { ...lockfile.packages, ...missingPlatformPackages(lockfile) }
  const places = Object.keys(all).sort((a, b) => a.localeCompare(b, 'en'))
  return { ...lockfile, packages: Object.fromEntries(places.map((place) => [place, /** @type {LockEntry} */ (all[place])])) }
}

/**
 * Only bytes whose hash is written down are installed, and where they come from is for each machine to say.
 *
 * @param {Lockfile} lockfile
 * @returns {string[]} what is wrong, a line for each
 */
export const unpinned = ({ packages }) =>
  Object.entries(packages).flatMap(([place, { integrity, resolved }]) => {
    if (place === '') return []
    return [
      ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${place}: no SHA-512 of its bytes`]),
      ...(resolved === undefined ? [] : [`${place}: says where it was got`]),
    ]
  })

/**
 * Without what has no hash, for npm to look up again.
 *
 * @param {Lockfile} lockfile
 * @returns {Lockfile}
 */
export function withoutUnpinned(lockfile) {
  const bad = new Set(unpinned(lockfile).map((line) => line.slice(0, line.lastIndexOf(':'))))
  return { ...lockfile, packages: Object.fromEntries(Object.entries(lockfile.packages).filter(([place]) => !bad.has(place))) }
}

/**
 * Whoever brings an install script is named in package.json's `allowScripts`, as allowed or not, and nobody else is.
 *
 * @param {Lockfile} lockfile
 * @param {Readonly<Record<string, boolean>>} allowScripts
 * @param {(place: string) => boolean} hasGypFile npm runs node-gyp for these unasked
 * @returns {string[]} what is wrong, a line for each
 */
export function scriptFaults({ packages }, allowScripts, hasGypFile) {
  const places = Object.entries(packages).filter(([place, entry]) => place !== '' && (entry.hasInstallScript === true || hasGypFile(place)))
  const withScript = new Set(places.map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)))
  return [
    ...[...withScript].filter((name) => allowScripts[name] === undefined).map((name) => `${name}: brings an install script and is not in allowScripts`),
    ...Object.keys(allowScripts).filter((name) => !withScript.has(name)).map((name) => `${name}: is in allowScripts and brings no install script`),
  ]
}
