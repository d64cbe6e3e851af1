/** What SQLite alone can do, for comparison: rows that are known beforehand, durable one transaction after the other. */
import { randomUUID } from 'node:crypto'
import { canonicalJson } from '../../src/domain/canonical.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { nextRecord, postingsOf, purchaseOf, type PurchaseRecord } from '../../src/domain/ledger.ts'
import { openNew } from '../../src/main/adapters/sqlite/connection.ts'
import { writesOf } from '../../src/main/adapters/sqlite/rows.ts'
import { migrate } from '../../src/main/adapters/sqlite/schema.ts'

export interface Contender {
  /** Gives how many events a second it wrote. */
  round(events: readonly NewEvent[]): Promise<number>
  close(): Promise<void>
}

const mac = Buffer.alloc(32)

/** Each event as one row of one table. `samples` gets the milliseconds of each. */
export function bareInserts(file: string, samples: number[]): Contender {
  const db = openNew(file)
  db.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT, type TEXT, at TEXT, actor TEXT, mac BLOB, payload TEXT) STRICT')
  const insert = db.prepare('INSERT INTO events (id, type, at, actor, mac, payload) VALUES (?, ?, ?, ?, ?, ?)')
  return {
    round: (events) =>
      each(events, samples, ({ type, actor, payload }) => {
        insert.run(randomUUID(), type, new Date().toISOString(), actor, mac, canonicalJson(payload))
      }),
    close: () => Promise.resolve(void db.close()),
  }
}

/** Everything that the log keeps of each event, in the log's own tables: its row, its postings and its purchase, and nothing else. */
export function bareRows(file: string, samples: number[]): Contender {
  const db = openNew(file)
  migrate(db)
  const writes = writesOf(db)
  const records = new Map<string, PurchaseRecord>()
  let seq = 0
  const insert = db.transaction((event: LogEvent, { before, record, postings }: ReturnType<typeof projected>) => {
    writes.event({ ...event, mac, payload: Buffer.from(canonicalJson(event.payload)) })
    for (const posting of postings) writes.posting(posting)
    if (record && before) writes.movedPurchase(record)
    else if (record) writes.newPurchase(record)
  })

  function projected(event: LogEvent) {
    const before = records.get(purchaseOf(event) ?? '') ?? null
    const record = nextRecord(before, event)
    if (record) records.set(record.purchaseId, record)
    return { before, record, postings: postingsOf(event, before, record) }
  }

  return {
    round(events) {
      const known = events.map((event) => {
        const placed = { ...event, seq: ++seq, id: randomUUID(), at: new Date().toISOString(), mac: '' } as LogEvent
        return { event: placed, projections: projected(placed) }
      })
      return each(known, samples, ({ event, projections }) => insert.immediate(event, projections))
    },
    close: () => Promise.resolve(void db.close()),
  }
}

/** Events per second. */
async function each<T>(all: readonly T[], samples: number[], write: (one: T) => void): Promise<number> {
  const roundStartedAt = performance.now()
  for (const one of all) {
    const startedAt = performance.now()
    write(one)
    // As an application would, which does other work between two events.
    await Promise.resolve()
    samples.push(performance.now() - startedAt)
  }
  return (all.length * 1000) / (performance.now() - roundStartedAt)
}
