/**
 * CSV for spreadsheets. Sources: RFC 4180 (commas, CRLF, quotes doubled, a header); OWASP, CSV Injection, and ASVS 5.0, 1.2.10
 * (which first characters make a cell a formula). Begins with a byte order mark, since Excel takes a file without one for
 * Windows-1252 and spoils every umlaut. The columns are in docs/EXPORT.md.
 */
import type { ExportFormat, ExportLine } from './export-line.ts'
import { decimalOf, isPlain, type LocalTime, localTimeIn, oneLine, percentOf } from './export-text.ts'

const byteOrderMark = '\uFEFF'

/**
 * Text that no spreadsheet takes for a formula: an apostrophe goes before whatever could begin one, at the start of the cell, and
 * after a semicolon as well, where a program that separates by semicolons would begin a new cell.
 */
function text(value: string): string {
  if (value === '' || isPlain(value)) return value
  const harmless = oneLine(value).replace(/(^|;)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, "$1'")
  return /[",;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

interface Cell {
  readonly line: ExportLine
  readonly at: LocalTime
  readonly approvedAt: LocalTime
}

/** Only `text` cells hold what others wrote; all others are numbers, times, or words of this list. */
const columns: readonly (readonly [name: string, cell: (of: Cell) => string])[] = [
  ['Date', ({ at }) => at.iso],
  ['Approved', ({ approvedAt }) => approvedAt.iso],
  ['Line', ({ line }) => line.kind],
  ['State', ({ line }) => line.state],
  ['Payee', ({ line }) => text(line.payee)],
  ['Item', ({ line }) => text(line.item)],
  ['Game', ({ line }) => text(line.game)],
  ['Kind', ({ line }) => line.offerKind ?? ''],
  ['Bundle count', ({ line }) => String(line.bundle?.count ?? '')],
  ['Bundle unit', ({ line }) => text(line.bundle?.unit ?? '')],
  ['Pass days', ({ line }) => String(line.passDays ?? '')],
  ['Currency', ({ line }) => line.price.currency],
  ['Price', ({ line }) => decimalOf(line.price.amount, line.price.currency)],
  ['Debit', ({ line }) => (isDebit(line) ? decimalOf(line.moved, line.price.currency) : '')],
  ['Credit', ({ line }) => (line.moved < 0n ? decimalOf(-line.moved, line.price.currency) : '')],
  ['Tax in price', ({ line }) => (line.tax ? decimalOf(line.tax.amount, line.price.currency) : '')],
  ['Tax rate %', ({ line }) => (line.tax ? percentOf(line.tax.rateBasisPoints) : '')],
  ['Receipt', ({ line }) => text(line.receiptNumber ?? '')],
  ['Reference', ({ line }) => text(line.reference ?? '')],
  ['Who', ({ line }) => text(line.who ?? '')],
  ['Funding source', ({ line }) => text(line.fundingSource.label ?? line.fundingSource.id)],
  ['Reason', ({ line }) => text(line.reason ?? '')],
  ['Purchase', ({ line }) => text(line.purchaseId)],
  ['Id', ({ line }) => text(line.id)],
  ['Source', ({ line }) => line.source],
]

/** What was free is a debit of nothing, so that it is told apart from what moved no money. */
function isDebit({ kind, moved }: ExportLine): boolean {
  return moved > 0n || kind === 'charge'
}

const row = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

export const csv: ExportFormat = function* (lines, { zone }) {
  const local = localTimeIn(zone)
  yield byteOrderMark + row(columns.map(([name]) => name))
  for (const line of lines) {
    const of = { line, at: local(line.at), approvedAt: local(line.approvedAt) }
    yield row(columns.map(([, cell]) => cell(of)))
  }
}
