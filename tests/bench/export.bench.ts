/** Exporting a long history. Alone: `node tests/bench/export.bench.ts [PURCHASES] [FORMAT,FORMAT]`. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ExportFormatName } from '../../src/domain/export/formats.ts'
import { generateLedger } from '../support/generated-ledger.ts'
import { round } from './statistics.ts'

interface ExportFigures {
  readonly format: ExportFormatName
  readonly lines: number
  /** Goal for CSV of 1,000,000 purchases: at most 12. */
  readonly seconds: number
  /** Of the processor, which says more than seconds where others use it as well. */
  readonly cpuSeconds: number
  /** Goal: at most 150. */
  readonly memoryAboveRestMB: number
  /** How long the process that started the thread did not answer; goal: at most 100. */
  readonly longestGapMs: number
  readonly fileMB: number
}

const child = fileURLToPath(new URL('./export-child.ts', import.meta.url))

export async function benchExport(purchases: number, formats: readonly ExportFormatName[] = ['csv']): Promise<{ purchases: number; exports: ExportFigures[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-bench-'))
  try {
    const ledger = join(folder, 'ledger.sqlite')
    generateLedger(ledger, purchases)
    const exports: ExportFigures[] = []
    for (const format of formats) {
      const file = join(folder, format)
      const { stdout } = await promisify(execFile)(process.execPath, [child, ledger, file, format])
      exports.push({ format, ...(JSON.parse(stdout) as Omit<ExportFigures, 'format' | 'fileMB'>), fileMB: round(statSync(file).size / 1e6, 0) })
      rmSync(file)
    }
    return { purchases, exports }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

if (import.meta.main) {
  const formats = (process.argv[3] ?? 'csv').split(',') as ExportFormatName[]
  console.log(await benchExport(Number(process.argv[2] ?? 1_000_000), formats))
}
