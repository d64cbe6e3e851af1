/** What LibreOffice makes of the CSV, as a person who opens it would see it. Left out where it is not installed. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { which } from '../../../scripts/lib/which.mjs'
import { csv } from '../../../src/domain/export/csv.ts'
import type { ExportLine } from '../../../src/domain/export/export-line.ts'
import { arbitraryHistory } from '../../support/arbitrary-history.ts'
import { exportedFrom, exportHead, exportLine, parseCsv, sumsOf } from '../../support/export-lines.ts'

const soffice = which('soffice')

/**
 * Opens the file as a table separated by commas in UTF-8 and writes what is in its cells as text again: 44 is the comma, 34 the quote, 76 UTF-8,
 * then every column's own format with dates left as text, which is what its box proposes. Source: LibreOffice Help, filter options of CSV.
 */
function opened(text: string): Record<string, string>[] {
  const folder = mkdtempSync(join(tmpdir(), 'tuppence-sheet-'))
  try {
    writeFileSync(join(folder, 'history.csv'), text)
    const [profile, read, write] = [`-env:UserInstallation=file://${folder}/profile`, '44,34,76,1,,1033,false,false', '44,34,76,1,,1033,false,false,false']
    const to = ['--convert-to', `csv:Text - txt - csv (StarCalc):${write}`, '--outdir', join(folder, 'out')]
    execFileSync(soffice ?? '', [profile, '--headless', `--infilter=Text - txt - csv (StarCalc):${read}`, ...to, join(folder, 'history.csv')], { stdio: 'pipe' })
    // It ends lines as Unix does.
    return parseCsv(readFileSync(join(folder, 'out', 'history.csv'), 'utf8').replaceAll(/\r?\n/g, '\r\n'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Numbers as a spreadsheet holds them: exact up to fifteen digits. */
const milli = (decimal = '') => BigInt(Math.round(Number(decimal) * 1000))
const spent = (rows: readonly Record<string, string>[]) =>
  sumsOf(rows.flatMap(({ Currency = '', Debit, Credit }) => [[Currency, milli(Debit)], [Currency, -milli(Credit)]] as const))

const textOf = (lines: readonly ExportLine[]) => [...csv(lines, exportHead)].join('')

describe.skipIf(soffice === undefined)('a spreadsheet', () => {
  it('P9 opens the file unharmed: its sums are those of the lines, for histories that could have happened', () => {
    const lines = fc.sample(arbitraryHistory, { numRuns: 150, seed: 20261125 }).flatMap((history) => exportedFrom(history).lines)
    const small = lines.filter(({ price }) => price.amount < 10n ** 12n)
    const rows = opened(textOf(small))
    expect(small.length).toBeGreaterThan(5)
    expect(rows).toHaveLength(small.length)
    expect(spent(rows)).toEqual(spent(parseCsv(textOf(small))))
  }, 120_000)

  it('P9 takes no name for a formula, and spoils no umlaut, no receipt number and no date', () => {
    const items = ['=1+1', '+49 gems', '-5 % pass', '@SUM(A1)', '="x"&HYPERLINK("https://example.org")', 'Käse, „groß“; 月の石']
    const rows = opened(textOf(items.map((item, n) => exportLine({ id: `p${n}-1`, purchaseId: `p${n}`, item, receiptNumber: `T-2026-${n}` }))))
    expect(rows.map(({ Item }) => Item?.replace(/^'/, ''))).toEqual(items)
    expect(rows.map(({ Receipt }) => Receipt)).toEqual(items.map((_, n) => `T-2026-${n}`))
    expect(rows[0]).toMatchObject({ Date: '2026-11-23T10:00:01.000+01:00', Debit: '0.99', Payee: 'Pixel Forge' })
  }, 120_000)
})
