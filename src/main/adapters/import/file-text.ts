/**
 * Bytes of a file as text. UTF-8 and UTF-16 by their byte order mark; else UTF-8 if all of it is, for nothing else is by chance; else what
 * the file says it is; else Windows-1252, of which Latin-1 is a part. Source of the labels: Encoding Standard of the WHATWG.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Larger files are not read. */
export const mostBytes = 200 * 1024 * 1024

const chunkBytes = 1 << 20

export interface FileText {
  readonly bytes: number
  /** How the file begins. */
  readonly head: string
  /** All of it, piece by piece, as often as asked for. `onBytes` hears how much was read after each piece. */
  chunks(onBytes: (bytes: number) => void): Iterable<string>
}

/** So much of the beginning is enough to tell what a file is. */
const headBytes = 1 << 16

/** Throws what the system throws, and on the way what `onBytes` throws. The file is closed by `close`. */
export function openText(file: string, onBytes: (bytes: number) => void): (FileText & { close(): void }) | 'tooLarge' | 'empty' {
  const handle = openSync(file, 'r')
  const close = () => closeSync(handle)
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) throw new TypeError('no file')
    if (stat.size > mostBytes || stat.size === 0) {
      close()
      return stat.size === 0 ? 'empty' : 'tooLarge'
    }
    const label = encodingOf(handle, onBytes)
    const first = Buffer.alloc(headBytes)
    const head = new TextDecoder(label).decode(first.subarray(0, readSync(handle, first, 0, headBytes, 0)), { stream: true })
    return { bytes: stat.size, head, chunks: (told) => decoded(handle, label, told), close }
  } catch (error) {
    close()
    throw error
  }
}

function* bytesOf(handle: number): Iterable<{ readonly chunk: Uint8Array; readonly end: number }> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (let at = 0; at < mostBytes; ) {
    const length = readSync(handle, buffer, 0, chunkBytes, at)
    if (length === 0) return
    at += length
    yield { chunk: buffer.subarray(0, length), end: at }
  }
}

function* decoded(handle: number, label: string, onBytes: (bytes: number) => void): Iterable<string> {
  const decoder = new TextDecoder(label)
  for (const { chunk, end } of bytesOf(handle)) {
    yield decoder.decode(chunk, { stream: true })
    onBytes(end)
  }
  yield decoder.decode()
}

function encodingOf(handle: number, onBytes: (bytes: number) => void): string {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let declared: string | null = null
  try {
    for (const { chunk, end } of bytesOf(handle)) {
      if (declared === null) {
        if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
        if (chunk[0] === 0xfe && chunk[1] === 0xff) return 'utf-16be'
        declared = declaredIn(Buffer.from(chunk.subarray(0, 4096)).toString('latin1'))
      }
      utf8.decode(chunk, { stream: true })
      onBytes(end)
    }
    utf8.decode()
    return 'utf-8'
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return declared ?? 'windows-1252'
  }
}

/** `encoding="…"` of XML, `charset=…` of HTML, `CHARSET:1251` of OFX 1 (there a number of a Windows code page, or `8859-1`). */
function declaredIn(head: string): string {
  const name = /\b(?:encoding|charset)\s*=\s*["']?([\w-]{2,20})/i.exec(head)?.[1]
  const page = /\bCHARSET:(\d{3,4}(?:-\d{1,2})?)/.exec(head)?.[1]
  const label = name ?? (page === undefined ? '' : page.includes('-') ? `iso-${page}` : `windows-${page}`)
  try {
    const { encoding } = new TextDecoder(label)
    // It is not that one: not all of it could be read so.
    return encoding.startsWith('utf-') ? 'windows-1252' : encoding
  } catch {
    return 'windows-1252'
  }
}
