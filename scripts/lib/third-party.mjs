// @ts-check
import fs from 'node:fs'
import { EXCEPTIONS } from './licences.mjs'
import { inRepo } from './paths.mjs'

/** The table in docs/THIRD-PARTY.md: who is in the bundles, by licence. Made from what the builds leave in `out/bundled/`. */
const TABLE = /(<!-- packages[^\n]*-->\n)([^]*?)(<!-- end of packages -->)/
const SANDBOX_ONLY = String.raw`\*`

/**
 * @typedef {{ name: string, version: string }} Package
 * @typedef {Record<string, { version?: string, license?: string }>} LockEntries
 */

export const thirdPartyFile = inRepo('docs', 'THIRD-PARTY.md')
export const readThirdParty = () => fs.readFileSync(thirdPartyFile, 'utf8')

/**
 * @param {string} text of docs/THIRD-PARTY.md
 * @returns {{ licence: string, name: string, sandboxOnly: boolean }[]}
 */
export function namedPackages(text) {
  const rows = [...(TABLE.exec(text)?.[2] ?? '').matchAll(/^\| (?!licence|---)([^|]+?) \| (.+) \|$/gm)]
  return rows.flatMap(([, licence = '', cell = '']) =>
    [...cell.matchAll(/`([^`]+)`(\\\*)?/g)].map(([, name = '', mark]) => ({ licence, name, sandboxOnly: mark !== undefined })),
  )
}

/**
 * @param {{ production: readonly Package[], sandbox: readonly Package[] }} bundled
 * @param {LockEntries} lock
 */
export function packageTable({ production, sandbox }, lock) {
  const shipped = new Set(production.map(({ name }) => name))
  /** @type {Map<string, Set<string>>} */
  const byLicence = new Map()
  for (const { name, version } of [...production, ...sandbox]) {
    const licence = licenceOf(name, version, lock)
    const row = byLicence.get(licence) ?? new Set()
    byLicence.set(licence, row.add(`\`${name}\`${shipped.has(name) ? '' : SANDBOX_ONLY}`))
  }
  const rows = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1)).map(([licence, names]) => `| ${licence} | ${[...names].sort().join(', ')} |`)
  return `\n| licence | packages |\n|---|---|\n${rows.join('\n')}\n\n`
}

/**
 * @param {string} name
 * @param {string} version
 * @param {LockEntries} lock
 */
function licenceOf(name, version, lock) {
  const entry = Object.entries(lock).find(([place, { version: there }]) => place.endsWith(`node_modules/${name}`) && there === version)
  return entry?.[1].license ?? EXCEPTIONS[name]?.counts ?? 'none named'
}

/**
 * @param {string} text
 * @param {string} table
 */
export const withTable = (text, table) => text.replace(TABLE, (_all, begin, _old, end) => `${begin}${table}${end}`)

/** @param {'production' | 'sandbox'} flavour */
export const readBundled = (flavour) => /** @type {Package[]} */ (JSON.parse(fs.readFileSync(inRepo('out', 'bundled', `${flavour}.json`), 'utf8')))
