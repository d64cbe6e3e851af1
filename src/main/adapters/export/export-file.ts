/**
 * Writes a file so that under its name there is all of it or what was there before: beside it first, synced, then renamed, which
 * replaces at once (rename(2)). Whatever goes wrong leaves nothing behind.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import type { ExportProblem } from '../../ports/exports.ts'

/** Written at a time, in characters. */
const chunkLength = 1 << 18

export class ExportFileError extends Error {
  readonly problem: ExportProblem
  constructor(problem: ExportProblem, options?: ErrorOptions) {
    super(`the export cannot be written: ${problem}`, options)
    this.name = 'ExportFileError'
    this.problem = problem
  }
}

/** What the file is called until it is whole. */
export const partOf = (file: string): string => `${file}.part`

/** Throws ExportFileError where the file cannot be written, and what `chunks` throws. */
export function writeWhole(file: string, chunks: Iterable<string>): void {
  if (written(() => statSync(file, { throwIfNoEntry: false }))?.isDirectory()) throw new ExportFileError('isFolder')
  const part = partOf(file)
  // It is about people's money, so it is for nobody but who made it.
  const handle = written(() => openSync(part, 'w', 0o600))
  let isOpen = true
  try {
    writeAll(handle, chunks)
    written(() => fsyncSync(handle))
    isOpen = false
    written(() => closeSync(handle))
    written(() => renameSync(part, file))
  } catch (error) {
    if (isOpen) closeSync(handle)
    rmSync(part, { force: true })
    throw error
  }
}

function writeAll(handle: number, chunks: Iterable<string>): void {
  let text = ''
  const flush = () => {
    let bytes = Buffer.from(text)
    while (bytes.length > 0) bytes = bytes.subarray(written(() => writeSync(handle, bytes)))
    text = ''
  }
  for (const chunk of chunks) {
    text += chunk
    if (text.length >= chunkLength) flush()
  }
  flush()
}

function written<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new ExportFileError(problems[code] ?? 'notWritten', { cause: error })
  }
}

const problems: Readonly<Record<string, ExportProblem>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EFBIG: 'diskFull',
  EACCES: 'notAllowed',
  EPERM: 'notAllowed',
  EROFS: 'notAllowed',
  EBUSY: 'notAllowed',
  ENOENT: 'noFolder',
  ENOTDIR: 'noFolder',
  EISDIR: 'isFolder',
}
