/**
 * The fuses of a packaged program, as they are in its binary: a mark, a version (1), how many follow, and one character for each
 * (https://www.electronjs.org/docs/latest/tutorial/fuses).
 */
import { createReadStream } from 'node:fs'
import { dirname, join } from 'node:path'

const mark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
const headBytes = mark.length + 2
const fusesAtMost = 64

/** On macOS the program is a small one beside the framework that has the fuses. */
export function fuseFile(program: string, platform: NodeJS.Platform): string {
  return platform === 'darwin' ? join(dirname(program), '../Frameworks/Electron Framework.framework/Electron Framework') : program
}

/** `1` is on, `0` off, `r` removed. Null where the file has none, or cannot be read. */
export async function readFuseWire(file: string): Promise<string | null> {
  let end = Buffer.alloc(0)
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      const bytes = Buffer.concat([end, chunk])
      const wire = wireIn(bytes)
      if (wire !== null) return wire
      end = bytes.subarray(-(headBytes + fusesAtMost))
    }
  } catch {
    return null
  }
  return null
}

/** The mark stands in programs that read fuses as well: there no fuses follow it. */
function wireIn(bytes: Buffer): string | null {
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    const length = bytes[at + mark.length + 1] ?? 0
    const wire = bytes.toString('latin1', at + headBytes, at + headBytes + length)
    if (bytes[at + mark.length] === 1 && length > 0 && length <= fusesAtMost && wire.length === length && /^[01r]+$/.test(wire)) return wire
  }
  return null
}
