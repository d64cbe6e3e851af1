/** Brings an index up to date with the log. */
import type Database from 'better-sqlite3'
import type { HistoryLine, LinedEvent } from '../../../../domain/history/line.ts'
import { purchaseOf } from '../../../../domain/ledger.ts'
import { type EventWithLines, logLinesOf } from '../log-lines.ts'
import { createColumns, type GrowingColumns } from './columns.ts'
import { type Numbers, openNumbers } from './dictionaries.ts'
import { createIndexFile, finishIndexFile, type IndexedUpTo, setIndexedUpTo } from './index-file.ts'
import { type LineRows, lineRowsOf, lineWritesOf } from './line-rows.ts'
import type { OpenLedger } from './open-ledger.ts'

/** So many events are read at a time. */
const pageLength = 256

/** While it is made, what is written goes to the file after so many pages. */
const pagesTogether = 100

/** With more than that to catch up with, an index is made anew, in pieces that can be interrupted. */
const mostAtOnce = 20_000

/** Lets others have their turn, and throws where nobody wants it any more. */
export type Pause = (done: number, total: number) => Promise<void>

/** Where what is written is kept in memory as well. After an error both are of no use. */
export interface OpenIndex {
  readonly db: Database.Database
  readonly numbers: Numbers
  readonly rows: LineRows
  readonly columns: GrowingColumns
}

/** What is in the file, read. So many lines are expected at least: room for more is made by copying everything. */
export function readIndex(db: Database.Database, expected = 0): OpenIndex {
  const rows = lineRowsOf(db)
  const columns = createColumns(Math.max(db.prepare<[], number>('SELECT count(*) FROM lines').pluck().get() ?? 0, expected))
  for (const line of rows.each()) columns.put(line)
  return { db, numbers: openNumbers(db), rows, columns }
}

/** Makes the index of all that the ledger holds. Nothing of it is kept where it is left half way. */
export async function makeIndex(file: string, ledger: OpenLedger, pause: Pause): Promise<OpenIndex> {
  const db = createIndexFile(file)
  try {
    // Most purchases are two events and one line.
    const index = readIndex(db, Math.ceil(ledger.head.seq * 0.55))
    const fill = filling(index, 'temp.events_as_they_came')
    const log = logLinesOf(ledger.today())
    const { seq: total } = ledger.head
    // Without a journal a transaction protects nothing; it only saves writing each row at once.
    db.exec('BEGIN')
    for (let first = 1, page = 1; first <= total; first += pageLength, page += 1) {
      log.between(first, Math.min(first + pageLength - 1, total), 'all').forEach(fill.add)
      if (page % pagesTogether === 0) db.exec('COMMIT; BEGIN')
      await pause(Math.min(first + pageLength - 1, total), total)
    }
    db.exec('COMMIT')
    finishIndexFile(db, ledger.head)
    return index
  } catch (error) {
    db.close()
    throw error
  }
}

/** Adds what has happened since, or gives false where the index has to be made anew: it is of another log, or far behind. */
export function catchUp(index: OpenIndex, known: IndexedUpTo, ledger: OpenLedger): boolean {
  const { head } = ledger
  const mac = ledger.macOf(known.seq)
  const isSame = head.logId === known.logId && mac !== null && Buffer.compare(mac, known.mac) === 0
  if (!isSame || head.seq - known.seq > mostAtOnce) return false
  if (head.seq === known.seq) return true
  index.db.transaction(() => {
    addEvents(index, ledger, known.seq)
    setIndexedUpTo(index.db, head)
  })()
  return true
}

/** Purchases that were known before may stand differently now, so that all of their lines are written again. */
function addEvents(index: OpenIndex, ledger: OpenLedger, after: number): void {
  const log = logLinesOf(ledger.today())
  const fill = filling(index)
  const touched = new Set<string>()
  for (let first = after + 1; first <= ledger.head.seq; first += pageLength) {
    for (const read of log.between(first, Math.min(first + pageLength - 1, ledger.head.seq), 'all')) {
      fill.add(read)
      const purchaseId = purchaseOf(read.event)
      if (purchaseId !== null) touched.add(purchaseId)
    }
  }
  for (const purchaseId of touched) {
    for (const seq of index.rows.eventsOf(purchaseId)) {
      if (seq > after) break
      fill.dropLinesOf([seq])
      log.between(seq, seq, 'lined').forEach(fill.addLines)
    }
  }
}

function filling({ db, numbers, rows, columns }: OpenIndex, eventsOfPurchases = 'purchase_events') {
  const writes = lineWritesOf(db, numbers)
  const putEvent = db.prepare(`INSERT INTO ${eventsOfPurchases} (purchase_id, seq) VALUES (?, ?)`)
  const putPart = db.prepare(
    'INSERT INTO import_parts (seq, import_id, source, file_name, at, member_id, counts, rows, parts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const putKey = db.prepare('INSERT OR IGNORE INTO import_keys (source, key, seq) VALUES (?, ?, ?)')
  const putUndone = db.prepare('INSERT INTO import_undone (seq, import_id, at) VALUES (?, ?, ?)')

  function addLines({ lines }: { readonly lines: readonly HistoryLine[] }): void {
    for (const [place, line] of lines.entries()) columns.put(writes.put(line, place))
  }

  function dropLinesOf(seqs: readonly number[]): void {
    for (const key of writes.dropLinesOf(seqs)) columns.drop(key)
  }

  function addImport(event: LinedEvent): void {
    if (event.type === 'import.undone') {
      putUndone.run(event.seq, event.payload.importId, event.at)
      dropLinesOf(rows.partsOf(event.payload.importId))
    }
    if (event.type !== 'import.made') return
    const { importId, source, fileName, memberId = null, counts, parts, rows: imported } = event.payload
    putPart.run(event.seq, importId, source, fileName, event.at, memberId, Number(counts), imported.length, parts)
    for (const { key } of imported) putKey.run(source, key, event.seq)
  }

  return {
    addLines,
    dropLinesOf,
    add({ event, lines }: EventWithLines): void {
      const purchaseId = purchaseOf(event)
      if (purchaseId !== null) putEvent.run(purchaseId, event.seq)
      addImport(event)
      addLines({ lines })
    },
  }
}
