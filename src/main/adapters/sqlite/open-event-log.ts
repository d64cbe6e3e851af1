/**
 * Opens the log, or says exactly why not. Until everything has been checked only plain reads and a connection that
 * cannot write are used, so whatever is wrong with the file is still there for whoever looks into it.
 */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import type { Hmac } from '../../../domain/chain.ts'
import type { Clock } from '../../ports/clock.ts'
import { LogStorageError, type EventLog, type LogHead } from '../../ports/event-log.ts'
import type { Ids } from '../../ports/ids.ts'
import { VaultError, type Vault } from '../../ports/vault.ts'
import { checkTail, tampering } from './check-log.ts'
import { openReader, openWriter } from './connection.ts'
import { createLog } from './create-log.ts'
import { lockInstance } from './instance-lock.ts'
import { makeKey, readSecrets, type LogSecrets } from './log-secrets.ts'
import { preflight } from './preflight.ts'
import { readOnlyLog, type ReadOnlyState } from './read-only-log.ts'
import { rowsOf } from './rows.ts'
import { hasOwnSchema, migrate } from './schema.ts'
import { asStorageError, withStorageErrors } from './storage-error.ts'
import { writableLog } from './writable-log.ts'

export interface OpenEventLogOptions {
  /** Path of the database. Its folder is made when it is missing. */
  readonly file: string
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'eventId'>
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
  const { isWritable, unlock } = withStorageErrors(() => claim(file))
  try {
    return await openClaimed({ ...options, file, isWritable, unlock })
  } catch (error) {
    unlock()
    throw asStorageError(error)
  }
}

function claim(file: string): Pick<Opening, 'isWritable' | 'unlock'> {
  const folder = dirname(file)
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 })
  const isWritable = mayWrite(folder) && (!existsSync(file) || mayWrite(file))
  return { isWritable, unlock: isWritable ? lockInstance(file) : () => {} }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function openClaimed(opening: Opening): Promise<EventLog> {
  const isThere = preflight(opening.file) === 'log'
  const secrets = await secretsOrProblem(opening.vault)
  if (secrets instanceof VaultError) {
    const state = { kind: 'vaultUnavailable', problem: secrets.problem } as const
    const db = isThere ? openReader(opening.file, opening.isWritable) : nothing()
    return readOnlyLog({ db, state, secrets: null, onClose: opening.unlock })
  }
  return isThere ? openExisting(opening, secrets) : openMissing(opening, secrets)
}

async function secretsOrProblem(vault: Vault): Promise<LogSecrets | VaultError> {
  try {
    return await readSecrets(vault)
  } catch (error) {
    if (error instanceof VaultError) return error
    throw error
  }
}

/** A history without events. */
function nothing(): Database.Database {
  const db = new Database(':memory:').defaultSafeIntegers(true)
  migrate(db)
  return db
}

/** No file: the first start, unless the vault remembers that there was a log. */
async function openMissing(opening: Opening, secrets: LogSecrets): Promise<EventLog> {
  const { file, vault, clock, ids, isWritable, unlock } = opening
  const refuse = (state: ReadOnlyState) => readOnlyLog({ db: nothing(), state, secrets: null, onClose: unlock })
  if (secrets.anchor) return refuse(tampering(1, 'logMissing'))
  if (secrets.hasKey && !secrets.key) return refuse({ kind: 'keyMissing' })
  if (!isWritable) throw new LogStorageError({ kind: 'unreadable', code: 'EACCES' })
  let hmac: Hmac
  try {
    hmac = secrets.key ?? (await makeKey(vault))
  } catch (error) {
    if (error instanceof VaultError) return refuse({ kind: 'vaultUnavailable', problem: error.problem })
    throw error
  }
  createLog(file, { hmac, id: ids.eventId(), logId: ids.eventId(), at: new Date(clock.now()).toISOString() })
  return writer(opening, hmac, null)
}

function openExisting(opening: Opening, { key, anchor }: LogSecrets): EventLog {
  const db = openReader(opening.file, opening.isWritable)
  try {
    const problem = problemOf(db, opening, key, anchor)
    if (problem) {
      const secrets = key && { hmac: key, anchor }
      return readOnlyLog({ db, state: problem, secrets, onClose: opening.unlock })
    }
  } catch (error) {
    db.close()
    throw error
  }
  db.close()
  if (!key) throw new TypeError('a log without its key is never written to')
  return writer(opening, key, anchor)
}

function problemOf(
  db: Database.Database,
  { isWritable }: Opening,
  key: Hmac | null,
  anchor: LogHead | null,
): ReadOnlyState | null {
  if (!hasOwnSchema(db, Number(db.pragma('user_version', { simple: true })))) return tampering(0, 'schemaMismatch')
  if (!key) return { kind: 'keyMissing' }
  return checkTail(rowsOf(db), key, anchor) ?? (isWritable ? null : { kind: 'notWritable' })
}

function writer({ file, vault, clock, ids, unlock }: Opening, hmac: Hmac, anchor: LogHead | null): EventLog {
  const db = openWriter(file)
  try {
    return writableLog({ db, file, vault, hmac, anchor, clock, ids, onClose: unlock })
  } catch (error) {
    db.close()
    throw error
  }
}
