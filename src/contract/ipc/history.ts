/** What crosses the border about the history: lines, what is asked for, and what it comes to. */
import * as v from 'valibot'
import { NameSchema } from '../household.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** `2026-02-31` has the form of a day and is none: it reads as 3 March. */
function isThere(day: string): boolean {
  const atMs = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(day)
}

/** A calendar day of the household: `2026-10-03`. */
export const DaySchema = v.pipe(v.string(), v.isoDate(), v.check(isThere, 'no such day'))
/** A calendar month of the household: `2026-10`. The last one of four digits ends in none. */
export const MonthSchema = v.pipe(v.string(), v.regex(/^(?!9999-12)\d{4}-(0[1-9]|1[0-2])$/, 'not a month'))
export const CurrencySchema = MoneySchema.entries.currency

export const LineKindSchema = v.picklist(['charge', 'refund', 'chargeback', 'chargebackReversal', 'pending', 'notCharged'])
export const PurchaseStateSchema = v.picklist([
  'approved',
  'unknown',
  'succeeded',
  'partlyRefunded',
  'refunded',
  'chargedBack',
  'declined',
  'voided',
])
export type PurchaseStateView = v.InferOutput<typeof PurchaseStateSchema>
export const OfferKindSchema = v.picklist(['item', 'pass', 'bundle'])
export const LineSourceSchema = v.picklist(['tuppence', 'steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx'])
export type LineSourceView = v.InferOutput<typeof LineSourceSchema>

/** One thing that happened to one purchase. Only charges, refunds, chargebacks and their reversals move money. */
export const LineSchema = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(140)),
  kind: LineKindSchema,
  at: InstantSchema,
  purchaseId: IdSchema,
  receiptNumber: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  reference: v.nullable(v.pipe(v.string(), v.maxLength(100))),
  /** How the purchase stands now. */
  state: PurchaseStateSchema,
  sellerId: IdSchema,
  payee: RecordedLineSchema,
  item: RecordedLineSchema,
  /** Null where it is not known. */
  game: v.nullable(RecordedLineSchema),
  offerKind: v.nullable(OfferKindSchema),
  bundle: v.nullable(v.strictObject({ count: countSchema, unit: RecordedLineSchema })),
  price: MoneySchema,
  /** What it adds to what was spent; below nothing where money came back. */
  moved: MoneySchema,
  source: LineSourceSchema,
  /** Who bought it; null while there were no members, or where nobody knows their name. */
  who: v.nullable(NameSchema),
})
export type LineView = v.InferOutput<typeof LineSchema>

/** An amount in major units as a decimal. */
export const DecimalSchema = v.pipe(v.string(), v.regex(/^\d{1,15}(\.\d{1,4})?$/, 'not an amount'))

const many = <S extends v.GenericSchema>(schema: S) => v.nullable(v.pipe(v.array(schema), v.minLength(1), v.maxLength(200)))

/** What the menus are set to; null asks for nothing. Days are those of the household, both included. */
export const HistoryMenusSchema = v.strictObject({
  from: v.nullable(DaySchema),
  to: v.nullable(DaySchema),
  /** Null among them is what nobody's profile bought. */
  members: many(v.nullable(IdSchema)),
  sellers: many(IdSchema),
  lines: many(LineKindSchema),
  states: many(PurchaseStateSchema),
  kinds: many(OfferKindSchema),
  currencies: many(CurrencySchema),
  sources: many(LineSourceSchema),
  least: v.nullable(DecimalSchema),
  most: v.nullable(DecimalSchema),
})
export type HistoryMenus = v.InferOutput<typeof HistoryMenusSchema>

export const HistoryOrderSchema = v.strictObject({
  by: v.picklist(['at', 'item', 'who', 'payee', 'state', 'receipt', 'amount']),
  direction: v.picklist(['ascending', 'descending']),
})
export type HistoryOrderView = v.InferOutput<typeof HistoryOrderSchema>

/** `text` is what was typed into the search field, in the language of the page. */
export const HistoryQuestionSchema = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(200)),
  menus: HistoryMenusSchema,
  order: HistoryOrderSchema,
})
export type HistoryQuestionView = v.InferOutput<typeof HistoryQuestionSchema>

