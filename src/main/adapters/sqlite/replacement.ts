/**
 * Puts a new log in the place of one that is set aside, in a way that a kill at any moment leaves the old one or ends with
 * the new one. The new log lies whole and durable beside the old one first. Then the anchor in the vault moves to its
 * head: from that moment on it is the log, and whoever opens the folder next finishes the renaming. Without that anchor
 * (and the key) it is a file that anybody could have put there, and nothing is done with it.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { backupFolderOf, compactTime, parseBackupName } from './backup-files.ts'
import { checkTail } from './check-log.ts'
import { openReader } from './connection.ts'
import { companions } from './create-log.ts'
import { syncFolder } from './folder.ts'
import type { LogSecrets } from './log-secrets.ts'
import { eventRowsOf, type StoredEvent } from './rows.ts'
import { withStorageErrors } from './storage-error.ts'

/** Where the log that is to replace the one at `file` lies until it does. */
export function replacementOf(file: string): string {
  return `${file}.next`
}

export function isReplacementThere(file: string): boolean {
  return existsSync(replacementOf(file))
}

/** The name under which what is replaced is kept, from the newest event of the log that replaces it. */
export function setAsideName({ at, id }: Pick<StoredEvent, 'at' | 'id'>): string {
  return `ledger-set-aside-${compactTime(at)}-${id.slice(-8)}.sqlite`
}

/** Whether there were logs here before: backups of one, or one that was set aside. */
export function remembersALog(file: string): boolean {
  return (
    namesIn(dirname(file)).some((name) => name.startsWith('ledger-set-aside-')) ||
    namesIn(backupFolderOf(file)).some((name) => parseBackupName(name) !== null)
  )
}

function namesIn(folder: string): readonly string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : []
}

/**
 * Finishes a replacement that the vault vouches for; does nothing otherwise. The log must not be open. Throws
 * LogStorageError; it can then be tried again.
 */
export function finishReplacement(file: string, { key, anchor }: LogSecrets): void {
  const next = replacementOf(file)
  if (!isReplacementThere(file) || !key || !anchor) return
  withStorageErrors(() => {
    const head = anchoredHead(next, { key, anchor })
    if (head) replace(file, head)
  })
}

type Known = { readonly [K in 'key' | 'anchor']: NonNullable<LogSecrets[K]> }

/**
 * The newest event of the replacement when it is exactly the one that the vault's anchor names, and one that such a log
 * ends with. A file that cannot be read is not vouched for.
 */
function anchoredHead(next: string, { key, anchor }: Known): StoredEvent | null {
  try {
    const db = openReader(next, true)
    try {
      const rows = eventRowsOf(db)
      const newest = rows.newest()
      const isReplacement = newest?.type === 'log.restored' || newest?.type === 'log.restarted'
      return isReplacement && newest.seq === anchor.seq && !checkTail(rows, key, anchor) ? newest : null
    } finally {
      db.close()
    }
  } catch {
    return null
  }
}

/** Every step is left out where it was done before a kill. */
function replace(file: string, head: StoredEvent): void {
  const folder = dirname(file)
  const aside = setAsideName(head)
  // The backups of a log whose key is gone verify with no key again, and are not backups of the new log.
  if (head.type === 'log.restarted') moveAside(backupFolderOf(file), join(folder, `backups-${basename(aside, '.sqlite')}`))
  moveAside(file, join(folder, aside))
  moveAside(`${file}-wal`, join(folder, `${aside}-wal`))
  moveAside(`${file}-journal`, join(folder, `${aside}-journal`))
  rmSync(`${file}-shm`, { force: true })
  for (const suffix of companions) rmSync(`${replacementOf(file)}${suffix}`, { force: true })
  syncFolder(folder)
  renameSync(replacementOf(file), file)
  syncFolder(folder)
}

/** Renaming overwrites what has the name already; what is set aside is evidence, and so is what lies there. */
function moveAside(from: string, to: string): void {
  if (!existsSync(from)) return
  let free = to
  for (let count = 2; existsSync(free); count++) free = `${to}-${count}`
  renameSync(from, free)
}
