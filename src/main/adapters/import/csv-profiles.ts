/**
 * Whose CSV file it is, and what of it goes beyond a mapping.
 *
 * Steam: Steam itself gives no CSV file that we know of. Read are the copies of its account history that these make: the user script
 * joex92/Steam-One-Click-Purchase-History-CSV-Exporter (Date, Items, Price, Discount, Tax, a column for each method of payment, Total,
 * Wallet Change, Wallet Balance; items are separated by ` | `) and the extension dogagcmnr/steamexporter (the columns of the page; lines
 * of a cell are separated by ` / `), and others with those columns.
 *
 * PlayStation and Xbox: neither Sony nor Microsoft documents a CSV file of purchases, and we have found none to look at. Certain are only
 * words of their pages: Sony's `Product Purchase` and `Wallet Funding` (Natino64/Playstation-Purchases), its content ids such as
 * `UP0177-CUSA13186_00-…` (SethRobinson/PSGameDataScraper), and that Microsoft's order history has a day, an order number, a name, a price
 * such as `USD$0.99`, and a status. So any CSV file is read whose columns can be told by their names.
 */
import type { ImportSource } from '../../../domain/imports.ts'
import { columnKey } from './column-names.ts'
import type { Table } from './guess-mapping.ts'

export type CsvSource = Exclude<ImportSource, 'googlePlay' | 'ofx'>

/** The header of our own export (src/domain/export/csv.ts). */
const ownColumns = ['date', 'approved', 'line', 'state', 'payee', 'item', 'currency', 'debit', 'credit', 'receipt', 'purchase', 'id']

export function isOwnExport(columns: readonly string[]): boolean {
  const keys = new Set(columns.map(columnKey))
  return ownColumns.every((name) => keys.has(name))
}

/** Undoes what our export does against formulas: an apostrophe before what a spreadsheet would take for one. */
export const withoutGuard = (cell: string): string => cell.replaceAll(/(^|;)'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, '$1')

/**
 * Whose it is by its columns and by how it begins; `csv` where it is nobody's that is known. A list that says who was paid is not a store's
 * own, whichever stores are in it.
 */
export function csvSourceOf({ columns, roles, before }: Pick<Table, 'columns' | 'roles' | 'before'>, head: string): CsvSource {
  if (isOwnExport(columns)) return 'csv'
  const keys = new Set(columns.map(columnKey))
  if (keys.has('items') && (keys.has('wallet change') || keys.has('wallet balance'))) return 'steam'
  if (roles.payee !== undefined || roles.debit !== undefined) return 'csv'
  const title = `${before} ${columns.join(' ')}`
  if (/\b(PlayStation|PSN)\b/i.test(title) || /\bWallet Funding\b|\b[A-Z]{2}\d{4}-[A-Z]{4}\d{5}_\d{2}\b/.test(head)) return 'playStation'
  const isOrders = roles.order !== undefined && (roles.item !== undefined || roles.status !== undefined)
  const named = /\b(Xbox|Microsoft)\b/i
  return isOrders && (named.test(title) || (roles.status !== undefined && named.test(head))) ? 'xbox' : 'csv'
}

/** Who was paid, where the file does not say. */
export const payeeOf: Readonly<Record<CsvSource, string>> = { steam: 'Steam', playStation: 'PlayStation Store', xbox: 'Microsoft Store', csv: 'CSV' }
