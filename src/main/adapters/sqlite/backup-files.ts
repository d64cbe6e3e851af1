/** Backups as files: where they lie, what their names say, and which of them are kept. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Backup } from '../../ports/backups.ts'

/** The folder of the backups of the log at `file`. */
export function backupFolderOf(file: string): string {
  return join(dirname(file), 'backups')
}

const namePattern =
  /^ledger-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-(\d{1,15})(?:-before-v(\d{1,6}))?\.sqlite$/

type Named = Pick<Backup, 'at' | 'seq' | 'beforeVersion'>

export function backupName({ at, seq, beforeVersion }: Named): string {
  const purpose = beforeVersion === null ? '' : `-before-v${beforeVersion}`
  return `ledger-${compactTime(at)}-${seq}${purpose}.sqlite`
}

/** RFC 3339 as it may be part of a file's name on every system. */
export function compactTime(at: string): string {
  return at.replaceAll(/[-:.]/g, '')
}

/** What the name of a backup says, or null for another file. */
export function parseBackupName(name: string): Named | null {
  const [, year, month, day, hour, minute, second, ms, seq, version] = namePattern.exec(name) ?? []
  if (!year) return null
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`
  return { at, seq: Number(seq), beforeVersion: version === undefined ? null : Number(version) }
}

/** Those with the most events first. Only whole ones have such names. Throws errors of the file system. */
export function backupsIn(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const said = parseBackupName(name)
      return said ? [{ name, ...said, bytes: statSync(join(folder, name)).size }] : []
    })
    .sort(byNewest)
}

/** By events first, because the computer's clock may have been wrong when some of them were made. */
function byNewest(one: Named, other: Named): number {
  return other.seq - one.seq || (other.at < one.at ? -1 : 1)
}

const keptDays = 7
const keptMonths = 12

/**
 * The backups that are no longer needed, given the newest first: all but the newest of each of the 7 newest days, the
 * newest of each of the 12 newest months, and the newest from before each change of the schema. Days and months are UTC.
 */
export function outdated(backups: readonly Backup[]): readonly Backup[] {
  const daily = backups.filter(({ beforeVersion }) => beforeVersion === null)
  const kept = new Set([
    ...newestOfEach(daily, ({ at }) => at.slice(0, 10)).slice(0, keptDays),
    ...newestOfEach(daily, ({ at }) => at.slice(0, 7)).slice(0, keptMonths),
    ...newestOfEach(backups.filter((backup) => backup.beforeVersion !== null), ({ beforeVersion }) => beforeVersion),
  ])
  return backups.filter((backup) => !kept.has(backup))
}

function newestOfEach(backups: readonly Backup[], groupOf: (backup: Backup) => string | number | null): Backup[] {
  const newest = new Map<string | number | null, Backup>()
  for (const backup of backups) if (!newest.has(groupOf(backup))) newest.set(groupOf(backup), backup)
  return [...newest.values()]
}
