/** Says what is wrong with a log that nobody has open, and what can still be had of it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Hmac } from '../../../domain/chain.ts'
import { LogStorageError, type LogHead, type LogStorageProblem } from '../../ports/event-log.ts'
import type { Diagnosis, LedgerDamage, RepairRefusal } from '../../ports/ledger-repair.ts'
import { backupFolderOf, backupsIn } from './backup-files.ts'
import { isFilled, openReader, upToDateCopy } from './connection.ts'
import { isGarbled, type LogSecrets } from './log-secrets.ts'
import { preflight } from './preflight.ts'
import { remembersALog } from './replacement.ts'
import { eventRowsOf, toHead, type EventRows, type StoredEvent } from './rows.ts'
import { hasOwnSchema, schemaVersion, versionOf } from './schema.ts'
import { asStorageError } from './storage-error.ts'
import { unbrokenChain } from './unbroken-chain.ts'
import { verifyLog } from './verify-log.ts'

/**
 * `isDistrusted` for a log that is whole but that somebody outside has seen newer. Rejects with LogStorageError.
 */
export async function diagnoseLog(file: string, secrets: LogSecrets, isDistrusted: boolean): Promise<Diagnosis> {
  const found = await damageOf(file, secrets, isDistrusted)
  if (found.kind === 'refused') return found
  const { damage } = found
  if (!secrets.key) return { kind: 'restartable', damage }
  const left = await withSources(file, (sources, key) => followed(sources, key, secrets.anchor), secrets.key)
  if (!left.head) return { kind: 'restartable', damage }
  const lost = isDistrusted ? null : lostEvents(left, secrets.anchor)
  return { kind: 'restorable', damage, head: left.head, lostEvents: lost }
}

type Found = { kind: 'refused'; reason: RepairRefusal } | { kind: 'damaged'; damage: LedgerDamage }

const damaged = (damage: LedgerDamage): Found => ({ kind: 'damaged', damage })
const refused = (reason: RepairRefusal): Found => ({ kind: 'refused', reason })

async function damageOf(file: string, secrets: LogSecrets, isDistrusted: boolean): Promise<Found> {
  const { key, hasKey, anchor } = secrets
  try {
    if (preflight(file) === 'none') {
      const isKnown = anchor || (hasKey && !key) || isFilled(`${file}-wal`) || remembersALog(file)
      return isKnown ? damaged('logMissing') : refused('notNeeded')
    }
    if (!key) return damaged('keyMissing')
    return isDistrusted || !(await isClean(file, key, anchor)) ? damaged('tampered') : refused('notNeeded')
  } catch (error) {
    const known = asStorageError(error)
    if (known instanceof LogStorageError) return foundBy(known.problem)
    throw known
  }
}

/** A file that the system does not let us read may be whole, so it is left where it is. */
function foundBy(problem: LogStorageProblem): Found {
  switch (problem.kind) {
    case 'newerSchema':
      return refused('newerVersion')
    case 'inUse':
    case 'outOfSpace':
      return refused(problem.kind)
    case 'unsupported':
      return refused('diskFailed')
    case 'unreadable':
      return /^(EACCES|EPERM|EROFS)$/.test(problem.code) ? refused('notPermitted') : damaged('unreadable')
    default:
      return damaged('unreadable')
  }
}

async function isClean(file: string, key: Hmac, anchor: LogHead | null): Promise<boolean> {
  const db = openReader(file, true)
  try {
    const version = versionOf(db)
    if (!hasOwnSchema(db, version)) return false
    if (version === schemaVersion) return (await verifyLog(db, { hmac: key, anchor })).kind === 'clean'
    const copy = upToDateCopy(db)
    try {
      return (await verifyLog(copy, { hmac: key, anchor })).kind === 'clean'
    } finally {
      copy.close()
    }
  } finally {
    db.close()
  }
}

/** What following the chain through all sources came to. */
interface Followed {
  readonly head: LogHead | null
  /** Whether the event that the anchor names is among them. */
  readonly hasAnchor: boolean
}

async function followed(sources: readonly EventRows[], key: Hmac, anchor: LogHead | null): Promise<Followed> {
  let newest: StoredEvent | null = null
  let hasAnchor = false
  for await (const event of unbrokenChain(sources, key)) {
    newest = event
    hasAnchor ||= event.seq === anchor?.seq && toHead(event).mac === anchor.mac
  }
  return { head: newest && toHead(newest), hasAnchor }
}

function lostEvents({ head, hasAnchor }: Followed, anchor: LogHead | null): number | null {
  if (hasAnchor) return 0
  if (!anchor || !head || isGarbled(anchor)) return null
  return Math.max(1, anchor.seq - head.seq)
}

/** Opens the log and all backups as far as they can be opened, does the work, and closes them. */
export async function withSources<T>(
  file: string,
  work: (sources: readonly EventRows[], key: Hmac) => Promise<T>,
  key: Hmac,
): Promise<T> {
  const folder = backupFolderOf(file)
  const files = [file, ...backupFilesIn(folder)].filter((path) => existsSync(path))
  const opened = files.flatMap((path) => openSource(path) ?? [])
  try {
    return await work(opened.map(({ rows }) => rows), key)
  } finally {
    for (const { db } of opened) db.close()
  }
}

/** A folder that cannot be read is like one without backups. */
function backupFilesIn(folder: string): readonly string[] {
  try {
    return backupsIn(folder).map(({ name }) => join(folder, name))
  } catch {
    return []
  }
}

function openSource(path: string): { readonly db: Database.Database; readonly rows: EventRows } | null {
  let db: Database.Database | null = null
  try {
    db = openReader(path, true)
    return { db, rows: eventRowsOf(db) }
  } catch {
    db?.close()
    return null
  }
}
