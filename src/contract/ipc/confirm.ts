import * as v from 'valibot'
import { BundleSchema, OfferKindSchema } from '../catalogue.ts'
import { FundingSourceSchema, TaxSchema } from '../http/claims.ts'
import { CodeSchema, DenialReasonSchema, NameSchema, NewNoteSchema, PersonSchema, PinSchema } from '../household.ts'
import { AccountCodeSchema, CodeMethodSchema, CodeWaySchema, ToldStepUpReasonSchema } from '../account.ts'
import { MoneySchema, UnitPriceSchema } from '../money.ts'
import { Bytes32Schema, IdSchema, InstantSchema, LineSchema, ParagraphSchema } from '../text.ts'
import type { Contract } from './channel.ts'
import { BoughtSchema } from './controls.ts'
import { RequestCauseSchema } from './household.ts'
import { TurnLeftSchema } from './kiosk.ts'
import { OutcomeSchema } from './outcome.ts'
import { RiskSchema } from './risk.ts'
import { AppearanceSchema } from './status.ts'

/** The question that the confirm window shows. Main computed every field; the page only lays it out. */
export const ChallengeSchema = v.strictObject({
  challengeId: IdSchema,
  /** SHA-256 over the canonical content; the answer must repeat it. */
  digest: Bytes32Schema,
  payee: LineSchema,
  item: LineSchema,
  game: LineSchema,
  kind: OfferKindSchema,
  bundle: v.exactOptional(BundleSchema),
  unitPrice: v.exactOptional(UnitPriceSchema),
  passDays: v.exactOptional(v.pipe(v.number(), v.integer())),
  price: MoneySchema,
  tax: TaxSchema,
  fundingSource: FundingSourceSchema,
  /** What the price counts as against the limits. */
  counted: v.exactOptional(MoneySchema),
  /** What is left of each limit afterwards, in the currency of `counted`, least first. */
  headroom: v.array(
    v.strictObject({
      period: v.picklist(['day', 'week', 'month']),
      sellerId: v.nullable(IdSchema),
      memberId: v.exactOptional(IdSchema),
      cap: MoneySchema.entries.amount,
      left: MoneySchema.entries.amount,
    }),
  ),
  /** Some limit comes near its end: the person has to say that they know. */
  isNearLimit: v.boolean(),
  /** How many purchases this would make within an hour; there where the person wants to be reminded of it. */
  purchasesThisHour: v.exactOptional(v.pipe(v.number(), v.integer())),
  /** Who buys, once the household has members. */
  buyer: v.exactOptional(PersonSchema),
  /**
   * There where a minor has asked for it, and a guardian is to answer. `bought` is what they bought lately, newest first, a few
   * at most; `guardians` are those who may answer.
   */
  request: v.exactOptional(
    v.strictObject({
      askedAt: InstantSchema,
      cause: RequestCauseSchema,
      bought: v.array(BoughtSchema),
      guardians: v.pipe(v.array(PersonSchema), v.minLength(1)),
    }),
  ),
  /**
   * There where the account's second factor is wanted, for these reasons. `ways` are how it can be given, best first; a code is sent
   * when the person asks for it.
   */
  stepUp: v.exactOptional(
    v.strictObject({
      reasons: v.pipe(v.array(ToldStepUpReasonSchema), v.minLength(1)),
      /** From this price on the person asked to be asked; there with `aboveAmount`. */
      above: v.exactOptional(MoneySchema),
      ways: v.pipe(v.array(CodeWaySchema), v.minLength(1)),
    }),
  ),
  /** There where the purchase looks wrong: which harm, from which band on, and why, the greatest reason first. */
  risk: v.exactOptional(v.pick(RiskSchema, ['bands', 'reasons'])),
  /** The person is asked to think before a yes counts. `challenge.reflected` says when it does. */
  isReflecting: v.exactOptional(v.literal(true)),
  /** Whoever buys shows with their PIN that it is them, or with a code besides. */
  buyerShows: v.exactOptional(v.picklist(['pin', 'pinAndCode'])),
  expiresAt: InstantSchema,
  /** Anything unusual that the person should know before answering. */
  warnings: v.array(
    v.picklist([
      /** This very item was already bought within the last minutes. */
      'boughtMomentsAgo',
      /** A name that is shown mixes scripts or hides characters, as imitations do. */
      'unusualCharacters',
    ]),
  ),
})
export type Challenge = v.InferOutput<typeof ChallengeSchema>

