/** Questions to a history index, for property tests: about what tests/support/arbitrary-history.ts holds, and about what it does not. */
import fc from 'fast-check'
import { everyLine, type HistoryFilter } from '../../src/domain/history/filter.ts'
import { kindOrder, sortColumns } from '../../src/domain/history/order.ts'
import { importSources } from '../../src/domain/imports.ts'
import type { HistoryDimension, HistoryQuestion } from '../../src/main/ports/history-index.ts'

const some = <T>(values: readonly T[]) => fc.option(fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }))

const word = fc.constantFrom('', 'm', 'mull', 'muller', 'ste', '星', 'g', 'e', 'ec', 'i', '𐐨', '5', '500', '10', 'r', 'r-p1', 'p', 'p1', 'rf-0-p', 'gpa', 'gpa-1', 'ben', 'visa', 'a-b', '"', '*', 'no such thing')

const amount = fc.record({
  is: fc.constantFrom('above', 'atLeast', 'below', 'atMost', 'equal'),
  decimal: fc.oneof(fc.constantFrom('0', '5', '0.99', '1.5', '0.999', '123456789012345'), fc.nat(99_999).map((cents) => (cents / 100).toFixed(2)), fc.bigInt({ min: 10n ** 10n, max: 10n ** 15n - 1n }).map(String)),
  currency: fc.constantFrom(null, 'EUR', 'JPY'),
})

const instant = fc.constantFrom('2026-10-29T00:30:00.000Z', '2026-10-30T12:00:00.000Z', '2026-11-01T00:00:00.000Z', '2026-11-23T09:00:01.000Z')

/** Most conditions are left out most of the time: all at once are never met. */
export const arbitraryFilter: fc.Arbitrary<HistoryFilter> = fc
  .record(
    {
      words: fc.array(word, { maxLength: 2 }),
      sellerWords: fc.array(fc.constantFrom('mull', 'pixel', 'g', '星'), { maxLength: 1 }),
      from: instant,
      before: instant,
      memberIds: some([null, 'teen', 'child']),
      sellerIds: some(['seller-1', 'a:b', 'elsewhere:steam:gems', 'nobody']),
      lineKinds: some(kindOrder),
      states: some(['approved', 'unknown', 'succeeded', 'partlyRefunded', 'refunded', 'chargedBack', 'declined', 'voided'] as const),
      offerKinds: some(['item', 'pass', 'bundle'] as const),
      currencies: some(['EUR', 'JPY', 'USD', 'KWD', 'CHF']),
      sources: some(['tuppence', ...importSources] as const),
      amounts: fc.array(amount, { maxLength: 2 }),
      purchaseIds: some(['p0', 'p1', 'p2', 'i-0-1', 'i-0-2', 'i-1-1', 'nothing']),
    },
    { requiredKeys: [] },
  )
  .chain((conditions) => fc.shuffledSubarray(Object.entries(conditions)).map((some) => some.slice(0, 3)))
  .map((conditions) => ({ ...everyLine, ...Object.fromEntries(conditions) }))

export const arbitraryQuestion: fc.Arbitrary<HistoryQuestion> = fc.record({
  filter: arbitraryFilter,
  order: fc.record({ by: fc.constantFrom(...sortColumns), direction: fc.constantFrom('ascending', 'descending') }),
  seen: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.subarray(['teen', 'child', null]) }),
  names: fc.constantFrom<HistoryQuestion['names']>({}, { teen: 'Ben Müller', child: 'Cleo' }, { teen: 'Mull', child: 'mull' }),
  zone: fc.constantFrom('Europe/Berlin', 'UTC', 'Pacific/Kiritimati', 'America/St_Johns'),
})

export const arbitraryDimensions: fc.Arbitrary<HistoryDimension[]> = fc.subarray(['day', 'month', 'seller', 'item', 'kind', 'member', 'source', 'unit'])
