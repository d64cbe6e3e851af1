// @ts-check
/**
 * `node scripts/complete-lockfile.mjs [--check]` gives package-lock.json what npm has left out: packages for other platforms, and the hash of
 * each package (see lib/lockfile.mjs). --check only says whether something is missing, and whether install scripts are all accounted for.
 */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { completed, missingPlatformPackages, scriptFaults, unpinned, withoutUnpinned } from './lib/lockfile.mjs'
import { machineNpm, pathWithoutOurPrograms } from './lib/nodes.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'

const file = inRepo('package-lock.json')
/** @param {string} path */
const readJson = (path) => JSON.parse(fs.readFileSync(path, 'utf8'))
/** @param {unknown} lockfile */
const write = (lockfile) => fs.writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`)

function faults() {
  const lockfile = readJson(file)
  const hasGypFile = (/** @type {string} */ place) => fs.existsSync(inRepo(place, 'binding.gyp'))
  return [
    ...Object.keys(missingPlatformPackages(lockfile)).map((place) => `${place}: missing, so \`npm ci\` refuses the lockfile`),
    ...unpinned(lockfile),
    ...scriptFaults(lockfile, readJson(inRepo('package.json')).allowScripts, hasGypFile),
  ]
}

/** What npm looks up for the first time it writes down with its hash, for every platform. */
function complete() {
  write(withoutUnpinned(readJson(file)))
  const [program = '', ...args] = machineNpm()
  const env = { ...process.env, PATH: pathWithoutOurPrograms() }
  execFileSync(program, [...args, 'install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'], { cwd: repoRoot, env, stdio: 'inherit' })
  write(completed(readJson(file)))
}

if (!process.argv.includes('--check') && faults().length > 0) complete()
const found = faults()
if (found.length === 0) {
  console.log('package-lock.json is complete, and every package in it has its hash.')
} else {
  console.error(`package-lock.json is not in order:\n${found.slice(0, 8).join('\n')}${found.length > 8 ? '\n…' : ''}\nRun \`node scripts/complete-lockfile.mjs\`.`)
  process.exitCode = 1
}
