/** What crosses the border about one purchase: its whole life, what was shown when it was approved, its receipt, and what is said to be wrong with it. */
import * as v from 'valibot'
import { ToldStepUpReasonSchema } from '../account.ts'
import { BundleSchema, OfferKindSchema } from '../catalogue.ts'
import { LimitPeriodSchema } from '../controls.ts'
import { DisputeOutcomeSchema, DisputeReasonSchema } from '../dispute.ts'
import { TaxSchema } from '../http/claims.ts'
import { NameSchema, NewNoteSchema } from '../household.ts'
import { MoneySchema, UnitPriceSchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'
import { LineSchema, LineSourceSchema, PurchaseStateSchema } from './history.ts'
import { JudgedSchema } from './monitoring.ts'

const AmountSchema = MoneySchema.entries.amount
const NumberSchema = v.pipe(v.string(), v.maxLength(100))
const FundingSchema = v.strictObject({ id: IdSchema, label: v.nullable(RecordedLineSchema) })

/** What is left of a limit after a purchase, of its cap; in the currency that limits are in. Below zero where a guardian let it pass. */
const LeftSchema = v.strictObject({
  period: v.picklist(['day', 'week', 'month']),
  sellerId: v.nullable(IdSchema),
  memberId: v.exactOptional(IdSchema),
  cap: AmountSchema,
  left: AmountSchema,
})

/** What of the question can be laid out again: what the digest covers, and the name of who bought. */
export const ShownSchema = v.strictObject({
  payee: RecordedLineSchema,
  item: RecordedLineSchema,
  game: RecordedLineSchema,
  kind: OfferKindSchema,
  bundle: v.exactOptional(v.strictObject({ count: BundleSchema.entries.count, unit: RecordedLineSchema })),
  unitPrice: v.exactOptional(UnitPriceSchema),
  passDays: v.exactOptional(v.pipe(v.number(), v.integer())),
  price: MoneySchema,
  tax: TaxSchema,
  fundingSource: v.strictObject({ id: IdSchema, label: RecordedLineSchema }),
  counted: v.exactOptional(MoneySchema),
  headroom: v.array(LeftSchema),
  buyer: v.exactOptional(v.strictObject({ name: NameSchema })),
  /** There where the account's second factor was asked for, and given. */
  stepUp: v.exactOptional(v.strictObject({ reasons: v.pipe(v.array(ToldStepUpReasonSchema), v.minLength(1)), above: v.exactOptional(MoneySchema) })),
})
export type Shown = v.InferOutput<typeof ShownSchema>

const ReasonSchema = v.pipe(v.string(), v.maxLength(100))

/** One thing that happened in the life of a purchase, in the order in which this ledger learned of it. `by` is a member's name. */
export const MomentSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('asked'), at: InstantSchema, by: v.nullable(NameSchema) }),
  v.strictObject({ kind: v.literal('shown'), at: InstantSchema }),
  v.strictObject({ kind: v.literal('approved'), at: InstantSchema, by: v.nullable(NameSchema), guardian: v.boolean() }),
  /** No answer that could be trusted came back; it was asked for by its key. */
  v.strictObject({ kind: v.literal('unknown'), at: InstantSchema }),
  v.strictObject({ kind: v.literal('charged'), at: InstantSchema, lineId: v.string(), amount: MoneySchema, reference: NumberSchema }),
  v.strictObject({ kind: v.picklist(['declined', 'voided']), at: InstantSchema, reason: ReasonSchema }),
  v.strictObject({
    kind: v.picklist(['refund', 'chargeback', 'chargebackReversal']),
    at: InstantSchema,
    lineId: v.string(),
    amount: MoneySchema,
    reference: NumberSchema,
  }),
  v.strictObject({ kind: v.literal('disputed'), at: InstantSchema, reason: DisputeReasonSchema, note: v.nullable(RecordedLineSchema) }),
  v.strictObject({ kind: v.literal('disputeClosed'), at: InstantSchema, outcome: DisputeOutcomeSchema }),
  /** A backup was put back that had lost the purchase: the gateway’s receipt for it is all that is left. */
  v.strictObject({ kind: v.literal('recovered'), at: InstantSchema }),
])
export type Moment = v.InferOutput<typeof MomentSchema>

export const ReceiptViewSchema = v.strictObject({
  number: NumberSchema,
  chargedAt: InstantSchema,
  price: MoneySchema,
  /** Null where only a receipt is left that does not verify. */
  tax: v.nullable(TaxSchema),
  fundingSource: FundingSchema,
  /** By the gateway’s key: `notVerified` also where it is signed, and is for something else than what was approved. */
  signature: v.picklist(['verified', 'notVerified', 'noKey']),
})
export type ReceiptView = v.InferOutput<typeof ReceiptViewSchema>

