import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EventId } from '../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { messageOf, nextRecord, postingsOf, purchaseOf, type Posting, type PurchaseRecord } from '../../src/domain/ledger.ts'
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
    const before = (id !== null && records.get(id)) || null
    const record = nextRecord(before, event)
    if (record) records.set(record.purchaseId, record)
    postings.push(...postingsOf(event, before, record))
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

it('P1 what was expensed is the sum of the approved prices of what succeeded, less what came back', () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      const { records, postings } = project(history)
      const sum = (entries: readonly (readonly [string, bigint])[]) => {
        const sums = new Map<string, bigint>()
        for (const [name, amount] of entries) sums.set(name, (sums.get(name) ?? 0n) + amount)
        return new Map([...sums].filter(([, amount]) => amount !== 0n))
      }
      const expensed = postings.flatMap(({ account, amount }) =>
        account.startsWith('Expenses:') ? [[`${account} ${amount.currency}`, amount.amount] as const] : [],
      )
      const paid = [...records.values()].filter(({ receiptNumber }) => receiptNumber !== null)
      const spent = paid.map(({ sellerId, price, refunded, chargedBack }) =>
        [`Expenses:${sellerId} ${price.currency}`, price.amount - refunded - chargedBack] as const,
      )
      expect(sum(expensed)).toEqual(sum(spent))
    }),
  )
})

it('P2 never gives back more than was charged', () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      for (const { refunded, chargedBack, price } of project(history).records.values()) {
        expect(refunded >= 0n && chargedBack >= 0n && refunded + chargedBack <= price.amount).toBe(true)
      }
    }),
  )
})

it('P2 a purchase is approved and settled once; what came as a message counts once by its id', () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      const { records } = project(history)
      for (const record of records.values()) {
        if (record.settledAt === null) continue
        const own = history.filter((event) => purchaseOf(event) === record.purchaseId && event.type !== 'dispute.opened' && messageOf(event) === null)
        for (const event of own) {
          expect(() => nextRecord(record, asLogged(event, 0))).toThrow()
        }
      }
    }),
  )
})
