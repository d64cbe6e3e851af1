import { describe, expect, it } from 'vitest'
import { add, isEqual, toDecimal, unitPrice } from '../../../src/domain/money.ts'

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
