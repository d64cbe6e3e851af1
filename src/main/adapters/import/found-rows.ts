import type { ImportedRow, ImportSource } from '../../../domain/imports.ts'
import type { ReadDate } from '../../../domain/imports/date-text.ts'
import type { Money } from '../../../domain/money.ts'
import type { BadRow, BadRowReason } from '../../ports/import-reader.ts'
import type { DraftRow } from './draft-row.ts'
import { keysFor } from './row-keys.ts'
import { linkRefunds } from './link-refunds.ts'
import { excerpt, nameFrom } from './names.ts'

/** So many entries at most. */
export const mostRows = 1_000_000

/** More than that many entries. */
export class TooManyRows extends Error {}

/** What a file says about a transaction, before it is judged. Names are as they stand there. */
export interface FoundRow {
  /** Null for one that shares the entry of another: it is counted on behind the last. */
  readonly n: number | null
  readonly kind: 'charge' | 'refund'
  readonly date: ReadDate | null
  readonly item: string
  readonly game?: string | undefined
  readonly payee: string
  /** More than nothing. */
  readonly money: Money
  readonly order?: string | undefined
  readonly reference?: string | undefined
  readonly paidWith?: string | undefined
  /** The file says itself that it was given back. */
  readonly isRefunded?: boolean
  /** The name as every file of that source has it, where that is another than `item`. */
  readonly commonName?: string | undefined
  /** What tells two of the same kind, day, name and amount apart, where every file of that source has it. */
  readonly identity?: string | undefined
}

export interface FoundRows {
  add(found: FoundRow, text: () => string): void
  bad(n: number, reason: BadRowReason, text: string): void
  finish(): { readonly rows: ImportedRow[]; readonly bad: BadRow[] }
}

const earliest = '1990-01-01'

export function createFoundRows({ source, nowMs }: { readonly source: ImportSource; readonly nowMs: number }): FoundRows {
  const drafts: DraftRow[] = []
  const bad: BadRow[] = []
  let highest = 0
  const now = new Date(nowMs).toISOString()
  const counted = (n: number | null) => {
    if (drafts.length + bad.length >= mostRows) throw new TooManyRows()
    highest = Math.max(highest, n ?? 0)
  }
  const refuse = (n: number | null, reason: BadRowReason, text: string) => {
    counted(n)
    bad.push({ n: n ?? highest, reason, text: excerpt(text) })
  }
  return {
    add(found, text) {
      const draft = draftOf(found, now)
      if (typeof draft === 'string') return refuse(found.n, draft, text())
      counted(found.n)
      drafts.push(draft)
    },
    bad: refuse,
    finish() {
      for (const draft of drafts) draft.n ??= highest += 1
      linkRefunds(drafts)
      const keyOf = keysFor(source)
      return { rows: drafts.map((draft) => rowOf(draft, keyOf(draft))), bad }
    },
  }
}

function rowOf({ row, n, of }: DraftRow, key: string): ImportedRow {
  return { n: n ?? 0, ...row, ...(of && of.n !== null && { of: of.n }), key }
}

function draftOf(found: FoundRow, now: string): DraftRow | BadRowReason {
  const { kind, date, money } = found
  if (date === null) return 'noDate'
  const at = momentOf(date, now)
  if (at === null) return 'impossibleDate'
  if (money.amount <= 0n) return 'free'
  if (found.item.trim() === '') return 'noItem'
  const [item, payee] = [nameFrom(found.item), nameFrom(found.payee)]
  if (item === null || payee === null) return 'badText'
  const optional = { game: named(found.game), order: named(found.order), reference: named(found.reference), paidWith: named(found.paidWith) }
  return {
    row: {
      kind,
      at,
      item,
      ...(optional.game !== null && { game: optional.game }),
      payee,
      amount: { amount: money.amount.toString(), currency: money.currency },
      ...(optional.order !== null && { order: optional.order }),
      ...(optional.reference !== null && { reference: optional.reference }),
      state: 'succeeded',
      ...(optional.paidWith !== null && { paidWith: optional.paidWith }),
    },
    n: found.n,
    day: date.day,
    minor: money.amount,
    commonName: found.commonName ?? item,
    identity: found.identity ?? '',
    isRefunded: found.isRefunded ?? false,
    of: null,
  }
}

/** Null where it cannot have been then. What was bought today was bought by now, also where noon is still to come. */
function momentOf({ at, hasTime }: ReadDate, now: string): string | null {
  if (at < earliest) return null
  if (at <= now) return at
  return !hasTime && Date.parse(at) - Date.parse(now) <= halfDayMs ? now : null
}

const halfDayMs = 12 * 3_600_000

/** What is only shown beside is left out rather than the row. */
const named = (text: string | undefined): string | null => (text === undefined || text === '' ? null : nameFrom(text))
