/** What a plain CSV file probably means, from its header and from what its cells look like. */
import { dateReader, type DateOrder, orderIn } from '../../../domain/imports/date-text.ts'
import { currencyNamed, decimalIn, readMoney } from '../../../domain/imports/money-text.ts'
import type { CsvMapping } from '../../ports/import-reader.ts'
import { type Columns, columnsOf, headerRow } from './column-names.ts'
import { type Delimiter, firstRecords } from './csv-records.ts'

export interface Table {
  readonly delimiter: Delimiter
  /** The number of the record that names the columns, from 0; -1 where none does. */
  readonly header: number
  readonly columns: readonly string[]
  /** What stands before the header. */
  readonly before: string
  readonly roles: Columns
  /** The first records behind the header. */
  readonly sample: readonly (readonly string[])[]
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|']

/** The table that a text begins with, or null for what is no table: rows of the same length, of two cells at least. */
export function tableIn(head: string, isWhole: boolean, given: Delimiter | null): Table | null {
  const all = (given === null ? delimiters : [given]).map((delimiter) => {
    const records = firstRecords(head, delimiter, isWhole)
    const width = usual(records.map(({ length }) => length))
    const alike = records.filter(({ length }) => length === width).length
    return { delimiter, records, width, alike: alike / Math.max(records.length, 1) }
  })
  const likely = all.filter(({ width, alike, records }) => width > 1 && alike >= 0.6 && (records.length > 1 || isHeader(records[0] ?? [])))
  const best = likely.toSorted((a, b) => b.alike * Math.min(b.width, 12) - a.alike * Math.min(a.width, 12))[0]
  const table = best ?? (given === null ? undefined : all[0])
  if (!table || table.records.length === 0) return null
  const header = headerRow(table.records, (record) => record.some(isDate))
  const names = table.records[header] ?? []
  const width = header < 0 ? table.width : names.length
  return {
    delimiter: table.delimiter,
    header,
    columns: Array.from({ length: width }, (_, index) => names[index]?.trim().slice(0, 200).toWellFormed() || String(index + 1)),
    before: table.records.slice(0, Math.max(header, 0)).flat().join(' ').slice(0, 2000),
    roles: columnsOf(names),
    sample: table.records.slice(header + 1).filter(({ length }) => length >= Math.min(width, 2)),
  }
}

/** A header alone is a table without rows, or with a first row that is longer than what is looked at here. */
function isHeader(record: readonly string[]): boolean {
  const { date, amount, debit } = columnsOf(record)
  return date !== undefined && (amount ?? debit) !== undefined
}

function usual(lengths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1)
  return [...counts].toSorted(([a, x], [b, y]) => y - x || b - a)[0]?.[0] ?? 0
}

const readUtc = dateReader('UTC')
const isDate = (text: string): boolean => (['dayFirst', 'monthFirst'] as const).some((order) => readUtc(text, order) !== null)
const hasSign = (text: string): boolean => readMoney(text).kind === 'money'
const isAmount = (text: string): boolean => readMoney(text, { currency: 'EUR' }).kind === 'money' || hasSign(text)

/** The columns that a mapping can have: a guess for each, from the header first and then from the cells. */
export function guessColumns({ columns, roles, sample }: Table): Required<Pick<Columns, 'date' | 'item' | 'amount'>> & Columns {
  const free = new Set(columns.keys())
  for (const taken of Object.values(roles)) free.delete(taken)
  const best = (rate: (cells: readonly string[]) => number, least: number): number | undefined => {
    const rated = [...free].map((column) => ({ column, rating: rate(cellsOf(sample, column)) }))
    const found = rated.toSorted((a, b) => b.rating - a.rating || a.column - b.column)[0]
    if (!found || found.rating < least) return undefined
    free.delete(found.column)
    return found.column
  }
  const share = (test: (cell: string) => boolean) => (cells: readonly string[]) => cells.filter(test).length / Math.max(cells.length, 1)
  const date = roles.date ?? best(share(isDate), 0.5)
  const isSplit = roles.debit !== undefined && roles.credit !== undefined
  const amount = isSplit ? undefined : (roles.amount ?? roles.debit ?? best((cells) => share(isAmount)(cells) + share((cell) => /[.,]\d{2}\b|\p{Sc}/u.test(cell))(cells), 0.5))
  const currency = roles.currency ?? best(share((cell) => /^[A-Z]{3}$/.test(cell) && currencyNamed(cell, null) !== null), 0.8)
  const item = roles.item ?? roles.game ?? best((cells) => share((cell) => /\p{L}{2}/u.test(cell))(cells) * 100 + averageLength(cells), 50)
  return {
    ...roles,
    date: date ?? 0,
    amount: amount ?? Math.min(columns.length - 1, 1),
    item: item ?? roles.payee ?? Math.min(columns.length - 1, 2),
    ...(currency !== undefined && { currency }),
  }
}

