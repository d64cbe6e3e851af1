/**
 * The saved page of Steam's account history, https://store.steampowered.com/account/history. It is read and never shown: no script of it
 * runs, and nothing that it names is loaded.
 *
 * Sources of its structure: a page with purchases and a refund as the store sent it in 2024, quoted in the README
 * of a project for proofs about web pages on Brevis Pico; and programs that read it, joex92/Steam-One-Click-Purchase-History-CSV-Exporter and
 * dogagcmnr/steamexporter (several methods of payment, texts in nested elements), and others that were found in public code without their
 * address (`wth_payment` within items and totals; the types Purchase, In-Game Purchase, Gift Purchase, Refund, Market Transaction). What
 * differs between languages was not seen, and is not relied upon. A page holds what was loaded of it.
 */
import { dateReader } from '../../../domain/imports/date-text.ts'
import type { FoundRows } from './found-rows.ts'
import { eachToken } from './markup-tokens.ts'
import { steamRow, type SteamLine } from './steam-rows.ts'

/** A piece of text in a cell: the class of the element that it is in, and which one, since each is a name of its own. */
interface Piece {
  readonly mark: string
  readonly block: number
  text: string
}

interface Entry {
  readonly n: number
  readonly transaction: string | undefined
  readonly cells: Map<string, { readonly classes: string; readonly pieces: Piece[] }>
}

/** No cell of the page is that long. */
const longestCell = 20_000

export function readSteamPage(
  html: string,
  rows: FoundRows,
  options: { readonly zone: string; readonly homeCurrency: string | null; readonly onAt: (index: number) => void },
): number {
  const readDate = dateReader(options.zone)
  let entries = 0
  eachEntry(html, options.onAt, (entry) => {
    entries += 1
    const text = (cell: string, skip = '') => textOf(entry, cell, skip)
    const found = steamRow(lineOf(entry, readDate(text('wht_date'), 'dayFirst')), options.homeCurrency)
    const excerpt = () => ['wht_date', 'wht_items', 'wht_type', 'wht_total'].map((cell) => text(cell)).join(' ')
    if (typeof found === 'string') rows.bad(entry.n, found, excerpt())
    else rows.add(found, excerpt)
  })
  return entries
}

function lineOf(entry: Entry, date: SteamLine['date']): SteamLine {
  const classes = (cell: string) => entry.cells.get(cell)?.classes ?? ''
  const items = blocksOf(entry, 'wht_items')
  const payments = blocksOf(entry, 'wht_type').filter(({ mark }) => mark.includes('wth_payment'))
  return {
    n: entry.n,
    date,
    items: items.filter(({ mark }) => !/wth_/.test(mark)).map(({ text }) => text),
    within: items.filter(({ mark }) => mark.includes('wth_payment')).map(({ text }) => text),
    type: textOf(entry, 'wht_type', 'wth_payment'),
    total: textOf(entry, 'wht_total', 'wth_payment'),
    walletChange: textOf(entry, 'wht_wallet_change', ''),
    transaction: entry.transaction,
    paidWith: payments.map(({ text }) => (payments.length > 1 ? withoutAmount(text) : text.trim())),
    isRefunded: /\bwht_refunded\b/.test(`${classes('wht_type')} ${classes('wht_total')}`),
    isRefund: items.some(({ mark }) => /wth_item_refunded/.test(mark)),
  }
}

/** `€3.00     Wallet`: of several methods each has its part of the price before it. */
function withoutAmount(text: string): string {
  const [amount = '', ...name] = text.trim().split(/\s{2,}|\t|\n/)
  if (name.length > 0 && /\d/.test(amount)) return name.join(' ')
  return amountBefore.exec(text.trim().slice(0, 300))?.[1] ?? text.trim()
}

const amountBefore = /^(?:[^\d\s]{1,8} ?\d[\d.,'-]{0,20}|\d[\d.,'-]{0,20} ?(?:\p{Sc}|[\p{L}.]{1,4}(?=\s)))\s+(\S.*)$/u

function blocksOf(entry: Entry, cell: string): { readonly mark: string; readonly text: string }[] {
  const blocks = new Map<number, { mark: string; text: string }>()
  for (const { mark, block, text } of entry.cells.get(cell)?.pieces ?? []) {
    const before = blocks.get(block)
    if (before) before.text += text
    else blocks.set(block, { mark, text })
  }
  return [...blocks.values()].filter(({ text }) => text.trim() !== '')
}

const textOf = (entry: Entry, cell: string, skip: string): string =>
  blocksOf(entry, cell)
    .filter(({ mark }) => skip === '' || !mark.includes(skip))
    .map(({ text }) => text.trim())
    .join(' ')

/** Tags that begin a line of their own. */
const blockTags = new Set(['div', 'p', 'br', 'li'])

/** Deeper is no page of Steam's, nor are longer classes: each piece of text has those of all elements that it is in. */
const deepest = 40
const longestClasses = 200

function eachEntry(html: string, onAt: (index: number) => void, onEntry: (entry: Entry) => void): void {
  let n = 0
  let entry: Entry | null = null
  let cell: CellReader | null = null
  let hidden = ''
  const flush = () => {
    if (entry) onEntry(entry)
    entry = null
    cell = null
  }
  eachToken(html, 'html', ['class', 'onclick'], {
    onAt,
    onEnd: flush,
    onOpen(tag, attributes) {
      const classes = attributes.get('class') ?? ''
      if (tag === 'script' || tag === 'style') hidden = tag
      else if (tag === 'tr') {
        flush()
        if (/\bwallet_table_row\b/.test(classes)) entry = { n: (n += 1), transaction: transactionIn(attributes.get('onclick') ?? ''), cells: new Map() }
      } else if (tag === 'td') cell = entry && cellOf(entry, classes)
      else if (cell && blockTags.has(tag)) cell.open(tag, classes)
    },
    onClose(tag) {
      if (tag === hidden) hidden = ''
      else if (tag === 'tr' || tag === 'table') flush()
      else if (tag === 'td') cell = null
      else if (cell && blockTags.has(tag)) cell.close()
    },
    onText(text) {
      if (hidden === '') cell?.add(text)
    },
  })
}

interface CellReader {
  open(tag: string, classes: string): void
  close(): void
  add(text: string): void
}

/** Begins a cell that is looked at, once in each entry; null for all others. */
function cellOf(entry: Entry, classes: string): CellReader | null {
  const name = /\bwht_(date|items|type|total|wallet_change)\b/.exec(classes)?.[0]
  if (name === undefined || entry.cells.has(name)) return null
  const pieces: Piece[] = []
  entry.cells.set(name, { classes, pieces })
  const marks: string[] = []
  let block = 0
  let length = 0
  return {
    open(tag, marked) {
      block += 1
      if (tag !== 'br' && marks.length < deepest) marks.push(marked.slice(0, longestClasses))
    },
    close() {
      block += 1
      marks.pop()
    },
    add(text) {
      length += text.length
      if (length > longestCell) return
      const last = pieces.at(-1)
      if (last?.block === block) last.text += text
      else pieces.push({ mark: marks.join(' '), block, text })
    },
  }
}

const transactionIn = (onclick: string): string | undefined => /[?&]trans(?:action)?id=(\d{1,30})/.exec(onclick)?.[1]
