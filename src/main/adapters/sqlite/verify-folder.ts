/** Checks the ledger of a data folder from outside of the app, which may be running. Nothing in the folder is written. */
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import type { Hmac } from '../../../domain/chain.ts'
import { LogStorageError, type Tampering } from '../../ports/event-log.ts'
import type { GatewaySignatures } from '../../ports/signatures.ts'
import { VaultError, type Vault } from '../../ports/vault.ts'
import { readAnchor, readSecrets } from './log-secrets.ts'
import { openToday } from './open-today.ts'
import { preflight } from './preflight.ts'
import { tampering } from './check-log.ts'
import { asStorageError } from './storage-error.ts'
import { verifyLog, type VerifyOptions } from './verify-log.ts'

/** `unchecked` is how many things that the gateway signed could not be checked without its key. */
export type CheckedLog =
  | { readonly kind: 'clean'; readonly events: number; readonly unchecked: number }
  | Tampering
  | {
      readonly kind: 'notPossible'
      readonly reason: 'noLedger' | 'keychainUnavailable' | 'keyMissing' | 'newerVersion' | 'unreadable'
    }

export interface VerifyFolderOptions {
  readonly dataDir: string
  readonly vault: Vault
  readonly signatures: GatewaySignatures | null
  readonly onProgress?: (checked: number, of: number) => void
}

/** How often an app that goes on writing meanwhile is put up with: its anchor and its log are then not of one moment. */
const attempts = 5

export async function verifyFolder(options: VerifyFolderOptions): Promise<CheckedLog> {
  const file = join(options.dataDir, 'ledger.sqlite')
  try {
    const there = isThere(file)
    const { key, anchor } = await readSecrets(options.vault)
    if (there === 'none') return anchor ? tampering(1, 'logMissing') : notPossible('noLedger')
    if (!key) return notPossible('keyMissing')
    return there === 'broken' ? tampering(1, 'malformed') : await verifyPatiently(file, options, key)
  } catch (error) {
    return notPossible(reasonOf(error))
  }
}

/** A file that is no ledger any more was one, if the keychain has its key. */
function isThere(file: string): 'none' | 'log' | 'broken' {
  try {
    return preflight(file)
  } catch (error) {
    const kind = error instanceof LogStorageError ? error.problem.kind : null
    if (kind === 'damaged' || kind === 'notADatabase' || kind === 'foreignDatabase') return 'broken'
    throw error
  }
}

async function verifyPatiently(file: string, options: VerifyFolderOptions, hmac: Hmac): Promise<CheckedLog> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await verifyOnce(file, { ...options, hmac, anchor: await readAnchor(options.vault) })
    if (attempt === attempts || !isOfTwoMoments(found)) return found
  }
}

const notPossible = (reason: Extract<CheckedLog, { kind: 'notPossible' }>['reason']): CheckedLog => ({ kind: 'notPossible', reason })

function isOfTwoMoments(found: CheckedLog): boolean {
  return found.kind === 'tampered' && (found.finding === 'truncated' || found.finding === 'anchorMismatch')
}

async function verifyOnce(file: string, options: VerifyOptions): Promise<CheckedLog> {
  const db = openToday(file)
  try {
    const found = await verifyLog(db, options)
    if (found.kind === 'unverifiable') return notPossible('keychainUnavailable')
    if (found.kind === 'tampered') return found
    return { kind: 'clean', events: found.events, unchecked: options.signatures ? 0 : signedEvents(db) }
  } finally {
    db.close()
  }
}

function signedEvents(db: Database.Database): number {
  const count = db.prepare<[], bigint>(
    `SELECT count(*) FROM events WHERE type IN ('purchase.succeeded', 'purchase.recovered', 'purchase.refunded',
      'purchase.chargedBack', 'purchase.chargebackReversed', 'message.refused', 'log.countersigned')`,
  )
  return Number(count.pluck().get())
}

function reasonOf(error: unknown): Extract<CheckedLog, { kind: 'notPossible' }>['reason'] {
  if (error instanceof VaultError) return 'keychainUnavailable'
  const known = asStorageError(error)
  if (!(known instanceof LogStorageError)) throw known
  return known.problem.kind === 'newerSchema' ? 'newerVersion' : 'unreadable'
}
