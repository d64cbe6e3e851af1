import { msg } from '@lingui/core/macro'
import type { HouseholdRefusal } from '../../../../contract/ipc/household.ts'
import type { Explanation } from '../../../words/refusal-words.ts'

/** Why something about the household, or a request, did not come about. Nothing has changed then. */
export const householdRefusalWords: Record<HouseholdRefusal, Explanation> = {
  locked: { what: msg`No profile is open.`, next: msg`Open yours, then try again.` },
  notAllowed: { what: msg`Only a guardian may do that, and nobody for themselves where it would free them.`, next: msg`Ask a guardian.` },
  impossible: {
    what: msg`Two people have the same name, or no guardian would be left.`,
    next: msg`Give each person a name of their own, and keep one guardian at least.`,
  },
  exists: { what: msg`There is a household already, here or on another device.`, next: msg`Add whoever is missing under Family.` },
  excluded: {
    what: msg`A grown-up is excluded from buying. Until that is over nobody comes in or gets an older role.`,
    next: msg`Come back when the exclusion has ended.`,
  },
  busy: { what: msg`Another question is open.`, next: msg`Answer it in its window first, then try again.` },
  gone: { what: msg`It was answered, withdrawn or has lapsed meanwhile.`, next: msg`The list shows what became of it.` },
  tooMany: { what: msg`Ten requests of yours wait already.`, next: msg`Withdraw one, or wait until one is answered.` },
  tooSoon: { what: msg`The half minute to think it over is not over.`, next: msg`Wait a little, then ask again.` },
  notNeeded: { what: msg`You do not have to ask for this any more.`, next: msg`Press the offer’s button again to buy it.` },
  notLiftable: {
    what: msg`The household’s limits or quiet hours, or an exclusion, stand in the way. No guardian can lift those for once.`,
    next: msg`Try again when there is room.`,
  },
  noCredentials: {
    what: msg`This computer’s keychain holds no PIN, or no authenticator, for them.`,
    next: msg`A guardian sets a new PIN under Family; each guardian sets up their own authenticator there.`,
  },
  offerUnavailable: { what: msg`The seller no longer offers this.`, next: msg`Choose something else; the store shows what can be bought now.` },
  otherAccount: {
    what: msg`The limits on this computer are shared with an account that is not signed in.`,
    next: msg`Sign in to that account to change this.`,
  },
  gatewayUnreachable: {
    what: msg`The gateway, the service that takes the payment, did not answer.`,
    next: msg`Check your internet connection, then try again.`,
  },
  keychainUnavailable: { what: msg`Your computer’s keychain cannot be used. PINs are kept there.`, next: msg`Unlock or set up the keychain, then try again.` },
  ledgerUnavailable: {
    what: msg`Nothing can be written to your ledger, where households are kept.`,
    next: msg`Read the notice at the top of the window and follow it, then try again.`,
  },
}
