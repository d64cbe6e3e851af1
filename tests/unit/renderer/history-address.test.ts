/** P9: a question about the history is in the address, whole, and what an address says that means nothing is left out. */
import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { HistoryQuestionSchema, type HistoryQuestionView } from '../../../src/contract/ipc/history.ts'
import { ViewAddressSchema } from '../../../src/contract/ipc/views.ts'
import { addressOf, questionAt } from '../../../src/renderer/launcher/features/history/history-address.ts'
import { everything } from '../../../src/renderer/launcher/features/history/question.ts'

const id = fc.stringMatching(/^[A-Za-z0-9._:-]{1,40}$/)
const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
const decimal = fc.stringMatching(/^\d{1,15}(\.\d{1,4})?$/)
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null })
const some = <T>(values: fc.Arbitrary<T>) => orNull(fc.uniqueArray(values, { minLength: 1, maxLength: 6 }))
const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)

const question: fc.Arbitrary<HistoryQuestionView> = fc.record({
  text: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => (text.trim() === '' ? '' : text)).filter((text) => text.length <= 200),
  menus: fc.record({
    from: orNull(day),
    to: orNull(day),
    members: some(orNull(id)),
    sellers: some(id),
    lines: some(oneOf('charge', 'refund', 'chargeback', 'chargebackReversal', 'pending', 'notCharged')),
    states: some(oneOf('approved', 'unknown', 'succeeded', 'partlyRefunded', 'refunded', 'chargedBack', 'declined', 'voided')),
    kinds: some(oneOf('item', 'pass', 'bundle')),
    currencies: some(fc.stringMatching(/^[A-Z]{3}$/)),
    sources: some(oneOf('tuppence', 'steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx')),
    least: orNull(decimal),
    most: orNull(decimal),
  }),
  order: fc.record({ by: oneOf('at', 'item', 'who', 'payee', 'state', 'receipt', 'amount'), direction: oneOf('ascending', 'descending') }),
})

describe('the address of a question', () => {
  it('is the question, whatever it asks', () => {
    fc.assert(fc.property(question, (asked) => {
      expect(questionAt(addressOf(asked))).toEqual(asked)
    }))
  })

  it('can be kept, where it is no longer than what is kept', () => {
    fc.assert(fc.property(question, (asked) => {
      expect(addressOf(asked).length > 2000 || v.is(ViewAddressSchema, addressOf(asked))).toBe(true)
    }))
  })

  it('is empty for everything, newest first', () => {
    expect(addressOf(everything)).toBe('')
    expect(questionAt('')).toEqual(everything)
  })

  it('asks for what main understands, whatever somebody wrote there', () => {
    const odd = fc.oneof(fc.string(), fc.webQueryParameters(), fc.constantFrom('from=2026-02-31', 'seller=%00', 'line=all', 'sort=at', 'least=-1', 'member=a%20b', 'currency=eur'))
    fc.assert(fc.property(fc.array(odd), (parts) => {
      expect(v.is(HistoryQuestionSchema, questionAt(parts.join('&')))).toBe(true)
    }))
  })

  it.each(['from=2026-02-31', 'seller=%20', 'line=all', 'sort=at', 'sort=at.up', 'least=-1', 'member=a%20b', 'currency=eur', 'odd=1', 'text=+'])(
    'leaves out %s',
    (address) => expect(questionAt(address)).toEqual({ ...everything, text: questionAt(address).text.trim() === '' ? questionAt(address).text : '' }),
  )
})
