import { describe, expect, it } from 'vitest'
import { isSpending } from '../../../src/domain/ledger.ts'
import { IllegalTransitionError, moved, type PurchaseState } from '../../../src/domain/life-cycle.ts'

describe('a purchase that moves', () => {
  it('gives the state that a command may lead to', () => {
    expect(moved('succeeded', 'refund', 'partlyRefunded')).toBe('partlyRefunded')
    expect(moved('succeeded', 'refund', 'refunded')).toBe('refunded')
  })

  it.each<[PurchaseState, Parameters<typeof moved>[1], PurchaseState]>([
    ['succeeded', 'refund', 'declined'],
    ['chargedBack', 'reverseChargeback', 'refunded'],
    ['refunded', 'refund', 'refunded'],
    ['cancelled', 'succeed', 'succeeded'],
    ['voided', 'approve', 'approved'],
  ])('P1 P2 never goes from %s by %s to %s', (from, command, to) => {
    expect(() => moved(from, command, to)).toThrow(IllegalTransitionError)
  })
})

it('P4 what was spent counts until it is certain that nothing was charged, also after a refund', () => {
  const counting = (['approved', 'unknown', 'succeeded', 'partlyRefunded', 'refunded', 'chargedBack'] as const).map((state) => isSpending({ state }))
  expect(counting).toEqual([true, true, true, true, true, true])
  expect([isSpending({ state: 'declined' }), isSpending({ state: 'voided' })]).toEqual([false, false])
})
