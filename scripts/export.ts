/**
 * `npm run export -- --data DIR --format csv|jsonl|hledger|beancount|ofx --out FILE [--from DATE] [--to DATE]` writes every purchase of
 * a data folder to a file that other programs read (docs/EXPORT.md). Without the app, which may run; writes nothing into the folder.
 *
 * Exit codes: 0 written; 3 it could not be written; 64 wrong use (sysexits.h, EX_USAGE); 130 interrupted, and nothing is left.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isExportFormat } from '../src/domain/export/formats.ts'
import { startOfDay } from '../src/domain/export/export-text.ts'
import { everyLine } from '../src/domain/history/filter.ts'
import { createThreadExports } from '../src/main/adapters/export/thread-exports.ts'
import { openToday } from '../src/main/adapters/sqlite/open-today.ts'
import { rowsOf } from '../src/main/adapters/sqlite/rows.ts'
import { systemZone } from '../src/main/adapters/system/system-zone.ts'
import type { ExportEnd, ExportProblem, ExportProgress, ExportWish } from '../src/main/ports/exports.ts'
import { namesOf } from '../src/main/usecases/person-names.ts'

const usage = 'npm run export -- --data DIR --format csv|jsonl|hledger|beancount|ofx --out FILE [--from DATE] [--to DATE]'

const problems: Record<ExportProblem, string> = {
  diskFull: 'The disk is full. Make room or choose another one.',
  notAllowed: 'You may not write there. Choose another folder.',
  noFolder: 'There is no such folder. Make it or choose another one.',
  isFolder: 'There is a folder of that name. Choose another name.',
  notWritten: 'The disk did not take it.',
  ledgerUnreadable: 'The ledger cannot be read. `npm run verify -- DIR` says more.',
}

function dayOf(text: string | undefined, option: string): string | null {
  if (text === undefined) return null
  try {
    startOfDay(text, 'UTC')
    return text
  } catch {
    throw new TypeError(`${option} wants a day such as 2026-11-23, not ${text}`)
  }
}

function readOptions() {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { data: text, format: text, out: text, from: text, to: text } })
  const { data, format, out } = values
  if (data === undefined || format === undefined || out === undefined) throw new TypeError('a data folder, a format and a file are wanted')
  if (!isExportFormat(format)) throw new TypeError(`there is no format ${format}`)
  const [fromDay, toDay] = [dayOf(values.from, '--from'), dayOf(values.to, '--to')]
  if (fromDay !== null && toDay !== null && fromDay > toDay) throw new TypeError('--from is after --to')
  return { dataDir: resolve(data), file: resolve(out), format, fromDay, toDay }
}

/** Whoever owns the data folder gets all that is in it. */
function questionFor(ledgerFile: string, fromDay: string | null, toDay: string | null): ExportWish['question'] {
  const db = openToday(ledgerFile)
  try {
    const rows = rowsOf(db)
    const zone = rows.controls().household?.zone ?? systemZone()
    const [from, before] = [fromDay && startOfDay(fromDay, zone), toDay && startOfDay(toDay, zone, 1)]
    return { filter: { ...everyLine, from, before }, seen: null, names: namesOf(rows), zone }
  } finally {
    db.close()
  }
}

function showProgress({ done, total, lines }: ExportProgress): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${Math.floor((100 * done) / total)} %, ${lines} lines`)
}

async function main(): Promise<number> {
  const { dataDir, file, format, fromDay, toDay } = readOptions()
  const ledgerFile = join(dataDir, 'ledger.sqlite')
  if (!existsSync(ledgerFile)) {
    console.error('Not exported. There is no ledger in this folder. Give the data folder, the one that holds ledger.sqlite.')
    return 3
  }
  const workerFile = fileURLToPath(new URL('../src/main/adapters/export/export-worker.ts', import.meta.url))
  const exports = createThreadExports({ ledgerFile, workerFile, clock: Date })
  const cancel = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort())
  const question = questionFor(ledgerFile, fromDay, toDay)
  const end = await exports.write({ format, question }, file, { signal: cancel.signal, onProgress: showProgress })
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K')
  return tell(end, file)
}

function tell(end: ExportEnd, file: string): number {
  switch (end.kind) {
    case 'written':
      console.log(`${end.lines} lines written to ${file}`)
      return 0
    case 'cancelled':
      console.error('Interrupted. Nothing was written.')
      return 130
    case 'failed':
      console.error(`Not exported. ${problems[end.problem]}`)
      return 3
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const isUse = error instanceof TypeError
  console.error(isUse ? `${error.message}\nUse: ${usage}` : `Not exported. ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = isUse ? 64 : 3
}
