/** Lines of exports, and what can be read back from each format. Everything that a test does not name does not matter to it. */
import { readFileSync } from 'node:fs'
import { which } from '../../scripts/lib/which.mjs'
import type { EventId } from '../../src/domain/brands.ts'
import type { LogEvent, NewEvent } from '../../src/domain/events.ts'
import type { ExportHead, ExportLine } from '../../src/domain/export/export-line.ts'
import { linesOf } from '../../src/domain/history/line.ts'
import { nextRecord, postingsOf, purchaseOf, type Posting, type PurchaseRecord } from '../../src/domain/ledger.ts'

export function exportLine(details: Partial<ExportLine> = {}): ExportLine {
  return {
    id: 'p1-1',
    kind: 'charge',
    at: '2026-11-23T09:00:01.000Z',
    approvedAt: '2026-11-23T09:00:00.000Z',
    purchaseId: 'p1',
    receiptNumber: 'R-1',
    reference: null,
    state: 'succeeded',
    reason: null,
    sellerId: 'pixel-forge',
    payee: 'Pixel Forge',
    item: 'Starlight cape',
    game: 'Nebula Run',
    offerKind: 'item',
    bundle: null,
    passDays: null,
    price: { amount: 99n, currency: 'EUR' },
    moved: 99n,
    tax: { amount: 16n, rateBasisPoints: 1900 },
    fundingSource: { id: 'card-1', label: 'Visa •••• 4242' },
    memberId: null,
    source: 'tuppence',
    seq: 2,
    who: null,
    ...details,
  }
}

export const exportHead: ExportHead = {
  zone: 'Europe/Berlin',
  madeAt: '2026-11-30T12:00:00.000Z',
  from: null,
  before: null,
  currencies: ['EUR', 'JPY', 'KWD', 'USD'],
}

/** The events as a log would number and date them. */
export const asLogged = (event: NewEvent, index: number): LogEvent => ({
  ...event,
  seq: index + 2,
  id: `event-${index + 2}` as EventId,
  at: new Date(Date.UTC(2026, 10, 23) + index * 1000).toISOString(),
  mac: 'm'.repeat(43),
})

/** What an export of the history has to hold, from the events alone, and what the ledger posts for it. */
export function exportedFrom(history: readonly NewEvent[]): { lines: ExportLine[]; postings: Posting[] } {
  const records = new Map<string, PurchaseRecord>()
  const logged = history.map(asLogged)
  const postings = logged.flatMap((event) => {
    const before = records.get(purchaseOf(event) ?? '') ?? null
    const after = nextRecord(before, event)
    if (after) records.set(after.purchaseId, after)
    return postingsOf(event, before, after)
  })
  const lines = linesOf(logged).map((line) => ({ ...line, who: null }))
  return { lines, postings: [...postings, ...lines.flatMap(postingsElsewhere)] }
}

/** What was imported is in no posting of the ledger, and balances in the same way. */
function postingsElsewhere({ source, seq, sellerId, fundingSource, price, moved }: ExportLine): Posting[] {
  if (source === 'tuppence') return []
  return [
    { seq, line: 1, account: `Expenses:${sellerId}`, amount: { ...price, amount: moved } },
    { seq, line: 2, account: `Assets:${fundingSource.id}`, amount: { ...price, amount: -moved } },
  ]
}

/** Sums of what was spent in minor units, `EUR` → 99n. Currencies that come to nothing are left out. */
export type Sums = Record<string, bigint>

