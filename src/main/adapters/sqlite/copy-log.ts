/** One backup: copied through SQLite's backup API, checked and made durable before it gets its name. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Hmac } from '../../../domain/chain.ts'
import type { Backup } from '../../ports/backups.ts'
import { LogStorageError } from '../../ports/event-log.ts'
import { backupFolderOf, backupName, backupsIn, outdated } from './backup-files.ts'
import { foldCopy, openReader } from './connection.ts'
import { companions } from './create-log.ts'
import { syncFile, syncFolder } from './folder.ts'
import { eventRowsOf } from './rows.ts'
import { asStorageError, withStorageErrors } from './storage-error.ts'
import { unbrokenChain } from './unbroken-chain.ts'

/** Left free beside a backup, so that it never takes the room that the next events of the log need. */
const spareBytes = 16 * 1024 * 1024

export interface CopyOptions {
  /** The log at one moment: a read transaction, or a file that nobody writes. */
  readonly source: Database.Database
  readonly file: string
  readonly hmac: Hmac
  readonly at: string
  readonly beforeVersion: number | null
}

/**
 * Makes a backup and removes those that are no longer needed. Rejects with LogStorageError, `damaged` for a copy that does
 * not verify; no new backup is there then, and the old ones are.
 */
export async function copyLog({ source, file, hmac, at, beforeVersion }: CopyOptions): Promise<Backup> {
  const folder = backupFolderOf(file)
  try {
    const seq = eventRowsOf(source).newest()?.seq ?? 0
    const name = backupName({ at, seq, beforeVersion })
    const part = join(folder, `${name}.part`)
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    removeParts(folder)
    assertRoom(source, folder)
    closeSync(openSync(part, 'wx', 0o600))
    await source.backup(part)
    foldCopy(part)
    await assertWhole(part, seq, hmac)
    syncFile(part)
    renameSync(part, join(folder, name))
    syncFolder(folder)
    // An older backup may have more events than this log, which was put back; the new one counts all the same.
    const gone = outdated(backupsIn(folder)).filter((old) => old.name !== name)
    for (const old of gone) rmSync(join(folder, old.name), { force: true })
    return { name, at, seq, bytes: statSync(join(folder, name)).size, beforeVersion }
  } catch (error) {
    // Where the disk fails, this fails as well; the next backup removes what it finds.
    ignoringStorageErrors(() => removeParts(folder))
    throw asStorageError(error)
  }
}

function ignoringStorageErrors(work: () => void): void {
  try {
    withStorageErrors(work)
  } catch (error) {
    if (!(error instanceof LogStorageError)) throw error
  }
}

/** What was left by a backup that failed or was killed. */
function removeParts(folder: string): void {
  const isPart = new RegExp(`[.]part(${companions.join('|')})?$`)
  const names = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []
  for (const name of names) if (isPart.test(name)) rmSync(join(folder, name), { force: true })
}

function assertRoom(source: Database.Database, folder: string): void {
  const pragma = (name: string) => Number(source.pragma(name, { simple: true }))
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < pragma('page_count') * pragma('page_size') + spareBytes) {
    throw new LogStorageError({ kind: 'outOfSpace' })
  }
}

async function assertWhole(copy: string, seq: number, hmac: Hmac): Promise<void> {
  const db = openReader(copy, true)
  try {
    let reached = 0
    for await (const event of unbrokenChain([eventRowsOf(db)], hmac)) reached = event.seq
    if (reached !== seq || reached === 0) throw new LogStorageError({ kind: 'damaged' })
  } finally {
    db.close()
  }
}
