/** Writes the log as the first version of its schema had it, from the documented format alone. */
import { createHmac } from 'node:crypto'
import { copyFileSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { canonicalJson } from '../../src/domain/canonical.ts'
import { log0001 } from '../../src/main/adapters/sqlite/migrations/0001-log.ts'
import type { Vault } from '../../src/main/ports/vault.ts'
import { approved, cancelled, succeeded } from './events.ts'

const applicationId = 0x54757070
const key = Buffer.alloc(32, 7)
const at = '2026-11-23T09:00:00.000Z'

const events = [
  { type: 'log.opened', actor: 'client', payload: { logId: 'log-1', format: 1 } },
  approved('a'),
  succeeded('a'),
  cancelled('b'),
  approved('c'),
] as const

export const version1Types = events.map(({ type }) => type)

/** A log of five events: one purchase that was paid, one that is open. The newest are in the write-ahead log alone. */
export async function writeVersion1Log(file: string, vault: Vault): Promise<void> {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma(`application_id = ${applicationId}`)
  db.exec(log0001)
  db.pragma('user_version = 1')
  let mac = Buffer.alloc(32)
  for (const [index, { type, actor, payload }] of events.entries()) {
    if (index === 3) db.pragma('wal_checkpoint(TRUNCATE)')
    const seq = index + 1
    const id = `first-${seq}`
    mac = createHmac('sha256', key).update(mac).update(canonicalJson({ actor, at, id, payload, seq, type })).digest()
    const row = [seq, id, type, at, actor, mac, canonicalJson(payload)]
    db.prepare('INSERT INTO events (seq, id, type, at, actor, mac, payload) VALUES (?, ?, ?, ?, ?, ?, ?)').run(...row)
  }
  db.exec(`INSERT INTO purchases VALUES
    ('a', 2, 'succeeded', 'a', 'offer-1', 'seller-1', 'Pixel Forge', 'Starlight cape', 'Nebula Run', 99, 'EUR', 'card-1', '${at}', '${at}', NULL, 'R-a'),
    ('c', 5, 'approved', 'c', 'offer-1', 'seller-1', 'Pixel Forge', 'Starlight cape', 'Nebula Run', 99, 'EUR', 'card-1', '${at}', NULL, NULL, NULL);
    INSERT INTO postings VALUES (3, 1, 'Expenses:seller-1', 99, 'EUR'), (3, 2, 'Assets:card-1', -99, 'EUR')`)
  for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${file}.copy${suffix}`)
  db.close()
  for (const suffix of ['', '-wal']) copyFileSync(`${file}.copy${suffix}`, `${file}${suffix}`)
  for (const suffix of ['', '-wal']) rmSync(`${file}.copy${suffix}`)
  await vault.set('log-mac-key', key.toString('base64url'))
  await vault.set('log-anchor', JSON.stringify({ seq: events.length, mac: mac.toString('base64url') }))
}
