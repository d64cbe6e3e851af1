import { hash } from 'node:crypto'
import type { ImportSource } from '../../../domain/imports.ts'
import type { DraftRow } from './draft-row.ts'

/** 132 bits in base64url: two different transactions do not share them. */
const keyLength = 22

/**
 * Gives each row of a file its fingerprint, by which it is known again: in the same file, in a later one that overlaps with it, and in
 * another kind of file of the same store. Name and day count as they stand there, without marks, spaces and time zone. Of those that are
 * the same in everything, the first in the file is the first everywhere, and so on.
 */
export function keysFor(source: ImportSource): (draft: DraftRow) => string {
  const seen = new Map<string, number>()
  return ({ row, day, commonName, identity }) => {
    const about = [source, row.kind, day, essence(commonName), row.amount.amount, row.amount.currency, identity]
    const first = fingerprint(about)
    const before = seen.get(first) ?? 0
    seen.set(first, before + 1)
    return before === 0 ? first : fingerprint([...about, before])
  }
}

const fingerprint = (parts: readonly unknown[]): string => hash('sha256', JSON.stringify(parts), 'base64url').slice(0, keyLength)

/** Letters and digits alone: `A | B` in one file is `A, B` in another. */
function essence(name: string): string {
  const letters = name.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
  return letters === '' ? name : letters
}
