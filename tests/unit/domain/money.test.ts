import { describe, expect, it } from 'vitest'
import { add, convertUp, isEqual, toDecimal, unitPrice } from '../../../src/domain/money.ts'

const euro = (amount: bigint) => ({ amount, currency: 'EUR' })

describe('money', () => {
  it('is equal where amount and currency are', () => {
    expect([isEqual(euro(1n), euro(1n)), isEqual(euro(1n), euro(2n)), isEqual(euro(1n), { amount: 1n, currency: 'USD' })]).toEqual([true, false, false])
  })

  it('of an unknown currency cannot be reckoned with', () => {
    expect(() => add({ amount: 1n, currency: 'XXQ' }, { amount: 1n, currency: 'XXQ' })).toThrow('unknown currency XXQ')
    expect(() => toDecimal({ amount: 1n, currency: 'XXQ' })).toThrow(RangeError)
  })
})

describe('an amount in another currency', () => {
  const inEuro = (amount: bigint, currency: string, rate: string) => convertUp({ amount, currency }, rate, 'EUR').amount

  it('P4 is rounded up to whole minor units', () => {
    expect(inEuro(1000n, 'JPY', '0.00612')).toBe(612n)
    expect(inEuro(1000n, 'JPY', '0.006120000001')).toBe(613n)
    expect(inEuro(1n, 'JPY', '0.000000000001')).toBe(1n)
    expect(inEuro(0n, 'JPY', '0.00612')).toBe(0n)
    expect(inEuro(1n, 'USD', '0.5')).toBe(1n)
    expect(inEuro(2n, 'USD', '0.5')).toBe(1n)
  })

  it('takes the minor units of both currencies into account', () => {
    expect(convertUp(euro(99n), '163.4', 'JPY')).toEqual({ amount: 162n, currency: 'JPY' })
    expect(convertUp({ amount: 162n, currency: 'JPY' }, '0.00612', 'EUR')).toEqual(euro(100n))
    expect(convertUp(euro(100n), '0.33', 'KWD')).toEqual({ amount: 330n, currency: 'KWD' })
    expect(convertUp(euro(1n), '100000', 'EUR')).toEqual(euro(100_000n))
  })

  it('is exact far beyond what a JavaScript number can hold', () => {
    expect(inEuro(999_999_999_999_999_999n, 'EUR', '1.000000000001')).toBe(1_000_000_000_000_999_999n)
  })

  it.each(['', '0', '0.0', '-1', '+1', '1.', '.5', '1,5', '1e3', 'NaN', ' 1', '1234567890', '0.0000000000001'])('is not made with the rate %o', (rate) => {
    expect(() => convertUp(euro(1n), rate, 'USD')).toThrow(RangeError)
  })

  it('is not made of less than nothing, nor of an unknown currency', () => {
    expect(() => convertUp(euro(-1n), '1', 'USD')).toThrow(RangeError)
    expect(() => convertUp(euro(1n), '1', 'XXQ')).toThrow(RangeError)
    expect(() => convertUp({ amount: 1n, currency: 'XXQ' }, '1', 'EUR')).toThrow(RangeError)
  })
})

describe('the price of one unit', () => {
  it('of one is the price, without needless zeros', () => {
    expect(unitPrice(euro(99n), 1)).toEqual({ decimal: '0.99', currency: 'EUR', exact: true })
    expect(unitPrice(euro(100n), 1)).toEqual({ decimal: '1', currency: 'EUR', exact: true })
    expect(unitPrice(euro(500n), 100)).toEqual({ decimal: '0.05', currency: 'EUR', exact: true })
  })

  it.each([0, -1, 1.5, Number.NaN])('of %s units is a mistake', (count) => {
    expect(() => unitPrice(euro(99n), count)).toThrow(RangeError)
  })
})
