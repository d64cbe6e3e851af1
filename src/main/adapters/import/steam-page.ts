/**
 * The saved page of Steam's account history, https://store.steampowered.com/account/history. It is read and never shown: no script of it
 * runs, and nothing that it names is loaded.
 *
 * Sources of its structure: a page as the store sent it on 2024-09-15, quoted in the README of a repository for zero-knowledge proofs of
 * web pages, and these readers of it: node-steam's AccountTransaction parser (`wth_payment` within items and totals, `transid`), the CSV
 * exporters joex92/Steam-One-Click-Purchase-History-CSV-Exporter and dogagcmnr/steamexporter (several methods of payment), and
 * jh34ghu43gu's SteamStoreEvent (Purchase, In-Game Purchase, Gift Purchase, Refund, Market Transaction). A page holds what was loaded of it.
 */
import { Tokenizer } from 'htmlparser2'
import { dateReader } from '../../../domain/imports/date-text.ts'
import type { FoundRows } from './found-rows.ts'
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
const blockTags = new Set(['div', 'p', 'br', 'li', 'tr', 'td'])

/** Deeper is no page of Steam's. */
const deepest = 40

/** Goes through the tokens of the page. There is no tree, so that no nesting, however deep, takes memory or time. */
function eachEntry(html: string, onAt: (index: number) => void, onEntry: (entry: Entry) => void): void {
  let entry: Entry | null = null
  let cell: { readonly classes: string; readonly pieces: Piece[] } | null = null
  let length = 0
  let block = 0
  let marks: string[] = []
  let n = 0
  let hidden = ''
  let tag = ''
  let attribute = ''
  let attributes: Record<string, string> = {}
  const flush = () => {
    if (entry) onEntry(entry)
    entry = null
    cell = null
  }
  const addText = (text: string) => {
    if (!cell || hidden !== '' || (length += text.length) > longestCell) return
    const last = cell.pieces.at(-1)
    if (last && last.block === block) last.text += text
    else cell.pieces.push({ mark: marks.join(' '), block, text })
  }
  const open = () => {
    const classes = attributes['class'] ?? ''
    if (tag === 'script' || tag === 'style') hidden = tag
    else if (tag === 'tr') {
      flush()
      if (/\bwallet_table_row\b/.test(classes)) entry = { n: (n += 1), transaction: transactionIn(attributes['onclick'] ?? ''), cells: new Map() }
    } else if (tag === 'td' && entry) {
      const name = /\bwht_(date|items|type|total|wallet_change)\b/.exec(classes)?.[0]
      cell = name === undefined || entry.cells.has(name) ? null : { classes, pieces: [] }
      if (name !== undefined && cell) entry.cells.set(name, cell)
      ;[length, marks, block] = [0, [], block + 1]
    } else if (cell && blockTags.has(tag)) {
      block += 1
      if (tag !== 'br' && marks.length < deepest) marks.push(classes)
    }
  }
  const close = (name: string) => {
    if (name === hidden) hidden = ''
    else if (name === 'tr' || name === 'table') flush()
    else if (name === 'td') cell = null
    else if (cell && blockTags.has(name)) {
      block += 1
      marks.pop()
    }
  }
  const nothing = () => {}
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        onAt(end)
        tag = html.slice(start, end).toLowerCase()
        attributes = {}
      },
      onattribname: (start, end) => void (attribute = html.slice(start, end).toLowerCase()),
      onattribdata: (start, end) => addTo(attributes, attribute, html.slice(start, Math.min(end, start + 2000))),
      onattribentity: (code) => addTo(attributes, attribute, String.fromCodePoint(code)),
      onattribend: nothing,
      onopentagend: open,
      onselfclosingtag: open,
      onclosetag: (start, end) => close(html.slice(start, end).toLowerCase()),
      ontext: (start, end) => addText(html.slice(start, Math.min(end, start + longestCell))),
      ontextentity: (code) => addText(String.fromCodePoint(code)),
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: flush,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
}

/** Only what is looked at is kept. */
function addTo(attributes: Record<string, string>, name: string, text: string): void {
  if (name === 'class' || name === 'onclick') attributes[name] = ((attributes[name] ?? '') + text).slice(0, 2000)
}

const transactionIn = (onclick: string): string | undefined => /[?&]trans(?:action)?id=(\d{1,30})/.exec(onclick)?.[1]
