// @ts-check
/**
 * Trusted Types (W3C): only this policy makes addresses of scripts, and it makes only those of files beside this one. Browsers without
 * Trusted Types need none.
 *
 * @typedef {{ createScriptURL(text: string): string }} Policy
 * @typedef {{ createPolicy(name: string, rules: { createScriptURL(text: string): string }): Policy }} PolicyFactory
 */
const { trustedTypes } = /** @type {{ trustedTypes?: PolicyFactory }} */ (/** @type {unknown} */ (globalThis))

const rules = {
  /** @param {string} name */
  createScriptURL(name) {
    const url = new URL(name, import.meta.url)
    if (url.href !== new URL(`./${url.pathname.split('/').pop()}`, import.meta.url).href) throw new TypeError('not a script of ours')
    return url.href
  },
}
const policy = trustedTypes?.createPolicy('tuppence', rules) ?? rules

/** @param {string} name of a file beside this one */
export function scriptUrl(name) {
  return policy.createScriptURL(name)
}
