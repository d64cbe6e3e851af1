import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EventId } from '../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { nextRecord, postingsOf, purchaseOf, type Posting, type PurchaseRecord } from '../../src/domain/ledger.ts'
import { arbitraryHistory } from '../support/arbitrary-history.ts'

const asLogged = (event: NewEvent, index: number): LogEvent => ({
  ...event,
  seq: index + 2,
  id: `event-${index + 2}` as EventId,
  at: new Date(index * 1000).toISOString(),
  mac: 'm'.repeat(43),
})

function project(history: readonly NewEvent[]) {
  const records = new Map<string, PurchaseRecord>()
  const postings: Posting[] = []
  for (const event of history.map(asLogged)) {
    const id = purchaseOf(event)
    const record = nextRecord((id !== null && records.get(id)) || null, event)
    if (record) records.set(record.purchaseId, record)
    postings.push(...postingsOf(event, record))
  }
  return { records, postings }
}

it('postings sum to zero in every currency, whatever happened', () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      const totals = new Map<string, bigint>()
      for (const { amount } of project(history).postings) {
        totals.set(amount.currency, (totals.get(amount.currency) ?? 0n) + amount.amount)
      }
      expect([...totals.values()].every((total) => total === 0n)).toBe(true)
    }),
  )
})

it('P1 what was expensed is the sum of the approved prices of what succeeded', () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      const { records, postings } = project(history)
      const expensed = postings.filter(({ account }) => account.startsWith('Expenses:'))
      const succeeded = [...records.values()].filter(({ state }) => state === 'succeeded')
      const key = (sellerId: string, { amount, currency }: { amount: bigint; currency: string }) => `${sellerId} ${amount} ${currency}`
      expect(expensed.map(({ account, amount }) => key(account.replace('Expenses:', ''), amount)).sort()).toEqual(
        succeeded.map(({ sellerId, price }) => key(sellerId, price)).sort(),
      )
    }),
  )
})

it('P2 no event can follow an outcome: a purchase is settled once', () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      const { records } = project(history)
      for (const record of records.values()) {
        if (record.settledAt === null) continue
        for (const event of history.filter(({ payload }) => 'purchaseId' in payload && payload.purchaseId === record.purchaseId)) {
          expect(() => nextRecord(record, asLogged(event, 0))).toThrow()
        }
      }
    }),
  )
})
