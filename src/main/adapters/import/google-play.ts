/**
 * Google Takeout, `Google Play Store/Order History.json` and `Purchase History.json`.
 *
 * Sources: the types of emheyboer/google-play-purchases (orderHistory: orderId, creationTime, lineItem with doc and quantity, totalPrice,
 * tax, refundAmount, preorder; amounts as text with their sign), the sample of Rdyx/google-takeout-order-history (purchaseHistory:
 * invoicePrice, paymentMethodTitle, doc, purchaseTime; of something bought in an app the title ends with the app in brackets), and
 * readers of both that find `billingInstrument.displayName`. Not every entry has every field.
 *
 * An order says how much of it was given back, but not when: its refund is dated like the order.
 */
import { dateReader } from '../../../domain/imports/date-text.ts'
import { readMoney } from '../../../domain/imports/money-text.ts'
import type { FoundRow, FoundRows } from './found-rows.ts'
import { namesTogether, oneLine } from './names.ts'
import { isFreeWord } from './type-words.ts'

const payee = 'Google Play'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const textIn = (object: unknown, name: string): string => {
  const value = isObject(object) ? object[name] : undefined
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** The entries of a list of orders or purchases, or null for what is neither. */
export function googleEntries(json: unknown): readonly unknown[] | null {
  const list = Array.isArray(json) ? (json as unknown[]) : isObject(json) ? Object.values(json).find((value) => Array.isArray(value)) : undefined
  const entries = Array.isArray(list) ? (list as unknown[]) : isObject(json) ? [json] : []
  return entries.some((entry) => isObject(entry) && (isObject(entry['orderHistory']) || isObject(entry['purchaseHistory']))) ? entries : null
}

interface Options {
  readonly zone: string
  readonly homeCurrency: string | null
  readonly onEntry: () => void
}

export function readGooglePlay(entries: readonly unknown[], rows: FoundRows, { zone, homeCurrency, onEntry }: Options): void {
  const readDate = dateReader(zone)
  for (const [index, entry] of entries.entries()) {
    onEntry()
    const n = index + 1
    const order = isObject(entry) && isObject(entry['orderHistory']) ? entry['orderHistory'] : null
    const purchase = isObject(entry) && isObject(entry['purchaseHistory']) ? entry['purchaseHistory'] : null
    const text = () => excerptOf(order ?? purchase ?? entry)
    if (!order && !purchase) {
      rows.bad(n, 'notAPurchase', text())
      continue
    }
    const price = textIn(order, 'totalPrice') || textIn(purchase, 'invoicePrice')
    const total = readMoney(price, { homeCurrency })
    if (total.kind !== 'money') {
      rows.bad(n, isFreeWord(price) ? 'free' : total.kind, text())
      continue
    }
    const charge: FoundRow = {
      n,
      kind: 'charge',
      date: readDate(textIn(order, 'creationTime') || textIn(purchase, 'purchaseTime'), 'iso'),
      ...(order ? namedBy(linesOf(order)) : namedBy([itemOf(purchase?.['doc'], 1)])),
      payee,
      money: total.money,
      order: textIn(order, 'orderId'),
      paidWith: order ? textIn(order['billingInstrument'], 'displayName') : textIn(purchase, 'paymentMethodTitle'),
    }
    rows.add(charge, text)
    const refund = readMoney(textIn(order, 'refundAmount'), { currency: total.money.currency })
    if (refund.kind === 'money' && refund.money.amount > 0n && total.money.amount > 0n) rows.add({ ...charge, n: null, kind: 'refund', money: refund.money }, text)
  }
}

interface Item {
  readonly name: string
  /** As the list without quantities has it. */
  readonly title: string
  readonly game: string | undefined
}

function linesOf(order: Json): Item[] {
  const lines = order['lineItem']
  return Array.isArray(lines) ? lines.map((line: unknown) => itemOf(isObject(line) ? line['doc'] : null, Number(textIn(line, 'quantity')))) : []
}

function itemOf(doc: unknown, quantity: number): Item {
  const title = oneLine(textIn(doc, 'title').slice(0, 2000))
  const app = /in.?app|subscription/i.test(textIn(doc, 'documentType')) ? appAtEnd(title) : null
  const name = app ? title.slice(0, title.length - app.length - 2).trim() : title
  const times = Number.isSafeInteger(quantity) && quantity > 1 ? ` × ${quantity}` : ''
  return { name: name === '' ? '' : name + times, title, game: app ?? undefined }
}

/** `Pile of gems (Starfall (Beta))`: the last brackets, and what is in them. */
function appAtEnd(title: string): string | null {
  let depth = 0
  for (let at = title.length - 1; at > 0 && title.endsWith(')'); at -= 1) {
    if (title[at] === ')') depth += 1
    if (title[at] === '(' && (depth -= 1) === 0) return at > 0 && at < title.length - 2 ? title.slice(at + 1, -1) : null
  }
  return null
}

function namedBy(items: readonly Item[]): Pick<FoundRow, 'item' | 'game' | 'commonName'> {
  const games = new Set(items.map(({ game }) => game))
  const [game] = games
  const item = namesTogether(items.map(({ name }) => name).filter((name) => name !== ''))
  return { item, game: games.size === 1 ? game : undefined, commonName: items.map(({ title }) => title).join() }
}

function excerptOf(entry: unknown): string {
  try {
    return JSON.stringify(entry)
  } catch {
    // Nested deeper than it can be written again.
    return ''
  }
}
