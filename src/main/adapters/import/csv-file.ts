import { dateReader } from '../../../domain/imports/date-text.ts'
import type { BadRowReason, CsvMapping, ReadImport } from '../../ports/import-reader.ts'
import { columnKey } from './column-names.ts'
import { type CsvSource, isOwnExport } from './csv-profiles.ts'
import { eachRecord } from './csv-records.ts'
import { rowsOf, type RowContext } from './csv-rows.ts'
import type { FileText } from './file-text.ts'
import type { FoundRows } from './found-rows.ts'
import { guessColumns, isDecided, mappingFrom, noEvidence, type Table, weigh } from './guess-mapping.ts'
import { excerpt } from './names.ts'

/** So many rows are shown as they are. */
const sampleRows = 8

export interface CsvOptions {
  readonly source: CsvSource
  readonly mapping: CsvMapping | null
  readonly zone: string
  readonly homeCurrency: string | null
  /** Bytes that were read in this pass; there are two where the mapping is guessed. */
  readonly onBytes: (bytes: number) => void
}

export type CsvTable = NonNullable<Extract<ReadImport, { kind: 'read' }>['table']>

/** Reads all records into `rows`. Throws what `onBytes` throws. */
export async function readCsvFile(text: FileText, table: Table, rows: FoundRows, options: CsvOptions): Promise<CsvTable> {
  const { source, homeCurrency, zone } = options
  const mapping = options.mapping ?? (await guess(text, table, options))
  const context: RowContext = {
    source,
    roles: table.roles,
    isOwn: isOwnExport(table.columns),
    mapping,
    payments: source === 'steam' ? paymentColumns(table) : [],
    homeCurrency,
    readDate: dateReader(zone),
  }
  const width = table.columns.length
  const excerptOf = (cells: readonly string[]) => cells.map((cell) => cell.slice(0, 200)).slice(0, 50).join(mapping.delimiter)
  let records = 0
  await eachRecord(() => text.chunks(options.onBytes), mapping.delimiter, {
    onBroken: (line) => rows.bad(line, 'wrongColumns', ''),
    onRecord(cells, line) {
      records += 1
      if (records <= table.header + 1) return
      const found: ReturnType<typeof rowsOf> | BadRowReason = hasWidth(cells, width) ? rowsOf(cells, line, context) : 'wrongColumns'
      if (typeof found === 'string') rows.bad(line, found, excerptOf(cells))
      else for (const row of found) rows.add(row, () => excerptOf(cells))
    },
  })
  const sample = table.sample.slice(0, sampleRows).map((cells) => cells.slice(0, width).map(excerpt))
  return { columns: table.columns.map(excerpt), sample, mapping }
}

/** Cells that are empty may be more, as spreadsheets leave them behind. */
const hasWidth = (cells: readonly string[], width: number): boolean => cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell.trim() === ''))

/** After so many rows it is known which way the signs go; all are looked at while it is open in which order dates are. */
const enoughRows = 5000

async function guess(text: FileText, table: Table, { homeCurrency, onBytes }: CsvOptions): Promise<CsvMapping> {
  const { date, amount } = guessColumns(table)
  const { debit, credit } = table.roles
  const columns = debit === undefined || credit === undefined ? [amount] : [debit, credit]
  const evidence = noEvidence()
  let records = 0
  const enough = new Error('nothing is open any more')
  try {
    await eachRecord(() => text.chunks(onBytes), table.delimiter, {
      onBroken() {},
      onRecord(cells) {
        records += 1
        if (records <= table.header + 1) return
        weigh(evidence, cells[date] ?? '', columns.map((column) => cells[column] ?? ''))
        if (records > enoughRows && isDecided(evidence)) throw enough
      },
    })
  } catch (error) {
    if (error !== enough) throw error
  }
  return mappingFrom(table, evidence, homeCurrency)
}

/** Between the tax and the total, one script for Steam's page has a column for each method of payment. */
function paymentColumns({ columns }: Table): { column: number; name: string }[] {
  const keys = columns.map(columnKey)
  const [from, to] = [Math.max(keys.indexOf('tax'), keys.indexOf('discount')), keys.indexOf('total')]
  if (from < 0 || to < from) return []
  return columns.slice(from + 1, to).flatMap((name, index) => (columnKey(name) === 'shipping' ? [] : [{ column: from + 1 + index, name }]))
}
