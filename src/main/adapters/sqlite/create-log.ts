import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Hmac } from '../../../domain/chain.ts'
import { genesisMac } from '../../../domain/chain.ts'
import { LogStorageError } from '../../ports/event-log.ts'
import { openNew } from './connection.ts'
import { rowsOf, writesOf } from './rows.ts'
import { migrate } from './schema.ts'
import { withStorageErrors } from './storage-error.ts'
import { writeEvent } from './write-event.ts'

/**
 * Makes a log that holds `log.opened`. It is built under another name and renamed when it is whole, so a file at the
 * path always has its first event: a kill half way never leaves one that looks tampered with. Throws LogStorageError.
 */
export function createLog(file: string, first: { hmac: Hmac; id: string; logId: string; at: string }): void {
  const draft = `${file}.new`
  withStorageErrors(() => {
    // A write-ahead log without its database belongs to something that is gone, and would be mixed into the new one.
    if (existsSync(`${file}-wal`)) throw new LogStorageError({ kind: 'damaged' })
    removeDraft(draft)
    try {
      // Only the owner may read what was bought; SQLite gives the companions the same mode.
      closeSync(openSync(draft, 'wx', 0o600))
      writeFirstEvent(draft, first)
      renameSync(draft, file)
      syncFolder(dirname(file))
    } catch (error) {
      removeDraft(draft)
      throw error
    }
  })
}

function writeFirstEvent(draft: string, first: { hmac: Hmac; id: string; logId: string; at: string }): void {
  const db = openNew(draft)
  try {
    db.transaction(() => {
      migrate(db)
      const tools = { rows: rowsOf(db), writes: writesOf(db), hmac: first.hmac }
      const event = { type: 'log.opened', actor: 'client', payload: { logId: first.logId, format: 1 } } as const
      writeEvent(tools, event, { seq: 1, previousMac: genesisMac, id: first.id, at: first.at })
    })()
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

function removeDraft(draft: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${draft}${suffix}`, { force: true })
}

/** Makes the new name durable. Windows has no such call and does not need it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}
