import { beancount } from './beancount.ts'
import { csv } from './csv.ts'
import type { ExportFormat } from './export-line.ts'
import { hledger } from './hledger.ts'
import { jsonLines } from './json-lines.ts'
import { ofx } from './ofx.ts'

export const exportFormats = {
  csv: { extension: 'csv', write: csv },
  jsonl: { extension: 'jsonl', write: jsonLines },
  hledger: { extension: 'journal', write: hledger },
  beancount: { extension: 'beancount', write: beancount },
  ofx: { extension: 'ofx', write: ofx },
} as const satisfies Record<string, { readonly extension: string; readonly write: ExportFormat }>

export type ExportFormatName = keyof typeof exportFormats

export function isExportFormat(name: string): name is ExportFormatName {
  return Object.hasOwn(exportFormats, name)
}
