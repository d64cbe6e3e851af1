/** What crosses the border about bringing in what was bought elsewhere. */
import * as v from 'valibot'
import { CapSchema, LimitPeriodSchema } from '../controls.ts'
import { NameSchema } from '../household.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'
import { CurrencySchema, DaySchema } from './history.ts'

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const ImportSourceSchema = v.picklist(['steam', 'googlePlay', 'playStation', 'xbox', 'csv', 'ofx'])
export type ImportSourceView = v.InferOutput<typeof ImportSourceSchema>

const columnSchema = v.pipe(countSchema, v.maxValue(999))

/** Which column of a plain CSV file means what, by their numbers from 0. */
export const CsvMappingSchema = v.strictObject({
  delimiter: v.picklist([',', ';', '\t', '|']),
  date: columnSchema,
  /** `iso` is year first. */
  dateOrder: v.picklist(['iso', 'dayFirst', 'monthFirst']),
  item: columnSchema,
  payee: v.nullable(columnSchema),
  amount: v.variant('kind', [
    v.strictObject({ kind: v.literal('signed'), column: columnSchema, spendingIs: v.picklist(['positive', 'negative']) }),
    v.strictObject({ kind: v.literal('split'), debit: columnSchema, credit: columnSchema }),
  ]),
  decimal: v.picklist([',', '.']),
  currency: v.union([v.strictObject({ column: columnSchema }), v.strictObject({ code: CurrencySchema })]),
  order: v.nullable(columnSchema),
})
export type CsvMappingView = v.InferOutput<typeof CsvMappingSchema>

/** Why a row cannot go in. */
export const BadRowReasonSchema = v.picklist([
  'noDate',
  'noAmount',
  'noCurrency',
  'unknownCurrency',
  'noItem',
  'badText',
  'wrongColumns',
  'notAPurchase',
  'free',
  'impossibleDate',
])
export type BadRowReasonView = v.InferOutput<typeof BadRowReasonSchema>

/** So many of the rows that cannot go in are told at most, with their beginning as the file has it. */
export const badRowsTold = 200

/** A cell as the file has it; anything may be in there. */
const cellSchema = v.pipe(v.string(), v.maxLength(1000))

/** What the charges would use up of one limit in its span that is now, in minor units of the household's currency. */
export const ImportEffectSchema = v.strictObject({
  period: LimitPeriodSchema,
  /** Null where the limit is for all sellers, and the seller's name where it is for one. */
  seller: v.nullable(RecordedLineSchema),
  /** Whether the limit is a member's own, and not the household's. */
  own: v.boolean(),
  cap: CapSchema,
  /** Before them; below nothing where it is used up already. */
  left: MoneySchema.entries.amount,
  uses: MoneySchema.entries.amount,
})
export type ImportEffectView = v.InferOutput<typeof ImportEffectSchema>

export const ImportPreviewSchema = v.strictObject({
  source: ImportSourceSchema,
  /** Without its folders. */
  fileName: RecordedLineSchema,
  /** How many rows would go in, and how many are there already. */
  rows: countSchema,
  known: countSchema,
  /** What those that would go in come to, for each currency. Never netted. */
  totals: v.array(v.strictObject({ debit: MoneySchema, credit: MoneySchema, lines: countSchema })),
  /** The days of the first and the last of them; null without any. */
  from: v.nullable(DaySchema),
  to: v.nullable(DaySchema),
  bad: v.strictObject({
    count: countSchema,
    first: v.pipe(v.array(v.strictObject({ n: countSchema, reason: BadRowReasonSchema, text: cellSchema })), v.maxLength(badRowsTold)),
  }),
  /** Of a plain CSV file: what its columns are called, some rows as they are, and what is taken for what. */
  table: v.nullable(
    v.strictObject({ columns: v.array(cellSchema), sample: v.array(v.array(cellSchema)), mapping: CsvMappingSchema }),
  ),
  counting: v.strictObject({
    /** Of the limits; null while there are none. */
    currency: v.nullable(CurrencySchema),
    /** Charges that would count if the person wants so, and those in other currencies, which cannot. */
    charges: countSchema,
    otherCurrencies: countSchema,
  }),
  /** For whom it can be imported, and what would count against their limits now. `memberId` is null while there are no members. */
  people: v.array(
    v.strictObject({
      memberId: v.nullable(IdSchema),
      name: v.nullable(NameSchema),
      /** How many count already, because an import of them was undone: they do not count twice. */
      countedBefore: countSchema,
      effects: v.array(ImportEffectSchema),
    }),
  ),
})
export type ImportPreviewView = v.InferOutput<typeof ImportPreviewSchema>

