import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, halved, ln, sigmoid } from '../../../../src/domain/risk/numbers.ts'

describe('arithmetic of the risk model', () => {
  it('agrees with the platform’s own to eleven digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e15, noNaN: true }), fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }), (positive, any, lives) => {
        expect(Math.abs(ln(positive) - Math.log(positive))).toBeLessThan(1e-11)
        expect(Math.abs(exp(any) / Math.exp(any) - 1)).toBeLessThan(1e-11)
        expect(Math.abs(halved(lives) / 2 ** -lives - 1)).toBeLessThan(1e-11)
        expect(Math.abs(sigmoid(any) - 1 / (1 + Math.exp(-any)))).toBeLessThan(1e-11)
      }),
    )
  })

  it('has these very bits, on every engine', () => {
    expect([ln(10), ln(0.3), exp(1.5), halved(2.75), sigmoid(-3)].map(String)).toMatchInlineSnapshot(`
      [
        "2.3025850929940455",
        "-1.203972804325936",
        "4.481689070338065",
        "0.14865088937534016",
        "0.047425873177566774",
      ]
    `)
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('there is no logarithm of %d', (value) => {
    expect(() => ln(value)).toThrow(RangeError)
  })

  it('ends where numbers end', () => {
    expect([halved(60), halved(Number.POSITIVE_INFINITY), sigmoid(1e9), sigmoid(-1e9) > 0]).toEqual([0, 0, 1, true])
  })
})
