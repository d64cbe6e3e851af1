/**
 * Writes a file so that under its name there is all of it or what was there before: beside it first, synced, then renamed, which
 * replaces at once (rename(2)). Whatever goes wrong leaves nothing behind.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import type { FileProblem } from '../../ports/file-problem.ts'

/** Text is written so much at a time, in characters. */
const chunkLength = 1 << 18

export class WholeFileError extends Error {
  readonly problem: FileProblem
  constructor(problem: FileProblem, options?: ErrorOptions) {
    super(`the file cannot be written: ${problem}`, options)
    this.name = 'WholeFileError'
    this.problem = problem
  }
}

/** What the file is called until it is whole. Nothing else is called that: browsers have a `.part` beside what they download. */
export const partOf = (file: string): string => `${file}.tuppence-part`

/** Text is written as UTF-8. Throws WholeFileError where the file cannot be written, and what `chunks` throws. */
export function writeWhole(file: string, chunks: Iterable<string | Uint8Array>): void {
  if (written(() => statSync(file, { throwIfNoEntry: false }))?.isDirectory()) throw new WholeFileError('isFolder')
  const part = partOf(file)
  // What is there was left by one that was cut off, or is a link that leads elsewhere.
  written(() => rmSync(part, { force: true }))
  // It is about people's money, so it is for nobody but who made it.
  const handle = written(() => openSync(part, 'wx', 0o600))
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

function writeAll(handle: number, chunks: Iterable<string | Uint8Array>): void {
  let text = ''
  const write = (bytes: Uint8Array) => {
    let left = bytes
    while (left.length > 0) left = left.subarray(written(() => writeSync(handle, left)))
  }
  const flush = () => {
    write(Buffer.from(text))
    text = ''
  }
  for (const chunk of chunks) {
    if (typeof chunk === 'string') {
      text += chunk
      if (text.length >= chunkLength) flush()
      continue
    }
    flush()
    write(chunk)
  }
  flush()
}

function written<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new WholeFileError(problems[code] ?? 'notWritten', { cause: error })
  }
}

const problems: Readonly<Record<string, FileProblem>> = {
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
