import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { RefusalReason } from '../../contract/ipc/outcome.ts'

export interface Explanation {
  /** What it means. */
  readonly what: MessageDescriptor
  /** What the person can do now. */
  readonly next: MessageDescriptor
}

/** Why nothing was sent to the gateway. What became of the money is said by whoever shows it. */
export const refusalWords: Record<RefusalReason, Explanation> = {
  offerUnavailable: {
    what: msg`The seller no longer offers this.`,
    next: msg`Choose something else; the store shows what can be bought now.`,
  },
  priceChanged: {
    what: msg`The price changed before you could answer.`,
    next: msg`Begin again in the store to see the new price.`,
  },
  expired: {
    what: msg`The question was open for longer than its price is valid.`,
    next: msg`Begin again in the store to get a fresh price.`,
  },
  gatewayUnreachable: {
    what: msg`The gateway, the service that takes the payment, did not answer.`,
    next: msg`Check your internet connection, then try again.`,
  },
  certificateNotTrusted: {
    what: msg`Something answered that does not hold the gateway’s certificate, so nothing was sent to it.`,
    next: msg`Use a network you trust. On public Wi-Fi, sign in to it first, then try again.`,
  },
  signatureNotTrusted: {
    what: msg`An answer did not carry the gateway’s valid signature, so Tuppence threw it away.`,
    next: msg`Try again. If it happens again, do not buy on this network, and tell support.`,
  },
  gatewayNotConfigured: {
    what: msg`This installation has no gateway, the service that takes the payment.`,
    next: msg`Ask whoever installed Tuppence to enter one.`,
  },
  gatewayRefused: {
    what: msg`The gateway turned the request down.`,
    next: msg`Try again in a minute. If it stays this way, tell support.`,
  },
  keychainUnavailable: {
    what: msg`Your computer’s keychain cannot be used, and without it Tuppence cannot sign a purchase.`,
    next: msg`Unlock or set up the keychain, then try again.`,
  },
  ledgerUnavailable: {
    what: msg`Nothing can be written to your ledger, and Tuppence never buys what it cannot record.`,
    next: msg`Read the notice at the top of the window and follow it, then try again.`,
  },
  confirmWindowFailed: {
    what: msg`The confirm window did not open, so you could not be asked.`,
    next: msg`Begin again in the store. If it stays this way, restart Tuppence.`,
  },
  purchaseInProgress: {
    what: msg`Another purchase is being confirmed right now.`,
    next: msg`Answer it in the confirm window first, then come back to this one.`,
  },
  profileLocked: {
    what: msg`No profile is open.`,
    next: msg`Open yours in the launcher, then press Buy again.`,
  },
  accountNeeded: {
    what: msg`Buying here needs an account, and nobody is signed in.`,
    next: msg`Sign in or sign up in the launcher, then it can be bought.`,
  },
  signedOutElsewhere: {
    what: msg`This computer was signed out of the account, on another device or on the account’s pages.`,
    next: msg`Sign in again in the launcher. If it was not you, look at your devices there.`,
  },
}
