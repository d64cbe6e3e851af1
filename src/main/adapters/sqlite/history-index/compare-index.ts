/**
 * Whether an index that was found on the disk says what the log says, since anybody could have written to it. A piece at a time; the index is up to
 * date with the log at each.
 */
import { isDeepStrictEqual } from 'node:util'
import type { LinedEvent } from '../../../../domain/history/line.ts'
import { purchaseOf } from '../../../../domain/ledger.ts'
import { type EventWithLines, logLinesOf } from '../log-lines.ts'
import { offerWords } from './dictionaries.ts'
import type { OpenIndex } from './fill-index.ts'
import { keyOf } from './line-rows.ts'
import type { OpenLedger } from './open-ledger.ts'

/** So many events are compared at a time, in a few milliseconds. */
const pageLength = 128

export interface Comparison {
  /** Compares the next piece. */
  next(ledger: OpenLedger): 'same so far' | 'same' | 'different'
}

export function compareIndex({ db, numbers, rows }: OpenIndex): Comparison {
  let next = 1
  const counted = { events: 0, parts: 0, undone: 0, keys: 0 }
  const hasEvent = db.prepare<[string, number]>('SELECT 1 FROM purchase_events WHERE purchase_id = ? AND seq = ?')
  const part = db.prepare<[number]>('SELECT import_id, source, file_name, at, member_id, counts, rows, parts FROM import_parts WHERE seq = ?').raw()
  const undone = db.prepare<[number], string[]>('SELECT import_id, at FROM import_undone WHERE seq = ?').raw()
  const hasKey = db.prepare<[string, string, number]>('SELECT 1 FROM import_keys WHERE source = ? AND key = ? AND seq = ?')
  const counts = db.prepare<[number, number], typeof counted & { readonly outside: number }>(
    `SELECT (SELECT count(*) FROM purchase_events) AS events, (SELECT count(*) FROM import_parts) AS parts,
      (SELECT count(*) FROM import_undone) AS undone, (SELECT count(*) FROM import_keys) AS keys,
      (SELECT count(*) FROM lines WHERE key < ? OR key >= ?) AS outside`,
  )

  function isImportThere(event: LinedEvent): boolean {
    if (event.type === 'import.undone') {
      counted.undone += 1
      return isDeepStrictEqual(undone.get(event.seq), [event.payload.importId, event.at])
    }
    if (event.type !== 'import.made') return true
    const { importId, source, fileName, memberId = null, counts: isCounted, parts, rows: imported } = event.payload
    counted.parts += 1
    counted.keys += new Set(imported.map(({ key }) => key)).size
    const wanted = [importId, source, fileName, event.at, memberId, Number(isCounted), imported.length, parts]
    return isDeepStrictEqual(part.get(event.seq), wanted) && imported.every(({ key }) => hasKey.get(source, key, event.seq) !== undefined)
  }

  function isEventThere({ event }: EventWithLines): boolean {
    const purchaseId = purchaseOf(event)
    if (purchaseId === null) return isImportThere(event)
    counted.events += 1
    return hasEvent.get(purchaseId, event.seq) !== undefined
  }

  function isPageThere(page: readonly EventWithLines[], first: number, last: number): boolean {
    const wanted = page.flatMap(({ event, lines }) => lines.map((line, place) => ({ key: keyOf(event.seq, place), line })))
    const found = rows.stored(keyOf(first, 0) - 1, keyOf(last + 1, 0) - 1, -1).map((stored) => ({ key: stored[0], line: rows.read(stored, numbers) }))
    return isDeepStrictEqual(found, wanted) && page.every(isEventThere)
  }

  /** What only the whole can say: that there is nothing besides, and that each word leads to its offers. */
  function isWhole(last: number): boolean {
    const { outside = -1, ...there } = counts.get(keyOf(1, 0), keyOf(last + 1, 0)) ?? {}
    return outside === 0 && isDeepStrictEqual({ ...there }, counted) && areWordsThere()
  }

  function areWordsThere(): boolean {
    const wanted = new Set(numbers.offers.flatMap((offer, id) => (id === 0 ? [] : offerWords(offer).split(' ').filter(Boolean).map((word) => `${id} ${word}`))))
    const found = db.prepare<[], string>("SELECT DISTINCT doc || ' ' || term FROM offer_words_there").pluck().all()
    return found.length === wanted.size && found.every((one) => wanted.has(one))
  }

  return {
    next(ledger) {
      const last = Math.min(next + pageLength - 1, ledger.head.seq)
      if (!isPageThere(logLinesOf(ledger.today()).between(next, last, 'all'), next, last)) return 'different'
      next = last + 1
      if (last < ledger.head.seq) return 'same so far'
      return isWhole(last) ? 'same' : 'different'
    },
  }
}
