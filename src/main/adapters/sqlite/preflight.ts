/**
 * Looks at the file with plain reads before SQLite may touch it: opening a database can already change it or the files
 * beside it. Offsets are from https://www.sqlite.org/fileformat2.html, §1.3 (header) and §4.1 (write-ahead log).
 */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { LogStorageError } from '../../ports/event-log.ts'
import { applicationId, schemaVersion } from './schema.ts'
import { withStorageErrors } from './storage-error.ts'

const headerBytes = 100
const magic = Buffer.from('SQLite format 3\0', 'latin1')
const userVersionOffset = 60
const applicationIdOffset = 68

/**
 * Whether there is a log at the path. Throws LogStorageError when something else is there, or a log that cannot be read
 * by this version. Never call it while this process has the database open: closing a descriptor of the file would drop
 * SQLite's POSIX locks (https://www.sqlite.org/howtocorrupt.html, §2.2).
 */
export function preflight(file: string): 'none' | 'log' {
  return withStorageErrors(() => {
    // existsSync would also be false where the folder may not be searched; this says why.
    if (!statSync(file, { throwIfNoEntry: false })) return 'none'
    const header = readHeader(file)
    if (header.length === 0) return 'none'
    checkHeader(header)
    const newer = walFirstPage(`${file}-wal`)
    if (newer) checkHeader(newer)
    return 'log'
  })
}

function readHeader(file: string): Buffer {
  const fd = openSync(file, 'r')
  try {
    return readAt(fd, 0, headerBytes)
  } finally {
    closeSync(fd)
  }
}

function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(fd, bytes, 0, length, position))
}

function checkHeader(header: Buffer): void {
  if (header.length < headerBytes || !header.subarray(0, magic.length).equals(magic)) {
    throw new LogStorageError({ kind: 'notADatabase' })
  }
  const foundId = header.readUInt32BE(applicationIdOffset)
  if (foundId !== applicationId) throw new LogStorageError({ kind: 'foreignDatabase', applicationId: foundId })
  const found = header.readUInt32BE(userVersionOffset)
  if (found > schemaVersion) throw new LogStorageError({ kind: 'newerSchema', found, known: schemaVersion })
  if (found === 0) throw new LogStorageError({ kind: 'damaged' })
}

const walHeaderBytes = 32
const frameHeaderBytes = 24

/**
 * The header as the newest committed copy of page 1 in the write-ahead log has it, or null when there is none: a newer
 * version of the application may have been killed before its migration reached the main file.
 */
function walFirstPage(wal: string): Buffer | null {
  if (!existsSync(wal)) return null
  const fd = openSync(wal, 'r')
  try {
    const walHeader = readAt(fd, 0, walHeaderBytes)
    if (walHeader.length < walHeaderBytes) return null
    const pageBytes = walHeader.readUInt32BE(8)
    const salt = walHeader.subarray(16, 24)
    let pending: number | null = null
    let committed: number | null = null
    for (let at = walHeaderBytes; ; at += frameHeaderBytes + pageBytes) {
      const frame = readAt(fd, at, frameHeaderBytes)
      if (frame.length < frameHeaderBytes || !frame.subarray(8, 16).equals(salt)) break
      if (frame.readUInt32BE(0) === 1) pending = at + frameHeaderBytes
      if (frame.readUInt32BE(4) !== 0) committed = pending
    }
    return committed === null ? null : readAt(fd, committed, headerBytes)
  } finally {
    closeSync(fd)
  }
}
