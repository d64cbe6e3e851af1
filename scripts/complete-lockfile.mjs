// @ts-check
/**
 * `node scripts/complete-lockfile.mjs [--check]` adds to package-lock.json the packages for other
 * platforms that npm has left out (see lib/lockfile.mjs); --check only says whether any are missing.
 */
import fs from 'node:fs'
import { completed, missingPlatformPackages } from './lib/lockfile.mjs'
import { inRepo } from './lib/paths.mjs'

const file = inRepo('package-lock.json')
const lockfile = JSON.parse(fs.readFileSync(file, 'utf8'))
const missing = Object.keys(missingPlatformPackages(lockfile))

if (missing.length === 0) {
  console.log('package-lock.json is complete.')
} else if (process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${missing.length} packages for other platforms, so \`npm ci\` refuses it:`)
  console.error(`${missing.slice(0, 5).join('\n')}${missing.length > 5 ? '\n…' : ''}\nRun \`node scripts/complete-lockfile.mjs\`.`)
  process.exitCode = 1
} else {
  fs.writeFileSync(file, `${JSON.stringify(completed(lockfile), null, 2)}\n`)
  console.log(`Added ${missing.length} packages for other platforms to package-lock.json.`)
}
