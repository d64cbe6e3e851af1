/**
 * What is to be exported, read from the history index: a twentieth of the bytes that the ledger has for the same lines. Only where the index is
 * exactly as far as the ledger; whether it can be believed is for whoever names its file.
 */
import Database from 'better-sqlite3'
import type { ExportLine } from '../../../../domain/export/export-line.ts'
import { fold, wordsOf } from '../../../../domain/history/fold.ts'
import type { ExportWish } from '../../../ports/exports.ts'
import type { ExportSource } from '../export-reader.ts'
import { type Dictionaries, offerWords, readDictionaries } from './dictionaries.ts'
import { narrow } from './find-lines.ts'
import { indexedUpTo } from './index-file.ts'
import { keyOf, lineRowsOf, seqOf, type StoredLine } from './line-rows.ts'
import { openLedger } from './open-ledger.ts'

const pageLength = 512

/** Null where the index is not there, or not as far as the ledger. */
export function openIndexSource(files: { readonly ledgerFile: string; readonly indexFile: string }, wish: ExportWish, nowMs: number): ExportSource | null {
  let db: Database.Database | null = null
  try {
    db = new Database(files.indexFile, { readonly: true, fileMustExist: true })
    // The read transaction begins with its first read.
    db.exec('BEGIN')
    if (isUpToLedger(db, files.ledgerFile)) return sourceOf(db, wish, nowMs)
  } catch {
    // The ledger has it all.
  }
  db?.close()
  return null
}

function isUpToLedger(db: Database.Database, ledgerFile: string): boolean {
  const known = indexedUpTo(db)
  const ledger = openLedger(ledgerFile)
  if (!ledger) return false
  const { head } = ledger
  ledger.close()
  return known !== null && known.logId === head.logId && known.seq === head.seq && Buffer.compare(known.mac, head.mac) === 0
}

function sourceOf(db: Database.Database, { question }: ExportWish, nowMs: number): ExportSource {
  const entries = indexedUpTo(db)?.seq ?? 0
  const dictionaries = readDictionaries(db)
  const { from, before } = question.filter
  return {
    head: {
      ...{ zone: question.zone, madeAt: new Date(nowMs).toISOString(), from, before },
      currencies: [...new Set(dictionaries.classes.slice(1).map(({ currency }) => currency))].sort(),
    },
    entries,
    lines: (onPage) => ({ [Symbol.iterator]: () => linesOf(db, { entries, dictionaries, question, onPage }) }),
    close: () => db.close(),
  }
}

interface Pass {
  readonly entries: number
  readonly dictionaries: Dictionaries
  readonly question: ExportWish['question']
  readonly onPage: (entries: number) => void
}

function* linesOf(db: Database.Database, { entries, dictionaries, question, onPage }: Pass): Generator<ExportLine, undefined> {
  const rows = lineRowsOf(db)
  const isWanted = matcherOf(question, dictionaries, rows)
  const lastKey = keyOf(entries + 1, 0) - 1
  let passed = 0
  for (let after = 0; ; ) {
    const page = rows.stored(after, lastKey, pageLength)
    for (const stored of page) {
      if (!isWanted(stored)) continue
      const line = rows.read(stored, dictionaries)
      yield { ...line, who: line.memberId === null ? null : (question.names[line.memberId] ?? null) }
    }
    const last = page.at(-1)
    const seq = last && page.length === pageLength ? seqOf(last[0]) : entries
    onPage(seq - passed)
    passed = seq
    if (!last || page.length < pageLength) return
    after = last[0]
  }
}

/** As findLines, of one line at a time. */
function matcherOf(question: ExportWish['question'], dictionaries: Dictionaries, rows: ReturnType<typeof lineRowsOf>): (stored: StoredLine) => boolean {
  const { filter, names } = question
  const { offers, classes, from, before, least, most } = narrow(question, dictionaries)
  const keys = filter.purchaseIds && new Set(filter.purchaseIds.flatMap((id) => rows.keysOfPurchase(id)))
  const begins = (text: string, word: string) => wordsOf(text).some((other) => other.startsWith(word))
  const words = filter.words.map((word) => ({
    word,
    offers: Uint8Array.from(dictionaries.offers, (offer) => Number(begins(offerWords(offer), word))),
    classes: Uint8Array.from(dictionaries.classes, ({ memberId }) => Number(memberId !== null && begins(names[memberId] ?? '', word))),
  }))
  return (stored) => {
    const { key, at, offer, class: lineClass, amount, receipt, reference, purchaseId } = rows.narrow(stored)
    if (offers[offer] === 0 || classes[lineClass] === 0 || at < from || at >= before) return false
    const [low, high] = [least[lineClass] ?? null, most[lineClass] ?? null]
    if ((low !== null && amount < low) || (high !== null && amount > high)) return false
    if (keys && !keys.has(key)) return false
    return words.every(
      (one) => one.offers[offer] === 1 || one.classes[lineClass] === 1 || [receipt, reference, purchaseId].some((number) => number !== null && fold(number).startsWith(one.word)),
    )
  }
}
