/** A ledger as years of buying leave it, written straight into its tables, since to append it takes minutes. Nobody verifies it. */
import Database from 'better-sqlite3'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { nextRecord, postingsOf, type PurchaseRecord } from '../../src/domain/ledger.ts'
import { applicationId, migrate } from '../../src/main/adapters/sqlite/schema.ts'
import { writesOf } from '../../src/main/adapters/sqlite/rows.ts'
import { approved, challengeOf, declined, refunded, succeeded, unknown } from './events.ts'

const startedAt = Date.UTC(2020, 0, 1)
const currencies = ['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'USD', 'JPY', 'KWD']
const long = (length: number) => 'x'.repeat(length)

/**
 * So many purchases of real size, in four currencies, at sellers of which a few have most: of a hundred one is still open, three
 * were declined, and one came back in part.
 */
export function generateLedger(file: string, purchases: number): void {
  const db = new Database(file)
  try {
    db.pragma('journal_mode = OFF')
    db.pragma('synchronous = OFF')
    db.pragma('cache_size = -200000')
    migrate(db)
    db.pragma(`application_id = ${applicationId}`)
    const writes = writesOf(db)
    let seq = 0
    const append = (event: NewEvent, before: PurchaseRecord | null): PurchaseRecord | null => {
      seq += 1
      const logged = { ...event, seq, id: `event-${seq}`, at: new Date(startedAt + seq * 60_000).toISOString(), mac: '' } as LogEvent
      const after = nextRecord(before, logged)
      writes.event({ ...logged, payload: Buffer.from(canonicalJson(event.payload)), mac: Buffer.alloc(32) })
      for (const posting of postingsOf(logged, before, after)) writes.posting(posting)
      if (after && !before) writes.newPurchase(after)
      else if (after) writes.movedPurchase(after)
      return after
    }
    db.transaction(() => {
      append({ type: 'log.opened', actor: 'client', payload: { logId: 'generated', format: 1 } }, null)
      for (let n = 1; n <= purchases; n += 1) {
        let record: PurchaseRecord | null = null
        for (const event of eventsOf(n)) record = append(event, record)
      }
    })()
    db.pragma('journal_mode = WAL')
  } finally {
    db.close()
  }
}

function eventsOf(n: number): NewEvent[] {
  const id = `purchase-${n}`
  const price = { amount: String(49 + ((n * 7919) % 2500)), currency: currencies[n % currencies.length] ?? 'EUR' }
  const sellerId = `seller-${Math.min((n * 7919) % 97, (n * 104_729) % 89, (n * 1_299_709) % 83)}`
  const details = { price, sellerId, item: `Item "${n % 977}", rare` }
  const first = approved(id, details)
  if (first.type !== 'purchase.approved') throw new TypeError('an approval comes first')
  const bundle = n % 4 === 0 ? ({ kind: 'bundle', bundle: { count: 500, unit: 'gems' } } as const) : {}
  const payload = { ...first.payload, challenge: { ...challengeOf(id, details), ...bundle }, quote: long(1100), authorisation: long(800) }
  const approval: NewEvent = { ...first, payload }
  const charge = succeeded(id)
  const paid = charge.type === 'purchase.succeeded' ? [{ ...charge, payload: { ...charge.payload, receipt: long(1100), chargedAt: chargedAt(n) } }] : []
  switch (n % 100) {
    case 7:
      return [approval, unknown(id)]
    case 11:
    case 41:
    case 71:
      return [approval, declined(id)]
    case 23:
      return [approval, ...paid, refunded(id, { ...price, amount: '9' })]
    default:
      return [approval, ...paid]
  }
}

const chargedAt = (n: number): string => new Date(startedAt + n * 120_000).toISOString()
