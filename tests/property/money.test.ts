import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, fromWire, isEqual, minorUnitDigits, toDecimal, toWire, unitPrice, type Money } from '../../src/domain/money.ts'

const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLF', 'HUF')
const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const money: fc.Arbitrary<Money> = fc.record({ amount, currency })
const ofOneCurrency = (count: number) =>
  fc.tuple(currency, fc.array(amount, { minLength: count, maxLength: count })).map(([code, amounts]) => amounts.map((value) => ({ amount: value, currency: code })))

/** The exact value of a decimal text as a fraction of `10 ** digits`. */
function scaledBy(decimal: string, digits: number): bigint {
  const [, sign, whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  if (fraction.length > digits) throw new RangeError(`${decimal} has more than ${digits} decimals`)
  const value = BigInt(whole + fraction.padEnd(digits, '0'))
  return sign ? -value : value
}

describe('adding', () => {
  it('does not depend on order or grouping, and nothing added changes nothing', () => {
    fc.assert(
      fc.property(ofOneCurrency(3), ([a, b, c]) => {
        if (!a || !b || !c) throw new RangeError('three amounts')
        expect(add(a, b)).toEqual(add(b, a))
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)))
        expect(add(a, { amount: 0n, currency: a.currency })).toEqual(a)
        expect(add(a, { amount: -a.amount, currency: a.currency }).amount).toBe(0n)
        expect(add(a, b).amount).toBe(a.amount + b.amount)
      }),
    )
  })

  it('never mixes currencies', () => {
    fc.assert(
      fc.property(money, money, (a, b) => {
        fc.pre(a.currency !== b.currency)
        expect(() => add(a, b)).toThrow(RangeError)
        expect(isEqual(a, b)).toBe(false)
      }),
    )
  })
})

describe('as text', () => {
  it('the wire form gives back the same money', () => {
    fc.assert(
      fc.property(money, (value) => {
        expect(fromWire(toWire(value))).toEqual(value)
      }),
    )
  })

  it('the decimal is exact, with as many decimals as the currency has', () => {
    fc.assert(
      fc.property(money, (value) => {
        const digits = minorUnitDigits(value.currency)
        expect(scaledBy(toDecimal(value), digits)).toBe(value.amount)
        expect(toDecimal(value).split('.')[1]?.length ?? 0).toBe(digits)
      }),
    )
  })

  it('reads whole numbers only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double().map(String), fc.string()), (text) => {
        fc.pre(!/^-?\d+$/.test(text))
        expect(() => fromWire({ amount: text, currency: 'EUR' })).toThrow(RangeError)
      }),
    )
  })
})

describe('the price of one unit', () => {
  const price = fc.record({ amount: fc.bigInt({ min: 0n, max: 10n ** 15n }), currency })

  it('is the fraction rounded half up, and says whether it was rounded', () => {
    fc.assert(
      fc.property(price, fc.integer({ min: 1, max: 10_000_000 }), (value, count) => {
        const digits = minorUnitDigits(value.currency) + 2
        const { decimal, exact } = unitPrice(value, count)
        const found = scaledBy(decimal, digits)
        // found = round(amount × 10² ÷ count): |found × count − amount × 10²| ≤ count ÷ 2, with the half going up.
        const difference = found * BigInt(count) - value.amount * 100n
        expect(2n * difference).toBeLessThanOrEqual(BigInt(count))
        expect(2n * difference).toBeGreaterThan(-BigInt(count))
        expect(exact).toBe(difference === 0n)
      }),
    )
  })

  it('refuses what is no number of units', () => {
    for (const count of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 53]) {
      expect(() => unitPrice({ amount: 1n, currency: 'EUR' }, count)).toThrow(RangeError)
    }
  })
})
