// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import { inRepo } from './paths.mjs'
import { which } from './which.mjs'

/** The Node that the project pins: the npm package `node`, which every npm script finds first. */
export const pinnedNode = () => {
  const file = inRepo('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return fs.existsSync(file) ? file : undefined
}

/**
 * PATH for a child: our own programs first, as npm does it for its scripts.
 *
 * @param {string} [searchPath]
 */
export function pathWithOurPrograms(searchPath = process.env['PATH'] ?? '') {
  const ours = inRepo('node_modules', '.bin')
  return [ours, ...searchPath.split(path.delimiter).filter((folder) => folder !== ours)].join(path.delimiter)
}

/**
 * The machine's own Node and npm. `npm ci` deletes node_modules and with it the pinned Node, so that
 * one cannot be what runs it.
 *
 * @returns {string[]} the start of a command line
 */
export function machineNpm() {
  const searchPath = pathWithoutOurPrograms()
  const node = which('node', searchPath) ?? process.execPath
  const npmCli = process.env['npm_execpath']
  if (npmCli !== undefined && path.basename(npmCli) === 'npm-cli.js' && !isBelow(inRepo('node_modules'), npmCli)) return [node, npmCli]
  return [which('npm', searchPath) ?? 'npm']
}

/**
 * PATH as it is outside npm, which puts the node_modules/.bin of this folder and of every folder above
 * it in front.
 *
 * @param {string} [searchPath]
 */
export const pathWithoutOurPrograms = (searchPath = process.env['PATH'] ?? '') =>
  searchPath
    .split(path.delimiter)
    .filter((folder) => !folder.split(/[\\/]/).includes('node_modules'))
    .join(path.delimiter)

/**
 * The folder under which the machine's Node keeps its headers, given to node-gyp so that it
 * downloads none. keytar uses Node-API, whose headers serve any later Node.
 *
 * @param {string} nodeFile
 * @param {(file: string) => boolean} [exists]
 */
export function headersOf(nodeFile, exists = fs.existsSync) {
  const prefix = path.dirname(path.dirname(nodeFile))
  return exists(path.join(prefix, 'include', 'node', 'node_api.h')) ? prefix : undefined
}

/** @returns {string} */
export const machineNodeFile = () => fs.realpathSync(which('node', pathWithoutOurPrograms()) ?? process.execPath)

/**
 * @param {string} folder
 * @param {string} file
 */
function isBelow(folder, file) {
  const relative = path.relative(folder, file)
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative))
}
