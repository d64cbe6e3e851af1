import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { ReadingSchema } from '../../src/contract/ipc/history.ts'
import { both } from '../../src/domain/history/both-filters.ts'
import { everyLine, matches } from '../../src/domain/history/filter.ts'
import { fold, wordsOf } from '../../src/domain/history/fold.ts'
import { readQuery } from '../../src/domain/history/read-query.ts'
import { arbitraryLine } from '../support/arbitrary-line.ts'
import { guardiansContext } from '../support/query-context.ts'

const context = fc.record({
  language: fc.constantFrom('en' as const, 'de' as const),
  todayDay: fc.constantFrom('2026-11-25', '2024-02-29', '2026-01-01'),
  zone: fc.constantFrom('Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'UTC'),
  members: fc.constant(guardiansContext.members),
  homeCurrency: fc.constantFrom('EUR', 'AUD', null),
})

/** Each is one part wherever it stands, whatever is around it. */
const part = fc.constantFrom(
  ...['starlight', 'cap', 'pixel', '"nebula run"', 'T-2026-1', 'cape-star', 'seller:pixel', 'seller:forge', 'member:mia', 'member:ma', 'zzz'],
  ...['currency:eur', 'currency:jpy', 'kind:item', 'kind:pass', 'source:tuppence', 'imported', 'state:paid', 'refunded', 'refund', 'declined'],
  ...['2026', '2026-11', '2026-11-23', '2026-11..2026-12', 'today', '>0.5', '<=2eur', '¥500', '1.00-90.00', '=0'],
)

/** Pieces of everything that means something, and of what other search fields take for commands. */
const piece = fc.oneof(
  part,
  fc.constantFrom(...[':', '"', '“', '>', '<=', '-', '..', '*', 'NEAR(', 'AND', 'OR', 'NOT', '^', '\\', "'", ';', '--', '%', '_', '\0', '\ud83d', '🔥', '∞', 'ß', 'İ']),
  fc.constantFrom(...['seller', 'member', 'last', 'week', 'oct', '5', '5-10', 'eur', '$', '2026-13', '99999999999999999999', '1.2.3', '0,0', '­', '\u00a0', '\u202e']),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.tuple(piece, fc.constantFrom('', ' ', ' ', '  ', '\t')), { maxLength: 30 }).map((pieces) => pieces.flat().join('')),
)

const names = Object.fromEntries(guardiansContext.members.map(({ memberId, name }) => [memberId, name]))

describe('a query', () => {
  it('P9 of any text is read, gives a filter that works and a reading in the form of the contract', () => {
    fc.assert(
      fc.property(text, context, arbitraryLine, (typed, asker, line) => {
        const { filter, reading } = readQuery(typed, asker)
        expect(typeof matches(line, filter, names)).toBe('boolean')
        expect(v.is(ReadingSchema, reading)).toBe(true)
        expect(filter.words.every((word) => wordsOf(word).length > 0 && fold(word) === word)).toBe(true)
        if (filter.from !== null && filter.before !== null && reading.length === 1) expect(filter.from < filter.before).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is told of whole, in order', () => {
    fc.assert(
      fc.property(text, context, (typed, asker) => {
        const { reading } = readQuery(typed, asker)
        expect(reading.map((one) => one.text).join('').replaceAll(/\s/gu, '')).toBe(typed.replaceAll(/\s/gu, ''))
        let from = 0
        for (const one of reading) {
          const at = typed.indexOf(one.text, from)
          expect(at).toBeGreaterThanOrEqual(from)
          from = at + one.text.length
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('finds no more with another part, and what all of its parts find', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), part, context, arbitraryLine, (parts, another, asker, line) => {
        const finds = (typed: string) => matches(line, readQuery(typed, asker).filter, names)
        expect(finds([...parts, another].join(' '))).toBe(parts.every((one) => finds(one)) && finds(another))
      }),
      { numRuns: 1_000 },
    )
  })

  it('is the same in capitals, in small letters and with its accents written as marks of their own', () => {
    fc.assert(
      fc.property(text, context, (typed, asker) => {
        // Greek letters with an iota below are two letters in capitals.
        fc.pre(!typed.normalize('NFD').includes('\u0345'))
        const { filter } = readQuery(typed, asker)
        for (const other of [typed.toUpperCase(), typed.toLowerCase(), typed.normalize('NFD')]) expect(readQuery(other, asker).filter).toEqual(filter)
      }),
      { numRuns: 1_000 },
    )
  })

  it('that is in quotes is only words', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), context, (parts, asker) => {
        const quoted = `"${parts.join(' ').replaceAll('"', '')}"`
        expect(readQuery(quoted, asker).filter).toEqual({ ...everyLine, words: readQuery(quoted, asker).filter.words })
      }),
    )
  })
})

describe('two filters', () => {
  it('as one find what both find', () => {
    fc.assert(
      fc.property(part, part, context, arbitraryLine, (one, other, asker, line) => {
        const [first, second] = [readQuery(one, asker).filter, readQuery(other, asker).filter]
        expect(matches(line, both(first, second), names)).toBe(matches(line, first, names) && matches(line, second, names))
        expect(both(first, everyLine)).toEqual(first)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('folding', () => {
  it('twice is as once, and every letter is as its capital', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(fold(fold(typed))).toBe(fold(typed))
        if (!typed.normalize('NFD').includes('\u0345')) expect(fold(typed.toUpperCase())).toBe(fold(typed))
      }),
      { numRuns: 1_000 },
    )
  })
})