/** What a part of the text was taken for. What was not understood is left out of the search. */
export const MeaningSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('word') }),
  v.strictObject({ kind: v.literal('seller') }),
  v.strictObject({ kind: v.literal('member'), names: v.array(NameSchema) }),
  v.strictObject({
    kind: v.literal('amount'),
    is: v.picklist(['above', 'atLeast', 'below', 'atMost', 'equal']),
    decimal: v.string(),
    currency: v.nullable(CurrencySchema),
  }),
  /** Both included. */
  v.strictObject({ kind: v.literal('amounts'), least: v.string(), most: v.string(), currency: v.nullable(CurrencySchema) }),
  v.strictObject({ kind: v.literal('period'), from: DaySchema, to: DaySchema }),
  v.strictObject({ kind: v.literal('lines'), lines: v.array(LineKindSchema) }),
  v.strictObject({ kind: v.literal('states'), states: v.array(PurchaseStateSchema) }),
  v.strictObject({ kind: v.literal('kinds'), kinds: v.array(OfferKindSchema) }),
  v.strictObject({ kind: v.literal('sources'), sources: v.array(LineSourceSchema) }),
  v.strictObject({ kind: v.literal('currency'), currency: CurrencySchema }),
  v.strictObject({
    kind: v.literal('notUnderstood'),
    because: v.picklist([
      'noAmount',
      'noPeriod',
      'noSuchMember',
      'noSuchKind',
      'noSuchState',
      'noSuchSource',
      'noSuchCurrency',
      'nothingAfterColon',
      'noWord',
      'tooMany',
    ]),
  }),
])
export type Meaning = v.InferOutput<typeof MeaningSchema>
export const ReadingSchema = v.array(v.strictObject({ text: v.string(), means: MeaningSchema }))
export type Reading = v.InferOutput<typeof ReadingSchema>

export const notThere = [
  /** The history is being put in order, which happens once after a long time or a repair. */
  v.strictObject({ kind: v.literal('building'), done: countSchema, total: countSchema }),
  /** No profile is open, so that nobody's purchases are shown. */
  v.strictObject({ kind: v.literal('locked') }),
  v.strictObject({ kind: v.literal('unavailable') }),
] as const

/** So many lines at once at most. */
export const linesAtOnce = 200

export const HistoryPageInputSchema = v.strictObject({
  question: HistoryQuestionSchema,
  offset: countSchema,
  limit: v.pipe(countSchema, v.maxValue(linesAtOnce)),
})

/** `unverified` says that lines are shown although the log could not be checked (no keychain, tampering). */
export const HistoryPageSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ok'), lines: v.array(LineSchema), reading: ReadingSchema, unverified: v.boolean() }),
  ...notThere,
])
export type HistoryPage = v.InferOutput<typeof HistoryPageSchema>

export const CurrencyTotalSchema = v.strictObject({
  /** What was charged, in minor units, what came back, and what is not known yet to have been charged. Never netted. */
  debit: MoneySchema,
  credit: MoneySchema,
  pending: MoneySchema,
  lines: countSchema,
})
export type CurrencyTotalView = v.InferOutput<typeof CurrencyTotalSchema>

export const HistorySummarySchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    lines: countSchema,
    totals: v.array(CurrencyTotalSchema),
    /** Newest first. */
    months: v.array(v.strictObject({ month: MonthSchema, lines: countSchema, totals: v.array(CurrencyTotalSchema) })),
    /** Purchases, of all that may be seen, whose outcome is not known. */
    open: countSchema,
  }),
  ...notThere,
])
export type HistorySummaryView = v.InferOutput<typeof HistorySummarySchema>

/** What there is to choose from in the menus. */
export const HistoryFacetsSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    sellers: v.array(v.strictObject({ sellerId: IdSchema, payee: RecordedLineSchema })),
    members: v.array(v.strictObject({ memberId: v.nullable(IdSchema), name: v.nullable(NameSchema) })),
    currencies: v.array(CurrencySchema),
    sources: v.array(LineSourceSchema),
    /** The days of the first and the last line, and today; null without any. */
    first: v.nullable(DaySchema),
    last: v.nullable(DaySchema),
    today: DaySchema,
  }),
  ...notThere,
])
export type HistoryFacetsView = v.InferOutput<typeof HistoryFacetsSchema>
