import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preflight } from '../../../src/main/adapters/sqlite/preflight.ts'
import { applicationId, schemaVersion } from '../../../src/main/adapters/sqlite/schema.ts'
import { LogStorageError, type LogStorageProblem } from '../../../src/main/ports/event-log.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tuppence-preflight-'))
  file = join(folder, 'ledger.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function found(): 'none' | 'log' | LogStorageProblem {
  try {
    return preflight(file)
  } catch (error) {
    if (error instanceof LogStorageError) return error.problem
    throw error
  }
}

/** The first 100 bytes of a database, as https://www.sqlite.org/fileformat2.html §1.3 has them. */
function header(version: number, id = applicationId): Buffer {
  const bytes = Buffer.alloc(100)
  bytes.write('SQLite format 3\0', 'latin1')
  bytes.writeUInt32BE(version, 60)
  bytes.writeUInt32BE(id, 68)
  return bytes
}

const newer = { kind: 'newerSchema', found: 7, known: schemaVersion }

describe('a file', () => {
  it('that is not there, or empty, is no log', () => {
    expect(found()).toBe('none')
    writeFileSync(file, '')
    expect(found()).toBe('none')
  })

  it('that cannot be looked for is not taken for one that is not there', () => {
    symlinkSync(file, file)
    expect(found()).toEqual({ kind: 'unreadable', code: 'ELOOP' })
  })

  it.each<[string, Buffer, 'log' | LogStorageProblem]>([
    ['the header of this version', header(schemaVersion), 'log'],
    ['the header of the first version', header(1), 'log'],
    ['all but the last byte of a header', header(schemaVersion).subarray(0, 99), { kind: 'notADatabase' }],
    ['another first line', Buffer.concat([Buffer.from('SQLite format 4\0'), header(schemaVersion).subarray(16)]), { kind: 'notADatabase' }],
    ['the header of another application', header(schemaVersion, 5), { kind: 'foreignDatabase', applicationId: 5 }],
    ['the header of the next version', header(schemaVersion + 1), { kind: 'newerSchema', found: schemaVersion + 1, known: schemaVersion }],
    ['the header of a log without a schema', header(0), { kind: 'damaged' }],
  ])('with %s is what it says', (_what, bytes, expected) => {
    writeFileSync(file, bytes)
    expect(found()).toEqual(expected)
  })
})

describe('the header in a write-ahead log', () => {
  const pageBytes = 512
  const salt = Buffer.from('saltsalt')

  interface Frame {
    readonly page: number
    readonly isCommit: boolean
    readonly content?: Buffer
    readonly salt?: Buffer
  }

  /** As §4.1 of the file format has it, without checksums. */
  function wal(...frames: Frame[]): Buffer {
    const first = Buffer.alloc(32)
    first.writeUInt32BE(pageBytes, 8)
    salt.copy(first, 16)
    const rest = frames.map((frame) => {
      const bytes = Buffer.alloc(24 + pageBytes)
      bytes.writeUInt32BE(frame.page, 0)
      bytes.writeUInt32BE(frame.isCommit ? 9 : 0, 4)
      ;(frame.salt ?? salt).copy(bytes, 8)
      frame.content?.copy(bytes, 24)
      return bytes
    })
    return Buffer.concat([first, ...rest])
  }

  const versionSeven = { page: 1, content: header(7) }
  const another = { page: 2, isCommit: true }

  beforeEach(() => writeFileSync(file, header(schemaVersion)))

  it.each<[string, Buffer]>([
    ['is the last thing that was committed', wal({ ...versionSeven, isCommit: true })],
    ['was committed with a page that came after it', wal({ ...versionSeven, isCommit: false }, another)],
    ['was committed before something else was', wal({ ...versionSeven, isCommit: true }, another)],
    ['was committed before another one that was not', wal({ ...versionSeven, isCommit: true }, { page: 1, isCommit: false, content: header(schemaVersion) })],
    ['was committed before a frame that was cut off', wal({ ...versionSeven, isCommit: true }, another).subarray(0, 32 + 24 + pageBytes + 20)],
  ])('P3 counts where it %s', (_what, bytes) => {
    writeFileSync(`${file}-wal`, bytes)
    expect(found()).toEqual(newer)
  })

  it.each<[string, Buffer]>([
    ['was never committed', wal({ ...versionSeven, isCommit: false })],
    ['is older than one that was committed', wal({ ...versionSeven, isCommit: true }, { page: 1, isCommit: true, content: header(schemaVersion) })],
    ['is left from before the log was begun anew', wal(another, { ...versionSeven, isCommit: true, salt: Buffer.from('old salt') })],
    ['is another page', wal({ page: 2, isCommit: true, content: header(7) })],
    ['lies behind a beginning that was cut off', wal().subarray(0, 31)],
    ['is not there', Buffer.alloc(0)],
  ])('does not count where it %s', (_what, bytes) => {
    writeFileSync(`${file}-wal`, bytes)
    expect(found()).toBe('log')
  })
})

it.skipIf(process.platform !== 'linux')('P3 looking at a file leaves nothing open, which would drop the locks of SQLite when it is closed', () => {
  writeFileSync(file, header(schemaVersion))
  writeFileSync(`${file}-wal`, Buffer.alloc(32))
  const openFiles = () => readdirSync('/proc/self/fd').length
  const before = openFiles()
  for (let count = 0; count < 20; count += 1) found()
  expect(openFiles()).toBeLessThan(before + 20)
})
