/** Writes the log as earlier versions of its schema had it, from the documented format alone. */
import { createHmac } from 'node:crypto'
import { copyFileSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { nextControls, noControls } from '../../src/domain/controls.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import { nextFamily, noFamily } from '../../src/domain/family.ts'
import { log0001 } from '../../src/main/adapters/sqlite/migrations/0001-log.ts'
import { lifeCycle0002 } from '../../src/main/adapters/sqlite/migrations/0002-life-cycle.ts'
import { limits0003 } from '../../src/main/adapters/sqlite/migrations/0003-limits.ts'
import { household0004 } from '../../src/main/adapters/sqlite/migrations/0004-household.ts'
import type { Vault } from '../../src/main/ports/vault.ts'
import { begun, inBerlin, limitOf, tightened } from './control-events.ts'
import { approved, cancelled, declined, recovered, refunded, succeeded } from './events.ts'
import { householdBegun, tried } from './household-events.ts'

const applicationId = 0x54757070
const key = Buffer.alloc(32, 7)
const at = '2026-11-23T09:00:00.000Z'
const opened = { type: 'log.opened', actor: 'client', payload: { logId: 'log-1', format: 1 } } as const

const events1 = [opened, approved('a'), succeeded('a'), cancelled('b'), approved('c')]
export const version1Types = events1.map(({ type }) => type)

/** A log of five events: one purchase that was paid, one that is open. The newest are in the write-ahead log alone. */
export async function writeVersion1Log(file: string, vault: Vault): Promise<void> {
  const rows = `INSERT INTO purchases VALUES
    ('a', 2, 'succeeded', 'a', 'offer-1', 'seller-1', 'Pixel Forge', 'Starlight cape', 'Nebula Run', 99, 'EUR', 'card-1', '${at}', '${at}', NULL, 'R-a'),
    ('c', 5, 'approved', 'c', 'offer-1', 'seller-1', 'Pixel Forge', 'Starlight cape', 'Nebula Run', 99, 'EUR', 'card-1', '${at}', NULL, NULL, NULL);
    INSERT INTO postings VALUES (3, 1, 'Expenses:seller-1', 99, 'EUR'), (3, 2, 'Assets:card-1', -99, 'EUR')`
  await writeOldLog(file, vault, { schema: [log0001], events: events1, rows })
}

const half = { amount: '40', currency: 'EUR' }
const events2 = [...events1, declined('c'), refunded('a', half), recovered('d'), approved('e'), approved('f', { price: half })]
export const version2Types = events2.map(({ type }) => type)

/** The same, and since then: what was open was declined, money came back, one was recovered, two are open. */
export async function writeVersion2Log(file: string, vault: Vault): Promise<void> {
  const about = "'offer-1', 'seller-1', 'Pixel Forge', 'Starlight cape'"
  const rows = `INSERT INTO purchases VALUES
    (2, 'a', 'partlyRefunded', ${about}, 'Nebula Run', 99, 'EUR', 'card-1', '${at}', '${at}', NULL, 'R-a', 40, 0, NULL, 2),
    (5, 'c', 'declined', ${about}, 'Nebula Run', 99, 'EUR', 'card-1', '${at}', '${at}', 'risk', NULL, 0, 0, NULL, 0),
    (8, 'd', 'succeeded', ${about}, '', 99, 'EUR', 'card-1', '${at}', '${at}', NULL, 'R-d', 0, 0, NULL, 1),
    (9, 'e', 'approved', ${about}, 'Nebula Run', 99, 'EUR', 'card-1', '${at}', NULL, NULL, NULL, 0, 0, NULL, 0),
    (10, 'f', 'approved', ${about}, 'Nebula Run', 40, 'EUR', 'card-1', '${at}', NULL, NULL, NULL, 0, 0, NULL, 0);
    INSERT INTO postings VALUES (3, 1, 'Expenses:seller-1', 99, 'EUR'), (3, 2, 'Assets:card-1', -99, 'EUR'),
      (7, 1, 'Expenses:seller-1', -40, 'EUR'), (7, 2, 'Assets:card-1', 40, 'EUR'),
      (8, 1, 'Expenses:seller-1', 99, 'EUR'), (8, 2, 'Assets:card-1', -99, 'EUR');
    INSERT INTO messages VALUES ('refund-1-of-a', 7)`
  await writeOldLog(file, vault, { schema: [log0001, lifeCycle0002], events: events2, rows })
}

const countedAt = '2026-11-23T08:20:00.000Z'
const events3 = [...events1, begun(), tightened(limitOf('500')), approved('d', { sellerId: 'seller-2', countedAt })]
export const version3Types = events3.map(({ type }) => type)

/** As that of the first version, and since then: a limit, and one that is open at another seller and counts earlier. */
export async function writeVersion3Log(file: string, vault: Vault): Promise<void> {
  const about = "'Pixel Forge', 'Starlight cape', 'Nebula Run', 99, 'EUR', 'card-1'"
  const [paid, open] = [`'${at}', '${at}', NULL, 'R-a', 0, 0, NULL, 1`, `'${at}', NULL, NULL, NULL, 0, 0, NULL, 0`]
  const controls = { household: inBerlin, limits: [{ period: 'week', sellerId: null, amount: '500' }], quietHours: [], remindAfter: 5, pending: [], exclusion: null, warnings: [] }
  const rows = `INSERT INTO purchases VALUES
    (2, 'a', 'succeeded', 'offer-1', 'seller-1', ${about}, ${paid}, 99, 'EUR', '${at}'),
    (5, 'c', 'approved', 'offer-1', 'seller-1', ${about}, ${open}, 99, 'EUR', '${at}'),
    (8, 'd', 'approved', 'offer-1', 'seller-2', ${about}, ${open}, 99, 'EUR', '${countedAt}');
    INSERT INTO postings VALUES (3, 1, 'Expenses:seller-1', 99, 'EUR'), (3, 2, 'Assets:card-1', -99, 'EUR');
    INSERT INTO usage VALUES (${Date.parse(at)}, 'seller-1', 'EUR', 99, 99), (${Date.parse('2026-11-23T08:15:00.000Z')}, 'seller-2', 'EUR', 0, 99);
    INSERT INTO controls VALUES (1, '${canonicalJson(controls)}')`
  await writeOldLog(file, vault, { schema: [log0001, lifeCycle0002, limits0003], events: events3, rows })
}

const events4 = [...events3, householdBegun(), tried('teen'), approved('e', { memberId: 'teen' }), declined('e')]
export const version4Types = events4.map(({ type }) => type)

/** As that of the third version, and since then: members, one of whom has tried a PIN, and bought something that was declined. */
export async function writeVersion4Log(file: string, vault: Vault): Promise<void> {
  const about = "'Pixel Forge', 'Starlight cape', 'Nebula Run', 99, 'EUR', 'card-1'"
  const [paid, open] = [`'${at}', '${at}', NULL, 'R-a', 0, 0, NULL, 1`, `'${at}', NULL, NULL, NULL, 0, 0, NULL, 0`]
  const [controls, family] = projectionsOf(events4)
  const rows = `INSERT INTO purchases VALUES
    (2, 'a', 'succeeded', 'offer-1', 'seller-1', ${about}, ${paid}, 99, 'EUR', '${at}', NULL),
    (5, 'c', 'approved', 'offer-1', 'seller-1', ${about}, ${open}, 99, 'EUR', '${at}', NULL),
    (8, 'd', 'approved', 'offer-1', 'seller-2', ${about}, ${open}, 99, 'EUR', '${countedAt}', NULL),
    (11, 'e', 'declined', 'offer-1', 'seller-1', ${about}, '${at}', '${at}', 'risk', NULL, 0, 0, NULL, 0, 99, 'EUR', '${at}', 'teen');
    INSERT INTO postings VALUES (3, 1, 'Expenses:seller-1', 99, 'EUR'), (3, 2, 'Assets:card-1', -99, 'EUR');
    INSERT INTO usage VALUES (${Date.parse(at)}, 'seller-1', '', 'EUR', 99, 99), (${Date.parse('2026-11-23T08:15:00.000Z')}, 'seller-2', '', 'EUR', 0, 99);
    INSERT INTO controls VALUES (1, '${controls}');
    INSERT INTO family VALUES (1, '${family}')`
  await writeOldLog(file, vault, { schema: [log0001, lifeCycle0002, limits0003, household0004], events: events4, rows })
}

/** As canonical JSON; how these two come about has not changed since. */
function projectionsOf(events: readonly NewEvent[]): [string, string] {
  let [controls, family] = [noControls, noFamily]
  for (const [index, event] of events.entries()) {
    const logged = { ...event, seq: index + 1, id: `first-${index + 1}`, at, mac: '' } as LogEvent
    family = nextFamily(family, logged, controls)
    controls = nextControls(controls, logged)
  }
  return [canonicalJson(controls), canonicalJson(family)]
}

interface OldLog {
  readonly schema: readonly string[]
  readonly events: readonly NewEvent[]
  /** What the events come to, as that version kept it. */
  readonly rows: string
}

async function writeOldLog(file: string, vault: Vault, { schema, events, rows }: OldLog): Promise<void> {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma(`application_id = ${applicationId}`)
  for (const step of schema) db.exec(step)
  db.pragma(`user_version = ${schema.length}`)
  let mac = Buffer.alloc(32)
  for (const [index, { type, actor, payload }] of events.entries()) {
    if (index === 3) db.pragma('wal_checkpoint(TRUNCATE)')
    const seq = index + 1
    const id = `first-${seq}`
    mac = createHmac('sha256', key).update(mac).update(canonicalJson({ actor, at, id, payload, seq, type })).digest()
    const row = [seq, id, type, at, actor, mac, canonicalJson(payload)]
    db.prepare('INSERT INTO events (seq, id, type, at, actor, mac, payload) VALUES (?, ?, ?, ?, ?, ?, ?)').run(...row)
  }
  db.exec(rows)
  for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${file}.copy${suffix}`)
  db.close()
  for (const suffix of ['', '-wal']) copyFileSync(`${file}.copy${suffix}`, `${file}${suffix}`)
  for (const suffix of ['', '-wal']) rmSync(`${file}.copy${suffix}`)
  await vault.set('log-mac-key', key.toString('base64url'))
  await vault.set('log-anchor', JSON.stringify({ seq: events.length, mac: mac.toString('base64url') }))
}
