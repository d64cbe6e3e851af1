/** What a receipt says on paper. Everything is from the ledger and nothing from a clock, so that it is the same whenever it is saved. */
import type { Language } from '../../contract/ipc/status.ts'
import { localTimeIn, percentOf } from '../../domain/export/export-text.ts'
import type { RecordedState } from '../../domain/life-cycle.ts'
import { fromWire, minorUnitDigits, unitPrice } from '../../domain/money.ts'
import type { SignedReceipt } from '../../domain/receipt-file.ts'
import type { Paper, PaperBlock, PaperFact } from '../ports/documents.ts'
import { amountIn } from './control-questions.ts'
import { type MoneyBackKind, type ReceiptWords, receiptWords } from './receipt-words.ts'

/** Money that moved after the charge; amounts in minor units of the price's currency, below nothing where it came back. */
export interface MoneyBack {
  readonly kind: MoneyBackKind
  /** RFC 3339 in UTC. */
  readonly at: string
  /** The gateway's number for it. */
  readonly reference: string
  readonly moved: bigint
}

export interface ReceiptContent {
  readonly receipt: SignedReceipt
  /** Empty where the ledger has lost all but the receipt. */
  readonly game: string
  readonly state: RecordedState
  readonly moneyBack: readonly MoneyBack[]
  /** Who bought it; null where nobody is known by a name. */
  readonly who: string | null
}

export interface PaperStyle {
  readonly language: Language
  /** The IANA zone by whose clock times are told. */
  readonly zone: string
  readonly sandbox: boolean
}

/** One for each language, so that a receipt does not look otherwise on a computer of another region. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

export function receiptPaper(content: ReceiptContent, style: PaperStyle): Paper {
  const words = receiptWords[style.language]
  const { claims, key } = content.receipt
  const { price, tax } = claims
  const money = moneyIn(style, price.currency)
  return {
    title: words.title(claims.receiptNumber),
    language: style.language,
    datedAt: content.moneyBack.at(-1)?.at ?? claims.chargedAt,
    footer: words.footer(claims.receiptNumber),
    missingCharacters: words.missingCharacters,
    blocks: [
      { kind: 'heading', level: 1, text: words.heading },
      { kind: 'paragraph', tone: 'quiet', text: claims.receiptNumber },
      ...(style.sandbox ? [{ kind: 'paragraph', tone: 'quiet', text: words.sandbox } as const] : []),
      { kind: 'figure', label: words.paidTo(claims.payee), value: money(price.amount), note: words.taxWithin(money(tax.amount), `${percentOf(tax.rateBasisPoints)}\u00A0%`) },
      { kind: 'rule' },
      { kind: 'facts', facts: factsOf(content, style, words) },
      ...moneyBackBlocks(content, style, words),
      { kind: 'heading', level: 2, text: words.howToVerify },
      { kind: 'paragraph', tone: 'quiet', text: words.verify },
      {
        kind: 'facts',
        facts: [
          { name: words.signingKey, value: key.kid, exact: true },
          { name: words.approvedDigest, value: claims.challengeDigest, exact: true },
        ],
      },
    ],
  }
}

function factsOf({ receipt: { claims }, game, state, who }: ReceiptContent, style: PaperStyle, words: ReceiptWords): PaperFact[] {
  const { bundle, passDays, price, counted } = claims
  const withCode = (amount: { readonly amount: string; readonly currency: string }) => `${moneyIn(style, amount.currency)(amount.amount)} (${amount.currency})`
  const contents = [
    ...(bundle ? [words.bundle(new Intl.NumberFormat(locales[style.language]).format(bundle.count), bundle.unit, eachOf(claims, bundle.count, style))] : []),
    ...(passDays === undefined ? [] : [words.days(passDays)]),
  ]
  return [
    { name: words.item, value: claims.item },
    ...(game === '' ? [] : [{ name: words.game, value: game }]),
    ...contents.map((value) => ({ name: words.contents, value })),
    { name: words.price, value: withCode(price) },
    ...(counted && counted.currency !== price.currency ? [{ name: words.countedAs, value: withCode(counted) }] : []),
    { name: words.paidFrom, value: claims.fundingSource.label },
    ...(who === null ? [] : [{ name: words.boughtBy, value: who }]),
    { name: words.chargedAt, value: timeIn(style)(claims.chargedAt) },
    ...(state in words.states ? [{ name: words.state, value: words.states[state as keyof ReceiptWords['states']] }] : []),
    { name: words.receiptNumber, value: claims.receiptNumber, exact: true },
    { name: words.purchaseNumber, value: claims.idempotencyKey, exact: true },
  ]
}

/** Each a line of its own, so that the price stays what was charged. */
function moneyBackBlocks({ receipt, moneyBack }: ReceiptContent, style: PaperStyle, words: ReceiptWords): PaperBlock[] {
  if (moneyBack.length === 0) return []
  const money = moneyIn(style, receipt.claims.price.currency)
  const columns = words.moneyBackColumns
  return [
    { kind: 'heading', level: 2, text: words.moneyBack },
    {
      kind: 'table',
      columns: [
        { title: columns.when, align: 'start', share: 11 },
        { title: columns.what, align: 'start', share: 8 },
        { title: columns.number, align: 'start', share: 19 },
        { title: columns.amount, align: 'end', share: 6 },
      ],
      rows: moneyBack.map(({ kind, at, reference, moved }) => [timeIn(style)(at), words.moneyBackKinds[kind], reference, money(moved.toString())]),
      totals: [],
    },
    { kind: 'paragraph', tone: 'small', text: words.soFar },
  ]
}

/** The price of one unit, which may have more decimals than its currency. */
function eachOf({ price }: SignedReceipt['claims'], count: number, { language }: PaperStyle): string {
  const { decimal, currency, exact } = unitPrice(fromWire(price), count)
  const least = minorUnitDigits(currency)
  const format = new Intl.NumberFormat(locales[language], { style: 'currency', currency, minimumFractionDigits: least, maximumFractionDigits: least + 2 })
  return `${exact ? '' : '≈ '}${format.format(decimal as Intl.StringNumericLiteral)}`
}

const moneyIn = ({ language }: PaperStyle, currency: string) => (amount: string) => amountIn(locales[language], amount, currency)

/** To the second, with how far the clock there is from UTC. */
function timeIn({ language, zone }: PaperStyle): (instant: string) => string {
  const format = new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone })
  const local = localTimeIn(zone)
  return (instant) => `${format.format(Date.parse(instant))} (${local(instant).iso.slice(-6)})`
}
