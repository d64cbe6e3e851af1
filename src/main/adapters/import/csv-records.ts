/** Records of CSV files. Source: RFC 4180, and csv-parse's readings of what differs from it: quotes within bare cells, any line end. */
import { finished } from 'node:stream/promises'
import { CsvError, parse, type Options } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import type { CsvMapping } from '../../ports/import-reader.ts'

export type Delimiter = CsvMapping['delimiter']

/** A quote that is never closed would else make one cell of the rest of the file. */
const longestRecord = 1_000_000

/** So many times the reading is taken up again behind a quote that is never closed. */
const mostBreaks = 50

const optionsFor = (delimiter: Delimiter): Options => ({
  delimiter,
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: longestRecord,
  bom: false,
})

/** The whole records at the beginning of a text that may be cut off anywhere. */
export function firstRecords(head: string, delimiter: Delimiter, isWhole: boolean): string[][] {
  const end = Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r'))
  const text = isWhole || end < 0 ? head : head.slice(0, end + 1)
  try {
    return parseAtOnce(text, { ...optionsFor(delimiter), to: 200 })
  } catch {
    // A quote that is closed behind the cut, or never.
    return text.split(/\r\n|\n|\r/).filter((line) => line !== '').slice(0, 200).map((line) => line.split(delimiter))
  }
}

/**
 * Goes through all records. `line` is the one that a record ends in, from 1. A record that is broken by a quote that nothing closes is
 * told, and reading goes on in the line behind its first; after too many of those it rests.
 */
export async function eachRecord(
  chunks: () => Iterable<string>,
  delimiter: Delimiter,
  { onRecord, onBroken }: { readonly onRecord: (cells: string[], line: number) => void; readonly onBroken: (line: number) => void },
): Promise<void> {
  let from = 0
  for (let breaks = 0; ; breaks += 1) {
    const stopped = await readFrom(chunks(), delimiter, from, onRecord)
    if (stopped === null) return
    onBroken(stopped)
    from = stopped
    if (breaks === mostBreaks) return
  }
}

/** Null at the end, or the first line of what is broken. */
async function readFrom(chunks: Iterable<string>, delimiter: Delimiter, skip: number, onRecord: (cells: string[], line: number) => void): Promise<number | null> {
  let last = skip
  let before = 0
  let twice = 0
  const failures: Error[] = []
  const parser = parse({
    ...optionsFor(delimiter),
    on_record(cells: string[], { lines }: { lines: number }) {
      // What it throws would come back as an error of the parser, later.
      if (failures.length > 0) return null
      // csv-parse counts a CRLF within quotes as two lines.
      if (lines > before + 1) twice += cells.reduce((sum, cell) => sum + (cell.split('\r\n').length - 1), 0)
      before = lines
      last = skip + lines - twice
      try {
        onRecord(cells, last)
      } catch (error) {
        failures.push(error instanceof Error ? error : new Error(String(error)))
      }
      return null
    },
  })
  const end = finished(parser.resume()).then(
    () => null,
    (error: unknown) => {
      if (error instanceof CsvError) return error
      throw error
    },
  )
  for (const text of withoutLines(chunks, skip)) {
    if (failures.length > 0 || parser.errored) break
    parser.write(text)
  }
  if (!parser.errored) parser.end()
  const error = await end
  for (const failure of failures) throw failure
  return error === null ? null : last + 1
}

/** The text behind so many lines. */
function* withoutLines(chunks: Iterable<string>, count: number): Iterable<string> {
  let left = count
  let endedInReturn = false
  for (const chunk of chunks) {
    let at = 0
    if (endedInReturn && chunk.startsWith('\n')) at = 1
    endedInReturn = false
    const ends = /\r\n|\n|\r/g
    while (left > 0) {
      ends.lastIndex = at
      const found = ends.exec(chunk)
      if (!found) break
      at = ends.lastIndex
      left -= 1
      endedInReturn = found[0] === '\r' && at === chunk.length
    }
    if (left === 0) yield chunk.slice(at)
  }
}