const cellsOf = (sample: Table['sample'], column: number): string[] => sample.map((record) => record[column]?.trim() ?? '').filter((cell) => cell !== '')

const averageLength = (cells: readonly string[]): number => Math.min(50, cells.reduce((sum, { length }) => sum + length, 0) / Math.max(cells.length, 1))

/** What is counted over all rows of a file before it is said how it writes dates and amounts. */
export interface Evidence {
  readonly orders: Record<DateOrder, number>
  readonly decimals: Record<',' | '.', number>
  readonly signs: { negative: number; positive: number }
  /** Whether dates are written with slashes. */
  slashes: number
}

export const noEvidence = (): Evidence => ({ orders: { iso: 0, dayFirst: 0, monthFirst: 0 }, decimals: { ',': 0, '.': 0 }, signs: { negative: 0, positive: 0 }, slashes: 0 })

export function weigh(evidence: Evidence, date: string, amounts: readonly string[]): void {
  const order = orderIn(date)
  if (order !== null) evidence.orders[order] += 1
  if (date.includes('/')) evidence.slashes += 1
  for (const amount of amounts) {
    const decimal = decimalIn(amount)
    if (decimal !== null) evidence.decimals[decimal] += 1
    if (/[1-9]/.test(amount)) evidence.signs[/[-\u2212(]/u.test(amount) ? 'negative' : 'positive'] += 1
  }
}

/** Whether more rows could tell nothing new about dates and decimals. */
export const isDecided = ({ orders, decimals }: Evidence): boolean => orders.iso + orders.dayFirst + orders.monthFirst > 0 && decimals[','] + decimals['.'] > 0

export function mappingFrom(table: Table, evidence: Evidence, homeCurrency: string | null): CsvMapping {
  const columns = guessColumns(table)
  const { debit, credit } = table.roles
  const isSplit = debit !== undefined && credit !== undefined
  const money = cellsOf(table.sample, isSplit ? debit : columns.amount)
  const ownSigns = money.filter(hasSign).length > money.length / 2
  const currency = columns.currency ?? (ownSigns && !isSplit ? columns.amount : undefined)
  const { signs, decimals } = evidence
  return {
    delimiter: table.delimiter,
    date: columns.date,
    dateOrder: orderFrom(evidence, money, homeCurrency),
    item: columns.item,
    payee: columns.payee === columns.item ? null : (columns.payee ?? null),
    amount: isSplit ? { kind: 'split', debit, credit } : { kind: 'signed', column: columns.amount, spendingIs: signs.negative > signs.positive ? 'negative' : 'positive' },
    decimal: decimals[','] === decimals['.'] ? (table.delimiter === ';' ? ',' : '.') : decimals[','] > decimals['.'] ? ',' : '.',
    currency: currency === undefined ? { code: homeCurrency ?? 'EUR' } : { column: currency },
    order: columns.order ?? null,
  }
}

/** Where no row tells, slashes in dollars are the American order, and everything else has the day first. */
function orderFrom({ orders, slashes }: Evidence, money: readonly string[], homeCurrency: string | null): DateOrder {
  const told = (['iso', 'dayFirst', 'monthFirst'] as const).toSorted((a, b) => orders[b] - orders[a])[0] ?? 'iso'
  if (orders[told] > 0) return told
  return slashes > 0 && (homeCurrency === 'USD' || money.some((cell) => cell.includes('$'))) ? 'monthFirst' : 'dayFirst'
}
