// @ts-check
/**
 * Solves a challenge of ALTCHA's proof of work, version 2 (https://altcha.org): the counter for which PBKDF2 (RFC 8018) over
 * nonce ‖ counter begins with the wanted bytes.
 *
 * @typedef {{ algorithm: string, nonce: string, salt: string, cost: number, keyLength: number, keyPrefix: string }} Parameters
 * @typedef {{ parameters: Parameters, signature?: string }} Challenge
 * @typedef {{ counter: number, derivedKey: string, time: number }} Solution
 */

/** Keys that are derived at a time: browsers spread them over threads of their own. */
const atOnce = 8
const mostCounts = 2 ** 32

/** @param {string} hex */
function fromHex(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** @param {ArrayBuffer} bytes */
function toHex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * @param {Challenge} challenge
 * @param {(tried: number) => void} [onTried] hears how many counters were tried
 * @returns {Promise<Solution>}
 */
export async function solve({ parameters }, onTried = () => {}) {
  const { algorithm, cost, keyLength, keyPrefix } = parameters
  if (algorithm !== 'PBKDF2/SHA-256') throw new Error(`no proof of work by ${algorithm}`)
  const nonce = fromHex(parameters.nonce)
  const salt = fromHex(parameters.salt)
  const startedAt = performance.now()

  /** @param {number} counter */
  async function derive(counter) {
    const password = new Uint8Array(nonce.length + 4)
    password.set(nonce)
    new DataView(password.buffer).setUint32(nonce.length, counter)
    const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
    const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: cost }, key, keyLength * 8)
    return { counter, derivedKey: toHex(bits) }
  }

  for (let first = 0; first < mostCounts; first += atOnce) {
    const keys = await Promise.all(Array.from({ length: atOnce }, (_, index) => derive(first + index)))
    const found = keys.find(({ derivedKey }) => derivedKey.startsWith(keyPrefix))
    if (found) return { ...found, time: Math.round(performance.now() - startedAt) }
    onTried(first + atOnce)
  }
  throw new Error('no counter solves it')
}

/**
 * As it is sent: base64 of ALTCHA's JSON.
 *
 * @param {Challenge} challenge
 * @param {Solution} solution
 */
export function toPayload({ parameters, signature }, solution) {
  return btoa(JSON.stringify({ challenge: { parameters, signature }, solution }))
}