export const ImportReadSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('preview'), preview: ImportPreviewSchema }),
  /** Nothing was chosen, or reading was given up. */
  v.strictObject({ kind: v.literal('cancelled') }),
  /** Another file is being read or imported. */
  v.strictObject({ kind: v.literal('busy') }),
  /** No profile is open, or another one than when the file was chosen. */
  v.strictObject({ kind: v.literal('locked') }),
  /** No file is being looked at. */
  v.strictObject({ kind: v.literal('gone') }),
  v.strictObject({
    kind: v.literal('failed'),
    problem: v.picklist(['notReadable', 'tooLarge', 'empty', 'notRecognised', 'damaged', 'ledgerUnavailable']),
    fileName: v.nullable(RecordedLineSchema),
  }),
])
export type ImportReadView = v.InferOutput<typeof ImportReadSchema>

/** So many rows at once at most. */
export const importRowsAtOnce = 100

export const ImportRowsSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    total: countSchema,
    rows: v.array(
      v.strictObject({
        n: countSchema,
        kind: v.picklist(['charge', 'refund']),
        at: InstantSchema,
        item: RecordedLineSchema,
        payee: RecordedLineSchema,
        amount: MoneySchema,
        isKnown: v.boolean(),
      }),
    ),
  }),
  v.strictObject({ kind: v.literal('gone') }),
])
export type ImportRowsView = v.InferOutput<typeof ImportRowsSchema>

const written = { importId: IdSchema, rows: countSchema, partsThere: countSchema, parts: countSchema }

const WriteProblemSchema = v.picklist(['keychainUnavailable', 'ledgerUnavailable', 'diskFull'])

export const ImportedSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('written'), ...written, source: ImportSourceSchema }),
  /** Given up or failed after so many parts: they are in, and can be undone. Null where nothing is in. */
  v.strictObject({ kind: v.literal('cancelled'), there: v.nullable(v.strictObject(written)) }),
  v.strictObject({ kind: v.literal('failed'), problem: WriteProblemSchema, there: v.nullable(v.strictObject(written)) }),
  v.strictObject({ kind: v.literal('locked'), there: v.nullable(v.strictObject(written)) }),
  /** Everything that is in the file is there already. */
  v.strictObject({ kind: v.literal('nothingNew') }),
  v.strictObject({ kind: v.picklist(['busy', 'gone', 'notAllowed']) }),
])
export type ImportedView = v.InferOutput<typeof ImportedSchema>

export const ImportListSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    /** Newest first. */
    imports: v.array(
      v.strictObject({
        importId: IdSchema,
        source: ImportSourceSchema,
        fileName: RecordedLineSchema,
        at: InstantSchema,
        who: v.nullable(NameSchema),
        counts: v.boolean(),
        rows: countSchema,
        /** Less than `parts` where it was cut short. */
        partsThere: countSchema,
        parts: countSchema,
        undoneAt: v.nullable(InstantSchema),
      }),
    ),
  }),
  v.strictObject({ kind: v.picklist(['locked', 'unavailable']) }),
])
export type ImportListView = v.InferOutput<typeof ImportListSchema>
export type KnownImportView = Extract<ImportListView, { kind: 'ok' }>['imports'][number]

export const ImportUndoneSchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['done', 'gone', 'busy', 'locked', 'notAllowed']) }),
  v.strictObject({ kind: v.literal('failed'), problem: WriteProblemSchema }),
])
export type ImportUndoneView = v.InferOutput<typeof ImportUndoneSchema>

/** Bytes of the file while it is read, rows after that. */
export const ImportProgressSchema = v.strictObject({ step: v.picklist(['reading', 'looking', 'writing']), done: countSchema, total: countSchema })
export type ImportProgressData = v.InferOutput<typeof ImportProgressSchema>

export const importCalls = {
  /** Asks in a box of main's own which file, and reads it; `source` null to find out where it is from. Nothing is written. */
  'imports.choose': { input: v.strictObject({ source: v.nullable(ImportSourceSchema) }), output: ImportReadSchema },
  /** The same file once more, as one from there. */
  'imports.reread': { input: v.strictObject({ source: ImportSourceSchema }), output: ImportReadSchema },
  /** The same file once more, with other columns. */
  'imports.remap': { input: v.strictObject({ mapping: CsvMappingSchema }), output: ImportReadSchema },
  /** Some of the rows that can go in, in the order of the file. */
  'imports.rows': {
    input: v.strictObject({ offset: countSchema, limit: v.pipe(countSchema, v.maxValue(importRowsAtOnce)) }),
    output: ImportRowsSchema,
  },
  /** Writes what can go in and is not there. `counts` says whether the charges count towards limits. */
  'imports.commit': { input: v.strictObject({ memberId: v.nullable(IdSchema), counts: v.boolean() }), output: ImportedSchema },
  /** Gives up what is being read or written, or forgets the file that was looked at. */
  'imports.cancel': { input: v.undefined(), output: v.strictObject({}) },
  'imports.list': { input: v.undefined(), output: ImportListSchema },
  /** Takes a whole import out of the history. What it counted stays counted. */
  'imports.undo': { input: v.strictObject({ importId: IdSchema }), output: ImportUndoneSchema },
} as const
