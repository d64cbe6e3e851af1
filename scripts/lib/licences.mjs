// @ts-check
/**
 * Which licences a package may have (SPDX identifiers, https://spdx.org/licenses/): a short list for what people get from us, a longer one
 * for what only builds and tests. Whatever is on neither is named below with the reason, or not used.
 */

/** Ask for no more than that their text is passed on, which `licences.txt` of each build does. */
const SHIPPED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0', 'Unlicense']
const FONTS = ['OFL-1.1']
/** Nothing of these reaches people, so nothing has to be passed on. */
const TOOLS = [...SHIPPED, 'BlueOak-1.0.0', 'CC-BY-4.0', 'CC0-1.0', 'MPL-2.0', 'Python-2.0']

/** @type {Record<string, { declared?: string, counts: string, why: string, shipped: boolean }>} counts: what it is judged as */
export const EXCEPTIONS = {
  'png-js': { counts: 'MIT', shipped: true, why: 'its package.json names no licence; its LICENSE file is the text of MIT' },
  'truncate-utf8-bytes': { declared: 'WTFPL', counts: '0BSD', shipped: false, why: 'lets everybody do everything; used by electron-builder alone' },
}

/**
 * @typedef {object} Component
 * @property {string} name
 * @property {string} version
 * @property {string} [licence] as declared
 * @property {boolean} shipped in a bundle, or beside it
 */

/**
 * @param {readonly Component[]} components
 * @param {typeof EXCEPTIONS} [exceptions]
 * @returns {string[]} what is wrong, a line for each
 */
export function licenceFaults(components, exceptions = EXCEPTIONS) {
  const needed = new Set()
  const faults = components.flatMap(({ name, version, licence, shipped }) => {
    const exception = exceptions[name]
    const excepted = exception !== undefined && exception.declared === licence && (exception.shipped || !shipped)
    if (excepted) needed.add(name)
    const counts = excepted ? exception.counts : licence
    const allowed = !shipped ? TOOLS : isFont(name) ? FONTS : SHIPPED
    if (counts !== undefined && allows(counts, allowed)) return []
    return [`${name}@${version}: ${licence ?? 'no licence named'}${shipped ? ', in what people get' : ''}`]
  })
  const idle = Object.keys(exceptions).filter((name) => !needed.has(name))
  return [...faults, ...idle.map((name) => `${name}: the exception for it is no longer needed`)]
}

/** @param {string} name */
const isFont = (name) => name.startsWith('@fontsource')

/**
 * Whether an SPDX expression can be met with the licences of a list. Precedence as in SPDX: AND before OR.
 *
 * @param {string} expression
 * @param {readonly string[]} allowed
 */
export function allows(expression, allowed) {
  const words = expression.match(/[()]|[^\s()]+/g) ?? []
  const value = either()
  return words.length === 0 && value

  /** @returns {boolean} */
  function either() {
    let value = all()
    while (words[0] === 'OR') {
      words.shift()
      value = all() || value
    }
    return value
  }

  /** @returns {boolean} */
  function all() {
    let value = one()
    while (words[0] === 'AND') {
      words.shift()
      value = one() && value
    }
    return value
  }

  /** @returns {boolean} */
  function one() {
    const word = words.shift() ?? ''
    if (word !== '(') return allowed.includes(word)
    const value = either()
    return words.shift() === ')' && value
  }
}
