// @ts-check

/** @typedef {{ name?: string, from: { path?: string | string[], pathNot?: string | string[] } }} Rule */

/**
 * @param {readonly any[]} rules of dependency-cruiser
 * @param {readonly string[]} modules every module that was read
 * @returns {string[]} the names of the rules that apply to none of them
 */
export const rulesWithoutModules = (rules, modules) =>
  rules.filter((/** @type {Rule} */ rule) => !modules.some((module) => applies(rule, module))).map(({ name }) => name)

/**
 * @param {Rule} rule
 * @param {string} module
 */
function applies({ from }, module) {
  const matches = (/** @type {string | string[]} */ patterns) => [patterns].flat().some((pattern) => new RegExp(pattern).test(module))
  return (from.path === undefined || matches(from.path)) && (from.pathNot === undefined || !matches(from.pathNot))
}