export function sumsOf(entries: Iterable<readonly [key: string, amount: bigint]>): Sums {
  const sums = new Map<string, bigint>()
  for (const [key, amount] of entries) sums.set(key, (sums.get(key) ?? 0n) + amount)
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A decimal read as whole minor units; it has to have exactly as many decimals as its currency. */
export function minorOf(decimal: string, currency: string): bigint {
  const digits = { EUR: 2, USD: 2, JPY: 0, KWD: 3 }[currency] ?? 2
  const form = digits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${digits}}$`)
  if (!form.test(decimal)) throw new RangeError(`${decimal} is no amount of ${currency}`)
  return BigInt(decimal.replace('.', ''))
}

/** RFC 4180, strictly: CRLF after every record, nothing after a closing quote but a comma or the end. */
export function parseCsv(text: string): Record<string, string>[] {
  const records: string[][] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const record: string[] = []
    for (;;) {
      const [cell, length] = cellAt(text.slice(at, at + 5000))
      record.push(cell)
      at += length
      if (text.startsWith('\r\n', at)) break
      if (text[at] !== ',') throw new SyntaxError(`neither comma nor CRLF at ${at}: ${text.slice(at, at + 20)}`)
      at += 1
    }
    at += 2
    records.push(record)
  }
  const [header = [], ...rows] = records
  return rows.map((row) => {
    if (row.length !== header.length) throw new SyntaxError(`${row.length} cells instead of ${header.length}`)
    return Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']))
  })
}

function cellAt(text: string): [cell: string, length: number] {
  const quoted = /^"((?:[^"]|"")*)"/.exec(text)
  if (quoted) return [(quoted[1] ?? '').replaceAll('""', '"'), quoted[0].length]
  const bare = /^[^",\r\n]*/.exec(text)?.[0] ?? ''
  return [bare, bare.length]
}

/** The elements of that name in XML without attributes, as text with its entities resolved. */
export function xmlTexts(xml: string, name: string): string[] {
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text = '']) =>
    text.replaceAll(/&(amp|lt|gt);/g, (entity) => entities[entity] ?? ''),
  )
}

/** What each format says was spent, for each currency. */
export const spentIn = {
  csv: (text: string): Sums =>
    sumsOf(
      parseCsv(text).flatMap(({ Currency = '', Debit, Credit }) => [
        ...(Debit ? [[Currency, minorOf(Debit, Currency)] as const] : []),
        ...(Credit ? [[Currency, -minorOf(Credit, Currency)] as const] : []),
      ]),
    ),
  jsonl: (text: string): Sums =>
    sumsOf(
      text.split('\n').filter(Boolean).flatMap((line) => {
        const { currency, debit, credit } = JSON.parse(line) as Record<'debit' | 'credit', { minor: string; decimal: string }> & { currency: string }
        if (minorOf(debit.decimal, currency) !== BigInt(debit.minor)) throw new RangeError('two amounts')
        return [[currency, BigInt(debit.minor)], [currency, -BigInt(credit.minor)]] as const
      }),
    ),
  hledger: plainTextSums,
  beancount: plainTextSums,
  ofx: (text: string): Sums =>
    sumsOf(
      xmlTexts(text, 'STMTRS').flatMap((statement) => {
        const [currency = ''] = xmlTexts(statement, 'CURDEF')
        const amounts = xmlTexts(statement, 'STMTTRN').map((one) => -minorOf(xmlTexts(one, 'TRNAMT')[0] ?? '', currency))
        const balance = -minorOf(xmlTexts(statement, 'BALAMT')[0] ?? '', currency)
        if (amounts.reduce((sum, amount) => sum + amount, 0n) !== balance) throw new RangeError('the balance is another')
        return amounts.map((amount) => [currency, amount] as const)
      }),
    ),
}

function plainTextSums(text: string): Sums {
  const postings = [...text.matchAll(/^ +(Expenses:\S+) {2,}(\S+) ([A-Z]{3})$/gm)]
  return sumsOf(postings.map(([, , amount = '', currency = '']) => [currency, minorOf(amount, currency)] as const))
}

/** The Python that beancount is installed for, which may be another than the first on the PATH; null where beancount is not. */
export function pythonOfBeancount(): string | null {
  const program = which('bean-check')
  const interpreter = program && /^#! ?(\S+)\n/.exec(readFileSync(program, 'utf8'))?.[1]
  return interpreter ?? null
}

/**
 * What beancount itself makes of a ledger, through its library, since its programs differ from version to version: faults, and the
 * transactions with payee, narration, metadata and postings.
 */
export const readBeancount = `
import json, sys
from beancount import loader
from beancount.core import data
entries, errors, _ = loader.load_file(sys.argv[1])
print(json.dumps({'errors': [str(error) for error in errors], 'transactions': [{
  'payee': one.payee, 'item': one.narration, 'links': sorted(one.links), 'who': one.meta.get('who'), 'seller': one.meta.get('seller'), 'flag': one.flag,
  'postings': [[posting.account, str(posting.units.number), posting.units.currency] for posting in one.postings],
} for one in entries if isinstance(one, data.Transaction)]}))
`
