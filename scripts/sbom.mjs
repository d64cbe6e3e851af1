// @ts-check
/**
 * The list of all parts (SBOM) in CycloneDX, as npm makes it from package-lock.json.
 *
 *   node scripts/sbom.mjs                 writes it to out/sbom.cdx.json
 *   node scripts/sbom.mjs --check         says whether every licence is on our list, and the SBOM holds every package of the lockfile
 *   node scripts/sbom.mjs --third-party   writes the table of docs/THIRD-PARTY.md anew; wants both flavours built
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { licenceFaults } from './lib/licences.mjs'
import { machineNpm, pathWithoutOurPrograms } from './lib/nodes.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'
import { asShipped, componentsOf, missingFrom } from './lib/sbom.mjs'
import { namedPackages, packageTable, readBundled, readThirdParty, thirdPartyFile, withTable } from './lib/third-party.mjs'

/** @param {string} name */
const readJson = (name) => JSON.parse(fs.readFileSync(inRepo(name), 'utf8'))

/** @param {string[]} args */
function npm(...args) {
  const [program = '', ...first] = machineNpm()
  const env = { ...process.env, PATH: pathWithoutOurPrograms() }
  return execFileSync(program, [...first, ...args], { cwd: repoRoot, env, encoding: 'utf8', maxBuffer: 1 << 26, stdio: 'pipe' })
}

/** npm has the command since 10.1; Debian 12 brings 9. */
function npmKnowsSbom() {
  const [major = 0, minor = 0] = npm('--version').split('.').map(Number)
  return major > 10 || (major === 10 && minor >= 1)
}

function makeSbom() {
  if (!npmKnowsSbom()) return undefined
  return JSON.parse(npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'))
}

/** @param {string[]} faults */
function report(faults) {
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
  return faults.length === 0
}

const named = namedPackages(readThirdParty())
const lockfile = readJson('package-lock.json')
const components = componentsOf(lockfile, new Set(named.map(({ name }) => name)))

if (process.argv.includes('--third-party')) {
  const table = packageTable({ production: readBundled('production'), sandbox: readBundled('sandbox') }, lockfile.packages)
  fs.writeFileSync(thirdPartyFile, withTable(readThirdParty(), table))
} else if (process.argv.includes('--check')) {
  const sbom = makeSbom()
  if (sbom === undefined) console.log('This npm makes no SBOM (10.1 does); the licences are judged by package-lock.json alone.')
  const ok = report([...licenceFaults(components), ...(sbom === undefined ? [] : missingFrom(sbom, components))])
  if (ok) console.log(`${components.length} packages, ${components.filter(({ shipped }) => shipped).length} of them in the bundles; every licence is on the list.`)
} else {
  const sbom = makeSbom()
  if (sbom === undefined) {
    console.error('This npm makes no SBOM. Use npm 10.1 or newer.')
    process.exitCode = 1
  } else {
    fs.mkdirSync(inRepo('out'), { recursive: true })
    fs.writeFileSync(inRepo('out', 'sbom.cdx.json'), `${JSON.stringify(asShipped(sbom, components, readJson('package.json')), null, 2)}\n`)
    console.log(`out/sbom.cdx.json: ${sbom.components.length} packages`)
  }
}
