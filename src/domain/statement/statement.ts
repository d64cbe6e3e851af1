/**
 * What a month came to: what had been spent before, every line, and what has been spent since. Made of the lines of the history, so that its
 * numbers are those of screen, export and ledger. Money that comes back is a sum of its own, never taken off what was spent.
 */
import { startOfDay } from '../export/export-text.ts'
import type { HistoryLine } from '../history/line.ts'
import { compareLines } from '../history/order.ts'
import { type CurrencyTotal, summarise } from '../history/summary.ts'

export interface StatementTotal extends CurrencyTotal {
  /** How much of `debit` and `credit` was bought elsewhere and imported, in minor units: the ledger has no postings for that. */
  readonly importedDebit: bigint
  readonly importedCredit: bigint
}

export interface SellerTotal extends StatementTotal {
  readonly sellerId: string
  /** As the seller is called by the newest line. */
  readonly payee: string
}

export interface StatementSums {
  /** All before the month, since the log began; of imports also from before that. By the code of the currency, as all totals. */
  readonly opening: readonly StatementTotal[]
  /** Of the month, by name, and of one seller by currency. */
  readonly sellers: readonly SellerTotal[]
  readonly totals: readonly StatementTotal[]
  /** Opening and month together, which is the opening of the next month. */
  readonly closing: readonly StatementTotal[]
}

export interface Month {
  /** `2026-10`, by the calendar of the zone. */
  readonly month: string
  readonly from: string
  /** RFC 3339 in UTC, both: the first moment of the month, and the first one after it. */
  readonly before: string
}

/** Throws RangeError for anything but a calendar month. */
export function monthIn(zone: string, month: string): Month {
  const [, year = '', number = ''] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? []
  if (year === '') throw new RangeError(`not a month: ${month}`)
  const next = number === '12' ? `${String(Number(year) + 1).padStart(4, '0')}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`
  return { month, from: startOfDay(`${month}-01`, zone), before: startOfDay(`${next}-01`, zone) }
}

/** The statement's sums from what sellers come to; nothing is counted that is not in one of both. */
export function sumsOf(opening: readonly StatementTotal[], sellers: readonly SellerTotal[]): StatementSums {
  const before = merged(opening)
  const totals = merged(sellers)
  return { opening: before, sellers: sellers.toSorted(bySeller), totals, closing: merged([...before, ...totals]) }
}

/** What the lines come to for each currency. */
export function totalsOf(lines: Iterable<HistoryLine>): StatementTotal[] {
  const all = [...lines]
  const elsewhere = summarise(all.filter(({ source }) => source !== 'tuppence'), () => '').totals
  return summarise(all, () => '').totals.map((total) => {
    const imported = elsewhere.find(({ currency }) => currency === total.currency)
    return { ...total, importedDebit: imported?.debit ?? 0n, importedCredit: imported?.credit ?? 0n }
  })
}

/** What the lines come to for each seller and currency. */
export function sellersOf(lines: Iterable<HistoryLine>): SellerTotal[] {
  const groups = Map.groupBy(lines, ({ sellerId }) => sellerId)
  return [...groups].flatMap(([sellerId, own]) => {
    const newest = own.reduce((last, line) => (line.seq >= last.seq ? line : last))
    return totalsOf(own).map((total) => ({ ...total, sellerId, payee: newest.payee }))
  })
}

export interface BuiltStatement extends StatementSums {
  readonly month: Month
  /** Of the month, oldest first. */
  readonly lines: readonly HistoryLine[]
}

/** The statement of a month from all lines that its reader may see; what that means, however an index may come by the same. */
export function buildStatement(all: readonly HistoryLine[], month: Month): BuiltStatement {
  const lines = all.filter(({ at }) => at >= month.from && at < month.before)
  const opening = totalsOf(all.filter(({ at }) => at < month.from))
  return { month, ...sumsOf(opening, sellersOf(lines)), lines: lines.toSorted(oldestFirst) }
}

/** As the index orders them by time, ascending. */
export function oldestFirst(one: HistoryLine, other: HistoryLine): number {
  return compareLines(one, other, { by: 'at', direction: 'ascending' }, {})
}

/** Whether both say the same of every currency. */
export function isSameTotals(one: readonly StatementTotal[], other: readonly StatementTotal[]): boolean {
  const text = (totals: readonly StatementTotal[]) =>
    merged(totals).map(({ currency, debit, credit, pending, lines, importedDebit, importedCredit }) =>
      [currency, debit, credit, pending, lines, importedDebit, importedCredit].join(' ')).join('\n')
  return text(one) === text(other)
}

function merged(parts: readonly StatementTotal[]): StatementTotal[] {
  const sums = new Map<string, StatementTotal>()
  for (const part of parts) {
    const { currency } = part
    const { debit, credit, pending, lines, importedDebit, importedCredit } = sums.get(currency) ?? nothing
    sums.set(currency, {
      currency,
      debit: debit + part.debit,
      credit: credit + part.credit,
      pending: pending + part.pending,
      lines: lines + part.lines,
      importedDebit: importedDebit + part.importedDebit,
      importedCredit: importedCredit + part.importedCredit,
    })
  }
  return [...sums.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1))
}

const nothing = { debit: 0n, credit: 0n, pending: 0n, lines: 0, importedDebit: 0n, importedCredit: 0n }

/** By code units, so that it does not depend on who looks. */
function bySeller(one: SellerTotal, other: SellerTotal): number {
  const key = ({ payee, sellerId, currency }: SellerTotal) => [payee.toLowerCase(), sellerId, currency].join('\n')
  return key(one) < key(other) ? -1 : 1
}
