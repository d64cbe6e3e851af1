/** A ledger as years of buying leave it, written straight into its tables, since to append it takes minutes. Nobody verifies it. */
import Database from 'better-sqlite3'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { rowsInPart, type ImportedRow } from '../../src/domain/imports.ts'
import { nextRecord, postingsOf, type PurchaseRecord } from '../../src/domain/ledger.ts'
import { isMarked } from '../../src/domain/marks.ts'
import { usageChange } from '../../src/domain/usage.ts'
import { applicationId, migrate } from '../../src/main/adapters/sqlite/schema.ts'
import { writesOf } from '../../src/main/adapters/sqlite/rows.ts'
import { approved, challengeOf, chargebackReversed, chargedBack, declined, refunded, succeeded, unknown } from './events.ts'

export interface GeneratedLedger {
  readonly purchases: number
  /** The same seed makes the same ledger. */
  readonly seed?: number
  /** Of what was bought elsewhere; none unless told. */
  readonly imported?: number
}

const startedAt = Date.UTC(2017, 0, 1)
const yearsMs = 9.8 * 365 * 86_400_000
const long = (length: number) => 'x'.repeat(length)

/** Numbers from 0 up to 1: mulberry32, which is small, quick and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * So many purchases of real size at times as people buy: in sittings, more in the evening, in December and at sales; in four currencies, by
 * four people, at 300 sellers of which a few have most. Of a hundred about three were declined, three came back wholly or in part, and one of
 * a thousand is still open.
 */
export function generateLedger(file: string, wanted: number | GeneratedLedger): void {
  const { purchases, seed = 1, imported = 0 } = typeof wanted === 'number' ? { purchases: wanted } : wanted
  const random = randomFrom(seed)
  const db = new Database(file)
  try {
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF', 'cache_size = -200000']) db.pragma(pragma)
    migrate(db)
    db.pragma(`application_id = ${applicationId}`)
    const append = appending(db)
    db.transaction(() => {
      append({ type: 'log.opened', actor: 'client', payload: { logId: `generated-${seed}`, format: 1 } }, null, startedAt)
      const times = momentsOf(purchases, random)
      for (const at of times) {
        let record: PurchaseRecord | null = null
        for (const event of eventsOf(purchaseId(random), at, random)) record = append(event, record, at)
      }
      for (const event of importOf(imported, random)) append(event, null, startedAt + yearsMs)
    })()
    db.pragma('journal_mode = WAL')
  } finally {
    db.close()
  }
}

/** So many more purchases after the last one. */
export function addPurchases(file: string, purchases: number, seed: number): void {
  const random = randomFrom(seed)
  const db = new Database(file)
  try {
    const append = appending(db)
    const at = startedAt + yearsMs
    db.transaction(() => {
      for (let n = 0; n < purchases; n += 1) {
        let record: PurchaseRecord | null = null
        for (const event of eventsOf(purchaseId(random), at, random)) record = append(event, record, at)
      }
    })()
  } finally {
    db.close()
  }
}

/** Writes an event with what follows from it, as write-event.ts does. */
function appending(db: Database.Database) {
  const writes = writesOf(db)
  const mac = Buffer.alloc(32)
  let seq = Number(db.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get())
  return (event: NewEvent, before: PurchaseRecord | null, atMs: number): PurchaseRecord | null => {
    seq += 1
    const logged = { ...event, seq, id: `event-${seq}`, at: new Date(atMs).toISOString(), mac: '' } as LogEvent
    const after = nextRecord(before, logged)
    mac.writeUInt32BE(seq)
    writes.event({ ...logged, payload: Buffer.from(canonicalJson(event.payload)), mac })
    for (const posting of postingsOf(logged, before, after)) writes.posting(posting)
    if (after && !before) writes.newPurchase(after)
    else if (after) writes.movedPurchase(after)
    const usage = usageChange(before, after)
    if (usage) writes.usage(usage)
    if (isMarked(event.type)) writes.mark(event.type, seq)
    return after
  }
}

/** In order. A sitting is one to twelve purchases a few minutes apart. */
function momentsOf(count: number, random: () => number): number[] {
  const moments: number[] = []
  while (moments.length < count) {
    const day = Math.floor(startedAt / 86_400_000 + (random() * yearsMs) / 86_400_000) * 86_400_000
    const isBusy = [11, 5].includes(new Date(day).getUTCMonth())
    if (!isBusy && random() < 0.55) continue
    const hour = random() < 0.7 ? 16 + random() * 6 : random() * 24
    const sitting = 1 + Math.floor(random() ** 3 * 12)
    for (let n = 0; n < sitting && moments.length < count; n += 1) moments.push(Math.floor(day + hour * 3_600_000 + n * 180_000 * random()))
  }
  return moments.sort((one, other) => one - other)
}

