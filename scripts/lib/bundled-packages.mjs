// @ts-check
import fs from 'node:fs'
import path from 'node:path'
import { inRepo } from './paths.mjs'

/**
 * @typedef {{ name: string, version: string }} Package
 * @typedef {Map<string, string>} Folders of packages by `name@version`
 */

/** A licence or notice lies beside package.json under one of these names. */
const LICENCE_TEXT = /^(licen[cs]e|copying|notice|unlicense)([.-].*)?$/i

/**
 * The package that a module of the bundler's graph is part of.
 *
 * @param {string} id of the module: a path, perhaps with a query or the mark of a virtual one
 * @returns {string | undefined} the package's folder
 */
export function packageFolder(id) {
  const [file = ''] = id.replace(/^\0+/, '').split('?')
  const found = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)
  return found?.[1]
}

/**
 * A plugin that each part of the app is built with, and that leaves behind, when the last part is done, which packages the bundles hold
 * (`out/bundled/<flavour>.json`), and in `out/<flavour>/licences.txt` what their licences ask to be passed on with them.
 *
 * @param {{ flavour: string, external: readonly string[] }} app external: packages that are shipped as they are
 */
export function namesBundledPackages({ flavour, external }) {
  /** @type {Folders} */
  const folders = new Map()
  for (const name of external) add(folders, inRepo('node_modules', ...name.split('/')))
  return {
    name: 'tuppence:bundled-packages',
    apply: /** @type {const} */ ('build'),
    /**
     * @param {unknown} _options
     * @param {Record<string, { type: string, modules?: Record<string, unknown>, originalFileNames?: string[] }>} bundle
     */
    generateBundle(_options, bundle) {
      for (const { modules = {}, originalFileNames = [] } of Object.values(bundle)) {
        for (const id of [...Object.keys(modules), ...originalFileNames]) {
          const folder = packageFolder(id)
          if (folder !== undefined) add(folders, path.resolve(inRepo('src', 'renderer'), folder))
        }
      }
    },
    closeBundle() {
      const packages = [...folders.keys()].sort().map(split)
      write(inRepo('out', 'bundled', `${flavour}.json`), `${JSON.stringify(packages, null, 2)}\n`)
      write(inRepo('out', flavour, 'licences.txt'), licenceTexts(folders))
    },
  }
}

/**
 * @param {Folders} folders
 * @param {string} folder
 */
function add(folders, folder) {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  folders.set(`${name}@${version}`, folder)
}

/** @param {string} key */
const split = (key) => ({ name: key.slice(0, key.lastIndexOf('@')), version: key.slice(key.lastIndexOf('@') + 1) })

/**
 * @param {string} file
 * @param {string} text
 */
function write(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}

/**
 * The same bytes for the same packages: sorted, and with line ends that are the same everywhere.
 *
 * @param {Folders} folders
 */
export function licenceTexts(folders) {
  const sections = [...folders.keys()].sort().map((key) => {
    const folder = folders.get(key) ?? ''
    const { license, author } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
    const by = typeof author === 'string' ? author : author?.name
    const own = fs.readdirSync(folder).filter((name) => LICENCE_TEXT.test(name)).sort().map((name) => path.join(folder, name))
    // Some say MIT and bring no text.
    const files = own.length === 0 && license === 'MIT' ? [inRepo('docs', 'licences', 'MIT.txt')] : own
    const texts = files.map((file) => fs.readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim())
    return [`${key} (${typeof license === 'string' ? license : 'see below'})${by === undefined ? '' : `, by ${by}`}`, ...texts].join('\n\n')
  })
  return `Tuppence holds these packages of others.\n\n${sections.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}
