import type { ImportSource } from '../../../domain/imports.ts'
import type { ReadImport, ReadOptions } from '../../ports/import-reader.ts'
import { type CsvSource, csvSourceOf } from './csv-profiles.ts'
import { readCsvFile } from './csv-file.ts'
import { type FileText, openText } from './file-text.ts'
import { createFoundRows, type FoundRows, TooManyRows } from './found-rows.ts'
import { googleEntries, readGooglePlay } from './google-play.ts'
import { tableIn } from './guess-mapping.ts'
import { readOfx } from './ofx.ts'
import { pageIn } from './saved-page.ts'
import { readSteamPage } from './steam-page.ts'

export interface ImportOrder extends Omit<ReadOptions, 'signal' | 'onProgress'> {
  readonly file: string
}

export interface ImportWatch {
  readonly isCancelled: () => boolean
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void
}

class Cancelled extends Error {}

/** What stands in the way, as an outcome. */
class NotRead extends Error {
  readonly problem: Extract<ReadImport, { kind: 'failed' }>['problem']
  constructor(problem: NotRead['problem']) {
    super(problem)
    this.problem = problem
  }
}

/** Does nearly all of it before it returns, so it belongs in a thread of its own. */
export async function runImport(order: ImportOrder, watch: ImportWatch): Promise<ReadImport> {
  try {
    // The file is read to tell its letters, for plain CSV to see how it writes dates and amounts, and for its rows.
    const passes = createPasses(3, watch)
    const text = openText(order.file, passes.onBytes)
    if (typeof text === 'string') return { kind: 'failed', problem: text }
    try {
      passes.began(text.bytes)
      const outcome = await readText(text, order, passes)
      watch.onProgress({ done: text.bytes, total: text.bytes })
      return outcome
    } finally {
      text.close()
    }
  } catch (error) {
    if (error instanceof Cancelled) return { kind: 'cancelled' }
    if (error instanceof NotRead) return { kind: 'failed', problem: error.problem }
    if (error instanceof TooManyRows) return { kind: 'failed', problem: 'tooLarge' }
    if (isOfTheSystem(error)) return { kind: 'failed', problem: 'notReadable' }
    throw error
  }
}

const isOfTheSystem = (error: unknown): boolean => (error instanceof Error && 'syscall' in error) || (error instanceof TypeError && error.message === 'no file')

interface Passes {
  readonly onBytes: (bytes: number) => void
  /** Another pass over so many bytes begins. */
  readonly began: (total: number) => void
  /** Of whatever is counted instead of bytes. */
  readonly check: () => void
}

/** Tells the bytes of all passes as a share of the file's. */
function createPasses(count: number, { isCancelled, onProgress }: ImportWatch): Passes {
  let pass = 0
  let total = 0
  let last = 0
  let checks = 0
  const look = () => {
    if (isCancelled()) throw new Cancelled()
  }
  return {
    began(bytes) {
      look()
      pass += 1
      total = bytes
      last = 0
    },
    onBytes(bytes) {
      look()
      if (bytes < last) pass += 1
      last = bytes
      if (total > 0) onProgress({ done: Math.min(total, Math.floor(((pass + bytes / total) * total) / count)), total })
    },
    check() {
      checks += 1
      if (checks % 1000 === 0) look()
    },
  }
}

type Reader = (text: FileText, head: string, order: ImportOrder, passes: Passes) => Promise<ReadImport | null>

/** Each looks whether it is one of its own, and gives null where it is not. The one that was asked for comes alone. */
const readers: readonly (readonly [sources: readonly ImportSource[], reader: Reader])[] = [
  [['googlePlay'], readJson],
  [['ofx'], readStatements],
  [['steam'], readPage],
  [['csv', 'steam', 'playStation', 'xbox'], readTable],
]

async function readText(text: FileText, order: ImportOrder, passes: Passes): Promise<ReadImport> {
  const head = text.head.replace(/^\uFEFF/, '').trimStart()
  if (head === '') return { kind: 'failed', problem: text.bytes < 1 << 16 ? 'empty' : 'notRecognised' }
  for (const [sources, read] of readers) {
    if (order.source !== null && !sources.includes(order.source)) continue
    const outcome = await read(text, head, order, passes)
    if (outcome) return outcome
  }
  return { kind: 'failed', problem: 'notRecognised' }
}

const allOf = (text: FileText, passes: Passes): string => [...text.chunks(passes.onBytes)].join('').replace(/^\uFEFF/, '')

function finished(source: ImportSource, rows: FoundRows): ReadImport {
  return { kind: 'read', source, ...rows.finish(), table: null }
}

async function readJson(text: FileText, head: string, order: ImportOrder, passes: Passes): Promise<ReadImport | null> {
  if (!/^[[{]/.test(head)) return null
  let json: unknown
  const all = allOf(text, passes)
  try {
    json = JSON.parse(all)
  } catch {
    if (order.source === 'googlePlay' || /"(order|purchase)History"/.test(head)) throw new NotRead('damaged')
    return null
  }
  const entries = googleEntries(json)
  if (!entries) return null
  const rows = createFoundRows({ source: 'googlePlay', nowMs: order.nowMs })
  readGooglePlay(entries, rows, { ...order, onEntry: passes.check })
  return finished('googlePlay', rows)
}

async function readStatements(text: FileText, head: string, order: ImportOrder, passes: Passes): Promise<ReadImport | null> {
  if (!/^OFXHEADER:|<\?OFX\b|<OFX>/i.test(head.slice(0, 4096))) return null
  const rows = createFoundRows({ source: 'ofx', nowMs: order.nowMs })
  const count = readOfx(allOf(text, passes), rows, { ...order, onAt: passes.check })
  if (count === null) throw new NotRead('damaged')
  return finished('ofx', rows)
}

async function readPage(text: FileText, head: string, order: ImportOrder, passes: Passes): Promise<ReadImport | null> {
  if (!/^<|^From: |^MIME-Version:/i.test(head)) return null
  const html = pageIn(allOf(text, passes))
  if (!/\bwallet_table_row\b|\bwallet_history_table\b/.test(html)) return null
  const rows = createFoundRows({ source: 'steam', nowMs: order.nowMs })
  readSteamPage(html, rows, { ...order, onAt: passes.check })
  return finished('steam', rows)
}

async function readTable(text: FileText, head: string, order: ImportOrder, passes: Passes): Promise<ReadImport | null> {
  // Neither a page nor a list of another kind, and no picture.
  if (order.source === null && (/^[<{[]/.test(head) || isBinary(head.slice(0, 4096)))) return null
  const isWhole = text.bytes < 1 << 16
  const table = tableIn(text.head, isWhole, order.mapping?.delimiter ?? (order.source === null ? null : delimiterOf(text.head, isWhole)))
  if (!table) return null
  const source = (order.source ?? csvSourceOf(table, head)) as CsvSource
  const rows = createFoundRows({ source, nowMs: order.nowMs })
  const read = await readCsvFile(text, table, rows, { ...order, source, onBytes: passes.onBytes })
  return { kind: 'read', source, ...rows.finish(), table: source === 'csv' ? read : null }
}

/** Text has a NUL now and then by accident, and other files are full of them. */
const isBinary = (head: string): boolean => head.split('\0').length - 1 > head.length / 50

/** What was asked for is read as a table, however little it looks like one. */
const delimiterOf = (head: string, isWhole: boolean) => tableIn(head, isWhole, null)?.delimiter ?? ','
