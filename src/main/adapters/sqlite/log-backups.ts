import { resolve } from 'node:path'
import type { BackupOutcome, BackupProblem, Backups } from '../../ports/backups.ts'
import type { Clock } from '../../ports/clock.ts'
import { LogStorageError } from '../../ports/event-log.ts'
import { VaultError, type Vault } from '../../ports/vault.ts'
import { backupFolderOf, backupsIn } from './backup-files.ts'
import { openSnapshot } from './connection.ts'
import { copyLog } from './copy-log.ts'
import { readSecrets } from './log-secrets.ts'
import { asStorageError } from './storage-error.ts'

export interface LogBackupsOptions {
  /** Path of the log. */
  readonly file: string
  readonly vault: Vault
  readonly clock: Pick<Clock, 'now'>
}

/** Backups in a folder beside the log. */
export function logBackups(options: LogBackupsOptions): Backups {
  const file = resolve(options.file)
  const folder = backupFolderOf(file)
  let running: Promise<BackupOutcome> | null = null

  async function backUp(): Promise<BackupOutcome> {
    try {
      const { key } = await readSecrets(options.vault)
      if (!key) return { kind: 'failed', problem: 'keyMissing' }
      const source = openSnapshot(file)
      try {
        const at = new Date(options.clock.now()).toISOString()
        return { kind: 'backedUp', backup: await copyLog({ source, file, hmac: key, at, beforeVersion: null }) }
      } finally {
        source.close()
      }
    } catch (error) {
      return { kind: 'failed', problem: problemOf(error) }
    }
  }

  return {
    folder,
    list() {
      try {
        return backupsIn(folder)
      } catch {
        return []
      }
    },
    backUp() {
      running ??= backUp().finally(() => {
        running = null
      })
      return running
    },
  }
}

function problemOf(thrown: unknown): BackupProblem {
  const error = asStorageError(thrown)
  if (error instanceof VaultError) return 'vaultUnavailable'
  if (!(error instanceof LogStorageError)) throw error
  const { kind } = error.problem
  if (kind === 'outOfSpace') return kind
  return kind === 'damaged' || kind === 'notADatabase' ? 'damaged' : 'notWritable'
}
