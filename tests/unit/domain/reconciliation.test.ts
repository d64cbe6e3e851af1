import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventId } from '../../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../../src/domain/events.ts'
import { nextRecord, purchaseOf, type PurchaseRecord } from '../../../src/domain/ledger.ts'
import { type ChargeLine, compare } from '../../../src/domain/reconciliation.ts'
import { arbitraryHistory } from '../../support/arbitrary-history.ts'
import { approved, chargedBack, declined, refunded, succeeded, unknown } from '../../support/events.ts'

function recordsOf(events: readonly NewEvent[]): PurchaseRecord[] {
  const records = new Map<string, PurchaseRecord>()
  for (const [index, event] of events.entries()) {
    const logged: LogEvent = { ...event, seq: index + 2, id: 'e' as EventId, at: '2026-11-24T09:00:00.000Z', mac: 'm'.repeat(43) }
    const id = purchaseOf(logged) ?? ''
    const record = nextRecord(records.get(id) ?? null, logged)
    if (record) records.set(id, record)
  }
  return [...records.values()]
}

/** What an honest gateway lists for these records. */
function listOf(records: readonly PurchaseRecord[]): ChargeLine[] {
  return records.flatMap(({ purchaseId, receiptNumber, price, refunded: back, chargedBack: disputed }) =>
    receiptNumber === null
      ? []
      : [
          {
            idempotencyKey: purchaseId,
            receiptNumber,
            price: { amount: String(price.amount), currency: price.currency },
            refunded: String(back),
            chargedBack: String(disputed),
            chargedAt: '2026-11-24T09:00:00.000Z',
          },
        ],
  )
}

const paid = [approved('a'), succeeded('a')]
const euro = (amount: string) => ({ amount, currency: 'EUR' })

describe('comparing the ledger with the gateway', () => {
  it.each([
    ['missingHere', [], listOf(recordsOf(paid)), null, euro('99')],
    ['missingHere', [approved('a'), declined('a')], listOf(recordsOf(paid)), null, euro('99')],
    ['missingThere', paid, [], euro('99'), null],
    ['amountDiffers', paid, listOf(recordsOf(paid)).map((line) => ({ ...line, price: euro('98') })), euro('99'), euro('98')],
    ['amountDiffers', paid, listOf(recordsOf(paid)).map((line) => ({ ...line, receiptNumber: 'R-2' })), euro('99'), euro('99')],
    ['refundDiffers', [...paid, refunded('a', euro('5'))], listOf(recordsOf(paid)), euro('5'), euro('0')],
    ['chargebackDiffers', paid, listOf(recordsOf([...paid, chargedBack('a', euro('7'))])), euro('0'), euro('7')],
  ])('names what is %s', (kind, events, charges, here, there) => {
    const { matched, differences } = compare(recordsOf(events), charges)
    expect(matched).toBe(0)
    expect(differences).toEqual([expect.objectContaining({ kind, purchaseId: 'a', here, there })])
  })

  it.each([
    ['charged', listOf(recordsOf(paid))],
    ['not charged', []],
  ])('says nothing of a purchase that is still open, whether it was %s', (_name, charges) => {
    expect(compare(recordsOf([approved('a'), unknown('a')]), charges)).toEqual({ matched: 0, differences: [] })
  })

  it('finds no difference where there is none, and every one that is made, in any history', () => {
    fc.assert(
      fc.property(arbitraryHistory, fc.nat(), (history, choice) => {
        const records = recordsOf(history)
        const charges = listOf(records)
        expect(compare(records, charges.toReversed())).toEqual({ matched: charges.length, differences: [] })
        const one = charges[choice % Math.max(1, charges.length)]
        if (!one) return
        const without = compare(records, charges.filter((line) => line !== one))
        expect(without.differences).toEqual([expect.objectContaining({ kind: 'missingThere', purchaseId: one.idempotencyKey })])
        const forgotten = compare(records.filter(({ purchaseId }) => purchaseId !== one.idempotencyKey), charges)
        expect(forgotten.differences).toEqual([expect.objectContaining({ kind: 'missingHere', purchaseId: one.idempotencyKey })])
        expect(forgotten.matched).toBe(charges.length - 1)
      }),
    )
  })
})
