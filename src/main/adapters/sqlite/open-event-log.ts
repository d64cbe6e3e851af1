/**
 * Opens the log, or says exactly why not. Until everything has been checked only plain reads and a connection that
 * cannot write are used, so whatever is wrong with the file is still there for whoever looks into it.
 */
import { resolve } from 'node:path'
import Database from 'better-sqlite3'
import type { Hmac } from '../../../domain/chain.ts'
import type { Clock } from '../../ports/clock.ts'
import { LogStorageError, type EventLog, type LogHead } from '../../ports/event-log.ts'
import type { Ids } from '../../ports/ids.ts'
import type { GatewaySignatures } from '../../ports/signatures.ts'
import { VaultError, type Vault } from '../../ports/vault.ts'
import { checkTail, tampering } from './check-log.ts'
import { openReader, openWriter, upToDateCopy } from './connection.ts'
import { copyLog } from './copy-log.ts'
import { createLog, firstEvent } from './create-log.ts'
import { claimLog } from './instance-lock.ts'
import { newKey, readSecrets, type LogSecrets } from './log-secrets.ts'
import { preflight } from './preflight.ts'
import { readOnlyLog, type ReadOnlyState } from './read-only-log.ts'
import { finishReplacement, isReplacementThere, remembersALog } from './replacement.ts'
import { eventRowsOf } from './rows.ts'
import { hasOwnSchema, migrate, schemaVersion, versionOf } from './schema.ts'
import { asStorageError } from './storage-error.ts'
import { writableLog } from './writable-log.ts'

export interface OpenEventLogOptions {
  /** Path of the database. Its folder is made when it is missing. */
  readonly file: string
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'eventId'>
  /** Gives null while the gateway's key is not to be had: then its signatures are not checked. */
  readonly signatures?: () => Promise<GatewaySignatures | null>
}

interface Opening extends OpenEventLogOptions {
  readonly isWritable: boolean
  readonly unlock: () => void
}

/**
 * Resolves with the log in the state that `state()` tells; rejects with LogStorageError when not even the history can be
 * read. A new log is made only when neither the folder nor the vault knows of one. To try again once the keychain is
 * back, close the log and open it again. Only one process can have it open.
 */
export async function openEventLog(options: OpenEventLogOptions): Promise<EventLog> {
  const file = resolve(options.file)
  const { isWritable, unlock } = claimLog(file)
  try {
    return await openClaimed({ ...options, file, isWritable, unlock })
  } catch (error) {
    unlock()
    throw asStorageError(error)
  }
}

async function openClaimed(opening: Opening): Promise<EventLog> {
  if (opening.isWritable && isReplacementThere(opening.file)) {
    const known = await secretsOrProblem(opening.vault)
    if (!(known instanceof VaultError)) finishReplacement(opening.file, known)
  }
  const isThere = preflight(opening.file) === 'log'
  const secrets = await secretsOrProblem(opening.vault)
  if (secrets instanceof VaultError) {
    const state = { kind: 'vaultUnavailable', problem: secrets.problem } as const
    const db = isThere ? readable(openReader(opening.file, opening.isWritable)) : nothing()
    return readOnlyLog({ ...readOnlyParts(opening), db, state, secrets: null })
  }
  return isThere ? openExisting(opening, secrets) : openMissing(opening, secrets)
}

const noKey = () => Promise.resolve(null)

const readOnlyParts = ({ signatures = noKey, unlock }: Opening) => ({ signatures, onClose: unlock })

async function secretsOrProblem(vault: Vault): Promise<LogSecrets | VaultError> {
  try {
    return await readSecrets(vault)
  } catch (error) {
    if (error instanceof VaultError) return error
    throw error
  }
}

/** The connection itself, or what it sees of the log of an older version in a form that this version can read. */
function readable(db: Database.Database): Database.Database {
  if (versionOf(db) === schemaVersion || !hasOwnSchema(db, versionOf(db))) return db
  try {
    return upToDateCopy(db)
  } finally {
    db.close()
  }
}

/** A history without events. */
function nothing(): Database.Database {
  const db = new Database(':memory:').defaultSafeIntegers(true)
  migrate(db)
  return db
}

/** No file: the first start, unless the vault or the folder remembers that there was a log. */
async function openMissing(opening: Opening, secrets: LogSecrets): Promise<EventLog> {
  const { file, vault, clock, ids, isWritable } = opening
  const refuse = (state: ReadOnlyState) => readOnlyLog({ ...readOnlyParts(opening), db: nothing(), state, secrets: null })
  if (secrets.anchor) return refuse(tampering(1, 'logMissing'))
  if (secrets.hasKey && !secrets.key) return refuse({ kind: 'keyMissing' })
  if (remembersALog(file)) return refuse(tampering(1, 'logMissing'))
  if (!isWritable) throw new LogStorageError({ kind: 'unreadable', code: 'EACCES' })
  let hmac = secrets.key
  if (!hmac) {
    const made = newKey(vault)
    try {
      await made.keep()
    } catch (error) {
      if (error instanceof VaultError) return refuse({ kind: 'vaultUnavailable', problem: error.problem })
      throw error
    }
    hmac = made.hmac
  }
  await createLog(file, hmac, firstEvent({ clock, ids }))
  return writer(opening, hmac, null)
}

async function openExisting(opening: Opening, { key, anchor }: LogSecrets): Promise<EventLog> {
  const db = openReader(opening.file, opening.isWritable)
  try {
    const problem = problemOf(db, opening, key, anchor)
    if (problem) {
      const secrets = key && { hmac: key, anchor }
      return readOnlyLog({ ...readOnlyParts(opening), db: readable(db), state: problem, secrets })
    }
    if (!key) throw new TypeError('a log without its key is never written to')
    if (versionOf(db) < schemaVersion) await keepOldVersion(db, opening, key)
  } catch (error) {
    db.close()
    throw error
  }
  db.close()
  return writer(opening, key, anchor)
}

/** What is about to be migrated can be had back as it was, also with an older version of the application. */
async function keepOldVersion(source: Database.Database, { file, clock }: Opening, hmac: Hmac): Promise<void> {
  const at = new Date(clock.now()).toISOString()
  await copyLog({ source, file, hmac, at, beforeVersion: schemaVersion })
}

function problemOf(
  db: Database.Database,
  { isWritable }: Opening,
  key: Hmac | null,
  anchor: LogHead | null,
): ReadOnlyState | null {
  if (!hasOwnSchema(db, versionOf(db))) return tampering(0, 'schemaMismatch')
  if (!key) return { kind: 'keyMissing' }
  return checkTail(eventRowsOf(db), key, anchor) ?? (isWritable ? null : { kind: 'notWritable' })
}

function writer({ file, vault, clock, ids, signatures = noKey, unlock }: Opening, hmac: Hmac, anchor: LogHead | null): EventLog {
  const db = openWriter(file)
  try {
    return writableLog({ db, file, vault, hmac, anchor, clock, ids, signatures, onClose: unlock })
  } catch (error) {
    db.close()
    throw error
  }
}
