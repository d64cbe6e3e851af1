/** What the launcher page sees of the care that is taken of the ledger. It can ask for it, and can decide nothing. */
import * as v from 'valibot'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'
import { RefusalReasonSchema } from './outcome.ts'

const CountSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** A purchase whose outcome is not known, and what asking for it has brought. `askedAt` is null before the first time. */
export const OpenPurchaseSchema = v.strictObject({
  purchaseId: IdSchema,
  item: RecordedLineSchema,
  payee: RecordedLineSchema,
  price: MoneySchema,
  /** When it was approved. */
  at: InstantSchema,
  askedAt: v.nullable(InstantSchema),
  found: v.picklist([
    /** Its own request is on the way at this moment. */
    'beingSent',
    'notAskedYet',
    /** The gateway could not be asked, or what it said proves nothing. */
    'noAnswer',
    'beingDecided',
    /** The gateway has not seen the request, which could still arrive until the quote ends. */
    'mayStillArrive',
    /** The gateway lists the charge and no longer gives out its receipt under this key. */
    'receiptGone',
  ]),
})
export type OpenPurchase = v.InferOutput<typeof OpenPurchaseSchema>

/** One line on which ledger and gateway do not agree. `here` is the ledger's amount, `there` the gateway's. */
export const DifferenceSchema = v.strictObject({
  kind: v.picklist(['missingHere', 'missingThere', 'amountDiffers', 'refundDiffers', 'chargebackDiffers']),
  purchaseId: IdSchema,
  receiptNumber: v.nullable(IdSchema),
  here: v.nullable(MoneySchema),
  there: v.nullable(MoneySchema),
})

export const ComparisonSchema = v.strictObject({ matched: CountSchema, differences: v.array(DifferenceSchema) })

/** The last full check of the log, or the one that is going on. `firstBadSeq` is the first event that does not fit. */
export const VerificationSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('notYet') }),
  v.strictObject({ kind: v.literal('running') }),
  v.strictObject({ kind: v.literal('clean'), at: InstantSchema, events: CountSchema }),
  v.strictObject({ kind: v.literal('tampered'), at: InstantSchema, firstBadSeq: CountSchema, finding: v.string() }),
  v.strictObject({ kind: v.literal('notPossible'), at: InstantSchema }),
])
export type VerificationView = v.InferOutput<typeof VerificationSchema>

export const BackupSchema = v.strictObject({
  name: v.string(),
  at: InstantSchema,
  /** The number of its newest event. */
  seq: CountSchema,
  bytes: CountSchema,
})

export const LedgerCareSchema = v.strictObject({
  /** How many events the ledger has; null while it cannot be read. */
  events: v.nullable(CountSchema),
  verification: VerificationSchema,
  /** The newest event that the gateway has countersigned, and when. */
  countersigned: v.nullable(v.strictObject({ seq: CountSchema, at: InstantSchema })),
  reconciliation: v.nullable(v.strictObject({ at: InstantSchema, ...ComparisonSchema.entries })),
  backups: v.array(BackupSchema),
  backupFolder: v.string(),
  openPurchases: v.array(OpenPurchaseSchema),
  /** This ledger was put back from backups, or was begun beside one that was set aside. */
  repaired: v.nullable(
    v.variant('kind', [
      /** `lostEvents` is null where nobody knows how many there were. */
      v.strictObject({ kind: v.literal('restored'), at: InstantSchema, lostEvents: v.nullable(CountSchema) }),
      v.strictObject({ kind: v.literal('restarted'), at: InstantSchema }),
    ]),
  ),
})
export type LedgerCare = v.InferOutput<typeof LedgerCareSchema>

export const ReconciledSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('compared'), ...ComparisonSchema.entries }),
  v.strictObject({ kind: v.literal('unavailable'), reason: RefusalReasonSchema }),
])

export const BackedUpSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('backedUp'), backup: BackupSchema }),
  v.strictObject({
    kind: v.literal('failed'),
    problem: v.picklist(['outOfSpace', 'notWritable', 'damaged', 'vaultUnavailable', 'keyMissing', 'ledgerUnavailable']),
  }),
])

export const RepairRefusalSchema = v.picklist([
  'notNeeded',
  'vaultUnavailable',
  'inUse',
  'newerVersion',
  'notPermitted',
  'outOfSpace',
  'diskFailed',
  'nothingToRestore',
  'restorable',
])

/** What could be done about a ledger that is not ready. Nothing is done before the person said yes in a dialog of main's. */
export const DiagnosisSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('refused'), reason: RepairRefusalSchema }),
  v.strictObject({ kind: v.literal('restorable'), events: CountSchema, lostEvents: v.nullable(CountSchema) }),
  v.strictObject({ kind: v.literal('restartable') }),
])

export const RepairedSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('refused'), reason: RepairRefusalSchema }),
  /** The person said no. */
  v.strictObject({ kind: v.literal('declined') }),
  v.strictObject({ kind: v.picklist(['restored', 'restarted']), setAside: v.nullable(v.string()) }),
])
