import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto'
import type { Environment } from '../environment.ts'

/** What only the gateway can make: tokens, codes, keyed hashes, and texts that are kept sealed. */
export interface Secrets {
  /** 32 unguessable bytes in base64url. */
  readonly token: () => string
  /** An identifier with a prefix, such as `account-…`. */
  readonly id: (prefix: string) => string
  /** Six digits, each as likely as any other. */
  readonly sixDigits: () => string
  /** So many letters and digits that are not mistaken for each other, each as likely as any other. */
  readonly letters: (count: number) => string
  /** SHA-256 of a token, in base64url: enough for what cannot be guessed. */
  readonly hash: (token: string) => string
  /** HMAC-SHA-256 in base64url, for what can be guessed: codes and addresses. */
  readonly mac: (use: string, ...parts: readonly string[]) => string
  /** AES-256-GCM. */
  readonly seal: (text: string) => string
  readonly open: (sealed: string) => string
  /** For libraries that want a secret text of their own. */
  readonly derived: (use: string) => string
}

/** Crockford's base 32, lower case: no i, l, o or u. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const [nonceBytes, tagBytes] = [12, 16] as const

export function createSecrets({ key, randomBytes }: { readonly key: Uint8Array; readonly randomBytes: Environment['randomBytes'] }): Secrets {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `tuppence accounts ${use}`, 32))
  const [macKey, sealKey] = [derive('mac'), derive('seal')]
  const random = (size: number) => Buffer.from(randomBytes(size))
  return {
    token: () => random(32).toString('base64url'),
    id: (prefix) => `${prefix}-${random(16).toString('base64url')}`,
    sixDigits: () => sixDigits(random),
    letters: (count) => [...random(count)].map((byte) => alphabet.charAt(byte % alphabet.length)).join(''),
    hash: (token) => createHash('sha256').update(token).digest('base64url'),
    mac: (...parts) => createHmac('sha256', macKey).update(JSON.stringify(parts)).digest('base64url'),
    seal(text) {
      const nonce = random(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce)
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, nonceBytes))
      decipher.setAuthTag(bytes.subarray(-tagBytes))
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8')
    },
    derived: (use) => derive(use).toString('base64url'),
  }
}

/** The largest numbers are thrown away, or small codes would be a little likelier. */
function sixDigits(random: (size: number) => Buffer): string {
  const limit = 4_294_000_000
  const number = random(4).readUInt32BE()
  return number < limit ? (number % 1_000_000).toString().padStart(6, '0') : sixDigits(random)
}
