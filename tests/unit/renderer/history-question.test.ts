import { describe, expect, it } from 'vitest'
import { decimalIn } from '../../../src/renderer/launcher/features/history/decimal-in.ts'
import { periodOf, presetOf } from '../../../src/renderer/launcher/features/history/periods.ts'
import { activeMenus, everything, hasWords, isFiltering, noMenus, sortedBy, withWords } from '../../../src/renderer/launcher/features/history/question.ts'

describe('a question about the history', () => {
  it('filters by text or menus, and not by its order', () => {
    const order = { by: 'amount', direction: 'ascending' } as const
    expect([everything, { ...everything, text: '  ' }, { ...everything, order }].map(isFiltering)).toEqual([false, false, false])
    expect([{ ...everything, text: 'a' }, { ...everything, menus: { ...noMenus, least: '0' } }].map(isFiltering)).toEqual([true, true])
    expect(activeMenus({ ...noMenus, from: '2026-01-01', sellers: ['s'] })).toEqual(['from', 'sellers'])
  })

  it('a column sorts first in the way that is most often wanted, and then the other way round', () => {
    expect(sortedBy(everything.order, 'item')).toEqual({ by: 'item', direction: 'ascending' })
    expect(sortedBy(everything.order, 'amount')).toEqual({ by: 'amount', direction: 'descending' })
    expect(sortedBy(everything.order, 'at')).toEqual({ by: 'at', direction: 'ascending' })
  })

  it('a suggestion is added to what was typed, and taken away by a second press', () => {
    expect(withWords('', '>5 eur')).toBe('>5 eur')
    expect(withWords('wolf ', '>5 eur')).toBe('wolf >5 eur')
    expect(withWords('>5 eur wolf', '>5 eur')).toBe('wolf')
    expect(withWords('refunded5', 'refunded')).toBe('refunded5 refunded')
    expect([hasWords('a >5 eur b', '>5 eur'), hasWords('>5 euro', '>5 eur')]).toEqual([true, false])
  })

  it.each([
    ['', null],
    ['4,99', '4.99'],
    ['4.', '4'],
    [' 5 ', '5'],
    ['five', undefined],
    ['-1', undefined],
  ])('reads %j as an amount: %j', (typed, decimal) => expect(decimalIn(typed)).toBe(decimal))
})

describe('periods', () => {
  it('are whole months and years around today', () => {
    expect(periodOf('thisMonth', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
    expect(periodOf('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect(periodOf('thisYear', '2026-06-15')).toEqual({ from: '2026-01-01', to: '2026-12-31' })
  })

  it('are known again', () => {
    for (const preset of ['all', 'thisMonth', 'lastMonth', 'thisYear'] as const) expect(presetOf(periodOf(preset, '2026-03-31'), '2026-03-31')).toBe(preset)
    expect(presetOf({ from: '2026-03-02', to: null }, '2026-03-31')).toBe('custom')
  })
})
