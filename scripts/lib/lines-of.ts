/** The lines of a file of any length, one after the other, in bounded memory. */
import { closeSync, openSync, readSync } from 'node:fs'

const chunkBytes = 1 << 20
/** A longer line is none of ours. */
const longestBytes = 1 << 20
const newline = 10

export interface FileLine {
  /** From 1. */
  readonly number: number
  /** As UTF-8, without the end of line; null for a line that is too long to be read. */
  readonly text: string | null
}

/** Throws what the file system throws. */
export function* linesOf(file: string): Generator<FileLine> {
  const handle = openSync(file, 'r')
  try {
    const chunk = Buffer.alloc(chunkBytes)
    let [number, isTooLong] = [1, false]
    let rest: Buffer = Buffer.alloc(0)
    for (let size = readSync(handle, chunk); size > 0; size = readSync(handle, chunk)) {
      let from = 0
      for (let end = chunk.subarray(0, size).indexOf(newline); end >= 0; end = chunk.subarray(0, size).indexOf(newline, from)) {
        yield { number, text: isTooLong ? null : textOf(rest, chunk.subarray(from, end)) }
        ;[number, isTooLong, rest, from] = [number + 1, false, Buffer.alloc(0), end + 1]
      }
      rest = isTooLong ? rest : Buffer.concat([rest, chunk.subarray(from, size)])
      if (rest.length > longestBytes) [isTooLong, rest] = [true, Buffer.alloc(0)]
    }
    if (isTooLong || rest.length > 0) yield { number, text: isTooLong ? null : rest.toString() }
  } finally {
    closeSync(handle)
  }
}

function textOf(rest: Buffer, end: Buffer): string | null {
  if (rest.length + end.length > longestBytes) return null
  return (rest.length === 0 ? end : Buffer.concat([rest, end])).toString()
}
