import { describe, expect, it } from 'vitest'
import type { HistoryOrder } from '../../../src/domain/history/order.ts'
import { createColumns } from '../../../src/main/adapters/sqlite/history-index/columns.ts'
import { orderLines } from '../../../src/main/adapters/sqlite/history-index/order-lines.ts'

const offer = { sellerId: 's', payee: 'p', item: 'i', game: '', offerKind: null, bundle: null, passDays: null }
const lineClass = { kind: 'charge', state: 'succeeded', source: 'tuppence', currency: 'EUR', memberId: null } as const

/** More lines than are looked up one by one, the first of them with these receipts, in the order of the log and of time. */
function receiptsInOrder(given: readonly (string | null)[], direction: HistoryOrder['direction']): (string | null)[] {
  const many = 6000
  const receipts = Array.from({ length: many }, (_, n) => (n < given.length ? (given[n] ?? null) : null))
  const columns = createColumns(many)
  for (const [n, receipt] of receipts.entries()) {
    columns.put({ key: (n + 1) * 1024, at: n, offer: 1, class: 1, amount: 1, suffix: 1, receipt, reference: null, purchaseId: `p${n}` })
  }
  const byBytes = receipts
    .flatMap((receipt, n): [number, string][] => (receipt === null ? [] : [[(n + 1) * 1024, receipt]]))
    .sort(([, one], [, other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
  const flags = new Uint8Array(many).fill(1)
  const ordering = {
    columns,
    dictionaries: { offers: [offer, offer], classes: [lineClass, lineClass], payers: [] },
    names: {},
    known: { receipt: null, amount: null },
    receipts: () => byBytes,
    receiptAt: () => null,
  }
  const positions = orderLines({ flags, count: many }, { by: 'receipt', direction }, ordering)
  return Array.from(positions, (position) => receipts[position] ?? null).filter((receipt) => receipt !== null)
}

describe('the order of many lines by their receipt numbers', () => {
  it('is that of their letters, and what has the same number stays newest first', () => {
    expect(receiptsInOrder(['T-2', 'T-10', 't-1', 'T-2', 'T-1'], 'ascending')).toEqual(['T-1', 'T-10', 'T-2', 'T-2', 't-1'])
    expect(receiptsInOrder(['T-2', 'T-10', 't-1', 'T-2', 'T-1'], 'descending')).toEqual(['t-1', 'T-2', 'T-2', 'T-10', 'T-1'])
  })

  it('is by code units, which beyond the plane of most letters is another order than that of the file', () => {
    const given = ['\uFF21', '\u{10400}', 'z']
    expect(receiptsInOrder(given, 'ascending')).toEqual(given.toSorted((one, other) => (one < other ? -1 : 1)))
    expect(receiptsInOrder(given, 'ascending')).toEqual(['z', '\u{10400}', '\uFF21'])
  })
})