/** Long-tailed: the first of them is had most, the last hardly ever. */
const tailed = (count: number, random: () => number): number => Math.floor(count ** random()) - 1

const hex = (random: () => number, digits: number): string => Math.floor(random() * 16 ** digits).toString(16).padStart(digits, '0')
const purchaseId = (random: () => number): string => `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`

const first = ['Star', 'Nebula', 'Müllers', 'Crystal', 'Pixel', 'Dragon', 'Éclair', 'Shadow', 'Golden', 'Frost', 'Ember', 'Royal']
const second = ['Cape', 'Sword', 'Pack', 'Mount', 'Emote', 'Schlüssel', 'Skin', 'Boost', 'Pass', 'Chest', 'Crown', 'Banner']
const currencies = ['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'USD', 'JPY', 'KWD']
const members = [undefined, 'ada', 'ben', 'cleo']
const prices = [49, 99, 99, 199, 299, 499, 499, 999, 1999, 4999]

function eventsOf(id: string, at: number, random: () => number): NewEvent[] {
  const seller = tailed(300, random)
  const what = tailed(40, random)
  const name = `${first[(seller * 7 + what) % first.length]} ${second[(seller + what * 5) % second.length]} ${what}`
  const price = { amount: String(prices[(seller + what) % prices.length]! + (random() < 0.2 ? Math.floor(random() * 90) : 0)), currency: currencies[(seller + what) % currencies.length] ?? 'EUR' }
  const memberId = members[Math.floor(random() * members.length)]
  const details = { price, sellerId: `seller-${seller}`, item: name, ...(memberId !== undefined && { memberId }) }
  const event = approved(id, details)
  if (event.type !== 'purchase.approved') throw new TypeError('an approval comes first')
  const bundle = what % 4 === 0 ? ({ kind: 'bundle', bundle: { count: 100 * (1 + (what % 9)), unit: what % 8 === 0 ? 'gems' : 'Sternenstaub' } } as const) : {}
  const about = { payee: `${first[seller % first.length]} Games ${seller}`, game: `Game ${seller}-${what % 3}`, ...bundle }
  const payload = { ...event.payload, challenge: { ...challengeOf(id, details), ...about }, quote: long(1100), authorisation: long(800) }
  return [{ ...event, payload }, ...outcomeOf(id, price, at, random)]
}

function outcomeOf(id: string, price: { readonly amount: string; readonly currency: string }, at: number, random: () => number): NewEvent[] {
  const fate = random()
  if (fate < 0.001) return [unknown(id)]
  if (fate < 0.03) return [declined(id)]
  const charge = succeeded(id)
  if (charge.type !== 'purchase.succeeded') throw new TypeError('a receipt is a success')
  const chargedAt = new Date(at + 1000 + Math.floor(random() * 2000)).toISOString()
  const receiptNumber = `T-${chargedAt.slice(0, 4)}-${String(Math.floor(random() * 1e8)).padStart(8, '0')}`
  const paid: NewEvent = { ...charge, payload: { ...charge.payload, receipt: long(1100), receiptNumber, chargedAt } }
  if (fate < 0.05) return [paid, refunded(id, price)]
  if (fate < 0.058) return [paid, refunded(id, { ...price, amount: '9' })]
  if (fate < 0.06) return [paid, chargedBack(id, price), ...(random() < 0.5 ? [chargebackReversed(id, '1', 3)] : [])]
  return [paid]
}

function importOf(count: number, random: () => number): NewEvent[] {
  const parts = Math.ceil(count / rowsInPart)
  return Array.from({ length: parts }, (_, part): NewEvent => {
    const rows = Array.from({ length: Math.min(rowsInPart, count - part * rowsInPart) }, (__, index): ImportedRow => {
      const n = part * rowsInPart + index + 1
      const at = new Date(startedAt + Math.floor(random() * yearsMs)).toISOString()
      const amount = { amount: String(prices[tailed(prices.length, random)]), currency: 'EUR' }
      return { n, kind: 'charge', at, item: `${first[n % first.length]} ${second[n % 7]} ${tailed(500, random)}`, payee: 'Steam', amount, order: `${n}`, state: 'succeeded', key: `key-${n}` }
    })
    return { type: 'import.made', actor: 'person', payload: { importId: 'import-1', part: part + 1, parts, source: 'steam', fileName: 'history.html', counts: false, rows } }
  })
}
