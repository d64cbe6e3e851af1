import { LogStorageError, type LogStorageProblem } from '../../ports/event-log.ts'

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'
}

/**
 * What an error of SQLite (result codes, https://www.sqlite.org/rescode.html) or of the file system (errno names) means
 * for the log, or null when it is neither and therefore a bug.
 */
function problemOf(code: string): LogStorageProblem | null {
  // All statements are fixed, so a plain SQLITE_ERROR says that the schema they are for is not there.
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_ERROR') return { kind: 'damaged' }
  if (code.startsWith('SQLITE_NOTADB')) return { kind: 'notADatabase' }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'outOfSpace' }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return { kind: 'inUse' }
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|PERM|NOLFS|PROTOCOL|AUTH)/.test(code)) return { kind: 'unreadable', code }
  if (/^E[A-Z0-9]+$/.test(code)) return { kind: 'unreadable', code }
  return null
}

/** The typed error for a failure of the disk or of SQLite; anything else comes back as it was. */
export function asStorageError(error: unknown): unknown {
  if (error instanceof LogStorageError) return error
  const problem = problemOf(codeOf(error))
  return problem ? new LogStorageError(problem, { cause: error }) : error
}

/** Runs the work and throws LogStorageError where the disk or SQLite failed. */
export function withStorageErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asStorageError(error)
  }
}
