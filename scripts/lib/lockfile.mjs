// @ts-check

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
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
