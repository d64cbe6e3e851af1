/** Lines of the history, one by one and apart from any log, for what is asked of each line alone. */
import fc from 'fast-check'
import type { HistoryLine } from '../../src/domain/history/line.ts'
import { guardiansContext } from './query-context.ts'

const debit = { charge: 1n, chargebackReversal: 1n, refund: -1n, chargeback: -1n, pending: 0n, notCharged: 0n } as const

export const arbitraryLine: fc.Arbitrary<HistoryLine> = fc
  .record({
    kind: fc.constantFrom('charge', 'refund', 'chargeback', 'chargebackReversal', 'pending', 'notCharged'),
    at: fc.date({ min: new Date('2025-10-01'), max: new Date('2027-02-01'), noInvalidDate: true }).map((at) => at.toISOString()),
    state: fc.constantFrom('approved', 'unknown', 'succeeded', 'partlyRefunded', 'refunded', 'chargedBack', 'declined', 'voided'),
    receiptNumber: fc.constantFrom(null, 'T-2026-1', 'T-2026-17', '2026-11'),
    payee: fc.constantFrom('Pixel Forge', 'Forge & Söhne', 'Müller'),
    item: fc.oneof(fc.constantFrom('Starlight cape', '500 月の石', 'AK-47 Skin', 'Straße 2026'), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })),
    game: fc.constantFrom('Nebula Run', ''),
    offerKind: fc.constantFrom('item', 'pass', 'bundle', null),
    amount: fc.constantFrom(0n, 99n, 100n, 200n, 500n, 9_000n),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    memberId: fc.constantFrom(null, ...guardiansContext.members.map(({ memberId }) => memberId)),
    source: fc.constantFrom('tuppence', 'steam', 'csv'),
    seq: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ kind, at, amount, currency, seq, ...rest }) => ({
    ...rest,
    ...{ kind, at, approvedAt: at, seq, id: `p${seq}-1`, purchaseId: `p${seq}`, reason: null, sellerId: 'seller-1', bundle: null, passDays: null, tax: null },
    reference: kind === 'refund' ? `R-${seq}` : null,
    price: { amount, currency },
    moved: debit[kind] * amount,
    fundingSource: { id: 'card-1', label: null },
  }))
