import * as v from 'valibot'
import { DeclineReasonSchema } from '../http/messages.ts'
import { MoneySchema } from '../money.ts'
import { IdSchema, InstantSchema, LineSchema } from '../text.ts'
import { BlockSchema } from './controls.ts'

/** Why a purchase was not even attempted, or stopped before anything was sent. Never means that money moved. */
export const RefusalReasonSchema = v.picklist([
  /** The seller no longer lists the offer. */
  'offerUnavailable',
  /** The price now differs from the one in the quote. */
  'priceChanged',
  /** The quote or the challenge ran out before the answer. */
  'expired',
  /** The gateway did not answer. */
  'gatewayUnreachable',
  /** Something answered that does not hold the gateway's certificate. */
  'certificateNotTrusted',
  /** A quote or the time was not signed by the gateway's key, or says something else than was asked for. */
  'signatureNotTrusted',
  /** A production build without a gateway in its configuration. */
  'gatewayNotConfigured',
  /** The gateway answered, and refused the request itself. */
  'gatewayRefused',
  /** No usable OS keychain. */
  'keychainUnavailable',
  /** The ledger cannot be opened, or was tampered with; nothing may be added to it. */
  'ledgerUnavailable',
  /** The confirm window could not show its page. */
  'confirmWindowFailed',
  /** Another purchase is being confirmed right now. */
  'purchaseInProgress',
  /** The household has members, and no profile is open, or it was closed meanwhile. */
  'profileLocked',
  /** Nothing is sold here without an account, and nobody is signed in. */
  'accountNeeded',
  /** The gateway has ended the sign-in of this device. */
  'signedOutElsewhere',
])
export type RefusalReason = v.InferOutput<typeof RefusalReasonSchema>

const bought = { purchaseId: IdSchema, item: LineSchema, payee: LineSchema, price: MoneySchema }

/** The end of one attempt to buy. Only `succeeded` means that money was taken; `unknown` means it may have been. */
export const OutcomeSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('succeeded'), ...bought, receiptNumber: IdSchema, chargedAt: InstantSchema }),
  v.strictObject({ kind: v.literal('declined'), ...bought, reason: DeclineReasonSchema }),
  v.strictObject({ kind: v.literal('unknown'), ...bought }),
  v.strictObject({ kind: v.literal('refused'), reason: RefusalReasonSchema }),
  /** A limit, an exclusion or quiet hours stand in the way. Nothing was charged. */
  v.strictObject({
    kind: v.literal('blocked'),
    item: LineSchema,
    payee: LineSchema,
    price: MoneySchema,
    block: BlockSchema,
    /** There where a guardian could say yes for once: how much longer to think before asking, in milliseconds. */
    askIn: v.exactOptional(v.strictObject({ offerId: IdSchema, pauseMs: v.pipe(v.number(), v.integer(), v.minValue(0)) })),
  }),
  v.strictObject({ kind: v.literal('cancelled') }),
])
export type Outcome = v.InferOutput<typeof OutcomeSchema>
