// @ts-check
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { pathWithOurPrograms, pinnedNode } from './nodes.mjs'
import { inRepo } from './paths.mjs'
import { runLogged } from './run.mjs'
import { readStamp, removeStamp, writeStamp } from './stamp.mjs'

/** Everything the bundles are made from. Contents, not times: a checkout changes times only. */
const SOURCES = ['src', 'resources', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'tsconfig.node.json', 'tsconfig.web.json']
const SOURCE_NAMES = /^(electron\.vite|lingui)\.config\.[a-z]+$/

const stampFile = inRepo('out', '.build-stamp.json')
const entry = inRepo('out', 'sandbox', 'main', 'index.cjs')

/** @returns {{ sources: string }} */
export function wantedBuild(root = inRepo()) {
  const hash = createHash('sha256')
  const configs = fs.readdirSync(root).filter((name) => SOURCE_NAMES.test(name))
  for (const name of [...SOURCES, ...configs]) addToHash(hash, path.join(root, name), name)
  return { sources: hash.digest('hex') }
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 * @param {string} name
 */
function addToHash(hash, file, name) {
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return
  if (stat.isDirectory()) {
    for (const child of fs.readdirSync(file).sort()) addToHash(hash, path.join(file, child), `${name}/${child}`)
    return
  }
  hash.update(`${name}\0${stat.size}\0`).update(fs.readFileSync(file))
}

/**
 * @param {{ wanted: { sources: string }, stamp: unknown, outputThere: boolean }} state
 * @returns {'nothing' | 'build'}
 */
export const planBuild = ({ wanted, stamp, outputThere }) =>
  outputThere && /** @type {{ sources?: unknown } | undefined} */ (stamp)?.sources === wanted.sources ? 'nothing' : 'build'

export const buildState = () => ({ wanted: wantedBuild(), stamp: readStamp(stampFile), outputThere: fs.existsSync(entry) })

/** For whoever else writes to the same place: what is there then is no longer what the stamp says. */
export const forgetBuild = () => removeStamp(stampFile)

/**
 * @param {'sandbox' | 'production' | 'testable'} flavour
 * @returns {{ command: string[], env: NodeJS.ProcessEnv }}
 */
export const buildCommand = (flavour) => ({
  command: [pinnedNode() ?? process.execPath, inRepo('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'build'],
  env: { ...process.env, PATH: pathWithOurPrograms(), TUPPENCE_FLAVOUR: flavour },
})

/**
 * Builds the sandbox flavour, the one that `npm start` and the tests use.
 *
 * @throws {Failure}
 */
export async function buildApp() {
  // Read before the build: a source changed meanwhile means another build.
  const wanted = wantedBuild()
  forgetBuild()
  const { command, env } = buildCommand('sandbox')
  const ended = await runLogged('build', command, { cwd: inRepo(), env })
  if (ended.code !== 0) {
    throw new Failure('The build failed.', {
      means: 'The sources do not make a working app at the moment.',
      next: 'Mend what the lines above name; `npm run build` shows the whole output.',
      log: ended.log,
    })
  }
  if (!fs.existsSync(entry)) {
    throw new Failure('The build ended well but left no app.', { means: `${entry} is not there.`, next: 'Look at electron.vite.config.ts.', log: ended.log })
  }
  writeStamp(stampFile, wanted)
}
