import { msg } from '@lingui/core/macro'
import type { DeclineReason } from '../../contract/http/messages.ts'
import type { Explanation } from './refusal-words.ts'

/** Why the gateway did not charge after the person had agreed. */
export const declineWords: Record<DeclineReason, Explanation> = {
  insufficientFunds: {
    what: msg`There is not enough money in the account you pay from.`,
    next: msg`Top it up, then press Buy again.`,
  },
  fundingSourceRefused: {
    what: msg`Your bank or card refused the payment.`,
    next: msg`Ask your bank or card issuer why; they see the reason, Tuppence does not.`,
  },
  sellerUnavailable: {
    what: msg`The seller cannot take payments at the moment.`,
    next: msg`Try again later.`,
  },
  risk: {
    what: msg`The gateway stopped this purchase because it looked unusual.`,
    next: msg`Wait a few minutes before you try again. If it was you and it keeps happening, tell support.`,
  },
}
