import * as v from 'valibot'
import { BundleSchema, OfferKindSchema } from '../catalogue.ts'
import { FundingSourceSchema, TaxSchema } from '../http/claims.ts'
import { MoneySchema, UnitPriceSchema } from '../money.ts'
import { Bytes32Schema, IdSchema, InstantSchema, LineSchema } from '../text.ts'
import type { Contract } from './channel.ts'
import { OutcomeSchema } from './outcome.ts'
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
      cap: MoneySchema.entries.amount,
      left: MoneySchema.entries.amount,
    }),
  ),
  /** Some limit comes near its end: the person has to say that they know. */
  isNearLimit: v.boolean(),
  /** How many purchases this would make within an hour; there where the person wants to be reminded of it. */
  purchasesThisHour: v.exactOptional(v.pipe(v.number(), v.integer())),
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

/** `tooSoon`: the window had just appeared, moved or come to the front; nothing was approved, ask again. */
export const AnswerResultSchema = v.variant('kind', [
  ...OutcomeSchema.options,
  v.strictObject({ kind: v.literal('tooSoon') }),
])
export type AnswerResult = v.InferOutput<typeof AnswerResultSchema>

/** Everything the confirm page can do: see the one challenge it was opened for, and answer it. */
export const confirmContract = {
  bridge: 'confirmation',
  calls: {
    'challenge.get': {
      input: v.undefined(),
      output: v.strictObject({ challenge: v.nullable(ChallengeSchema), appearance: AppearanceSchema }),
    },
    'challenge.approve': {
      /** `knowsLimit` answers the further question that a purchase near a limit asks. */
      input: v.strictObject({ challengeId: IdSchema, digest: Bytes32Schema, knowsLimit: v.exactOptional(v.literal(true)) }),
      output: AnswerResultSchema,
    },
    /** Says no to the challenge, or closes the window after the answer. */
    'challenge.cancel': { input: v.strictObject({ challengeId: IdSchema }), output: v.strictObject({}) },
  },
  events: {
    /** The window was shown, moved, resized or came to the front: input does not count for the next 500 ms. */
    'window.disturbed': v.strictObject({}),
  },
} as const satisfies Contract
export type ConfirmContract = typeof confirmContract
