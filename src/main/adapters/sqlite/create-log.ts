import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Hmac } from '../../../domain/chain.ts'
import { genesisMac } from '../../../domain/chain.ts'
import type { NewEvent } from '../../../domain/events.ts'
import type { Clock } from '../../ports/clock.ts'
import { LogStorageError } from '../../ports/event-log.ts'
import type { Ids } from '../../ports/ids.ts'
import { openNew } from './connection.ts'
import { syncFolder } from './folder.ts'
import { rowsOf, writesOf, type StoredEvent } from './rows.ts'
import { migrate } from './schema.ts'
import { asStorageError } from './storage-error.ts'
import { writeEvent, type EventPlace } from './write-event.ts'

type Append = (event: NewEvent, place: EventPlace) => StoredEvent

/** What SQLite may leave beside a database. */
export const companions = ['-wal', '-journal', '-shm'] as const

/**
 * Makes a log at `file` of what `fill` appends, under another name first, and renames it when it is whole and durable: a
 * kill half way never leaves one that looks tampered with. Gives what `fill` gave. Rejects with LogStorageError or what
 * `fill` threw, and nothing is there then.
 */
export async function buildLog<T>(file: string, hmac: Hmac, fill: (append: Append) => T | Promise<T>): Promise<T> {
  const draft = `${file}.new`
  try {
    removeDatabase(draft)
    // Only the owner may read what was bought; SQLite gives the companions the same mode.
    closeSync(openSync(draft, 'wx', 0o600))
    const result = await fillDraft(draft, hmac, fill)
    renameSync(draft, file)
    syncFolder(dirname(file))
    return result
  } catch (error) {
    removeDatabase(draft)
    throw asStorageError(error)
  }
}

async function fillDraft<T>(draft: string, hmac: Hmac, fill: (append: Append) => T | Promise<T>): Promise<T> {
  const db = openNew(draft)
  try {
    migrate(db)
    const tools = { rows: rowsOf(db), writes: writesOf(db), hmac }
    db.exec('BEGIN IMMEDIATE')
    const result = await fill((event, place) => writeEvent(tools, event, place).stored)
    db.exec('COMMIT')
    db.pragma('wal_checkpoint(TRUNCATE)')
    return result
  } finally {
    db.close()
  }
}

/** Everything about the first event of a log that has not been written before. */
export function firstEvent({ clock, ids }: { clock: Pick<Clock, 'now'>; ids: Pick<Ids, 'eventId'> }) {
  return { id: ids.eventId(), logId: ids.eventId(), at: new Date(clock.now()).toISOString() }
}

type FirstEvent = ReturnType<typeof firstEvent>

export function appendFirst(append: Append, { id, logId, at }: FirstEvent): StoredEvent {
  const event = { type: 'log.opened', actor: 'client', payload: { logId, format: 1 } } as const
  return append(event, { seq: 1, previousMac: genesisMac, id, at })
}

/** Makes a log that holds `log.opened`. Rejects with LogStorageError. */
export async function createLog(file: string, hmac: Hmac, first: FirstEvent): Promise<void> {
  // A write-ahead log without its database belongs to something that is gone, and would be mixed into the new one.
  if (existsSync(`${file}-wal`)) throw new LogStorageError({ kind: 'damaged' })
  await buildLog(file, hmac, (append) => appendFirst(append, first))
}

function removeDatabase(file: string): void {
  for (const suffix of ['', ...companions]) rmSync(`${file}${suffix}`, { force: true })
}
