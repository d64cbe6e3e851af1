import { describe, expect, it } from 'vitest'
import type { PurchaseRow } from '../../../src/contract/ipc/launcher.ts'
import { isOpen, listRows } from '../../../src/renderer/launcher/features/history/history-rows.ts'

function row(purchaseId: string, change: Partial<PurchaseRow> = {}): PurchaseRow {
  return {
    purchaseId,
    at: '2026-11-23T09:00:00.000Z',
    settledAt: null,
    state: 'succeeded',
    item: 'Ember Wolf',
    game: 'Ashen Vale',
    payee: 'Nebula Forge',
    price: { amount: '99', currency: 'EUR' },
    receiptNumber: `R-${purchaseId}`,
    who: null,
    ...change,
  }
}

describe('the history', () => {
  const rows = [row('old', { at: '2026-11-01T09:00:00.000Z' }), row('new', { who: 'Lena' }), row('middle', { at: '2026-11-02T09:00:00.000Z' })]
  const ids = (text: string) => listRows(rows, text, ({ purchaseId }) => [`said-${purchaseId}`]).map((one) => one.purchaseId)

  it('is newest first', () => {
    expect(ids('')).toEqual(['new', 'middle', 'old'])
  })

  it('is searched by item, seller, receipt and what the person sees', () => {
    expect(ids('r-middle')).toEqual(['middle'])
    expect(ids('said-old wolf nebula')).toEqual(['old'])
    expect(ids('nothing')).toEqual([])
  })

  it('is searched by who bought it', () => {
    expect(ids('lena')).toEqual(['new'])
  })
})

describe('isOpen', () => {
  it('holds for purchases whose outcome is not known', () => {
    const states = ['approved', 'unknown', 'succeeded', 'declined', 'voided'] as const
    expect(states.filter((state) => isOpen(row('p', { state })))).toEqual(['approved', 'unknown'])
  })
})
