import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hmacSha256 } from '../../src/main/adapters/sqlite/hmac.ts'
import { hmacOf } from '../support/hmac.ts'

const bytes = fc.uint8Array({ maxLength: 200 })
// Also lone surrogates, which UTF-8 has no form for, and more than the first scratch buffer holds.
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('\ud800', '•'.repeat(5000), 'x'.repeat(20_000)))
const parts = fc.array(fc.oneof(bytes, text), { maxLength: 5 })

it('P3 the HMAC of two hashes is that of Node, whatever the key, the parts and what was hashed before', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(parts, { minLength: 1, maxLength: 4 }), (key, messages) => {
      const [ours, nodes] = [hmacSha256(key), hmacOf(Buffer.from(key))]
      for (const message of messages) expect(Buffer.from(ours(...message)).toString('hex')).toBe(Buffer.from(nodes(...message)).toString('hex'))
    }),
  )
})

it('P3 the HMAC of two hashes is that of RFC 4231, test case 2', () => {
  const mac = hmacSha256(Buffer.from('Jefe'))('what do ya want ', Buffer.from('for nothing?'))
  expect(Buffer.from(mac).toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

it('a key longer than a block is refused, not hashed to something else', () => {
  expect(() => hmacSha256(new Uint8Array(65))).toThrow(RangeError)
})
