import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Scope } from '../../../../contract/account.ts'
import type { AccountView, DevicesResult } from '../../../../contract/ipc/account.ts'
import type { Explanation } from '../../../words/refusal-words.ts'

type Ended = NonNullable<Extract<AccountView, { kind: 'signedOut' }>['ended']>

interface EndWords extends Explanation {
  readonly title: MessageDescriptor
}

/** Why nobody is signed in; nothing where the person knows it themselves. */
export const endWords: Readonly<Record<Exclude<Ended, 'cancelled'>, EndWords>> = {
  denied: {
    title: msg`You were not signed in: the answer was no.`,
    what: msg`On the page somebody pressed Deny, so this computer got nothing.`,
    next: msg`If that was not you, nobody else got in either. Sign in again whenever you like.`,
  },
  expired: {
    title: msg`You were not signed in: the code has run out.`,
    what: msg`A code is good for ten minutes, and nobody has said yes by then.`,
    next: msg`Begin again to get a fresh one.`,
  },
  gatewayUnreachable: {
    title: msg`You were not signed in: the gateway did not answer.`,
    what: msg`The gateway is the service that keeps your account and takes payments.`,
    next: msg`Check your internet connection, then try again.`,
  },
  gatewayRefused: {
    title: msg`You were not signed in: the gateway turned it down.`,
    what: msg`Perhaps it was asked too often.`,
    next: msg`Try again in a minute. If it stays this way, tell support.`,
  },
  keychainUnavailable: {
    title: msg`You were not signed in: the keychain cannot be used.`,
    what: msg`A sign-in is kept in your computer’s keychain and nowhere else, so without it there is none.`,
    next: msg`Unlock or set up the keychain, then try again.`,
  },
  signedOutElsewhere: {
    title: msg`This computer was signed out of your account.`,
    what: msg`It was done on another device or on the account’s pages, or nobody has used the sign-in for long. Nothing is bought in your name here any more.`,
    next: msg`If that was you, all is well. If not, sign in and look at your devices.`,
  },
}

/** What Tuppence may do in somebody’s name. */
export const scopeWords: Readonly<Record<Scope, MessageDescriptor>> = {
  'profile:read': msg`See your name and e-mail address`,
  purchase: msg`Buy in your name; each purchase is asked again in a window of its own`,
}

/** Why the devices cannot be listed. */
export const devicesWords: Readonly<Record<Extract<DevicesResult, { kind: 'unavailable' }>['reason'], MessageDescriptor>> = {
  signedOut: msg`This computer is signed out.`,
  notAllowed: msg`Devices are shown to a guardian.`,
  gatewayUnreachable: msg`The gateway did not answer, so your devices cannot be listed now. Signing out here works all the same.`,
  gatewayRefused: msg`The gateway turned the request down. Try again in a minute.`,
  keychainUnavailable: msg`The keychain cannot be used, so your devices cannot be listed now.`,
}
