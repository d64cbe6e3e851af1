import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { canonicalJson, challengeDigest } from '../../../src/domain/canonical.ts'
import { chainMac, genesisMac } from '../../../src/domain/chain.ts'
import { challengeOf } from '../../support/events.ts'
import { hmacOf } from '../../support/hmac.ts'

const key = Buffer.alloc(32, 7)
const hmac = hmacOf(key)
const event = { seq: 1, id: 'e1', type: 'log.opened', at: '2026-11-23T09:00:00.000Z', actor: 'client', payload: '{"b":1}' }

it('the first mac is HMAC-SHA-256 over 32 zero bytes and the canonical event', () => {
  const text = '{"actor":"client","at":"2026-11-23T09:00:00.000Z","id":"e1","payload":{"b":1},"seq":1,"type":"log.opened"}'
  const expected = createHmac('sha256', key).update(Buffer.concat([Buffer.alloc(32), Buffer.from(text)])).digest('hex')
  expect(Buffer.from(chainMac(hmac, genesisMac, event)).toString('hex')).toBe(expected)
})

it('refuses a mac of another length, from the caller and from the hash', () => {
  expect(() => chainMac(hmac, new Uint8Array(31), event)).toThrow(RangeError)
  expect(() => chainMac(() => new Uint8Array(20), genesisMac, event)).toThrow(RangeError)
})

it.each(['id', 'type', 'at', 'actor'] as const)('refuses an event whose %s is no well-formed text', (name) => {
  expect(() => chainMac(hmac, genesisMac, { ...event, [name]: 'half \ud800' })).toThrow(TypeError)
})

it('canonical JSON is that of RFC 8785, appendix and §3.2.3', () => {
  const numbers = [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0]
  expect(canonicalJson({ numbers, literals: [null, true, false], '€': 'Euro', '\r': 1, '\ufb33': 2, '1': 'One', '😀': 3, '\u0080': 4, ö: 5 })).toBe(
    '{"\\r":1,"1":"One","literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"\u0080":4,"ö":5,"€":"Euro","😀":3,"\ufb33":2}',
  )
})

it.each([Number.NaN, Infinity, undefined, () => 1, 1n, '\ud800', { a: [1n] }])('canonical JSON refuses %o', (value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError)
})

it('canonical JSON says why a value cannot be had as JSON', () => {
  const refusal = (() => {
    try {
      return canonicalJson(Number.NaN)
    } catch (error) {
      return error
    }
  })()
  expect(refusal).toMatchObject({ cause: expect.any(Error) as Error })
})

it('canonical JSON leaves out what is undefined, as JSON does', () => {
  expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}')
})

it('P1 the digest of a challenge changes with anything that was shown', () => {
  const digestOf = (content: object) => challengeDigest(content as never, (text) => createHmac('sha256', key).update(text).digest('base64url'))
  const content = challengeOf('a')
  const digests = new Set([digestOf(content)])
  for (const name of Object.keys(content)) digests.add(digestOf({ ...content, [name]: 'changed' }))
  expect(digests.size).toBe(Object.keys(content).length + 1)
})
