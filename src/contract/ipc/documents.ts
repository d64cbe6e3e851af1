/** What crosses the border about receipts as files. */
import * as v from 'valibot'
import { IdSchema } from '../text.ts'

/** To read and print, or for whoever wants to verify it (docs/RECEIPT.md). */
export const ReceiptFormatSchema = v.picklist(['pdf', 'json'])
export type ReceiptFormat = v.InferOutput<typeof ReceiptFormatSchema>

export const SaveReceiptInputSchema = v.strictObject({ purchaseId: IdSchema, format: ReceiptFormatSchema })

export const FileProblemSchema = v.picklist(['diskFull', 'notAllowed', 'noFolder', 'isFolder', 'notWritten', 'ledgerUnreadable'])

export const SavedReceiptSchema = v.variant('kind', [
  /** `name` is that of the file, without its folder. */
  v.strictObject({ kind: v.literal('written'), name: v.string() }),
  v.strictObject({ kind: v.literal('cancelled') }),
  /** Another receipt is being saved. */
  v.strictObject({ kind: v.literal('busy') }),
  /** No profile is open, or another one than at the beginning. */
  v.strictObject({ kind: v.literal('locked') }),
  /** There is no such purchase, or it is not theirs to see. */
  v.strictObject({ kind: v.literal('notFound') }),
  /** It was not charged, or that is not known yet. */
  v.strictObject({ kind: v.literal('noReceipt') }),
  /** Its receipt is not one of the gateway's for just this purchase, so that it proves nothing. */
  v.strictObject({ kind: v.literal('notGood') }),
  /** Which keys the gateway signs with is not known now. */
  v.strictObject({ kind: v.literal('notVerifiable') }),
  v.strictObject({ kind: v.literal('failed'), problem: FileProblemSchema }),
])
export type SavedReceipt = v.InferOutput<typeof SavedReceiptSchema>
