// @ts-check
/**
 * What the app uses of Electron is on the list in docs/electron-apis.json, and nothing else: at most thirty of its modules and
 * classes, each with its members and events. The sources are checked against Electron's types with all else taken out.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { narrowElectron } from './lib/electron-apis.mjs'
import { pathWithOurPrograms } from './lib/nodes.mjs'
import { inRepo, repoRoot } from './lib/paths.mjs'

const MOST_APIS = 30
const folder = inRepo('out', 'electron-apis')

/** @type {import('./lib/electron-apis.mjs').Apis} */
const allowed = JSON.parse(fs.readFileSync(inRepo('docs', 'electron-apis.json'), 'utf8'))
const { text, known, dropped } = narrowElectron(fs.readFileSync(inRepo('node_modules', 'electron', 'electron.d.ts'), 'utf8'), allowed)
fs.mkdirSync(folder, { recursive: true })
fs.writeFileSync(path.join(folder, 'electron.d.ts'), text)
fs.writeFileSync(
  path.join(folder, 'tsconfig.json'),
  JSON.stringify({ extends: '../../tsconfig.node.json', compilerOptions: { paths: { electron: ['./electron.d.ts'] }, types: ['node'] }, include: ['./electron.d.ts', '../../src/main', '../../src/preload'], exclude: [] }),
)

const count = Object.keys(allowed).length
const members = Object.values(allowed).flat().length
if (count > MOST_APIS) fail(`The list holds ${count} of Electron's modules and classes; ${MOST_APIS} is the most.`)
if (known.length < 60 || dropped < 1_000) fail(`Only ${known.length} modules and classes were seen in Electron's types: the check cannot read them.`)
for (const name of unlistedImports()) fail(`${name} of Electron is imported and not on the list.`)
for (const name of unused()) fail(`${name} is on the list, and nothing uses it.`)

const { status, stdout } = spawnSync('tsc', ['-p', path.join(folder, 'tsconfig.json')], { cwd: repoRoot, encoding: 'utf8', env: { ...process.env, PATH: pathWithOurPrograms() }, shell: process.platform === 'win32' })
if (status !== 0) fail(`${stdout.trim()}\nWhat Electron does have but docs/electron-apis.json does not list is not there for the app.`)
console.log(`${count} of Electron's ${known.length} modules and classes, ${members} members and events`)

function readSources() {
  const entries = ['src/main', 'src/preload'].flatMap((root) => fs.readdirSync(inRepo(root), { recursive: true, withFileTypes: true }))
  return entries.filter((entry) => entry.isFile()).map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
}

/** Values that are imported; of a class without members nothing else would be seen. The module `app` is listed as `App`. */
function unlistedImports() {
  const names = readSources().flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from 'electron'/g)].flatMap(([, list = '']) => list.split(',').map((name) => name.trim())))
  const values = new Set(names.filter((name) => name !== '' && !name.startsWith('type ')))
  return [...values].filter((name) => !(name.charAt(0).toUpperCase() + name.slice(1) in allowed))
}

/** Listed members that are written nowhere. */
function unused() {
  const all = readSources().join('\n')
  const isWritten = (/** @type {string} */ member, /** @type {string} */ api) =>
    member.startsWith("'") ? all.includes(`(${member},`) : new RegExp(member === 'constructor' ? `new ${api}\\b` : `\\.${member}\\b`).test(all)
  return Object.entries(allowed).flatMap(([api, names]) => names.filter((member) => !isWritten(member, api)).map((member) => `${api} ${member}`))
}

/** @param {string} words */
function fail(words) {
  console.error(words)
  process.exitCode = 1
}
