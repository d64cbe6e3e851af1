/** What is said about a charge with which something is wrong, as it crosses to the gateway and to the pages. */
import * as v from 'valibot'
import { NoteSchema } from './household.ts'

export const DisputeReasonSchema = v.picklist(['notMine', 'notReceived', 'wrongAmount', 'byMistake', 'other'])
export type DisputeReason = v.InferOutput<typeof DisputeReasonSchema>

/** What the person adds in their own words: one line. */
export const DisputeNoteSchema = NoteSchema

export const DisputeOutcomeSchema = v.picklist(['refunded', 'refused'])
export type DisputeOutcome = v.InferOutput<typeof DisputeOutcomeSchema>
