/**
 * What was bought elsewhere and imported, so that one history and one cap can span stores. An import is one or more events with the same
 * id, each with some hundred rows; it is undone by another event, and stays in the log. Amounts are what the store charged.
 */
import type { WireMoney } from './money.ts'

export const importSources = ['steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx'] as const
/** Where the rows are from: one of the stores, or a file of another program. */
export type ImportSource = (typeof importSources)[number]

/** So many rows are in one event at most, which keeps each event small enough to be written and verified in one go. */
export const rowsInPart = 500

export interface ImportedRow {
  /** Its number in the file, counted from 1 as the person sees it there. Unique in an import. */
  readonly n: number
  readonly kind: 'charge' | 'refund'
  /** RFC 3339 in UTC with milliseconds. Where the file has a day only, noon of it in the household's zone. */
  readonly at: string
  readonly item: string
  readonly game?: string
  /** Who was paid: a store, or whom a file names. */
  readonly payee: string
  /** More than nothing, also for a refund. */
  readonly amount: WireMoney
  /** The store's number of the order. */
  readonly order?: string
  /** The store's number of the refund. */
  readonly reference?: string
  /** Of a refund: the row of the charge that it gives back, where that is known and in the same import. */
  readonly of?: number
  /** How the purchase of the row stands. */
  readonly state: 'succeeded' | 'partlyRefunded' | 'refunded'
  /** As the file says: `Wallet`, `Visa`. */
  readonly paidWith?: string
  /** The same for the same transaction in whichever file of that source, so that importing it again is noticed. */
  readonly key: string
}

export interface ImportPart {
  readonly importId: string
  /** 1 to `parts`. An import of which parts are missing was cut short; importing the file again adds what is missing. */
  readonly part: number
  readonly parts: number
  readonly source: ImportSource
  /** Without its folders. */
  readonly fileName: string
  /** Who bought it; not there while there are no members. */
  readonly memberId?: string
  /** Whether the charges count against the limits, at their own time. */
  readonly counts: boolean
  /**
   * The numbers of charges that count already, through an earlier import that was undone: what was counted stays counted, and nothing
   * counts twice. Not there where there are none.
   */
  readonly countedBefore?: readonly number[]
  readonly rows: readonly ImportedRow[]
}

/** Whether the id stands for a seller that only imports know. */
export const isElsewhere = (sellerId: string): boolean => sellerId.startsWith('elsewhere:')

/** Of a name's letters so many stand in its id; what is longer is told apart by a fingerprint. */
const longestPlain = 60

/**
 * What stands for a seller or a funding source that this client does not know: an identifier (contract/text.ts) made of the source and
 * the name. Letters outside of ASCII go by their numbers in base 36, each between dots, so that names in any script stay apart.
 */
export function elsewhereId(source: ImportSource, name: string): string {
  const letters = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/gu, (run) =>
    /\p{L}|\p{N}/u.test(run) ? `.${Array.from(run, (letter) => letter.codePointAt(0)?.toString(36)).join('.')}.` : '-',
  )
  const plain = letters.replaceAll(/^-+|-+$/g, '')
  if (plain === '') return name === '' ? `elsewhere:${source}` : `elsewhere:${source}:x-${fingerprint(name)}`
  return `elsewhere:${source}:${plain.length <= longestPlain ? plain : `${plain.slice(0, longestPlain)}-${fingerprint(plain)}`}`
}

const mask = (1n << 64n) - 1n

/** FNV-1a with 64 bits (Fowler, Noll and Vo), over UTF-16 code units, in base 36. Names that are made to collide harm nobody but who imports them. */
function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (let at = 0; at < text.length; at += 1) hash = ((hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n) & mask
  return hash.toString(36)
}
