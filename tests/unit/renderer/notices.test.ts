import { describe, expect, it } from 'vitest'
import type { PurchaseRow } from '../../../src/contract/ipc/launcher.ts'
import {
  addNotice,
  keepOpen,
  settleNotices,
  toneOf,
  type NoticeContent,
} from '../../../src/renderer/launcher/features/purchase/notices.ts'

const bought = {
  purchaseId: 'p1',
  item: 'Ember Wolf',
  payee: 'Nebula Forge',
  price: { amount: '99', currency: 'EUR' },
}
const unknown: NoticeContent = { kind: 'unknown', ...bought }
const cancelled: NoticeContent = { kind: 'cancelled' }

function row(state: PurchaseRow['state']): PurchaseRow {
  const isPaid = state === 'succeeded'
  return {
    ...bought,
    at: '2026-11-23T09:00:00.000Z',
    settledAt: isPaid ? '2026-11-23T09:01:00.000Z' : null,
    state,
    receiptNumber: isPaid ? 'R1' : null,
  }
}

describe('notices about purchases', () => {
  it('give way to the next one, except while an outcome is unknown', () => {
    const notices = addNotice(addNotice(addNotice([], cancelled), unknown), cancelled)
    expect(notices.map(({ content }) => content.kind)).toEqual(['unknown', 'cancelled'])
    expect(new Set(notices.map(({ id }) => id)).size).toBe(2)
    expect(keepOpen(notices).map(({ content }) => content.kind)).toEqual(['unknown'])
  })

  it('turn into what really happened once the history knows', () => {
    const open = addNotice([], unknown)
    const kindAfter = (state: PurchaseRow['state']) => settleNotices(open, [row(state)])[0]?.content.kind
    expect(kindAfter('succeeded')).toBe('succeeded')
    expect(kindAfter('declined')).toBe('notCharged')
    expect(kindAfter('voided')).toBe('notCharged')
    expect(kindAfter('approved')).toBe('unknown')
    expect(settleNotices(open, [])).toEqual(open)
  })

  it('keep their place when they turn', () => {
    expect(settleNotices(addNotice([], unknown), [row('succeeded')])[0]?.id).toBe(1)
  })

  it('sound alarmed only when something went wrong', () => {
    expect(toneOf(unknown)).toBe('open')
    expect(toneOf(cancelled)).toBe('quiet')
    expect(toneOf({ kind: 'declined', ...bought, reason: 'risk' })).toBe('bad')
    expect(toneOf({ kind: 'refused', reason: 'gatewayUnreachable' })).toBe('bad')
    expect(toneOf({ kind: 'refused', reason: 'purchaseInProgress' })).toBe('quiet')
    const { purchaseId: _, ...asked } = bought
    expect(toneOf({ kind: 'blocked', ...asked, block: { kind: 'quietHours', until: '2026-11-24T06:00:00.000Z' } })).toBe('quiet')
  })
})