/** How a person says who they are. Only ever typed into this window. */
const GivenSchema = v.strictObject({ memberId: IdSchema, pin: PinSchema, code: v.exactOptional(CodeSchema) })

/** The account's second factor. Only ever typed into this window. */
const StepUpGivenSchema = v.strictObject({ method: CodeMethodSchema, code: AccountCodeSchema })

/** PIN or code are wrong, or it is too early for another try: the next one counts after `waitMs` milliseconds. */
const WrongSchema = v.strictObject({ kind: v.picklist(['wrong', 'wait']), waitMs: v.pipe(v.number(), v.integer(), v.minValue(0)) })

/** `tooSoon`: the window had just appeared, moved or come to the front; nothing was approved, ask again. */
const TooSoonSchema = v.strictObject({ kind: v.literal('tooSoon') })

/** The account's second factor was wrong, or it is too early for another try. Nothing was approved, and the question stands. */
const StepUpWrongSchema = v.strictObject({ kind: v.picklist(['stepUpWrong', 'stepUpWait']), waitMs: v.pipe(v.number(), v.integer(), v.minValue(0)) })

/** Nobody could look at it, because gateway or keychain do not answer. Nothing was approved, and the question stands. */
const StepUpUnavailableSchema = v.strictObject({ kind: v.literal('stepUpUnavailable') })

export const AnswerResultSchema = v.variant('kind', [
  ...OutcomeSchema.options,
  TooSoonSchema,
  /** The person was asked to think, and that is not over. */
  v.strictObject({ kind: v.literal('reflecting') }),
  /** The guardian's, or the buyer's. `stepUpGiven`: the account's second factor was right, and need not be given again for this challenge. */
  v.strictObject({ ...WrongSchema.entries, stepUpGiven: v.exactOptional(v.literal(true)) }),
  StepUpWrongSchema,
  StepUpUnavailableSchema,
])
export type AnswerResult = v.InferOutput<typeof AnswerResultSchema>

/** `gone`: it can no longer be answered. */
export const DenyResultSchema = v.variant('kind', [v.strictObject({ kind: v.picklist(['denied', 'gone']) }), TooSoonSchema, WrongSchema])
export type DenyResult = v.InferOutput<typeof DenyResultSchema>

/** Nothing was bought, and what stands in the way now is the freeze. `gone`: it can no longer be answered. */
const NotMeResultSchema = v.variant('kind', [...OutcomeSchema.options, TooSoonSchema, v.strictObject({ kind: v.literal('gone') })])
export type NotMeResult = v.InferOutput<typeof NotMeResultSchema>

const asked = { questionId: IdSchema }

/** What the window asks besides a purchase. Main made every word of it that is not fixed. */
export const QuestionSchema = v.variant('kind', [
  /** A decision, to be said yes to by this member with their PIN, and with a code where it says so. */
  v.strictObject({
    kind: v.literal('consent'),
    ...asked,
    title: v.pipe(ParagraphSchema, v.minLength(1)),
    message: v.pipe(v.string(), v.maxLength(2000)),
    detail: v.pipe(v.string(), v.maxLength(4000)),
    confirm: LineSchema,
    cancel: LineSchema,
    who: PersonSchema,
    wantsCode: v.boolean(),
  }),
  /** A looser control, to be said yes to with the account's second factor. */
  v.strictObject({
    kind: v.literal('stepUp'),
    ...asked,
    title: v.pipe(ParagraphSchema, v.minLength(1)),
    message: v.pipe(v.string(), v.maxLength(2000)),
    detail: v.pipe(v.string(), v.maxLength(4000)),
    confirm: LineSchema,
    cancel: LineSchema,
    ways: v.pipe(v.array(CodeWaySchema), v.minLength(1)),
  }),
  /** Opens a profile. */
  v.strictObject({ kind: v.literal('pin'), ...asked, who: PersonSchema }),
  /** Ends kiosk mode. */
  v.strictObject({ kind: v.literal('operator'), ...asked }),
  /**
   * Two times the same new PIN; the page compares. `isOwn` is false where a guardian chooses it for somebody. `role` says what somebody
   * who comes in is going to be, and what they may spend.
   */
  v.strictObject({ kind: v.literal('newPin'), ...asked, name: NameSchema, isOwn: v.boolean(), role: v.exactOptional(v.pipe(v.string(), v.maxLength(300))) }),
  /** A fresh second factor, kept once a code of it was typed. `qr` are the rows of its modules, `secret` is for typing it in. */
  v.strictObject({
    kind: v.literal('secondFactor'),
    ...asked,
    name: NameSchema,
    qr: v.array(v.pipe(v.string(), v.regex(/^[01]+$/))),
    secret: v.pipe(v.string(), v.regex(/^[A-Z2-7]+$/)),
  }),
  /** Shown once. */
  v.strictObject({ kind: v.literal('recoveryCodes'), ...asked, name: NameSchema, codes: v.array(LineSchema) }),
])
export type Question = v.InferOutput<typeof QuestionSchema>

