/** What crosses the border about statements: which months there are, one of them for the screen, and one as a file. */
import * as v from 'valibot'
import { ExclusionStateSchema, ControlEventSchema } from './controls.ts'
import { HouseholdSchema, KeptHoursSchema, LimitSchema } from '../controls.ts'
import { NameSchema } from '../household.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'
import { ExportResultSchema } from './export.ts'
import { CurrencyTotalSchema, DaySchema, LineSchema, MonthSchema } from './history.ts'

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** `memberId` null is everything that whose profile is open may see. */
export const WhoseSchema = v.strictObject({ memberId: v.nullable(IdSchema) })
export const StatementInputSchema = v.strictObject({ month: MonthSchema, memberId: v.nullable(IdSchema) })
export type StatementInput = v.InferOutput<typeof StatementInputSchema>

const notThere = [
  v.strictObject({ kind: v.literal('building'), done: countSchema, total: countSchema }),
  /** No profile is open that may see it. */
  v.strictObject({ kind: v.literal('locked') }),
  v.strictObject({ kind: v.literal('unavailable') }),
] as const

export const StatementMonthsSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ok'),
    /** Newest first; only months with lines. */
    months: v.array(v.strictObject({ month: MonthSchema, lines: countSchema, totals: v.array(CurrencyTotalSchema) })),
    /** Whose statements can be had besides everything; empty where that is one person's. */
    members: v.array(v.strictObject({ memberId: IdSchema, name: NameSchema })),
    unverified: v.boolean(),
  }),
  ...notThere,
])
export type StatementMonths = v.InferOutput<typeof StatementMonthsSchema>

/** As all totals, and how much of it was bought elsewhere and imported. */
export const StatementTotalSchema = v.strictObject({ ...CurrencyTotalSchema.entries, importedDebit: MoneySchema, importedCredit: MoneySchema })
export type StatementTotalView = v.InferOutput<typeof StatementTotalSchema>

/** The controls as they were at one moment, as far as the statement is about them. */
const ControlsAtSchema = v.strictObject({
  /** Null before the first control. */
  household: v.nullable(HouseholdSchema),
  limits: v.array(LimitSchema),
  quietHours: v.array(KeptHoursSchema),
  /** `memberId` null is the household's. Only such as are not over. */
  exclusions: v.array(v.strictObject({ memberId: v.nullable(IdSchema), state: ExclusionStateSchema })),
})
export type ControlsAt = v.InferOutput<typeof ControlsAtSchema>

/** Lines that are put on the screen; the file has all of them. */
export const linesOnScreen = 100

export const StatementSchema = v.strictObject({
  month: MonthSchema,
  /** The first and the last day of it. */
  firstDay: DaySchema,
  lastDay: DaySchema,
  /** The first moment after it. While that has not come, the month is not over. */
  endsAt: InstantSchema,
  /** By whose calendar and clock everything in it is: an IANA zone. */
  zone: v.string(),
  memberId: v.nullable(IdSchema),
  /** Null where it is of more than one person, or of nobody's profile. */
  who: v.nullable(NameSchema),
  opening: v.array(StatementTotalSchema),
  totals: v.array(StatementTotalSchema),
  closing: v.array(StatementTotalSchema),
  /** By name. */
  sellers: v.array(v.strictObject({ ...StatementTotalSchema.entries, sellerId: IdSchema, payee: RecordedLineSchema })),
  /** Oldest first, `linesOnScreen` at most of `lineCount`. */
  lines: v.array(LineSchema),
  lineCount: countSchema,
  /** Null where nobody can tell from the log, which then does not verify. */
  controls: v.nullable(v.strictObject({ atStart: ControlsAtSchema, atEnd: ControlsAtSchema, changes: v.array(ControlEventSchema) })),
  madeAt: InstantSchema,
  /** Of the log, at that time: the number of the newest event and its mac in base64url. */
  head: v.nullable(v.strictObject({ seq: countSchema, mac: v.string() })),
  /** `whole`: every event was checked. `end`: the newest events and the anchor were, the rest is being. */
  checked: v.picklist(['whole', 'end', 'failed']),
})
export type StatementData = v.InferOutput<typeof StatementSchema>

export const StatementViewSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ok'), statement: StatementSchema }),
  ...notThere,
])
export type StatementView = v.InferOutput<typeof StatementViewSchema>

export const StatementFormatSchema = v.picklist(['pdf', 'html'])
export type StatementFormat = v.InferOutput<typeof StatementFormatSchema>
export const StatementSaveSchema = v.strictObject({ ...StatementInputSchema.entries, format: StatementFormatSchema })
export const StatementSavedSchema = ExportResultSchema

/** So many lines have been gathered. */
export const StatementProgressSchema = v.strictObject({ done: countSchema, total: countSchema })
