/** The comparison after a kill has to find what it looks for, or a thousand kills prove nothing. */
import { describe, expect, it } from 'vitest'
import type { PurchaseRow } from '../../../src/contract/ipc/launcher.ts'
import { type Settled, violationsIn } from '../../crash/compare.ts'

const charge = { idempotencyKey: 'a', offerId: 'tea', sellerId: 's', amount: '99', currency: 'EUR', receiptNumber: 'R1' }
const row: PurchaseRow = {
  ...{ purchaseId: 'a', at: '2026-01-01T00:00:00.000Z', settledAt: '2026-01-01T00:00:01.000Z', state: 'succeeded' },
  ...{ item: 'Tea', payee: 'S', price: { amount: '99', currency: 'EUR' }, receiptNumber: 'R1' },
}
const fine: Settled = {
  ...{ ledger: 'ready', rows: [row], verification: 'clean', differences: 0, stillOpen: 0, charges: [charge] },
  ...{ approved: new Set(['a']), toldPaid: new Set(['a']) },
}

const kindsOf = (change: Partial<Settled>) => violationsIn({ ...fine, ...change }).map(({ kind }) => kind)
const voided: PurchaseRow = { ...row, state: 'voided', receiptNumber: null }

describe('what is compared after a kill', () => {
  it('finds nothing where every charge has its approval and every paid purchase its charge', () => {
    expect(violationsIn(fine)).toEqual([])
  })

  it.each<[string, Partial<Settled>, string]>([
    ['a charge that the ledger calls not charged', { rows: [voided], toldPaid: new Set() }, 'lost'],
    ['an approval that was on the disk and is gone', { rows: [], charges: [], toldPaid: new Set() }, 'lost'],
    ['a paid purchase that is not paid any more', { rows: [voided], charges: [] }, 'lost'],
    ['a difference that the app finds itself', { differences: 1 }, 'lost'],
    ['two charges under one key', { charges: [charge, charge] }, 'doubled'],
    ['a charge under a key that nobody approved', { charges: [charge, { ...charge, idempotencyKey: 'b' }] }, 'unapproved'],
    ['a charge of another amount', { charges: [{ ...charge, amount: '100' }] }, 'unapproved'],
    ['a paid purchase without a charge', { charges: [] }, 'unfounded'],
    ['a purchase that stays open', { rows: [{ ...row, state: 'unknown', receiptNumber: null }], charges: [], toldPaid: new Set(), stillOpen: 1 }, 'stuck'],
    ['a ledger that does not verify', { verification: 'tampered' }, 'tampered'],
    ['a ledger that cannot be used', { ledger: 'keyMissing' }, 'tampered'],
  ])('finds %s', (_, change, kind) => {
    expect(kindsOf(change)).toContain(kind)
  })
})
