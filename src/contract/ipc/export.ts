/** What crosses the border about exporting the history. */
import * as v from 'valibot'
import { HistoryQuestionSchema } from './history.ts'

export const ExportFormatSchema = v.picklist(['csv', 'jsonl', 'hledger', 'beancount', 'ofx'])
export type ExportFormatChoice = v.InferOutput<typeof ExportFormatSchema>

/** All that the question finds is exported, not what is shown of it; null is everything that whose profile is open may see. */
export const ExportInputSchema = v.strictObject({ format: ExportFormatSchema, question: v.nullable(HistoryQuestionSchema) })

/** Why a file could not be written. */
export const FileProblemSchema = v.picklist(['diskFull', 'notAllowed', 'noFolder', 'isFolder', 'notWritten'])

const countSchema = v.pipe(v.number(), v.integer(), v.minValue(0))

export const ExportResultSchema = v.variant('kind', [
  /** `name` is that of the file, without its folder. `unverified` as in the history. */
  v.strictObject({ kind: v.literal('written'), name: v.string(), lines: countSchema, unverified: v.boolean() }),
  v.strictObject({ kind: v.literal('cancelled') }),
  /** One export is being made already. */
  v.strictObject({ kind: v.literal('busy') }),
  /** No profile is open, or another one than at the beginning. */
  v.strictObject({ kind: v.literal('locked') }),
  v.strictObject({
    kind: v.literal('failed'),
    problem: v.picklist([...FileProblemSchema.options, 'ledgerUnreadable']),
  }),
])
export type ExportResult = v.InferOutput<typeof ExportResultSchema>

/** So much of the ledger has been gone through. */
export const ExportProgressSchema = v.strictObject({ done: countSchema, total: countSchema, lines: countSchema })
export type ExportProgressData = v.InferOutput<typeof ExportProgressSchema>
