/**
 * Numbers of receipts, references and purchases, found by how they begin. There are about two for each line, and a short beginning fits a
 * large part of them, so that their first bytes are in memory and are gone through.
 */
import { fold } from '../../../../domain/history/fold.ts'

/** So many bytes (UTF-8) of each number are there, in whole numbers of 32 bits; what is asked for beyond has to be looked at by the caller. */
const words = 4
export const bytesThere = words * 4

export interface NumberIndex {
  put(position: number, number: string): void
  /** Positions with a number whose first bytes fit the folded beginning; may come more than once. */
  find(beginning: string, onFound: (position: number) => void): void
}

export function numberIndex(expected: number): NumberIndex {
  let capacity = Math.max(expected, 64)
  let length = 0
  let positions = new Int32Array(capacity)
  let parts = Array.from({ length: words }, () => new Int32Array(capacity))
  /** The first one to four bytes that there are. Most words that somebody looks for are the beginning of no number. */
  const beginnings = Array.from({ length: 4 }, () => new Set<number>())
  const buffer = new Uint8Array(bytesThere)
  const view = new DataView(buffer.buffer)
  const encoder = new TextEncoder()

  function grow(): void {
    capacity = Math.ceil(capacity * 1.25)
    const grown = (array: Int32Array) => {
      const larger = new Int32Array(capacity)
      larger.set(array)
      return larger
    }
    positions = grown(positions)
    parts = parts.map(grown)
  }

  function cutInto(text: string): number {
    const bytes = encoder.encode(text.slice(0, bytesThere)).subarray(0, bytesThere)
    buffer.set(bytes)
    return bytes.length
  }

  /** Cut within a character, bytes compare as well as whole characters do. */
  function encode(text: string): number {
    buffer.fill(0)
    if (!isAscii(text)) return cutInto(text)
    const length = Math.min(text.length, bytesThere)
    for (let at = 0; at < length; at++) buffer[at] = text.charCodeAt(at)
    return length
  }

  return {
    put(position, number) {
      if (length === capacity) grow()
      encode(isAscii(number) ? number.toLowerCase() : fold(number))
      positions[length] = position
      for (let part = 0; part < words; part++) parts[part]![length] = view.getInt32(part * 4)
      length += 1
      const start = view.getInt32(0)
      if (beginnings[3]!.has(start)) return
      for (let bytes = 1; bytes <= 4; bytes++) beginnings[bytes - 1]!.add(start & maskOf(bytes))
    },
    find(beginning, onFound) {
      const known = encode(beginning)
      const wanted = Array.from({ length: words }, (_, part) => view.getInt32(part * 4))
      const masks = Array.from({ length: words }, (_, part) => maskOf(Math.min(Math.max(known - part * 4, 0), 4)))
      const [a = 0, b = 0, c = 0, d = 0] = wanted
      if (known > 0 && !beginnings[Math.min(known, 4) - 1]!.has(a)) return
      const [maskA = 0, maskB = 0, maskC = 0, maskD = 0] = masks
      const [first, second, third, fourth] = parts as [Int32Array, Int32Array, Int32Array, Int32Array]
      for (let at = 0; at < length; at++) {
        if ((first[at]! & maskA) !== a || (second[at]! & maskB) !== b) continue
        if ((third[at]! & maskC) !== c || (fourth[at]! & maskD) !== d) continue
        onFound(positions[at]!)
      }
    },
  }
}

const isAscii = (text: string): boolean => /^[\0-\x7F]*$/.test(text)

/** The first so many of four bytes. */
const maskOf = (bytes: number): number => (bytes === 0 ? 0 : -1 << (32 - bytes * 8))
