import { describe, expect, it } from 'vitest'
import { isPossiblePin, pinFault } from '../../../src/domain/pin.ts'

describe('a PIN', () => {
  it.each(['0000', '2580', '314159', '123456789012'])('can be %s', (pin) => {
    expect(isPossiblePin(pin)).toBe(true)
  })

  it.each(['', '123', '1234567890123', '12 34', '12a4', '-1234', '1234\n', '12.4', '١٢٣٤', '\uFF11\uFF12\uFF13\uFF14'])('can never be %j', (pin) => {
    expect(isPossiblePin(pin)).toBe(false)
    expect(pinFault(pin)).toBe('length')
  })

  it.each(['0000', '99999', '777777777777'])('%s is one digit over and over', (pin) => {
    expect(pinFault(pin)).toBe('tooEasy')
  })

  it.each(['1212', '0909', '474747', '101010101010'])('%s is a pair over and over', (pin) => {
    expect(pinFault(pin)).toBe('tooEasy')
  })

  it.each(['1234', '0123', '7890', '89012', '456789', '123456789012'])('%s counts up', (pin) => {
    expect(pinFault(pin)).toBe('tooEasy')
  })

  it.each(['4321', '3210', '0987', '21098', '987654', '210987654321'])('%s counts down', (pin) => {
    expect(pinFault(pin)).toBe('tooEasy')
  })

  it.each(['2580', '1235', '1233', '1243', '0012', '1221', '1213', '12123', '4322', '9754', '1357', '314159265358'])('%s will do', (pin) => {
    expect(pinFault(pin)).toBeNull()
  })
})
