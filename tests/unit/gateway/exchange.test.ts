import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import sandboxCatalogue from '../../../resources/sandbox-catalogue.json' with { type: 'json' }
import rates from '../../../resources/sandbox-exchange-rates.json' with { type: 'json' }
import { countIn, isCounted, rateFor } from '../../../src/gateway/shop/exchange.ts'

const currencies = [...new Set(sandboxCatalogue.offers.map(({ price }) => price.currency))]
const pairs = currencies.flatMap((from) => currencies.map((to) => [from, to] as const))

it('the rates say that they are made up, and of when', () => {
  expect([rates.source, rates.date]).toEqual([expect.stringMatching(/made up/i), expect.stringMatching(/^\d{4}-\d\d-\d\d$/)])
})

it('every currency that is sold in is counted in every other', () => {
  expect(currencies.every(isCounted)).toBe(true)
  for (const [from, to] of pairs) expect(rateFor(from, to)).toMatch(from === to ? /^1$/ : /^\d+\.\d+$/)
  expect(['CHF', 'XAU', 'toString', '__proto__'].some(isCounted)).toBe(false)
  expect(() => rateFor('EUR', 'CHF')).toThrow(RangeError)
})

it('P4 an amount never counts for nothing, and is at most a per cent and a minor unit off when counted there and back', () => {
  fc.assert(
    fc.property(fc.constantFrom(...pairs), fc.bigInt({ min: 1n, max: 10n ** 9n }), ([from, to], amount) => {
      const there = countIn({ amount, currency: from }, to)
      expect(there.amount).toBeGreaterThan(0n)
      // A minor unit of yen is worth as many as two of another.
      const back = countIn(there, from).amount - amount
      expect(back > -amount / 100n - 1n && back <= amount / 100n + 3n).toBe(true)
    }),
  )
})
