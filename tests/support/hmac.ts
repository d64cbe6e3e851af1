import { createHmac } from 'node:crypto'
import type { Hmac } from '../../src/domain/chain.ts'

/** HMAC-SHA-256 as Node has it. */
export function hmacOf(key: string | Buffer): Hmac {
  return (...parts) => parts.reduce((hash, part) => hash.update(part), createHmac('sha256', key)).digest()
}