export const LimitEffectSchema = v.strictObject({
  /** What it counts as, and when; `isCounting` is false where it was not charged after all. */
  counted: MoneySchema,
  countedAt: InstantSchema,
  isCounting: v.boolean(),
  /** As the question said when it was approved. */
  headroom: v.array(LeftSchema),
  /** The person was asked whether they know that a limit comes near its end, and said yes. */
  isNearLimit: v.boolean(),
  /** Limits that came near their end with it, or were used up. */
  warnings: v.array(
    v.strictObject({ period: LimitPeriodSchema, sellerId: v.nullable(IdSchema), memberId: v.exactOptional(IdSchema), percent: v.picklist([80, 100]) }),
  ),
})
export type LimitEffect = v.InferOutput<typeof LimitEffectSchema>

/** Whether the person can say that something is wrong with the charge. */
export const DisputeStateSchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['possible', 'notCharged', 'nothingLeft']) }),
  v.strictObject({
    kind: v.literal('open'),
    disputeId: IdSchema,
    openedAt: InstantSchema,
    reason: DisputeReasonSchema,
    note: v.nullable(RecordedLineSchema),
  }),
])
export type DisputeState = v.InferOutput<typeof DisputeStateSchema>

const about = {
  purchaseId: IdSchema,
  item: RecordedLineSchema,
  payee: RecordedLineSchema,
  game: v.nullable(RecordedLineSchema),
  price: MoneySchema,
  /** What it has cost so far: the price without what came back; nothing before a charge. */
  cost: MoneySchema,
  /** Who bought it; null while there were no members, or where nobody knows their name. */
  who: v.nullable(NameSchema),
  state: PurchaseStateSchema,
  /** The lines of the history that are about it, oldest first. */
  lines: v.array(LineSchema),
}

export const PurchaseDetailSchema = v.variant('from', [
  v.strictObject({
    from: v.literal('tuppence'),
    ...about,
    reason: v.nullable(ReasonSchema),
    life: v.array(MomentSchema),
    /** Null where only the receipt is left. `digest` says whether the content still has the fingerprint that was approved and signed. */
    shown: v.nullable(
      v.strictObject({
        content: ShownSchema,
        at: InstantSchema,
        askedAt: v.nullable(InstantSchema),
        digest: v.picklist(['matches', 'differs']),
        fingerprint: v.string(),
      }),
    ),
    receipt: v.nullable(ReceiptViewSchema),
    limits: v.nullable(LimitEffectSchema),
    /** How it was judged before it was asked about; null where nobody watched. */
    risk: v.nullable(JudgedSchema),
    dispute: DisputeStateSchema,
  }),
  /** Bought elsewhere, as a file said that was imported. */
  v.strictObject({
    from: v.literal('elsewhere'),
    ...about,
    source: LineSourceSchema,
    fileName: v.string(),
    importedAt: InstantSchema,
    /** The row of the file that it was in, as the person sees it there. */
    row: v.pipe(v.number(), v.integer()),
    /** Whether its charge counts against the limits. */
    counts: v.boolean(),
    paidWith: v.nullable(RecordedLineSchema),
    order: v.nullable(NumberSchema),
  }),
])
export type PurchaseDetail = v.InferOutput<typeof PurchaseDetailSchema>

/** `unverified` says that it is shown although the log could not be checked. */
export const PurchaseDetailResultSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ok'), purchase: PurchaseDetailSchema, unverified: v.boolean() }),
  /** There is none of that id, or not for whose profile is open. */
  v.strictObject({ kind: v.literal('notFound') }),
  v.strictObject({ kind: v.literal('building'), done: v.number(), total: v.number() }),
  v.strictObject({ kind: v.literal('locked') }),
  v.strictObject({ kind: v.literal('unavailable') }),
])
export type PurchaseDetailResult = v.InferOutput<typeof PurchaseDetailResultSchema>

export const OpenDisputeInputSchema = v.strictObject({
  purchaseId: IdSchema,
  reason: DisputeReasonSchema,
  note: v.exactOptional(NewNoteSchema),
})
export type OpenDisputeInput = v.InferOutput<typeof OpenDisputeInputSchema>

export const DisputeRefusalSchema = v.picklist([
  'locked',
  'notFound',
  'notCharged',
  'nothingLeft',
  /** One about this purchase waits for its decision, here or at the gateway. */
  'alreadyOpen',
  /** This very question is being asked or sent. */
  'busy',
  /** The history is being put in order. */
  'building',
  /** Nothing was taken in, as far as is known. Trying again is the same dispute, and never a second one. */
  'gatewayUnreachable',
  'gatewayRefused',
  'keychainUnavailable',
  'ledgerUnavailable',
])
export type DisputeRefusal = v.InferOutput<typeof DisputeRefusalSchema>

export const DisputedSchema = v.variant('kind', [
  /** The gateway has taken it in. */
  v.strictObject({ kind: v.literal('opened') }),
  /** The person said no in the box, and nothing was sent. */
  v.strictObject({ kind: v.literal('declined') }),
  v.strictObject({ kind: v.literal('refused'), reason: DisputeRefusalSchema }),
])
export type Disputed = v.InferOutput<typeof DisputedSchema>
