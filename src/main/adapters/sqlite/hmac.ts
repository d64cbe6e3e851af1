import { hash } from 'node:crypto'
import { macBytes, type Hmac } from '../../../domain/chain.ts'

/** The length of a block of SHA-256 (FIPS 180-4); RFC 2104 pads the key to it. */
const blockBytes = 64

/**
 * HMAC-SHA-256 of two hashes in one go, as RFC 2104 §2 writes it: verifying a log makes a million, and each `createHmac` costs
 * more than it hashes. The key is not longer than a block.
 */
export function hmacSha256(key: Uint8Array): Hmac {
  const outer = Buffer.concat([padded(key, 0x5c), Buffer.alloc(macBytes)])
  let inner = Buffer.concat([padded(key, 0x36), Buffer.alloc(4096)])
  return (...parts) => {
    const bytes = parts.reduce((sum, part) => sum + (typeof part === 'string' ? 3 * part.length : part.length), blockBytes)
    if (bytes > inner.length) inner = Buffer.concat([inner.subarray(0, blockBytes), Buffer.alloc(2 * bytes)])
    let end = blockBytes
    for (const part of parts) end += put(inner, part, end)
    // A digest as hexadecimal text is made twice as fast as one in a buffer of its own.
    outer.write(hash('sha256', inner.subarray(0, end), 'hex'), blockBytes, 'hex')
    return Buffer.from(hash('sha256', outer, 'hex'), 'hex')
  }
}

function padded(key: Uint8Array, byte: number): Buffer {
  if (key.length > blockBytes) throw new RangeError('a key is at most a block')
  return Buffer.alloc(blockBytes, byte).map((pad, index) => pad ^ (key[index] ?? 0)) as Buffer
}

/** Gives how many bytes it put there. */
function put(target: Buffer, part: string | Uint8Array, at: number): number {
  if (typeof part === 'string') return target.write(part, at, 'utf8')
  target.set(part, at)
  return part.length
}