export const ReplySchema = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['consent', 'pin', 'operator']), ...asked, pin: PinSchema, code: v.exactOptional(CodeSchema) }),
  v.strictObject({ kind: v.literal('newPin'), ...asked, pin: PinSchema }),
  v.strictObject({ kind: v.literal('secondFactor'), ...asked, code: v.pipe(v.string(), v.regex(/^\d{6}$/)) }),
  v.strictObject({ kind: v.literal('recoveryCodes'), ...asked }),
  v.strictObject({ kind: v.literal('stepUp'), ...asked, ...StepUpGivenSchema.entries }),
])
export type Reply = v.InferOutput<typeof ReplySchema>

/** After `accepted` main closes the window, or tells that another question is there. */
export const ReplyResultSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('accepted') }),
  /** A PIN that others try first. */
  v.strictObject({ kind: v.literal('tooEasy') }),
  /** Nobody can tell whether it is right: the keychain, the ledger or the PIN in it is not there. */
  v.strictObject({ kind: v.literal('unavailable') }),
  TooSoonSchema,
  WrongSchema,
])
export type ReplyResult = v.InferOutput<typeof ReplyResultSchema>

/** Everything the confirm page can do: see the one thing that it was opened for, and answer it. */
export const confirmContract = {
  bridge: 'confirmation',
  calls: {
    /** At most one of the two is there. */
    'challenge.get': {
      input: v.undefined(),
      output: v.strictObject({ challenge: v.nullable(ChallengeSchema), question: v.nullable(QuestionSchema), appearance: AppearanceSchema }),
    },
    'challenge.approve': {
      /** `knowsLimit` answers the further question that a purchase near a limit asks, `guardian` what a minor has asked for. */
      input: v.strictObject({
        challengeId: IdSchema,
        digest: Bytes32Schema,
        knowsLimit: v.exactOptional(v.literal(true)),
        guardian: v.exactOptional(GivenSchema),
        stepUp: v.exactOptional(StepUpGivenSchema),
        buyer: v.exactOptional(GivenSchema),
      }),
      output: AnswerResultSchema,
    },
    /** Has the gateway send a code for what is asked now: the challenge, or the question of this id. */
    'stepUp.sendCode': {
      input: v.strictObject({ askedId: IdSchema, method: v.picklist(['sms', 'email']) }),
      output: v.variant('kind', [
        v.strictObject({ kind: v.picklist(['sent', 'gone', 'unavailable']) }),
        v.strictObject({ kind: v.literal('wait'), waitMs: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
      ]),
    },
    /** A guardian's no to what a minor has asked for, which the minor sees. */
    'challenge.deny': {
      input: v.strictObject({ challengeId: IdSchema, guardian: GivenSchema, reason: DenialReasonSchema, note: v.exactOptional(NewNoteSchema) }),
      output: DenyResultSchema,
    },
    /** Whoever sits there says that it was somebody else who asked for this. Nothing is bought, and buying is frozen. */
    'challenge.notMe': {
      input: v.strictObject({ challengeId: IdSchema }),
      output: NotMeResultSchema,
    },
    /** Says no to the challenge, or closes the window after the answer. */
    'challenge.cancel': { input: v.strictObject({ challengeId: IdSchema }), output: v.strictObject({}) },
    'question.answer': { input: ReplySchema, output: ReplyResultSchema },
    'question.cancel': { input: v.strictObject(asked), output: v.strictObject({}) },
    /** In kiosk mode: somebody is here. */
    'window.touch': { input: v.undefined(), output: v.strictObject({}) },
  },
  events: {
    /** The window was shown, moved, resized or came to the front: input does not count for the next 500 ms. */
    'window.disturbed': v.strictObject({}),
    /** The person has had time to think: a yes counts from now on. */
    'challenge.reflected': v.strictObject({}),
    /** Another question is there, in the place of the one that was answered. */
    'question.changed': v.strictObject({}),
    /** In kiosk mode: nobody has been here for a while, and soon the question is cancelled. */
    'window.turn': TurnLeftSchema,
  },
} as const satisfies Contract
export type ConfirmContract = typeof confirmContract
