import { describe, expect, it } from 'vitest'
import { asStorageError, withStorageErrors } from '../../../src/main/adapters/sqlite/storage-error.ts'
import { LogStorageError } from '../../../src/main/ports/event-log.ts'

const failure = (code: unknown) => Object.assign(new Error('it failed'), { code })

describe('an error of SQLite or of the file system', () => {
  it.each([
    ['damaged', 'SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_ERROR'],
    ['notADatabase', 'SQLITE_NOTADB'],
    ['outOfSpace', 'SQLITE_FULL', 'ENOSPC', 'EDQUOT'],
    ['inUse', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED', 'SQLITE_LOCKED_SHAREDCACHE'],
  ])('says %s by its code', (kind, ...codes) => {
    for (const code of codes) {
      const error = failure(code)
      const told = asStorageError(error)
      expect(told).toBeInstanceOf(LogStorageError)
      expect(told).toMatchObject({ problem: { kind }, cause: error })
    }
  })

  it.each([
    ...['SQLITE_IOERR_READ', 'SQLITE_CANTOPEN', 'SQLITE_READONLY_DBMOVED', 'SQLITE_PERM', 'SQLITE_NOLFS', 'SQLITE_PROTOCOL', 'SQLITE_AUTH'],
    ...['EIO', 'EACCES', 'EMFILE', 'EROFS', 'E2BIG'],
  ])('says unreadable with its code %s', (code) => {
    expect(asStorageError(failure(code))).toMatchObject({ problem: { kind: 'unreadable', code } })
  })

  it('is told as it was when it has a meaning for the log already', () => {
    const error = new LogStorageError({ kind: 'inUse' })
    expect(asStorageError(error)).toBe(error)
  })
})

describe('a bug', () => {
  it.each([
    ...['SQLITE_CONSTRAINT_PRIMARYKEY', 'SQLITE_SCHEMA', 'SQLITE_MISUSE', 'SQLITE_ERROR_SNAPSHOT', 'X_SQLITE_IOERR', 'X_SQLITE_CORRUPT', 'X_SQLITE_NOTADB'],
    ...['X_SQLITE_BUSY', 'X_SQLITE_LOCKED', 'ERR_INVALID_ARG_TYPE', 'eio', 'E', 5, null, undefined],
  ])('is never taken for a failure of the disk: %s', (code) => {
    const error = failure(code)
    expect(asStorageError(error)).toBe(error)
  })

  it.each([new TypeError('no code'), 'EIO', null, undefined, 5])('is never taken for a failure of the disk: thrown as %o', (thrown) => {
    expect(asStorageError(thrown)).toBe(thrown)
  })
})

describe('work that may fail', () => {
  it('gives what it came to, and its failure with a meaning', () => {
    expect(withStorageErrors(() => 1)).toBe(1)
    expect(() =>
      withStorageErrors(() => {
        throw failure('ENOSPC')
      }),
    ).toThrow(LogStorageError)
  })
})
