import * as v from 'valibot'
import { OfferSchema, SellerSchema } from '../catalogue.ts'
import { MoneySchema, UnitPriceSchema } from '../money.ts'
import { IdSchema, InstantSchema, RecordedLineSchema } from '../text.ts'
import { ChangeSchema, ExclusionLengthSchema, HouseholdSchema, RoleSchema } from '../controls.ts'
import { NewNameSchema } from '../household.ts'
import { accountCalls, accountEvents } from './account.ts'
import type { Contract } from './channel.ts'
import { ControlsResultSchema, ControlsViewSchema, PreviewSchema } from './controls.ts'
import { SavedReceiptSchema, SaveReceiptInputSchema } from './documents.ts'
import { ExportInputSchema, ExportProgressSchema, ExportResultSchema } from './export.ts'
import { HistoryFacetsSchema, HistoryPageInputSchema, HistoryPageSchema, HistoryQuestionSchema, HistorySummarySchema, PurchaseStateSchema } from './history.ts'
import { AnsweredResultSchema, AskedResultSchema, FamilyViewSchema, HouseholdResultSchema, HouseholdViewSchema, NewMemberSchema } from './household.ts'
import { InsightInputSchema, InsightSchema, PictureAreaSchema, PictureResultSchema } from './insight.ts'
import { BackedUpSchema, DiagnosisSchema, LedgerCareSchema, ReconciledSchema, RepairedSchema } from './ledger.ts'
import { PostureFormatSchema, PostureSchema, SavedPostureSchema } from './posture.ts'
import { DisputedSchema, OpenDisputeInputSchema, PurchaseDetailResultSchema } from './purchase-detail.ts'
import { kioskCalls, kioskEvents } from './kiosk.ts'
import { monitoringCalls, monitoringEvents } from './monitoring.ts'
import { importCalls, ImportProgressSchema } from './imports.ts'
import { OutcomeSchema, RefusalReasonSchema } from './outcome.ts'
import {
  StatementInputSchema,
  StatementMonthsSchema,
  StatementProgressSchema,
  StatementSavedSchema,
  StatementSaveSchema,
  StatementViewSchema,
  WhoseSchema,
} from './statements.ts'
import { PreferencesSchema, StatusSchema } from './status.ts'
import { NewViewSchema, ViewNameSchema, ViewsResultSchema, ViewsSchema } from './views.ts'

const nothing = v.undefined()

/** An offer as the store shows it; `unitPrice` is there for bundles. */
export const ListedOfferSchema = v.strictObject({ offer: OfferSchema, unitPrice: v.exactOptional(UnitPriceSchema) })
export type ListedOffer = v.InferOutput<typeof ListedOfferSchema>

export const CatalogueResultSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ok'), sellers: v.array(SellerSchema), offers: v.array(ListedOfferSchema) }),
  v.strictObject({ kind: v.literal('unavailable'), reason: RefusalReasonSchema }),
])

/** One purchase whose money moved or may have moved. `settledAt` is null while the outcome is not known. */
export const PurchaseRowSchema = v.strictObject({
  purchaseId: IdSchema,
  at: InstantSchema,
  settledAt: v.nullable(InstantSchema),
  state: PurchaseStateSchema,
  item: RecordedLineSchema,
  payee: RecordedLineSchema,
  price: MoneySchema,
  receiptNumber: v.nullable(IdSchema),
})
export type PurchaseRow = v.InferOutput<typeof PurchaseRowSchema>

/** The newest purchases, at most as many. `unverified` says that they are told although the log could not be checked. */
export const LatestPurchasesSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ok'), rows: v.array(PurchaseRowSchema), unverified: v.boolean() }),
  /** No profile is open, so that nobody's purchases are shown. */
  v.strictObject({ kind: v.literal('locked') }),
  v.strictObject({ kind: v.literal('unavailable') }),
])

/** Where a running purchase is: asking the gateway for a price, waiting for the person's answer, or charging. */
export const ProgressSchema = v.strictObject({
  offerId: IdSchema,
  step: v.picklist(['quoting', 'confirming', 'charging', 'done']),
})
export type Progress = v.InferOutput<typeof ProgressSchema>

