import { describe, expect, it } from 'vitest'
import type { PurchaseId } from '../../../src/domain/brands.ts'
import type { PurchaseRecord } from '../../../src/domain/ledger.ts'
import type { RecordedState } from '../../../src/domain/life-cycle.ts'
import { quarterMs, quarterOf, usageChange, type UsageLine, usageLines, usedIn } from '../../../src/domain/usage.ts'

const atMs = Date.parse('2026-11-23T09:15:00.000Z')

function recordIn(state: RecordedState, changes: Partial<PurchaseRecord> = {}): PurchaseRecord {
  return {
    ...{ purchaseId: 'p' as PurchaseId, state, offerId: 'o', sellerId: 's', payee: 'p', item: 'i', game: 'g', fundingSourceId: 'f', memberId: null },
    ...{ price: { amount: 1000n, currency: 'JPY' }, at: '2026-11-23T08:00:00.000Z', approvedSeq: 2, settledAt: null, reason: null },
    ...{ counted: { amount: 612n, currency: 'EUR' }, countedAt: '2026-11-23T09:29:59.999Z' },
    ...{ receiptNumber: null, refunded: 0n, chargedBack: 0n, chargebackId: null, sequence: 0 },
    ...changes,
  }
}

const changeOf = (before: RecordedState | null, after: RecordedState) => {
  const change = usageChange(before && recordIn(before), recordIn(after))
  return change && [change.spent, change.reserved]
}

describe('a purchase', () => {
  it('P4 counts in the quarter of an hour, at the seller and as the amount that its record says', () => {
    const line = { atMs, sellerId: 's', memberId: null, currency: 'EUR', spent: 0n, reserved: 612n }
    expect(usageChange(null, recordIn('approved'))).toEqual(line)
    expect(usageChange(null, recordIn('approved', { countedAt: '2026-11-23T09:15:00.000Z' }))).toEqual(line)
    expect(usageChange(null, recordIn('approved', { countedAt: '2026-11-23T09:14:59.999Z' }))).toEqual({ ...line, atMs: atMs - quarterMs })
  })

  it.each<[string, RecordedState | null, RecordedState, [bigint, bigint] | null]>([
    ['P4 is reserved by an approval', null, 'approved', [0n, 612n]],
    ['P4 stays reserved while nobody knows', 'approved', 'unknown', null],
    ['P4 is spent by its receipt', 'approved', 'succeeded', [612n, -612n]],
    ['P4 is spent by a late receipt', 'unknown', 'succeeded', [612n, -612n]],
    ['is released by a decline', 'approved', 'declined', [0n, -612n]],
    ['is released when it is voided', 'unknown', 'voided', [0n, -612n]],
    ['P4 is spent by a receipt after a decline', 'declined', 'succeeded', [612n, 0n]],
    ['P4 is spent by a receipt after it was voided', 'voided', 'succeeded', [612n, 0n]],
    ['P4 gives nothing back by a refund of a part', 'succeeded', 'partlyRefunded', null],
    ['P4 gives nothing back by a refund', 'succeeded', 'refunded', null],
    ['P4 gives nothing back by a chargeback', 'succeeded', 'chargedBack', null],
    ['is not spent twice by a reversal', 'chargedBack', 'succeeded', null],
    ['P4 is spent when it is recovered', null, 'succeeded', [612n, 0n]],
  ])('%s', (_name, before, after, expected) => expect(changeOf(before, after)).toEqual(expected))

  it('that left no record changes nothing', () => expect(usageChange(null, null)).toBeNull())
})

describe('a quarter of an hour', () => {
  it.each([[0, 0], [899_999, 0], [900_000, 900_000], [-1, -900_000]])('of %d begins at %d', (ms, start) => expect(quarterOf(ms)).toBe(start))
})

describe('what is used in a span', () => {
  const line = (fromMs: number, sellerId: string, currency: string, spent: bigint, reserved = 0n): UsageLine => ({ atMs: fromMs, sellerId, memberId: null, currency, spent, reserved })
  const lines = [line(0, 'a', 'EUR', 1n), line(900_000, 'a', 'EUR', 10n, 20n), line(900_000, 'b', 'EUR', 100n), line(900_000, 'a', 'USD', 1000n), line(1_800_000, 'a', 'EUR', 10_000n)]
  const within = { startMs: 900_000, endMs: 1_800_000 }

  it('P4 is the sum of all sellers, from its start up to its end, in one currency', () => {
    expect(usedIn(lines, within, { sellerId: null, currency: 'EUR' })).toEqual({ spent: 110n, reserved: 20n })
    expect(usedIn(lines, { ...within, endMs: 1_800_001 }, { sellerId: null, currency: 'EUR' }).spent).toBe(10_110n)
    expect(usedIn(lines, within, { sellerId: null, currency: 'JPY' })).toEqual({ spent: 0n, reserved: 0n })
  })

  it('P4 is the sum of one seller where the limit is for one', () => {
    expect(usedIn(lines, within, { sellerId: 'a', currency: 'EUR' })).toEqual({ spent: 10n, reserved: 20n })
    expect(usedIn(lines, within, { sellerId: 'c', currency: 'EUR' })).toEqual({ spent: 0n, reserved: 0n })
  })
})

describe('the lines of a history', () => {
  it('are added up, in order, without empty ones', () => {
    const usage = usageLines()
    const change = { atMs, sellerId: 's', memberId: null, currency: 'EUR', spent: 0n, reserved: 5n }
    for (const one of [change, { ...change, atMs: 0 }, { ...change, spent: 5n, reserved: -5n }, { ...change, sellerId: 'r' }]) usage.add(one)
    usage.add({ ...change, sellerId: 'r', reserved: -5n })
    expect(usage.since(0)).toEqual([{ ...change, atMs: 0 }, { ...change, spent: 5n, reserved: 0n }])
    expect(usage.since(atMs + 1)).toHaveLength(1)
    expect(usage.since(atMs + quarterMs)).toEqual([])
  })
})
