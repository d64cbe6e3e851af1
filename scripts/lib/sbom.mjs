// @ts-check
import { EXCEPTIONS } from './licences.mjs'

/**
 * @typedef {import('./licences.mjs').Component} Component
 * @typedef {{ name: string, version: string, scope?: string, hashes?: unknown[], licenses?: unknown[], properties?: { name: string, value: string }[] }} SbomComponent
 * @typedef {{ serialNumber?: string, metadata: { timestamp?: string, component: object }, components: SbomComponent[] }} Sbom
 * @typedef {{ packages: Record<string, { version?: string, license?: string, dev?: boolean, cpu?: string[] }> }} Lockfile
 */

/**
 * @param {Lockfile} lockfile
 * @param {ReadonlySet<string>} shippedNames
 * @returns {Component[]} each name and version once
 */
export function componentsOf({ packages }, shippedNames) {
  /** @type {Map<string, Component>} */
  const found = new Map()
  for (const [place, { version = '', license, dev, cpu }] of Object.entries(packages)) {
    if (place === '') continue
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const isNativePart = dev !== true && cpu !== undefined
    const shipped = shippedNames.has(name) || isNativePart
    found.set(`${name}@${version}`, { name, version, ...(license === undefined ? {} : { licence: license }), shipped })
  }
  return [...found.values()]
}

/**
 * @param {Sbom} sbom
 * @param {readonly Component[]} components
 * @returns {string[]} packages that it leaves out, or names without the hash of their bytes
 */
export function missingFrom(sbom, components) {
  const hashed = new Map(sbom.components.map(({ name, version, hashes = [] }) => [`${name}@${version}`, hashes.length > 0]))
  return components.flatMap(({ name, version }) => {
    const isHashed = hashed.get(`${name}@${version}`)
    if (isHashed === true) return []
    return [`${name}@${version}: ${isHashed === undefined ? 'not in the SBOM' : 'in the SBOM without a hash'}`]
  })
}

/**
 * As we publish it. npm knows dependencies and devDependencies; what is bundled belongs to the latter, and people get it all the same. Neither
 * the day nor the folder nor chance is in it, so the same lockfile gives the same bytes.
 *
 * @param {Sbom} sbom
 * @param {readonly Component[]} components
 * @param {{ name: string }} manifest
 */
export function asShipped(sbom, components, manifest) {
  const shipped = new Set(components.filter((one) => one.shipped).map(({ name, version }) => `${name}@${version}`))
  const { serialNumber: _chance, metadata, ...rest } = sbom
  const { timestamp: _day, component, ...about } = metadata
  return {
    ...rest,
    metadata: { ...about, component: { ...component, type: 'application', name: manifest.name } },
    components: sbom.components.map((one) => {
      const exception = EXCEPTIONS[one.name]
      return {
        ...one,
        scope: shipped.has(`${one.name}@${one.version}`) ? 'required' : 'excluded',
        ...(one.licenses === undefined && exception !== undefined ? { licenses: [{ license: { id: exception.counts } }] } : {}),
      }
    }),
  }
}
