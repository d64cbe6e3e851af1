/**
 * Recovery codes: 50 random bits as ten characters of Crockford's base32 (https://www.crockford.com/base32.html) in two
 * groups, `ABCDE-FGHJK`. Online guessing meets the lock-out long before 2^50 attempts.
 *
 * They are kept as SHA-256 with a random salt for each member, and not as Argon2id. Whoever reads the hashes reads the
 * authenticator's secret beside them, which cannot be hashed, and has no use for the codes any more; a slow hash would keep
 * nothing from them and would make each comparison slow. They are hashed so that nobody, however they came to look there, has
 * codes to write down.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { recoveryCodeCount } from '../../ports/credentials.ts'

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const groupLength = 5
const codePattern = /^[0-9A-HJKMNP-TV-Z]{10}$/

export interface KeptRecoveryCodes {
  /** 16 random bytes in base64url. */
  readonly salt: string
  /** One SHA-256 digest in base64url for each code, in their order. */
  readonly hashes: readonly string[]
}

export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    // A byte modulo 32 is even: 256 is a multiple of it.
    const code = [...randomBytes(2 * groupLength)].map((byte) => digits[byte % 32]).join('')
    return `${code.slice(0, groupLength)}-${code.slice(groupLength)}`
  })
}

/**
 * The ten characters that were meant, or null where this cannot be a recovery code. As Crockford has it: case, hyphens and
 * spaces count for nothing, O is 0, I and L are 1.
 */
export function readRecoveryCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s\p{Pd}]/gu, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return codePattern.test(code) ? code : null
}

/** Throws where one is no recovery code: they come from `newRecoveryCodes`. */
export function keepRecoveryCodes(recoveryCodes: readonly string[]): KeptRecoveryCodes {
  const salt = randomBytes(16)
  const hashes = recoveryCodes.map((given) => {
    const code = readRecoveryCode(given)
    if (code === null) throw new Error('not a recovery code')
    return digestOf(salt, code).toString('base64url')
  })
  return { salt: salt.toString('base64url'), hashes }
}

/** Which of the codes was typed, from 0, or null. Each is compared in constant time, and always all of them. */
export function recoveryIndex({ salt, hashes }: KeptRecoveryCodes, typed: string): number | null {
  const code = readRecoveryCode(typed)
  if (code === null) return null
  const digest = digestOf(Buffer.from(salt, 'base64url'), code)
  const fits = hashes.map((hash) => timingSafeEqual(Buffer.from(hash, 'base64url'), digest))
  return fits.includes(true) ? fits.indexOf(true) : null
}

/** The same codes without that one: in its place stands what no code hashes to, as far as anybody can find out. */
export function withoutRecoveryCode(hashes: readonly string[], index: number): string[] {
  return hashes.map((hash, at) => (at === index ? randomBytes(32).toString('base64url') : hash))
}

const digestOf = (salt: Buffer, code: string) => createHash('sha256').update(salt).update(code).digest()