/** Everything the launcher page can ask for. Nothing here approves anything. */
export const launcherContract = {
  bridge: 'tuppence',
  calls: {
    'app.status': { input: nothing, output: StatusSchema },
    /** Looks again for what was missing: keychain, ledger, gateway. */
    'app.retry': { input: nothing, output: StatusSchema },
    'app.setPreferences': { input: PreferencesSchema, output: StatusSchema },
    'catalogue.list': { input: nothing, output: CatalogueResultSchema },
    /** Asks for a purchase by offer id. Resolves when it ended, however it did. */
    'purchase.request': { input: v.strictObject({ offerId: IdSchema }), output: OutcomeSchema },
    /** Asks the gateway now, by key, what became of every purchase that is still open. Never charges. */
    'purchase.settle': { input: nothing, output: v.strictObject({ stillOpen: v.pipe(v.number(), v.integer()) }) },
    /** Where the newest purchases stand, of those that may be seen. */
    'purchase.latest': { input: nothing, output: LatestPurchasesSchema },
    /** Some lines of what was asked for, in its order. */
    'history.search': { input: HistoryPageInputSchema, output: HistoryPageSchema },
    /** What all that was asked for comes to. */
    'history.summary': { input: v.strictObject({ question: HistoryQuestionSchema }), output: HistorySummarySchema },
    'history.facets': { input: nothing, output: HistoryFacetsSchema },
    /** All that is known of one purchase, read from the ledger. */
    'history.purchase': { input: v.strictObject({ purchaseId: IdSchema }), output: PurchaseDetailResultSchema },
    /** Tells the gateway that something is wrong with a charge, after a yes in a dialog of main's own. Locks nothing. */
    'disputes.open': { input: OpenDisputeInputSchema, output: DisputedSchema },
    /** Asks in a box of main's own where to, and writes the file. Resolves when it is there, or is not to be. */
    'history.export': { input: ExportInputSchema, output: ExportResultSchema },
    'history.cancelExport': { input: nothing, output: v.strictObject({}) },
    /** The months that statements can be had of, and what each came to. */
    'statements.months': { input: WhoseSchema, output: StatementMonthsSchema },
    'statements.get': { input: StatementInputSchema, output: StatementViewSchema },
    /** Asks in a box of main's own where to, and writes the statement there. Resolves when it is there, or is not to be. */
    'statements.save': { input: StatementSaveSchema, output: StatementSavedSchema },
    'statements.cancelSave': { input: nothing, output: v.strictObject({}) },
    /** Asks in a box of main's own where to, and writes the receipt of the purchase once its signature was verified. */
    'documents.saveReceipt': { input: SaveReceiptInputSchema, output: SavedReceiptSchema },
    /** What whose profile is open looked at last in the history, and what they saved. */
    'views.get': { input: nothing, output: ViewsSchema },
    /** Remembers what is looked at, for the next start. */
    'views.keep': { input: v.strictObject({ address: NewViewSchema.entries.address }), output: ViewsResultSchema },
    /** In place of one that is called the same. */
    'views.save': { input: NewViewSchema, output: ViewsResultSchema },
    'views.remove': { input: v.strictObject({ name: ViewNameSchema }), output: ViewsResultSchema },
    /** What a week, month or year of purchases comes to. */
    'insight.get': { input: InsightInputSchema, output: InsightSchema },
    /** Asks in a box of main's own where to, and writes what can be seen of that part of the page as a PNG file. */
    'insight.savePicture': { input: PictureAreaSchema, output: PictureResultSchema },
    ...importCalls,
    'controls.get': { input: nothing, output: ControlsViewSchema },
    /** What a change would do. For a looser one this begins the pause for reflection. */
    'controls.preview': { input: v.strictObject({ change: ChangeSchema }), output: PreviewSchema },
    /** Asks the person in a dialog of main's own before anything is changed. `household` goes with the first control. */
    'controls.change': {
      input: v.strictObject({ change: ChangeSchema, household: v.exactOptional(HouseholdSchema) }),
      output: ControlsResultSchema,
    },
    /** The second yes, asked for in a dialog of main's own. */
    'controls.loosen': { input: v.strictObject({ changeId: IdSchema }), output: ControlsResultSchema },
    'controls.withdrawLoosening': { input: v.strictObject({ changeId: IdSchema }), output: ControlsResultSchema },
    'controls.setReminder': {
      input: v.strictObject({ after: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))) }),
      output: ControlsResultSchema,
    },
    /** Excludes the person from buying, or for longer, after a yes in a dialog of main's own. */
    'exclusion.begin': {
      input: v.strictObject({ length: ExclusionLengthSchema, memberId: v.exactOptional(IdSchema) }),
      output: ControlsResultSchema,
    },
    /** The new yes after an exclusion has ended, asked for in a dialog of main's own. */
    'exclusion.askReturn': { input: v.strictObject({ memberId: v.exactOptional(IdSchema) }), output: ControlsResultSchema },
    'household.get': { input: nothing, output: HouseholdViewSchema },
    /** Begins a household: PINs and the guardian's second factor are chosen in the trusted window. The first is the guardian. */
    'household.setUp': {
      input: v.strictObject({ ...HouseholdSchema.entries, members: v.pipe(v.array(NewMemberSchema), v.minLength(1), v.maxLength(20)) }),
      output: HouseholdResultSchema,
    },
    /** A minor comes in with nothing to spend; a grown-up after cooling-off and a second yes, as for a looser control. */
    'household.addMember': { input: v.strictObject({ name: NewNameSchema, role: RoleSchema }), output: HouseholdResultSchema },
    'household.rename': { input: v.strictObject({ memberId: IdSchema, name: NewNameSchema }), output: HouseholdResultSchema },
    /** A new PIN, chosen in the trusted window: one's own, or a guardian for somebody else. */
    'household.setPin': { input: v.strictObject({ memberId: IdSchema }), output: HouseholdResultSchema },
    /** A new second factor with new recovery codes, of the guardian whose profile is open or of one who has none on this computer. */
    'household.setSecondFactor': { input: nothing, output: HouseholdResultSchema },
    /** Has the trusted window ask for the PIN. */
    'profiles.open': { input: v.strictObject({ memberId: IdSchema }), output: HouseholdResultSchema },
    'profiles.lock': { input: nothing, output: v.strictObject({}) },
    /** Somebody is here. Without that the profile locks by itself. */
    'profiles.touch': { input: nothing, output: v.strictObject({}) },
    'family.get': { input: nothing, output: FamilyViewSchema },
    /** Asks a guardian for what was in the way a moment ago. */
    'requests.ask': { input: v.strictObject({ offerId: IdSchema }), output: AskedResultSchema },
    'requests.withdraw': { input: v.strictObject({ requestId: IdSchema }), output: HouseholdResultSchema },
    /** Opens the trusted window, in which a guardian says yes or no with PIN and second factor. */
    'requests.answer': { input: v.strictObject({ requestId: IdSchema }), output: AnsweredResultSchema },
    /** Measures every safeguard now, and tells what was done so far. */
    'posture.get': { input: nothing, output: PostureSchema },
    /** Measures and saves that. Where to is asked in a box of the system. */
    'posture.save': { input: v.strictObject({ format: PostureFormatSchema }), output: SavedPostureSchema },
    ...accountCalls,
    ...kioskCalls,
    ...monitoringCalls,
    'ledger.care': { input: nothing, output: LedgerCareSchema },
    /** Checks every event; resolves when that is done. */
    'ledger.verify': { input: nothing, output: LedgerCareSchema },
    /** Compares the ledger with everything that the gateway charged. */
    'ledger.reconcile': { input: nothing, output: ReconciledSchema },
    'ledger.backUp': { input: nothing, output: BackedUpSchema },
    'ledger.diagnose': { input: nothing, output: DiagnosisSchema },
    /** Asks the person in a dialog of main's own, and repairs what `ledger.diagnose` says only after a yes. */
    'ledger.repair': { input: nothing, output: RepairedSchema },
  },
  events: {
    'app.changed': StatusSchema,
    'purchase.progress': ProgressSchema,
    /** Some line of the history is new or changed: fetch it again. */
    'history.changed': v.strictObject({}),
    'history.exportProgress': ExportProgressSchema,
    'statements.progress': StatementProgressSchema,
    'imports.progress': ImportProgressSchema,
    /** A profile was opened or locked, or somebody came, went or is called otherwise: fetch everything again. */
    'household.changed': v.strictObject({}),
    /** Some request or alert is new or changed: fetch it again. */
    'family.changed': v.strictObject({}),
    /** Something about limits or exclusion is new: fetch it again. */
    'controls.changed': v.strictObject({}),
    /** Something about the care of the ledger is new: fetch it again. */
    'ledger.changed': v.strictObject({}),
    ...accountEvents,
    ...kioskEvents,
    ...monitoringEvents,
  },
} as const satisfies Contract
export type LauncherContract = typeof launcherContract
