import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { canonicalEvent, chainMac, genesisMac, type ChainedFields } from '../../src/domain/chain.ts'
import { hmacOf } from '../support/hmac.ts'

const hmac = hmacOf('key')

const text = fc.string({ unit: fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.constantFrom('"', '\\', '\u0000', '\u2028', 'é', '😀')) })
const fields = fc.record({
  seq: fc.integer({ min: 1 }),
  id: text,
  type: text,
  at: text,
  actor: text,
  payload: fc.jsonValue({ stringUnit: 'binary' }).filter(isWellFormed).map(canonicalJson),
})

const textOf = (event: ChainedFields) => canonicalEvent(event).join('')

function isWellFormed(value: unknown): boolean {
  return JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value))
}

it('the spliced text is the RFC 8785 form of the whole event', () => {
  fc.assert(
    fc.property(fields, (event) => {
      expect(textOf(event)).toBe(canonicalize({ ...event, payload: JSON.parse(event.payload) as unknown }))
    }),
  )
})

it('a payload as UTF-8 makes the same mac as its text', () => {
  fc.assert(
    fc.property(fields, ({ payload, ...event }) => {
      expect(chainMac(hmac, genesisMac, { ...event, payload: Buffer.from(payload) })).toEqual(chainMac(hmac, genesisMac, { ...event, payload }))
    }),
  )
})

it('canonical JSON does not depend on the order of keys and survives a round trip', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (object) => {
      const reversed = Object.fromEntries(Object.entries(object).reverse())
      expect(canonicalJson(reversed)).toBe(canonicalJson(object))
      expect(canonicalJson(JSON.parse(canonicalJson(object)))).toBe(canonicalJson(object))
    }),
  )
})

it('P3 different events never have the same text, so they never share a mac', () => {
  fc.assert(
    fc.property(fields, fields, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other))
      expect(textOf(one)).not.toBe(textOf(other))
    }),
  )
})

it('P3 the mac of an event depends on every event before it, and on their order', () => {
  const macOf = (events: readonly ChainedFields[]) => events.reduce((mac, event) => chainMac(hmac, mac, event), genesisMac)
  fc.assert(
    fc.property(fc.array(fields, { minLength: 2, maxLength: 6 }), fc.nat(), fc.nat(), (events, a, b) => {
      const [i, j] = [a % events.length, b % events.length]
      const swapped = [...events]
      const [left, right] = [events[i], events[j]]
      fc.pre(left !== undefined && right !== undefined && textOf(left) !== textOf(right))
      if (left && right) [swapped[i], swapped[j]] = [right, left]
      const mac = Buffer.from(macOf(events)).toString('hex')
      expect(Buffer.from(macOf(swapped)).toString('hex')).not.toBe(mac)
      expect(Buffer.from(macOf(events.toSpliced(i, 1))).toString('hex')).not.toBe(mac)
    }),
  )
})
