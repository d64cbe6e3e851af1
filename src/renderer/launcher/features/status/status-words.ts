import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Platform, StatusProblem } from './status-problems.ts'

interface ProblemWords {
  readonly title: MessageDescriptor
  /** What it means for buying. */
  readonly meaning: MessageDescriptor
  readonly fix: MessageDescriptor
}

type StateOf<P extends StatusProblem['part']> = Extract<StatusProblem, { part: P }>['state']

const noBuying = msg`The gateway is the service that takes the payment. You cannot buy anything until this is solved. Nothing is charged meanwhile, and your history stays readable.`

const findKeychain: Record<Platform, MessageDescriptor> = {
  linux: msg`Install and start GNOME Keyring (package gnome-keyring) or KWallet, sign in again, then try again.`,
  mac: msg`Open Keychain Access and check that a login keychain exists, then try again.`,
  windows: msg`Open Services, start “Credential Manager”, then try again.`,
}

const unlockKeychain: Record<Platform, MessageDescriptor> = {
  linux: msg`Unlock your keyring (with GNOME in “Passwords and Keys”, with KDE in KWallet), then try again.`,
  mac: msg`Unlock the login keychain in Keychain Access, then try again.`,
  windows: msg`Sign out of Windows and in again, then try again.`,
}

const vaultWords: Record<StateOf<'vault'>, (platform: Platform) => ProblemWords> = {
  absent: (platform) => ({
    title: msg`No keychain was found`,
    meaning: msg`Tuppence keeps its keys only in your computer’s keychain. You cannot buy anything without one; your history stays readable.`,
    fix: findKeychain[platform],
  }),
  locked: (platform) => ({
    title: msg`Your keychain is locked`,
    meaning: msg`Tuppence needs the keys in it to sign a purchase. You cannot buy anything until it is unlocked; your history stays readable.`,
    fix: unlockKeychain[platform],
  }),
  timedOut: (platform) => ({
    title: msg`Your keychain did not answer`,
    meaning: msg`It may be waiting for you to type its password in another window. You cannot buy anything until it answers; your history stays readable.`,
    fix: unlockKeychain[platform],
  }),
}

const ledgerWords: Record<StateOf<'ledger'>, ProblemWords> = {
  keyMissing: {
    title: msg`The key of your ledger is missing`,
    meaning: msg`The keychain works but no longer holds the key that proves that the ledger, the record of your purchases, is complete. Tuppence makes no new key beside an old ledger. You cannot buy anything; your history is shown unverified.`,
    fix: msg`Restore the keychain from a backup, or sign in as the user who set up Tuppence, then try again. If that is not possible, press Repair: a new ledger can be started beside this one, which is kept.`,
  },
  tampered: {
    title: msg`Your ledger was changed from outside`,
    meaning: msg`Something other than Tuppence altered, removed or rolled back records of your purchases. No more purchases are made on top of it; your history is shown unverified.`,
    fix: msg`Press Repair to restore what can still be verified; the altered file is kept. Compare your history with your bank statement, and find out who or what changed it.`,
  },
  notADatabase: {
    title: msg`Your ledger is damaged`,
    meaning: msg`The file in the folder below should hold the record of your purchases, but Tuppence cannot read it. You cannot buy anything, and your history cannot be shown.`,
    fix: msg`Press Repair to restore it from what is left and from backups. Do not delete it.`,
  },
  foreignDatabase: {
    title: msg`The ledger belongs to another program`,
    meaning: msg`There is a database in the folder below, but Tuppence did not make it and leaves it alone. You cannot buy anything, and your history cannot be shown.`,
    fix: msg`Move that file elsewhere, or bring back your own from a backup, then try again.`,
  },
  newerVersion: {
    title: msg`Your ledger comes from a newer Tuppence`,
    meaning: msg`This version does not know the form of this record of your purchases and does not touch it. You cannot buy anything, and your history cannot be shown here.`,
    fix: msg`Update Tuppence, then start it again.`,
  },
  unreadable: {
    title: msg`Your ledger cannot be read`,
    meaning: msg`The ledger is the record of your purchases. The disk is full or failing, or Tuppence may not use the folder below. You cannot buy anything until it can.`,
    fix: msg`Check that there is free space and that your user may read and write this folder, then try again.`,
  },
  inUse: {
    title: msg`Another Tuppence is using your ledger`,
    meaning: msg`Only one at a time may write to this record of your purchases. You cannot buy anything in this one.`,
    fix: msg`Close the other one, also under other users of this computer, then try again.`,
  },
}

const gatewayWords: Record<StateOf<'gateway'> | 'sandboxStopped', ProblemWords> = {
  unreachable: {
    title: msg`The gateway does not answer`,
    meaning: noBuying,
    fix: msg`Check your internet connection, then try again.`,
  },
  certificateNotTrusted: {
    title: msg`This connection does not lead to the gateway: wrong certificate`,
    meaning: msg`Something answered that does not hold the gateway’s certificate, so nothing was sent to it. You cannot buy anything over this connection; your history stays readable.`,
    fix: msg`Use a network you trust. On public Wi-Fi, sign in to it first, then try again.`,
  },
  signatureNotTrusted: {
    title: msg`The gateway’s signature is not valid`,
    meaning: msg`What it answered was not signed with the key that Tuppence knows, so it was thrown away. You cannot buy anything until this is solved; your history stays readable.`,
    fix: msg`Update Tuppence, then try again. If it stays this way, do not buy on this network, and tell support.`,
  },
  /** In a sandbox build the gateway is a process on this computer. */
  sandboxStopped: {
    title: msg`The sandbox’s gateway has stopped`,
    meaning: noBuying,
    fix: msg`Press Try again to start it.`,
  },
  notConfigured: {
    title: msg`No gateway is set up`,
    meaning: noBuying,
    fix: msg`Ask whoever installed Tuppence to enter one in its configuration.`,
  },
}

/** Where the words are read. */
interface Place {
  readonly platform: Platform
  readonly sandbox: boolean
}

/** What is missing, what that means for buying, and how to put it right on this kind of computer. */
export function problemWords(problem: StatusProblem, { platform, sandbox }: Place): ProblemWords {
  switch (problem.part) {
    case 'vault':
      return vaultWords[problem.state](platform)
    case 'ledger':
      return ledgerWords[problem.state]
    case 'gateway':
      return gatewayWords[sandbox && problem.state === 'unreachable' ? 'sandboxStopped' : problem.state]
  }
}
